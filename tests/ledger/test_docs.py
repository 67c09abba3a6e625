"""The pages on CI and on the ledger say what the program does.

`FACTCHECK_UPDATE_DOCS=1 pytest tests/ledger/test_docs.py` writes the generated parts anew.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.ledger import loads, schema
from factcheck.ledger.rules import CHECKS

DOCS = Path(__file__).parents[2] / "docs"
UPDATE = bool(os.environ.get("FACTCHECK_UPDATE_DOCS"))


def rules_table() -> str:
    rows = ["| Rule | Name | Level | Meaning |", "| --- | --- | --- | --- |"]
    for rule in (check.rule for check in CHECKS):
        link = f"[{rule.id}](rules/{rule.id}.md)"
        rows.append(f"| {link} | `{rule.name}` | {rule.level} | {rule.short} |")
    return "\n".join(rows)


def keys_table() -> str:
    found = schema()
    models = [("", found)]
    places = {
        "Policy": "policy",
        "Override": "policy.overrides[]",
        "Outlet": "outlets[]",
        "Tracked": "claims[]",
        "Decision": "decisions[]",
    }
    models += [(place, found["$defs"][name]) for name, place in places.items()]
    rows = ["| Key | Values | Meaning |", "| --- | --- | --- |"]
    for place, model in models:
        for key, field in model["properties"].items():
            if "description" in field or "enum" in field:
                where = f"{place}.{key}" if place else key
                rows.append(f"| `{where}` | {_values(field)} | {field.get('description', '')} |")
    return "\n".join(rows)


def _values(field: dict[str, Any]) -> str:
    kinds = field.get("anyOf", [field])
    words = []
    for kind in kinds:
        if "enum" in kind:
            words += [f"`{value}`" for value in kind["enum"]]
        elif "const" in kind:
            words.append(f"`{kind['const']}`")
        elif kind.get("format") == "date":
            words.append("day")
        elif kind.get("type") != "null":
            names = {"string": "text", "integer": "number", "array": "list", "object": "mapping"}
            words.append(names[kind["type"]])
    text = ", ".join(words)
    return (
        f"{text} (default `{field['default']}`)"
        if field.get("default") and isinstance(field["default"], str | int)
        else text
    )


GENERATED = {"ci.md": ("rules", rules_table), "ledger.md": ("keys", keys_table)}


@pytest.mark.parametrize("name", GENERATED)
def test_generated_parts_are_current(name: str) -> None:
    mark, table = GENERATED[name]
    path = DOCS / name
    text = path.read_text()
    current = re.sub(
        rf"(<!-- {mark} -->\n).*(<!-- /{mark} -->)",
        lambda match: f"{match[1]}{table()}\n{match[2]}",
        text,
        flags=re.DOTALL,
    )
    if UPDATE:
        path.write_text(current)
    assert path.read_text() == current


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.rule.id)
def test_every_rule_has_its_page(check: Any) -> None:
    page = DOCS / "rules" / f"{check.rule.id}.md"
    if UPDATE:
        page.write_text(check.rule.help)
    assert page.read_text() == check.rule.help
    assert re.fullmatch(r"[A-Z].*\.", check.rule.short)


def test_there_are_no_pages_of_other_rules() -> None:
    pages = {path.stem for path in (DOCS / "rules").glob("*.md")}
    assert pages == {check.rule.id for check in CHECKS}


@pytest.mark.parametrize("name", ["ci.md", "ledger.md"])
def test_examples_are_valid(name: str) -> None:
    """Every block of YAML is YAML, and one that begins like a ledger is one."""
    blocks = re.findall(r"```yaml\n(.*?)```", (DOCS / name).read_text(), re.DOTALL)
    assert blocks
    for block in blocks:
        if block.startswith("version: 1"):
            assert loads(block, name).decisions
        YAML(typ="safe").load(block)
