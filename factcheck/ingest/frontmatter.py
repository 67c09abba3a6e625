"""Front matter: a few known keys, each with the span of its value.

Read are YAML between lines of dashes, TOML between lines of plus signs, and the header lines of
MultiMarkdown. What cannot be read never costs the article: it is left out, and a note says so.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources

from factcheck.records import Span

# A value as written, and where it stands.
Value = tuple[str, Span]

_LARGEST = 20_000
_FENCE = re.compile(r"(?:[ \t]*\r?\n){0,5}(?P<mark>---|\+\+\+)[ \t]*\r?\n")
_END = {
    "---": re.compile(r"(?m)^(?:---|\.\.\.)[ \t]*\r?$\n?"),
    "+++": re.compile(r"(?m)^\+\+\+[ \t]*\r?$\n?"),
}
_LINE = re.compile(
    r"(?m)^(?P<key>[A-Za-z][\w .-]{0,40}?)[ \t]*[:=][ \t]*(?P<value>[^\r\n]*?)[ \t]*\r?$"
)
_QUOTED = re.compile(r"""(["'])(?P<inner>(?:(?!\1).)*)\1""")
# Header lines up to the first empty one.
_HEADER = re.compile(r"(?:[A-Za-z][\w .-]{0,40}:[ \t]+\S[^\r\n]*\r?\n){2,20}(?=[ \t]*\r?\n)")
_ADDRESS = re.compile(r"(?i)https?://\S+|(?:[\w-]+\.)+[a-z]{2,}/\S*")


@dataclass(frozen=True)
class FrontMatter:
    """Values by key with their spans in the file's text; `end` is where the article begins.

    `notes` say in words what could not be read.
    """

    values: dict[str, list[Value]] = field(default_factory=dict)
    end: int = 0
    notes: tuple[str, ...] = ()

    def get(self, key: str) -> str | None:
        """The value of a key that has one value, `None` where it is missing or empty."""
        return next((value for value, _ in self.values.get(key, ())), None)

    def span(self, key: str) -> Span | None:
        """Where that value stands."""
        return next((span for _, span in self.values.get(key, ())), None)


def split(text: str) -> FrontMatter:
    """Read the front matter of a text, if it has one.

    Keys are those of `data/front_matter.toml`; others are left alone (site generators keep theirs
    here). `byline` and `credit` may be lists, and `published` holds every date that is told.
    """
    opening = _FENCE.match(text)
    if not opening:
        return _header(text)
    start, mark = opening.end(), opening["mark"]
    notes: list[str] = []
    closing = _END[mark].search(text, start)
    if not closing:
        # A text may open with a rule; only keys make it front matter.
        lines = _HEADER.match(text, start) or _LINE.match(text, start)
        if not lines or _known(_name(text[start : lines.end()])) is None:
            return FrontMatter()
        notes.append(f"front matter is never closed: end it with a line of {mark}")
        end = after = lines.end()
    else:
        end, after = closing.start(), closing.end()
    source = text[start:end]
    if len(source) > _LARGEST:
        return FrontMatter({}, after, (f"front matter over {_LARGEST:,} characters is not read",))
    read = _yaml if mark == "---" else _toml
    line = text.count("\n", 0, start) + 1
    try:
        found = list(read(source, notes, line))
    except _BrokenError as error:
        notes.append(
            f"line {error.line}: front matter is no valid {read.__name__[1:].upper()} "
            f"({error}): its lines are read one by one"
        )
        found = list(_lines(source))
    values = _values(found, start, notes)
    return FrontMatter(values, after, tuple(notes))


class _BrokenError(Exception):
    def __init__(self, line: int, problem: str) -> None:
        self.line = line
        super().__init__(problem)


def _header(text: str) -> FrontMatter:
    """The header lines of MultiMarkdown: two known keys at least, then an empty line."""
    match = _HEADER.match(text)
    if match is None or len(told(match.group())) < 2:
        return FrontMatter()
    return FrontMatter(_values(list(_lines(match.group())), 0, []), match.end())


def told(lines: str) -> set[str]:
    """What of an article lines like those of front matter tell, such as its title."""
    return {name for key, _ in _lines(lines) if (name := _known(key))}


def _values(
    found: list[tuple[str, Value]], offset: int, notes: list[str]
) -> dict[str, list[Value]]:
    """What was found under the keys of the program, in the order of their lists."""
    by_key: dict[str, list[Value]] = {}
    for key, (value, (start, end)) in found:
        value = " ".join(value.split())
        if any("\ud800" <= character <= "\udfff" for character in value):
            if _known(key):
                notes.append(f"'{key}' escapes half a character and is not read")
        elif value:
            by_key.setdefault(_plain(key), []).append((value, (offset + start, offset + end)))
    values: dict[str, list[Value]] = {}
    for name, keys in _keys().items():
        for key in keys:
            told = by_key.get(key, [])
            if key == "source":
                told = [v for v in told if (name == "url") == bool(_ADDRESS.fullmatch(v[0]))]
            # A date may be no date ("published: true" is Jekyll's word for no draft).
            if told and (name == "published" or name not in values):
                values.setdefault(name, []).extend(told)
    return values


def _yaml(source: str, notes: list[str], first: int) -> Iterator[tuple[str, Value]]:
    """Keys and values of YAML; of lists their items, of mappings nothing."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    try:
        # Nodes instead of objects: they carry offsets, and no tag of the file is ever acted on.
        root = YAML(typ="safe", pure=True).compose(source)
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        raise _BrokenError(first + (mark.line if mark else 0), str(problem)) from error
    except RecursionError as error:
        raise _BrokenError(first, "it is nested too deeply") from error
    except (ValueError, OverflowError) as error:
        # An escape for a character that does not exist is no YAML error to the parser.
        raise _BrokenError(first, "it escapes a character that does not exist") from error
    if root is None:
        return
    if not isinstance(root, MappingNode):
        raise _BrokenError(first, "it holds no 'key: value' lines")
    for key, node in root.value:
        if not isinstance(key, ScalarNode) or _known(str(key.value)) is None:
            continue
        items = node.value if isinstance(node, SequenceNode) else [node]
        for item in items:
            if isinstance(item, ScalarNode):
                yield str(key.value), (item.value, (item.start_mark.index, item.end_mark.index))
            else:
                line = first + item.start_mark.line
                notes.append(f"line {line}: '{key.value}' is no plain value and is not read")
                break


def _toml(source: str, notes: list[str], first: int) -> Iterator[tuple[str, Value]]:
    """Keys and values of TOML before its first table, with the spans of their lines."""
    del notes
    try:
        told = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        raise _BrokenError(
            first + int(at[1]) - 1 if at else first, "it cannot be parsed"
        ) from error
    except RecursionError as error:
        raise _BrokenError(first, "it is nested too deeply") from error
    spans = {key: span for key, (_, span) in _lines(source)}
    for key, value in told.items():
        if isinstance(value, Mapping) or key not in spans:
            continue
        for item in value if isinstance(value, list) else [value]:
            yield key, (str(item), spans[key])


def _lines(source: str) -> Iterator[tuple[str, Value]]:
    """Every 'key: value' line by itself, quotation marks around the value left out."""
    for match in _LINE.finditer(source):
        start, end = match.span("value")
        quoted = _QUOTED.fullmatch(source, start, end)
        value = quoted["inner"] if quoted else match["value"]
        if value.count('"') == 1:  # opened and never closed
            value = value.strip('"')
        yield match["key"], (value, (start, end))


def _name(lines: str) -> str:
    return re.split(r"[:=]", lines, maxsplit=1)[0]


def _plain(key: str) -> str:
    return re.sub(r"[-_ ]", "", key).casefold()


def _known(key: str) -> str | None:
    """What of the article a key tells, `None` where the program does not ask for it."""
    plain = _plain(key)
    return next((name for name, keys in _keys().items() if plain in keys), None)


@functools.cache
def _keys() -> dict[str, tuple[str, ...]]:
    text = resources.files("factcheck").joinpath("data/front_matter.toml").read_text("utf-8")
    return {name: tuple(map(_plain, keys)) for name, keys in tomllib.loads(text).items()}
