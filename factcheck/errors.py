"""One family of errors: each says what was wrong, where, and what to do about it."""

from __future__ import annotations


class FactcheckError(Exception):
    """An error for the user: printed as a message, never as a traceback.

    `code` is a stable short name (`missing-path`), `message` what was wrong and where
    (`file:line` where there is a line), `hint` what to do about it. `exit_status` is the
    process's exit status when the error ends the run (see DESIGN: 2 usage, 3 not measured).
    """

    exit_status = 2

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[type[FactcheckError], tuple[str, str, str]]:
        """Errors come back from the processes that readers run in."""
        return type(self), (self.code, self.message, self.hint)


class UsageError(FactcheckError):
    """Wrong arguments, or a path that is not there."""


class ConfigurationError(FactcheckError):
    """A ledger or setting that cannot be used."""


class UnreadableError(FactcheckError):
    """One input that could not be measured; becomes a `Skipped` record, not the end of a run."""

    exit_status = 3
