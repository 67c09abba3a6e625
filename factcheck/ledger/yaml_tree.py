"""YAML text → plain data with positions, and nothing more than a ledger needs.

Only mappings, lists and scalars: a tag, an anchor or an alias is refused, so no text can build
objects or grow without bound. Scalars stay text (the models give them types), so that an
id `012` or a name `No` comes out as written; an empty or `null` plain scalar is `None`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from factcheck.errors import ConfigurationError
from factcheck.ledger.yaml_hints import advice

Data = dict[str, Any] | list[Any] | str | None
Path = tuple[str | int, ...]
Position = tuple[int, int]

MAX_BYTES = 10_000_000
MAX_DEPTH = 16
# Two sides of a merge that nobody has put together yet: what both had stands between them as well,
# where git was asked for it.
_CONFLICT = re.compile(r"^<{7}(?: .*)?$(?s:.*?)^={7}$(?s:.*?)^>{7}(?: .*)?$", re.MULTILINE)
_BOTH_HAD = re.compile(r"^\|{7}(?: .*)?$", re.MULTILINE)
_NULL = frozenset({"", "~", "null", "Null", "NULL"})


class Tree:
    """Parsed YAML: `data`, and where in the text each value and each key of a mapping stands.

    `values` holds half-open spans in code points, `keys` starts. The span of a block collection
    begins at its first `-` or key and ends where its last scalar does. `flow` names collections
    written in brackets.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.data: Data = None
        self.values: dict[Path, tuple[int, int]] = {}
        self.keys: dict[Path, int] = {}
        self.flow: set[Path] = set()

    def position(self, path: Path, *, key: bool = False) -> Position:
        """1-based line and column of the deepest known part of `path`, or of its key."""
        while path not in self.values and path not in self.keys:
            path = path[:-1]
            if not path:
                return self.place(self.values.get((), (0, 0))[0])
        if path in self.values and not (key and path in self.keys):
            return self.place(self.values[path][0])
        return self.place(self.keys[path])

    def place(self, index: int) -> Position:
        """1-based line and column of a code point of the text."""
        return self.text.count("\n", 0, index) + 1, index - self.text.rfind("\n", 0, index)


def refuse(name: str, position: Position, message: str, hint: str = "") -> ConfigurationError:
    """Make the error for something wrong at a place of the file `name`."""
    return ConfigurationError("ledger", located(name, position, message), hint)


def located(name: str, position: Position, message: str) -> str:
    """Write a message with its place; what a ledger holds is no command to a terminal."""
    line, column = position
    text = "".join(char if char.isprintable() else "\ufffd" for char in message)
    return f"{name}:{line}:{column}: {text}"


def parse(text: str, name: str) -> Tree:
    """Parse `text` of the file `name`. Raises `ConfigurationError` with file, line and column."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    tree = Tree(text)
    _refuse_conflict(tree, name)
    try:
        _build(YAML(typ="safe").parse(text), tree, name)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or ""
        at = mark.index if mark else 0
        since = error.context_mark.index if error.context_mark else at
        hint = advice(text, problem, error.context or "", at, since)
        raise refuse(name, tree.place(at), f"not valid YAML: {problem}", hint) from None
    except YAMLError as error:
        problem = str(error).splitlines()[0]
        # Of a character that cannot be read; its place is told in bytes or in code points.
        found = text.find(chr(getattr(error, "character", 0)))
        hint = "Remove this character, which an editor may not show."
        raise refuse(name, tree.place(max(found, 0)), f"not valid YAML: {problem}", hint) from None
    return tree


def _refuse_conflict(tree: Tree, name: str) -> None:
    """Refuse a text with conflict markers, even where it is YAML all the same."""
    # git writes CRLF as it finds it.
    text = tree.text.replace("\r\n", "\n")
    found = _CONFLICT.search(text)
    if found is None:
        return
    marks = ["'<<<<<<<'", "'======='", "'>>>>>>>'"]
    if _BOTH_HAD.search(found.group()):
        marks.append("'|||||||', and what stands below the latter up to '======='")
    raise refuse(
        name,
        (text.count("\n", 0, found.start()) + 1, 1),
        "a merge left both sides here",
        "Keep the entries of both sides: remove only the lines that begin with "
        f"{', '.join(marks)}. Where both changed one entry, keep one of the two.",
    )


class _Open:
    """A mapping or list whose end has not been read yet."""

    def __init__(self, value: dict[str, Any] | list[Any], path: Path) -> None:
        self.value = value
        self.path = path
        self.key: str | None = None


def _build(events: Iterator[Any], tree: Tree, name: str) -> None:
    # An own stack instead of recursion: depth is bounded by a message, not by the interpreter.
    stack: list[_Open] = []
    documents = 0
    last = 0
    for event in events:
        kind = type(event).__name__
        if kind in ("MappingEndEvent", "SequenceEndEvent"):
            path = stack.pop().path
            if path in tree.flow:
                last = event.end_mark.index
            tree.values[path] = (tree.values[path][0], last)
        elif kind == "DocumentStartEvent":
            documents += 1
            if documents > 1:
                at = tree.place(event.start_mark.index)
                raise refuse(name, at, "a second document starts here; a ledger is one document")
        elif kind in ("AliasEvent", "ScalarEvent", "MappingStartEvent", "SequenceStartEvent"):
            start = event.start_mark.index
            _refuse_magic(event, kind, tree, name)
            if kind == "ScalarEvent":
                last = event.end_mark.index
                plain = event.style in (None, "") and event.value in _NULL
                _place(stack, tree, name, None if plain else event.value, (start, last))
                continue
            if len(stack) >= MAX_DEPTH:
                at = tree.place(start)
                raise refuse(name, at, f"nested more than {MAX_DEPTH} levels deep")
            new: dict[str, Any] | list[Any] = {} if kind == "MappingStartEvent" else []
            path = _place(stack, tree, name, new, (start, start))
            if event.flow_style:
                tree.flow.add(path)
            stack.append(_Open(new, path))


def _place(stack: list[_Open], tree: Tree, name: str, value: Data, span: tuple[int, int]) -> Path:
    """Put `value` where the parser stands (a mapping takes keys and values in turn)."""
    if not stack:
        tree.data = value
        tree.values[()] = span
        return ()
    top = stack[-1]
    if isinstance(top.value, list):
        path = (*top.path, len(top.value))
        top.value.append(value)
    elif top.key is None:
        if not isinstance(value, str):
            raise refuse(name, tree.place(span[0]), "a key must be a word")
        path = (*top.path, value)
        if path in tree.keys:
            line = tree.place(tree.keys[path])[0]
            message = f"key '{value}' stands here a second time (first: line {line})"
            hint = f"Move what stands below it to the end of the first, and remove this '{value}:'."
            raise refuse(name, tree.place(span[0]), message, hint)
        tree.keys[path] = span[0]
        top.key = value
        return path
    else:
        path = (*top.path, top.key)
        top.value[top.key] = value
        top.key = None
    tree.values[path] = span
    return path


def _refuse_magic(event: Any, kind: str, tree: Tree, name: str) -> None:
    """Refuse what makes YAML more than data: aliases, anchors, tags."""
    if kind == "AliasEvent":
        found, hint = f"alias '*{event.anchor}'", "Write the value out."
    elif event.anchor is not None:
        found, hint = f"anchor '&{event.anchor}'", "Write the value out."
    elif event.tag:
        found, hint = f"tag '{event.tag}'", "A ledger has no YAML tags."
    else:
        return
    raise refuse(name, tree.place(event.start_mark.index), found, hint)
