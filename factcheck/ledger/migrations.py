"""Older formats of the ledger and how they become the current one, one step a version.

Version 0 was the draft: tracked claims had their statement under `text`, and what fails stood
at the top as `fail`.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from factcheck.ledger.files import locked, write_atomically
from factcheck.ledger.load import loads, read_text, version_of
from factcheck.ledger.models import FORMAT_VERSION
from factcheck.ledger.yaml_tree import parse, refuse

Document = Any


def _from_0(document: Document) -> None:
    for claim in document.get("claims") or ():
        if "text" in claim:
            _rename(claim, "text", "statement")
    if "fail" in document:
        position = list(document).index("fail")
        document.insert(position, "policy", {"fail_on": document.pop("fail")})


# The format version that a step starts from → the step, which changes the document in place.
MIGRATIONS: dict[int, Callable[[Document], None]] = {0: _from_0}


def upgrade(path: Path) -> int:
    """Bring the ledger `path` to the current format, comments and order kept.

    Returns the version that it had; the file is untouched where that is the current one.
    Raises `ConfigurationError` for a file that is no ledger or of a newer version.
    """
    with locked(path):
        text = read_text(path)
        tree = parse(text, str(path))
        found = version_of(tree.data) if isinstance(tree.data, dict) else None
        if found is None:
            raise refuse(str(path), (1, 1), "no valid 'version'", "Is this a ledger?")
        if found >= FORMAT_VERSION:
            loads(text, str(path))
            return found
        result = _upgraded(text, found)
        loads(result, str(path))
        write_atomically(path, result)
        return found


def _upgraded(text: str, version: int) -> str:
    from ruamel.yaml import YAML

    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    if "\n  - " in text:
        yaml.indent(mapping=2, sequence=4, offset=2)
    document = yaml.load(text.replace("\r\n", "\n"))
    for step in range(version, FORMAT_VERSION):
        MIGRATIONS[step](document)
        document["version"] = step + 1
    stream = io.StringIO()
    yaml.dump(document, stream)
    result = stream.getvalue()
    return result.replace("\n", "\r\n") if "\r\n" in text else result


def _rename(mapping: Document, old: str, new: str) -> None:
    """Rename a key in its place, with the comment that stands behind its value."""
    position = list(mapping).index(old)
    comment = mapping.ca.items.pop(old, None)
    mapping.insert(position, new, mapping.pop(old))
    if comment is not None:
        mapping.ca.items[new] = comment
