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
from factcheck.ledger.load import (
    folder_files,
    loads,
    loads_decisions,
    read_text,
    version_of,
)
from factcheck.ledger.models import FORMAT_VERSION
from factcheck.ledger.yaml_tree import Path as Keys
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


def upgrade(path: Path) -> tuple[int, list[Path]]:
    """Bring the ledger `path` and its files of decisions to the current format and names, comments
    and order kept.

    Returns the version that it had and the files that were changed. Raises `ConfigurationError`
    for a file that is no ledger or of a newer version.
    """
    before = read_text(path)
    found = _upgrade_version(path)
    changed = [path] if read_text(path) != before else []
    ledger = loads(read_text(path), str(path))
    files = [path.parent / name for name in ledger.decision_files]
    for file in (path, *files, *folder_files(path)):
        if file.exists() and _rename_day(file, loads if file == path else loads_decisions):
            changed.append(file)
    return found, list(dict.fromkeys(changed))


def _rename_day(path: Path, check: Callable[[str, str], object]) -> bool:
    """Write `date` for the older name `on` of decisions; whether there was one."""
    with locked(path):
        text = read_text(path)
        tree = parse(text, str(path))
        olds = sorted(
            (
                start
                for keys, start in tree.keys.items()
                if keys[0] == "decisions" and _is_day(keys)
            ),
            reverse=True,
        )
        for start in olds:
            quoted = text[start] in "\"'"
            text = f"{text[:start]}date{text[start + (4 if quoted else 2) :]}"
        if olds:
            check(text, str(path))
            write_atomically(path, text)
        return bool(olds)


def _is_day(keys: Keys) -> bool:
    return len(keys) == 3 and (keys[0], keys[2]) == ("decisions", "on")


def _upgrade_version(path: Path) -> int:
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
