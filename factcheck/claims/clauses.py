"""Splitting a stretch of text into the statements it holds, without a parser.

Splits are made only where both sides are clauses of their own: a fragment without a verb is no
statement. Offsets are code points of the whole text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from factcheck.attribution.lexicon import lexicon
from factcheck.records import Span

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_JOINT = re.compile(
    r";\s+(?:and\s+|but\s+)?"
    r"|,?\s+(?:and|but|yet)\s+(?=that\s)"
    r"|,\s+(?:and|but|while|whereas|although|though|yet|so)\s+"
    r"|\s+(?:and|but|while|whereas)\s+"
    r"|\s+[–—-]+\s+(?:and|but)\s+"
)
_SUBJECT_WORDS = 9
_REACH = 600
_DETERMINERS = frozenset("a an the his her its their our my your this that these those".split())
_GOVERNORS = _DETERMINERS | frozenset("of by for with to from in on at and or as most".split())


class _Table(NamedTuple):
    subjects: frozenset[str]
    openers: frozenset[str]
    subordinators: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    data = json.loads((files("factcheck") / "data" / "clauses.json").read_text(encoding="utf-8"))
    return _Table(*(frozenset(data[name].split()) for name in _Table._fields))


def has_verb(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` has a finite verb, as far as word forms tell."""
    return _verb_at(text, start, end) is not None


def _verb_at(text: str, start: int, end: int) -> int | None:
    """How many words stand before the first finite verb; `None` without one."""
    finite = lexicon().finite
    before = ""
    for number, match in enumerate(_WORD.finditer(text, start, end)):
        word = match[0].lower().replace("’", "'")
        if word in finite or word.removesuffix("n't") in finite:
            return number
        stem, _, tail = word.rpartition("'")
        if stem and tail in ("s", "re", "ve", "ll", "d", "m") and stem in _table().subjects:
            return number
        if word.endswith("ed") and len(word) > 4 and before not in _GOVERNORS and number:
            return number
        before = word
    return None


def split(text: str, start: int, end: int) -> list[Span]:
    """Cut `text[start:end]` into its statements: at least one, in order, none overlapping.

    The conjunction between two statements belongs to neither.
    """
    spans: list[Span] = []
    at = start
    for match in _JOINT.finditer(text, start, end):
        # Looking back only so far keeps the time linear in a sentence without an end.
        near = max(at, match.start() - _REACH)
        if match.start() < at or _open_bracket(text, near, match.start()):
            continue
        before = (near, match.start())
        if has_verb(text, *before) and _is_main(text, *before) and _is_clause(text, match, end):
            spans.append((at, match.start()))
            at = match.end()
    spans.append((at, end))
    return spans


def is_dependent(text: str, start: int, end: int) -> bool:
    """Whether a stretch opens as a participle phrase or a condition, which states nothing alone."""
    match = _WORD.search(text, start, end)
    if match is None:
        return True
    word = match[0].lower()
    return word in _table().subordinators or (word.endswith("ing") and len(word) > 5)


def _is_main(text: str, start: int, end: int) -> bool:
    """Whether a stretch has a clause besides an opening "as …", "if …", which ends at a comma."""
    if not is_dependent(text, start, end):
        return True
    comma = text.find(",", start, end)
    return comma >= 0 and has_verb(text, comma + 1, end)


def _open_bracket(text: str, start: int, end: int) -> bool:
    return text.count("(", start, end) != text.count(")", start, end)


def _is_clause(text: str, joint: re.Match[str], end: int) -> bool:
    """Whether a clause with a subject of its own follows a joint."""
    stop = joint.end()
    words = [match[0].lower() for match in _WORD.finditer(text, stop, min(end, stop + 120))]
    if not words:
        return False
    verb = _verb_at(text, stop, min(end, stop + 120))
    if verb is None or "," in text[stop : stop + sum(len(word) + 1 for word in words[:verb])]:
        return False
    first = words[0]
    strict = "," not in joint[0] and ";" not in joint[0]
    if first == "that":
        return verb >= 1
    if first in _table().subjects:
        return 1 <= verb <= 3
    if strict and first not in _DETERMINERS and not text[stop : stop + 1].isupper():
        return False
    limit = 5 if strict else _SUBJECT_WORDS
    starts = first in _DETERMINERS or text[stop].isupper() or ";" in joint[0]
    return starts and 1 <= verb <= limit


def trim(text: str, span: Span, openers: bool = False) -> Span:
    """Shrink a span to its words and the quotation marks and full stop that belong to them.

    Leading punctuation and white space go, and "that"; with `openers` "and", "but" and so on too.
    """
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:–—-)]…."):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–—-(["):
        end -= 1
    drop = {"that"} | (_table().openers if openers else frozenset())
    while match := _WORD.match(text, start, end):
        follows = text[match.end() : match.end() + 1]
        if match[0].lower() not in drop or follows not in (" ", ","):
            break
        if match[0].lower() == "that" and not has_verb(text, match.end(), end):
            break
        start = match.end()
        while start < end and (text[start].isspace() or text[start] == ","):
            start += 1
    return start, end


def words_in(text: str, spans: Sequence[Span]) -> int:
    """How many words stand in the spans."""
    return sum(1 for start, end in spans for _ in _WORD.finditer(text, start, end))
