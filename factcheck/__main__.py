"""`python -m factcheck`, and the program `factcheck`."""

from __future__ import annotations

import signal


def main() -> None:
    """Run the command line. An interrupt while it is still being loaded ends it without a word."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL) if _interrupts() else None
    from factcheck.cli import main as run

    if before is not None:
        signal.signal(signal.SIGINT, before)
    run()


def _interrupts() -> bool:
    # A background job of a shell is deaf to interrupts, and stays so.
    return signal.getsignal(signal.SIGINT) is signal.default_int_handler


if __name__ == "__main__":
    main()
