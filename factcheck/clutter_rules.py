"""Lines and sentences that are of the page by what they say: patterns of `data/clutter.toml`.

A sentence of these is told by how it opens, by whom it speaks to and by what it speaks of: "this
article", "your inbox". What is quoted or reported is news, whatever it says, except in a note. What
no pattern tells is read by the chain in `clutter`, to which these are known neighbours.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

from factcheck.dates import MONTHS
from factcheck.records import BlockKind

Kind = Literal["navigation", "note", "credit", "staff", "author", "life"]

# Longer sentences and lines are of the article.
_LONGEST_LINE, _LONGEST = 400, 320
_FEW, _CALL, _SEVERAL = 12, 25, 40
_EDGE = ' \t*_|·•►▶»>#[](){}"“”-–—:;,.!?…'
_BOUND = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W_a-z])")
_QUOTED = re.compile(r"[\"“”«»„]|''|``")
# What a button of the page says: by clicking “Accept all”.
_BUTTON = re.compile(r"(?i)(\b(?:click|tapp|press|select)ing )[\"“][^\"“”]{2,30}[\"”]")
_REPORTED = re.compile(
    r"(?i)\b(?:said|says|told|tells|according to|announced|warned|added|stated|replied|wrote)\b"
)
# What people did, or did not do, for an article is told in it.
_ASKED = re.compile(
    r"(?i)\b(?:declin\w+|refus\w+|comment(?:ed)?|respon\w+|interview\w*|spoke|spoken|agreed|ask\w*"
    r"|request\w*|review\w*|provided)\b"
)
_TO_READER = re.compile(r"(?i)\b(?:we|us|our|ours|you|your|yours)\b")
_NAME = r"(?:(?:Dr|Mr|Ms|Mrs)\.? )?[A-Z][\w.'’-]+(?: (?:[a-z]{2,3} )?[A-Z][\w.'’-]*){1,3}"
_MYSELF = re.compile(rf"\b(?:I['’]m|I am|[Mm]y name is) {_NAME}(?:,| and\b|\.| –)")
# "Tess Orme can be reached at tess@…"
_REACHED = re.compile(r"(?i)\b(?:reach(?:ed)?|e-?mail|contact|write to|tips?)\b.*\S@\S")
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
_DATE = (
    r"\b(?:on )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? ?)?(?:the )?"
    rf"(?:\d{{1,2}} {_MONTH}\.?,?|{_MONTH}\.? \d{{1,2}},?) (?:19|20)\d\d"
)
_DAY = r"on (?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MARK = r"(?: ?[(\[][^()\[\]]{2,80}[)\]])?"


@dataclass(frozen=True)
class Lists:
    """The patterns, compiled."""

    line: re.Pattern[str]
    opening: re.Pattern[str]
    call: re.Pattern[str]
    of_itself: re.Pattern[str]
    note: re.Pattern[str]
    credit: re.Pattern[str]
    caption: re.Pattern[str]
    captioned: re.Pattern[str]
    shown: re.Pattern[str]
    related: re.Pattern[str]
    related_inline: re.Pattern[str]
    staff: re.Pattern[str]
    author: re.Pattern[str]
    life: re.Pattern[str]


@lru_cache(1)
def lists() -> Lists:
    """The lists of `data/clutter.toml`."""
    data: dict[str, Any] = tomllib.loads(
        (files("factcheck") / "data" / "clutter.toml").read_text("utf-8")
    )

    def any_of(patterns: Sequence[str]) -> re.Pattern[str]:
        return re.compile("(?i)(?:" + "|".join(patterns) + ")")

    writers = data["writers"].replace(" ", "|")
    return Lists(
        line=any_of(data["line"]),
        opening=any_of(data["opening"]),
        call=re.compile(
            rf"(?i)(?:please )?(?:{data['calls'].replace(' ', '|')})\b(?! (?:it|him|them)\b)"
            rf".{{0,120}}?\b(?:us|our|ours|your|{data['things']})(?!\w)"
        ),
        of_itself=any_of(data["of_itself"]),
        note=any_of(data["note"]),
        credit=any_of(data["credit"]),
        caption=any_of(data["caption"]),
        captioned=any_of(data["caption_anywhere"]),
        shown=re.compile(
            r"(?i)(?:(?!(?:will|to|would|can|must|may|shall) )\S+ ){1,8}?"
            rf"{data['shown'][0]} [^.!?]{{0,240}}?(?:{_DATE}|{_DAY})\.?{_MARK}\.?"
        ),
        related=any_of(data["related"]),
        related_inline=any_of(data["related_inline"]),
        staff=re.compile(
            rf"{_NAME},? (?:is|was) (?:an? |the |our )(?:[\w-]+ )?(?:{data['posts']})"
            rf"(?:[\w-]+ ){{0,2}}?(?:{writers})s?\b"
            rf"|{_NAME} is (?:[\w’'.&-]+ ){{1,5}}?[\w.&]+['’]s? (?:[\w-]+ ){{0,3}}?"
            rf"(?:{writers})\W*$"
        ),
        author=re.compile(
            rf"{_NAME},? (?:is|was) (?:an? |the |our |[\w’'.& ]{{2,40}}['’]s? )"
            rf"(?:[\w’'&-]+ ){{0,6}}?(?:{writers})s?\b(?: and (?:[\w-]+ ){{0,3}}?(?:{writers}))?"
            rf"(?:[.,]?$|,? {data['posted']}\b)"
        ),
        life=re.compile(
            # A given name alone is one before "has", "is" and what is told of nobody else.
            rf"(?:{_NAME}|[A-Z][a-z'’-]+(?= (?:has|is|also|covers|writes|joined)\b)"
            rf"|[Hh]e|[Ss]he|[Tt]hey|I|My) (?:also |has |have |is |are )?"
            rf"{data['life']}\b"
        ),
    )


def line_kind(line: str) -> BlockKind | None:
    """What a whole line is that is none of the article, by itself."""
    known = lists()
    bare = line.strip(_EDGE)
    words = line.count(" ") + 1
    if not bare or len(line) > _LONGEST_LINE:
        return None
    if known.line.fullmatch(bare):
        return "navigation"
    if known.related.fullmatch(bare) or (words < 30 and known.related_inline.match(line)):
        return "related"
    if words < _SEVERAL and known.credit.match(line) and len(sentences(line)) == 1:
        return "credit"
    if words < 60 and (known.caption.match(line.lstrip("[(*_ ")) or known.captioned.search(line)):
        return "caption"
    if words < _SEVERAL and not _is_told(line) and known.shown.fullmatch(line):
        return "caption"
    return None


def pieces(line: str) -> list[tuple[int, int, Kind | None]]:
    """The stretches of a line that are of one kind each, `None` for the article's own sentences."""
    bounds = sentences(line)
    kinds = [_sentence_kind(line[start:end]) for start, end in bounds]
    if not any(kinds):
        return [(0, len(line), None)]
    quotes = 0
    for number, (start, end) in enumerate(bounds):
        sentence = line[start:end]
        if quotes % 2 and kinds[number] != "note":
            # In the middle of what somebody says.
            kinds[number] = None
        quotes += len(_QUOTED.findall(sentence))
        if number and kinds[number - 1] == "note":
            kinds[number] = "note"
        if number and kinds[number] == "life" and kinds[number - 1] == "staff":
            # "Una Price is the Post's courts reporter. She joined in 2016."
            kinds[number] = "staff"
    for step in (1, -1):
        order = range(len(kinds)) if step == 1 else range(len(kinds) - 1, -1, -1)
        for number in order:
            near = number - step
            if (
                kinds[number] is None
                and 0 <= near < len(kinds)
                and kinds[near] == "navigation"
                and (
                    _speaks_to_reader(line[slice(*bounds[number])])
                    or lists().line.fullmatch(line[slice(*bounds[number])].strip(_EDGE))
                )
            ):
                kinds[number] = "navigation"
    found: list[tuple[int, int, Kind | None]] = []
    for (start, end), kind in zip(bounds, kinds, strict=True):
        if found and found[-1][2] == kind:
            found[-1] = (found[-1][0], end, kind)
        else:
            found.append((start, end, kind))
    return found


def _speaks_to_reader(sentence: str) -> bool:
    """Whether a sentence says "we" or "you" and neither quotes nor reports."""
    return (
        len(sentence) <= _LONGEST
        and not _is_told(sentence)
        and _TO_READER.search(sentence) is not None
    )


def sentences(line: str) -> list[tuple[int, int]]:
    """Where the sentences of a line stand, or what is as good as one to tell clutter by."""
    bounds = []
    start = 0
    for match in _BOUND.finditer(line):
        bounds.append((start, start + len(line[start : match.end()].rstrip())))
        start = match.end()
    return [*bounds, (start, len(line))] if start < len(line) else bounds


def _sentence_kind(sentence: str) -> Kind | None:
    if len(sentence) > _LONGEST:
        return None
    known = lists()
    words = sentence.count(" ") + 1
    if known.note.match(sentence):
        return "note"
    if words < _SEVERAL and known.credit.match(sentence):
        return "credit"
    if _is_told(sentence):
        return None
    bare = sentence.lstrip(_EDGE).rstrip(" *_")
    if known.opening.match(bare) or (words <= _CALL and known.call.match(bare)):
        return "navigation"
    if words <= _SEVERAL and known.of_itself.search(bare) and not _ASKED.search(bare):
        return "navigation"
    if words <= _SEVERAL and _REACHED.search(sentence):
        return "staff"
    if _MYSELF.search(sentence) or (words <= _FEW and known.staff.match(sentence)):
        return "staff"
    if known.author.match(sentence):
        return "author"
    return "life" if words <= _SEVERAL and known.life.match(sentence) else None


def _is_told(sentence: str) -> bool:
    told = _BUTTON.sub(r"\1", sentence)
    return bool(_QUOTED.search(told) or _REPORTED.search(told))
