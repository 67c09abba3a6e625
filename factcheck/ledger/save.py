"""Changes to a ledger: entries added and removed in its text, all else left byte for byte.

A YAML library that writes the whole file again keeps comments, but moves those that stand
between two lists, and re-wraps what people aligned; so entries are put into the text where the
parser says the list ends. What comes out is parsed again before it is written, and must hold
exactly what was asked for.
"""

from __future__ import annotations

import codecs
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from factcheck import safe
from factcheck.errors import ConfigurationError
from factcheck.hashing import key as hashed
from factcheck.ledger.files import locked, remove_left, write_atomically
from factcheck.ledger.load import (
    folder_files,
    folder_of,
    load_decisions,
    loads,
    loads_decisions,
    read_text,
)
from factcheck.ledger.models import FORMAT_VERSION, Decision, Ledger, Outlet, Tracked
from factcheck.ledger.yaml_tree import Tree, parse, refuse

_DOCUMENT_END = re.compile(r"(?m)^\.\.\.[ \t]*\r?$")
# Longer entries of a list stand on lines of their own.
_SHORT = 40
_NEW = f"version: {FORMAT_VERSION}\n"


def add_decisions(
    path: Path, decisions: Iterable[Decision], file: str | None = None
) -> tuple[Decision, ...]:
    """Add decisions to the ledger `path`: each as a file of its own in the ledger's folder of
    decisions, so that branches which decide something merge, or all to `file` (relative to the
    ledger), which it then names.

    Decisions that the ledger holds already are left out, the rest is sorted. Returns what was
    added. What is missing is made, the ledger too. Raises `ConfigurationError`.
    """
    if file is not None and (Path(file).is_absolute() or ".." in Path(file).parts):
        raise ConfigurationError(
            "decision-file",
            f"{file}: a file of decisions lies beside the ledger or below it",
            "Give a path relative to the ledger's folder, without '..'.",
        )
    with locked(path):
        remove_left(folder_of(path))
        text = read_text(path) if path.exists() else _NEW
        ledger = loads(text, str(path))
        known = {decision.identity for decision in ledger.decisions}
        files = [path.parent / name for name in ledger.decision_files]
        for named in [*files, *folder_files(path)]:
            if named.exists():
                known |= {entry.identity for entry in load_decisions(named)}
        wanted = {decision.identity: decision for decision in decisions}
        new = tuple(wanted[name] for name in sorted(wanted, key=repr) if name not in known)
        if not new:
            return ()
        if file is not None:
            _add_to_file(path, text, ledger, new, file)
            return new
        if not path.exists():
            _write(path, text, loads)
        for decision in new:
            _write_own(path, decision)
        return new


def _add_to_file(path: Path, text: str, ledger: Ledger, new: Sequence[Decision], file: str) -> None:
    named = path.parent / file
    with locked(named):
        other = read_text(named) if named.exists() else _NEW
        _write(named, with_entries(other, "decisions", new, str(named)), loads_decisions)
    # The name comes last: a ledger never names a file that is not there.
    if file not in ledger.decision_files:
        _write(path, with_entries(text, "decision_files", [file], str(path)), loads)


def _write_own(path: Path, decision: Decision) -> None:
    """Write a decision as a file named by its first claim and by all that stands in it."""
    folder = folder_of(path)
    text = f"{_NEW}decisions:\n{rendered([decision], 2)}"
    name = f"{hashed(decision.fingerprints[0])[:8]}-{hashed(text)[:8]}.yaml"
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise ConfigurationError("unwritable", f"{folder}: {error.strerror or error}") from None
    _write(folder / name, text, loads_decisions)


def remove_decision(path: Path, decision: Decision) -> bool:
    """Take one decision out of the ledger again, out of its folder or its text; whether it was
    there. Raises as above.
    """
    with locked(path):
        for file in folder_files(path):
            if [entry.identity for entry in load_decisions(file)] == [decision.identity]:
                file.unlink()
                return True
        text = read_text(path)
        places = [
            index
            for index, entry in enumerate(loads(text, str(path)).decisions)
            if entry.identity == decision.identity
        ]
        if not places:
            return False
        _write(path, _removed(text, "decisions", places[-1], str(path)), loads)
        return True


def add_claims(path: Path, claims: Sequence[Tracked]) -> None:
    """Add tracked claims to the ledger, which is made where it is missing.

    Raises `ConfigurationError`, also for an id that is taken.
    """
    with locked(path):
        text = read_text(path) if path.exists() else _NEW
        _write(path, with_entries(text, "claims", claims, str(path)), loads)


def add_outlets(path: Path, outlets: Sequence[Outlet]) -> None:
    """Add outlets to the ledger, which is made where it is missing. Raises `ConfigurationError`."""
    with locked(path):
        text = read_text(path) if path.exists() else _NEW
        _write(path, with_entries(text, "outlets", outlets, str(path)), loads)


def _write(path: Path, text: str, check: Callable[[str, str], object]) -> None:
    check(text, str(path))
    try:
        if path.exists() and path.read_bytes().startswith(codecs.BOM_UTF8):
            text = f"\ufeff{text}"
        write_atomically(path, text)
    except OSError as error:
        raise ConfigurationError("unwritable", f"{path}: {error.strerror or error}") from None


def with_entries(text: str, key: str, entries: Sequence[BaseModel | str], name: str) -> str:
    """Put entries at the end of the top-level list `key`, in the indentation that it has.

    `text` is the ledger of the file `name`. Raises `ConfigurationError` where the list is
    written in a way that cannot be added to.
    """
    tree = parse(text, name)
    before = _items(tree, key)
    if () in tree.flow:
        hint = "Write it with a line for each key, as 'version: 1'."
        raise refuse(name, tree.position(()), "the ledger is written in brackets", hint)
    if key not in _mapping(tree):
        # What ends the document, "...", ends the text as well.
        ends = _DOCUMENT_END.search(text, tree.values[()][1])
        body, tail = (text[: ends.start()], text[ends.start() :]) if ends else (text, "")
        head = body if body.endswith("\n") or not body else body + "\n"
        gap = "\n" if len(_mapping(tree)) > 1 or key != "decisions" else ""
        result = f"{head}{gap}{key}:\n{rendered(entries, 2)}{tail}"
    elif before:
        if (key,) in tree.flow:
            at = tree.position((key,))
            raise refuse(name, at, f"'{key}' is a list in brackets", "Write it with '-' lines.")
        start, end = tree.values[(key,)]
        column = tree.place(start)[1] - 1
        after = _line_end(text, len(text[:end].rstrip()))
        head = text[:after] if text[:after].endswith("\n") else text[:after] + "\n"
        result = head + rendered(entries, column) + text[after:]
    else:
        # "claims:" with nothing, with null or with [] behind it.
        start, end = tree.values[(key,)]
        line = text[:start].rstrip(" ") + text[end : _line_end(text, end)]
        head = line if line.endswith("\n") else line + "\n"
        result = head + rendered(entries, 2) + text[_line_end(text, end) :]
    if "\r\n" in text:
        result = result.replace("\r\n", "\n").replace("\n", "\r\n")
    expected = [*before, *(_plain(entry) for entry in entries)]
    return _checked(result, tree, key, expected, name)


def _removed(text: str, key: str, index: int, name: str) -> str:
    """Cut the lines of one entry of the top-level list `key`."""
    tree = parse(text, name)
    if (key,) in tree.flow:
        at = tree.position((key,))
        raise refuse(name, at, f"'{key}' is a list in brackets", "Write it with '-' lines.")
    start, end = tree.values[(key, index)]
    first = text.rfind("\n", 0, text.rfind("-", 0, start + 1)) + 1
    result = text[:first] + text[_line_end(text, len(text[:end].rstrip())) :]
    items = _items(tree, key)
    return _checked(result, tree, key, items[:index] + items[index + 1 :], name)


def _checked(result: str, before: Tree, key: str, expected: list[Any], name: str) -> str:
    after = parse(result, name)
    rest = {name: value for name, value in _mapping(before).items() if name != key}
    kept = {name: value for name, value in _mapping(after).items() if name != key}
    if _items(after, key) != expected or rest != kept:
        at = before.position((key,))
        raise refuse(name, at, f"'{key}' is written in a way that this program cannot change")
    return result


def _mapping(tree: Tree) -> dict[str, Any]:
    return tree.data if isinstance(tree.data, dict) else {}


def _items(tree: Tree, key: str) -> list[Any]:
    found = _mapping(tree).get(key)
    return found if isinstance(found, list) else []


def _line_end(text: str, index: int) -> int:
    """Return the index behind the line break that ends the line of `index`."""
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _plain(entry: BaseModel | str) -> Any:
    """Return an entry as the parser gives it back: scalars as text, blanks left out."""
    if isinstance(entry, str):
        return entry

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [plain(item) for item in value]
        return value.isoformat() if isinstance(value, dt.date) else str(value)

    return {key: plain(value) for key, value in _filled(entry).items()}


def _filled(entry: BaseModel) -> dict[str, Any]:
    return {
        key: value
        for key, value in entry.model_dump().items()
        if value is not None and value != () and value != {}
    }


def rendered(entries: Sequence[BaseModel | str], column: int) -> str:
    """Write entries as lines of a block list whose dashes stand in `column` (0-based)."""
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap, CommentedSeq
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString

    def node(value: Any) -> Any:
        if isinstance(value, dict):
            return CommentedMap((node(key), node(item)) for key, item in value.items())
        if isinstance(value, list | tuple):
            items = CommentedSeq(node(item) for item in value)
            if all(len(str(item)) <= _SHORT for item in value):
                items.fa.set_flow_style()
            return items
        if isinstance(value, str) and not (value.isprintable() and safe.is_safe(value)):
            # A line break, a control or invisible character, a command for a CI runner: in quotes
            # it is one line and escaped.
            return DoubleQuotedScalarString(value)
        return value

    yaml = YAML()
    yaml.width = 1_000_000
    yaml.representer.ignore_aliases = lambda _: True
    stream = io.StringIO()
    yaml.dump(
        [node(entry if isinstance(entry, str) else _filled(entry)) for entry in entries], stream
    )
    lines = safe.yaml_text(stream.getvalue().removesuffix("\n")).split("\n")
    return "".join(f"{' ' * column}{line}\n" for line in lines)
