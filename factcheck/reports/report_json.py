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

# What claims, groups and summaries of version 2 have and those of version 1 have not.
_NEW_FIELDS = frozenset({"stance", "access"})
_OF_ARTICLES = frozenset({"url", "byline", "corrections", "retrieved", "versions"})
_OF_GROUPS = frozenset({"independence", "probability", "second"})
_OF_SUMMARY = frozenset({"shown", "likely", "assumed"})
_SCHEMA_ID = "https://factcheck-cli.github.io/schema/report-2.json"


def dumps(document: object) -> str:
    """Any JSON document as text: stable, safe to print, ending in a line break."""
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)
    return json_text(_PAIR.sub(r"[\1, \2]", text)) + "\n"


def render(report: Report, view: View) -> str:
    """The report format, version 2, of the groups that the view asks for."""
    document = narrow(report, view).model_dump(mode="json")
    if view.with_text:
        texts = {article.id: article.text for article in report.articles}
        for article in document["articles"]:
            article["text"] = texts[article["id"]]
    return dumps(document)


def render_1(report: Report, view: View) -> str:
    """The report in format version 1, for programs that do not read version 2 yet."""
    return dumps(as_version_1(narrow(report, view).model_dump(mode="json")))


def as_version_1(document: dict[str, Any]) -> dict[str, Any]:
    """A document of format version 2 without what version 1 does not know."""
    articles = [{k: v for k, v in a.items() if k not in _OF_ARTICLES} for a in document["articles"]]
    claims = [{k: v for k, v in c.items() if k not in _NEW_FIELDS} for c in document["claims"]]
    groups = [
        {k: v for k, v in g.items() if k not in _OF_GROUPS}
        | {"origins": [_origin_1(o) for o in g["origins"]]}
        for g in document["groups"]
    ]
    summary = {k: v for k, v in document["summary"].items() if k not in _OF_SUMMARY}
    told = {"version": 1, "articles": articles, "claims": claims}
    told |= {"groups": groups, "summary": summary}
    return document | told


def _origin_1(origin: dict[str, Any]) -> dict[str, Any]:
    """An origin in format version 1: shown or assumed, and no probability."""
    known = {k: v for k, v in origin.items() if k != "probability"}
    return known | {"independence": "assumed"} if origin["independence"] == "likely" else known


class Written(GenerateJsonSchema):
    """A written report holds every field, also one with a default."""

    def field_is_required(self, *_: object, **__: object) -> bool:
        """Always."""
        return True


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the report format, version 2."""
    made = Report.model_json_schema(mode="serialization", schema_generator=Written)
    # Present with `--with-text` alone.
    article = made["$defs"]["Article"]["properties"]
    article["text"] = {"title": "Text", "type": "string"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": _SCHEMA_ID,
        **made,
        "title": "factcheck report",
        "description": "What `factcheck compare --format json` prints, version 2. "
        "Spans are [start, end) in code points of the article's text.",
    }
