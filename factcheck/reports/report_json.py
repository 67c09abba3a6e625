"""The report format: JSON, and the JSON Schema that describes it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel

from factcheck.records import Report
from factcheck.reports.safe import json_text
from factcheck.reports.view import View, narrow

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


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the report format, version 1."""
    document = Report.model_json_schema(mode="serialization")
    definitions: dict[str, Any] = document.pop("$defs")
    for model in _models(Report):
        target = document if model is Report else definitions[model.__name__]
        for name, field in model.model_fields.items():
            if field.exclude:
                target["properties"].pop(name, None)
                if name in target.get("required", []):
                    target["required"].remove(name)
    used = _used(document, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": _SCHEMA_ID,
        **document,
        "title": "factcheck report",
        "description": "What `factcheck compare --format json` prints, version 1. "
        "Spans are [start, end) in code points of the article's text.",
        "$defs": {name: definitions[name] for name in sorted(used)},
    }


def _models(root: type[BaseModel]) -> set[type[BaseModel]]:
    """A model and all models its fields hold."""
    found: set[type[BaseModel]] = set()
    waiting: list[Any] = [root]
    while waiting:
        kind = waiting.pop()
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind not in found:
                found.add(kind)
                waiting.extend(field.annotation for field in kind.model_fields.values())
        else:
            waiting.extend(get_args(kind))
    return found


def _used(document: object, definitions: Mapping[str, Any]) -> set[str]:
    """The definitions a schema refers to, directly or through others."""
    used: set[str] = set()
    waiting = [document]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name in definitions and name not in used:
                used.add(name)
                waiting.append(definitions[name])
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
    return used
