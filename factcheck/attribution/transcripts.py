"""Speech that the layout gives to its speaker: transcripts, "Q:" and "A:", interviews.

A turn opens with a label ("ANN COLE:", "**Host:**", "A.") or answers a question that stands on a
line of its own. What is a label is told by what recurs: a list of facts ("Price: …") has labels,
but each of them once, and nobody speaks there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from factcheck.attribution.lexicon import lexicon
from factcheck.attribution.names import name_parts
from factcheck.attribution.nouns import noun_kind
from factcheck.attribution.speech import speech
from factcheck.records import Span

Part = Literal["name", "role", "question", "answer", "unknown"]

_LABEL = re.compile(
    r"(?:[-•*]\s+)?(?P<open>\*\*|__|[*_\[])?"
    r"(?P<name>[^\W_][^\n:*_\[\]“”\"«»?!;]{0,70}?)\s?(?P<aside>\([^()\n]{1,40}\))?"
    r"(?:(?:\*\*|__|[*_\]])?\s?:(?:\*\*|__|[*_\]])?"
    r"|(?<=\b[QA])(?:\.|\s[-–—])?(?=\s|[A-Z][a-z])|(?:\*\*|__)(?:\s[-–—])?(?=\s))\s*"
)
_EMPHASIS = re.compile(r"(\*\*|__|[*_])(?=\S)[^\n]*\?[”\"’']?\s?\1")
_TALK = re.compile(r"\?|\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Yy]ou|[Yy]our|me|us)\b")
_FIRST = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us|[Mm]yself)\b")
_SECOND = re.compile(r"\b[Yy]our?\b")
_COUNTED = re.compile(r"([qa])\s?\d{0,2}")
# A capitalised word that is not the first of its line.
_CAPITALISED = re.compile(r"(?<=\w )[^\W\d_a-z][\w'’-]+")
_LONGEST_LABEL = 100
_LONGEST_QUESTION = 300
_WORDS_IN_LABEL = 7
# Questions of an interview without labels, at least.
_QUESTIONS = 3
# On average an answer of an interview without labels has at most so many paragraphs.
_BLOCKS_AN_ANSWER = 4
_QUOTES = frozenset("“\"«‘'„")


@dataclass(slots=True)
class Turn:
    """What one speaker says until the next one speaks.

    `label` is the words that name the speaker, in a `part` that tells how; of an answer to a
    question without label it is the question's mark. `blocks` are the numbers of its blocks.
    """

    label: Span
    part: Part
    content: list[Span] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Label:
    block: int
    span: Span
    part: Part
    key: str
    caps: bool
    after: int


def turns(text: str, blocks: Sequence[tuple[int, int]]) -> list[Turn]:
    """The turns of a transcript or an interview, in order; none where the text is neither.

    `blocks` are the paragraphs of running text, in order. Blocks in no turn are the outlet's own.
    """
    found = _accepted(
        text, blocks, [x for n in range(len(blocks)) for x in _label(text, n, blocks)]
    )
    return _labelled(text, blocks, found) if found else _asked(text, blocks)


def without_labels(blocks: Sequence[Span], said: Sequence[Turn]) -> list[Span]:
    """The blocks without the labels and questions that open turns."""
    begin = {turn.blocks[0]: turn.content[0][0] for turn in said if turn.blocks}
    return [(begin.get(number, start), end) for number, (start, end) in enumerate(blocks)]


def _label(text: str, number: int, blocks: Sequence[tuple[int, int]]) -> Iterator[_Label]:
    start, end = blocks[number]
    match = _LABEL.match(text, start, min(end, start + _LONGEST_LABEL))
    if match is None or not text[match.end() : end].strip():
        return
    name = match["name"]
    part = _part(name, bold=bool(match["open"]))
    if part is not None:
        caps = name.upper() == name
        span = (match.start("name"), match.start("name") + len(name.rstrip()))
        yield _Label(number, span, part, " ".join(name.casefold().split()), caps, match.end())


def _part(name: str, *, bold: bool) -> Part | None:
    """How a label names its speaker; `None` for words that are no label."""
    lists, lex = speech(), lexicon()
    name, comma, _ = name.partition(",")
    words = [word.strip(".,()") for word in name.split()]
    lowers = [word.lower() for word in words if word]
    if not lowers or len(lowers) > _WORDS_IN_LABEL:
        return None
    first = lowers[0]
    counted = _COUNTED.fullmatch(" ".join(lowers))
    if first in lists["question_labels"] or (counted and counted[1] == "q"):
        return "question" if len(lowers) <= 2 else None
    if first in lists["answer_labels"] or (counted and counted[1] == "a"):
        return "answer" if len(lowers) <= 2 else None
    if first in lists["no_labels"] or first in lex.calendar:
        return None
    if first in lists["unknown_labels"] or (first in ("male", "female") and len(lowers) > 1):
        return "unknown"
    plain = [word for word in words if word and word.lower() not in lex.particles]
    if any(word.lower() in lex.functions for word in plain):
        # "US" and "WHO" of a label in capitals are no speakers' names either.
        return None
    if not all(word[0].isupper() or word[0].isdigit() for word in plain):
        return "role" if bold and noun_kind(lowers[-1]) == "person" else None
    if comma and len(lowers) > 1:
        return "name"
    if noun_kind(lowers[-1]) in ("person", "people") or (
        len(lowers) > 1 and lowers[-1].isdigit() and noun_kind(first) == "person"
    ):
        return "role"
    if noun_kind(lowers[-1]) == "document" or any(char.isdigit() for char in name):
        return None
    return "name"


def _accepted(text: str, blocks: Sequence[tuple[int, int]], labels: list[_Label]) -> list[_Label]:
    """The labels of a transcript, if the text is one."""
    if not {"question", "answer"} <= {label.part for label in labels}:
        labels = [label for label in labels if label.part != "answer"]
    often = Counter(_end(label) for label in labels)
    named = _named(text, labels)
    asked = any(label.part == "question" for label in labels)
    told = {
        label.block
        for label in labels
        if label.caps or label.part != "name" or often[_end(label)] > 1
    }
    sure = [x for x in labels if x.block in told or x.key in named or asked]
    talks = any(_TALK.search(text, label.after, blocks[label.block][1]) for label in sure)
    several = len({label.key for label in sure}) > 1 or any(often[_end(x)] > 1 for x in sure)
    # Once it is a transcript, whatever looks like a name begins another's turn.
    return labels if len(sure) > 1 and told and talks and several else []


def _end(label: _Label) -> str:
    """The last word of a label, by which a speaker is named the second time."""
    return (name_parts(label.key.partition(",")[0]) or (label.key,))[-1]


def _named(text: str, labels: Sequence[_Label]) -> set[str]:
    """The labels whose last word other words of the text, or a fuller label, name."""
    ends: dict[str, list[_Label]] = {}
    for label in labels:
        if label.part == "name":
            ends.setdefault(_end(label), []).append(label)
    known = {end for end, same in ends.items() if len({label.key for label in same}) > 1}
    own = {match.start() for label in labels for match in _CAPITALISED.finditer(text, *label.span)}
    for match in _CAPITALISED.finditer(text):
        end = match[0].casefold()
        if end in ends and match.start() not in own:
            known.add(end)
    return {label.key for end in known for label in ends[end]}


def _labelled(text: str, blocks: Sequence[tuple[int, int]], labels: Sequence[_Label]) -> list[Turn]:
    """The turns of a transcript: what has no label goes on with the turn before it.

    After the last label it does so only in the first person: an article may go on by itself.
    """
    at = {label.block: label for label in labels}
    last = labels[-1].block
    found: list[Turn] = []
    for number in range(labels[0].block, len(blocks)):
        start, end = blocks[number]
        if label := at.get(number):
            found.append(Turn(label.span, label.part))
            start = label.after
        elif _aside(text, start, end) or (number > last and not _FIRST.search(text, start, end)):
            if number > last:
                break
            continue
        found[-1].content.append((start, end))
        found[-1].blocks.append(number)
    return found


def _aside(text: str, start: int, end: int) -> bool:
    """Whether a block is a stage direction: "(Applause)"."""
    return (text[start], text[end - 1]) in (("(", ")"), ("[", "]"))


def _asked(text: str, blocks: Sequence[tuple[int, int]]) -> list[Turn]:
    """The answers of an interview whose questions stand on lines of their own.

    The reader is addressed by many a heading that ends in a question mark: here the questions are
    put to a "you", and most answers are in the first person and not in quotation marks.
    """
    # The block in which each answer begins, where in it, and the mark of its question.
    asked: list[tuple[int, int, Span]] = []
    addressed = 0
    for number, (start, end) in enumerate(blocks):
        if mark := _question(text, start, end):
            addressed += _SECOND.search(text, start, mark[0]) is not None
            rest = end - len(text[mark[1] : end].lstrip("*_ \r\n\t"))
            asked.append((number, rest, mark) if rest < end else (number + 1, -1, mark))
        elif mark := _heading(text, blocks[number - 1][1] if number else 0, start):
            addressed += _SECOND.search(text, text.rfind("\n", 0, mark[0]) + 1, mark[0]) is not None
            asked.append((number, -1, mark))
    groups: list[Turn] = []
    for place, (first, rest, mark) in enumerate(asked):
        turn = Turn(mark, "answer")
        final = place + 1 == len(asked)
        stop = len(blocks) if final else asked[place + 1][0]
        if not final and asked[place + 1][1] < 0 and _question(text, *blocks[stop - 1]):
            # The last block before the next answer is its question.
            stop -= 1
        for number in range(first, stop):
            start, end = blocks[number]
            if final and turn.blocks and not _FIRST.search(text, start, end):
                # Where the last answer ends is not marked: it goes on in the first person.
                break
            turn.content.append((rest if number == first and rest >= 0 else start, end))
            turn.blocks.append(number)
        if turn.content:
            groups.append(turn)
    spoken = sum(_in_first_person(text, turn) for turn in groups)
    if any(text[turn.content[0][0]] in _QUOTES for turn in groups):
        # Where answers are quoted, what is not is told by the outlet.
        return []
    told = sum(len(turn.blocks) for turn in groups[:-1])
    if len(groups) < _QUESTIONS or told > _BLOCKS_AN_ANSWER * (len(groups) - 1):
        return []
    if addressed * 3 < len(asked) or spoken * 2 < len(groups):
        return []
    return groups


def _in_first_person(text: str, turn: Turn) -> bool:
    """Whether an answer speaks for itself."""
    return any(_FIRST.search(text, start, end) for start, end in turn.content[:2])


def _heading(text: str, start: int, end: int) -> Span | None:
    """The mark of the question that stands between two blocks, as a heading."""
    between = text[max(start, end - _LONGEST_QUESTION) : end]
    line = between.strip().rpartition("\n")[2].rstrip("*_ \r\t")
    if not line.endswith("?"):
        return None
    at = text.rindex("?", start, end)
    return at, at + 1


def _question(text: str, start: int, end: int) -> Span | None:
    """The mark of the question that a block is, or that is all of the block's first line."""
    line = text.find("\n", start, end)
    stop = len(text[start : end if line < 0 else line].rstrip()) + start
    if stop - start > _LONGEST_QUESTION or text[start] in _QUOTES:
        return None
    at = stop - 1
    if text[at] in "*_":
        match = _EMPHASIS.fullmatch(text, start, stop) or _EMPHASIS.match(text, start, end)
        if match is None:
            return None
        at = text.rindex("?", start, match.end())
    return (at, at + 1) if text[at] == "?" else None
