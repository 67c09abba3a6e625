"""A JSON file as a validated record; what is wrong is told with the file and the place in it."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from factcheck.errors import UsageError

_Model = TypeVar("_Model", bound=BaseModel)


def read_json(file: Path, model: type[_Model], code: str, hint: str) -> _Model:
    """Read a file of one record. Raises `UsageError` with `code` and `hint`."""
    try:
        return model.model_validate_json(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problem = "there is no such file"
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        problem = f"{place} {first['msg']}".strip()
    except (OSError, ValueError) as error:
        problem = str(error)
    raise UsageError(code, f"{file}: {problem}", hint)
