"""A JSON file as a validated record; what is wrong is told with the file and the place in it."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from factcheck.config import Limits
from factcheck.errors import UnreadableError, UsageError
from factcheck.ingest import read_bytes

# A report of many articles is larger than an article.
_LIMITS = Limits(file_bytes=200_000_000)

_Model = TypeVar("_Model", bound=BaseModel)


def read_json(file: Path, model: type[_Model], code: str, hint: str) -> _Model:
    """Read a file of one record. Raises `UsageError` with `code` and `hint`."""
    try:
        return model.model_validate_json(read_bytes(file, _LIMITS))
    except UnreadableError as error:
        missing = isinstance(error.__cause__, FileNotFoundError)
        problem = "there is no such file" if missing else error.message
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        problem = f"{place} {first['msg']}".strip()
    raise UsageError(code, f"{file}: {problem}", hint)
