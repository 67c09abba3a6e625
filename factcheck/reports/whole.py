"""A report as JSON that loads again: the report format, alone or with all that explains it."""

from __future__ import annotations

import json
import math
from typing import Any

from pydantic import BaseModel, ValidationError

from factcheck.errors import UsageError
from factcheck.records import Report
from factcheck.reports.report_json import dumps


def render(report: Report) -> str:
    """The report format with the texts, and with what serves the explanations.

    It is the same document with more keys; the format's version covers those of the format alone.
    """
    return dumps(_all(report))


def _all(value: object) -> Any:
    """A record with all of its fields, also those that are no part of the report format."""
    if isinstance(value, BaseModel):
        return {name: _all(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, tuple):
        return [_all(item) for item in value]
    if isinstance(value, float) and math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return value


def load(text: str | bytes) -> Report:
    """The report that `render`, or `compare --format json`, wrote.

    Without the texts (`--with-text`) its articles have empty ones. Raises `UsageError` where it is
    no report of this version.
    """
    try:
        document = json.loads(text)
        for article in document["articles"]:
            article.setdefault("text", "")
        return Report.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        reason = f"{where}: {first['msg']}"
    except (ValueError, RecursionError) as error:
        reason = str(error)
    except (KeyError, TypeError, AttributeError):
        reason = "it has no articles"
    raise UsageError(
        "no-report",
        f"this is no report of format version 2: {reason}",
        "take what 'factcheck compare --format json' or Report.to_json() wrote",
    )
