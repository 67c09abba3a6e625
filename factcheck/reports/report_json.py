"""The report format: JSON, and the JSON Schema that describes it."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from factcheck.records import Report
from factcheck.reports.view import View, narrow
from factcheck.safe import json_text

# Spans on one line; a string never holds a bare line break, so this matches structure only.
_PAIR = re.compile(r"\[\n +(-?\d+),\n +(-?\d+)\n +\]")

_SCHEMA_ID = "https://factcheck-cli.github.io/schema/report-1.json"


def dumps(document: object) -> str:
    """Any JSON document as text: stable, safe to print, ending in a line break."""
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
    return json_text(_PAIR.sub(r"[\1, \2]", text)) + "\n"


def render(report: Report, view: View) -> str:
    """The report format, version 1, of the groups that the view asks for."""
    return dumps(narrow(report, view).model_dump(mode="json"))


class _Written(GenerateJsonSchema):
    """A written report holds every field, also one with a default."""

    def field_is_required(self, *_: object, **__: object) -> bool:
        return True


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the report format, version 1."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": _SCHEMA_ID,
        **Report.model_json_schema(mode="serialization", schema_generator=_Written),
        "title": "factcheck report",
        "description": "What `factcheck compare --format json` prints, version 1. "
        "Spans are [start, end) in code points of the article's text.",
    }
