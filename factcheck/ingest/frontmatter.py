"""YAML front matter: a few known keys, each with the span of its value."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from factcheck.errors import UnreadableError
from factcheck.records import Span

# `credit` may be a list; every other key is one value.
KEYS = ("outlet", "url", "title", "byline", "published", "language", "credit")
_LARGEST = 20_000
_FENCE = re.compile(r"---[ \t]*\r?\n")
_END = re.compile(r"(?m)^(?:---|\.\.\.)[ \t]*\r?$\n?")


@dataclass(frozen=True)
class FrontMatter:
    """Values by key with their spans in the file's text; `end` is where the article begins."""

    values: dict[str, list[tuple[str, Span]]] = field(default_factory=dict)
    end: int = 0

    def get(self, key: str) -> str | None:
        """The value of a key that has one value, `None` where it is missing or empty."""
        return next((value for value, _ in self.values.get(key, ())), None)

    def span(self, key: str) -> Span | None:
        """Where that value stands."""
        return next((span for _, span in self.values.get(key, ())), None)


def split(text: str) -> FrontMatter:
    """Read the front matter of a text, if it has one.

    Unknown keys are left alone (site generators keep theirs here). Raises `UnreadableError`
    (`broken-front-matter`, with the line) for YAML that cannot be read.
    """
    opening = _FENCE.match(text)
    if not opening:
        return FrontMatter()
    closing = _END.search(text, opening.end())
    if not closing:
        # A text may open with a rule; only keys make it front matter.
        if re.match(rf"(?:{'|'.join(KEYS)})[ \t]*:", text[opening.end() :]):
            raise _broken(1, "it is never closed", "end it with a line of three dashes")
        return FrontMatter()
    source = text[opening.end() : closing.start()]
    if len(source) > _LARGEST:
        raise _broken(1, f"it is longer than {_LARGEST:,} characters", "keep it to the known keys")
    return FrontMatter(_values(source, opening.end()), closing.end())


def _values(source: str, offset: int) -> dict[str, list[tuple[str, Span]]]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

    try:
        # Nodes instead of objects: they carry offsets, and no tag of the file is ever acted on.
        root = YAML(typ="safe", pure=True).compose(source)
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        problem = getattr(error, "problem", None) or "it is no valid YAML"
        raise _broken(
            2 + (mark.line if mark else 0), str(problem), "quote values that hold ': '"
        ) from error
    except RecursionError as error:
        raise _broken(2, "it is nested too deeply", "keep it to the known keys") from error
    except (ValueError, OverflowError) as error:
        # An escape for a character that does not exist is no YAML error to the parser.
        raise _broken(2, "it escapes a character that does not exist", "write it out") from error
    if root is None:
        return {}
    if not isinstance(root, MappingNode):
        raise _broken(2, "it holds no 'key: value' lines", "write for example 'outlet: Reuters'")
    values: dict[str, list[tuple[str, Span]]] = {}
    for key, node in root.value:
        name = str(key.value).lower() if isinstance(key, ScalarNode) else ""
        if name not in KEYS:
            continue
        items = node.value if name == "credit" and isinstance(node, SequenceNode) else [node]
        for item in items:
            line = 2 + node.start_mark.line
            if not isinstance(item, ScalarNode):
                raise _broken(
                    line, f"'{name}' is not a single value", f"write '{name}: …' on one line"
                )
            value = " ".join(item.value.split())
            if any("\ud800" <= character <= "\udfff" for character in value):
                raise _broken(line, f"'{name}' escapes half a character", "write it out")
            if value:
                span = (offset + item.start_mark.index, offset + item.end_mark.index)
                values.setdefault(name, []).append((value, span))
    return values


def _broken(line: int, problem: str, hint: str) -> UnreadableError:
    return UnreadableError(
        "broken-front-matter", f"line {line}: front matter cannot be read: {problem}", hint
    )
