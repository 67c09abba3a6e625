"""Where the running text of a paragraph begins: after its dateline.

"RIVERTON, Ohio (AP) — The mayor said" begins at "The": a place is nobody's name and no part of what
is said. Told from reporting words and appositions ("Ann Cole – the mayor – said") by its form:
capitals, an agency in brackets or a date, and a new sentence after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from factcheck import lang
from factcheck.attribution.lexicon import fold, lexicon
from factcheck.attribution.nouns import noun_kind
from factcheck.records import Span

# A dateline is this long at most, and stands in one of the first paragraphs.
_LONGEST = 110
_FIRST_BLOCKS = 3
_END = re.compile(
    r"\s*(?:--|[—–―])[—–-]*\s*|\s-\s+|\s*:\s+|\.?\s*/(?P<slashed>[^/\n]{2,40})/\s*[.:—–-]*\s*"
    r"|(?P<stop>\.)\s+"
)
_AGENCY = re.compile(r"[(\[](?P<inside>[^()\[\]\n]{2,50})[)\]]\s*$")
_DAY = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?[, ]*)?"
    r"(?:[a-z]{3,9}\.?\s\d{1,2}|\d{1,2}(?:st|nd|rd|th)?\s[a-z]{3,9}\.?)?(?:,?\s\d{4})?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_JOINED = re.compile(r"[/\s]+|\s*[-–]\s*")
_INNER = lang.words("attribution", "datelines", "inner")
_WHERE = lang.words("attribution", "datelines", "where")
_PLACE_WORDS = 6
_DASHES = ("—", "–", "―", "-", "(")
_STOPS = (".", "!", "?", "…", ":")
_FOLLOWING = re.compile(r"\s+([^\W\d_]+)")
# So much of an article is looked at for who bears the name.
_LOOKED_AT = 20_000


def running(text: str, blocks: Sequence[Span]) -> list[Span]:
    """The blocks, each of the first ones from where its dateline ends."""
    found = list(blocks)
    for number, (start, end) in enumerate(blocks[:_FIRST_BLOCKS]):
        begin = _after(text, start, end, first=number == 0)
        if begin > start:
            found[number] = (begin, end)
            break
    return found


def _after(text: str, start: int, end: int, *, first: bool) -> int:
    """Where the text after a block's dateline begins; the block's start where it has none."""
    for match in _END.finditer(text, start, min(end, start + _LONGEST)):
        after = match.end()
        if match["stop"] and (
            text[after : after + 1] in _DASHES or _abbreviates(text, start, match.start(), after)
        ):
            continue
        place = _read(text[start : match.start()])
        if place is None or after >= end or not _opens_sentence(text[after]):
            return start
        if match["stop"]:
            is_one = place.capitals and (place.told or first)
        elif ":" in match[0]:
            # A headline may name a speaker so: "Harbour board: No more night boats".
            is_one = place.told or (first and text[start:end].rstrip("\"”’'»)")[-1:] in _STOPS)
        else:
            is_one = place.told or place.capitals or first
        sure = bool(match["slashed"]) or (place.told and not match["stop"])
        quotes = ":" in match[0] and text[after] in "“\"‘'«„"
        if sure or (is_one and not quotes and _is_place(text, place, start, after)):
            return after
        return start
    return start


@dataclass(frozen=True, slots=True)
class _Place:
    """Capitalised words that may be a dateline, all in capitals or not, and `told` to be one by an
    agency or a date.
    """

    words: tuple[str, ...]
    capitals: bool
    told: bool


def _read(lead: str) -> _Place | None:
    """What stands before the mark that ends a dateline, `None` where it can be none."""
    told = False
    if match := _AGENCY.search(lead):
        told = True
        lead = lead[: match.start()]
    places = []
    for part in (part.strip(" .") for part in lead.split(",")):
        if _is_date(part):
            told = True
        elif part:
            places.append(part)
    if not places:
        return _Place((), False, True) if told else None
    words = [word for part in places for word in _JOINED.split(part) if word]
    if len(places) > 3 or not 0 < len(words) <= _PLACE_WORDS:
        return None
    for word in words:
        named = word[0].isupper() and _WORD.fullmatch(word) is not None
        if not named and word.lower() not in _INNER:
            return None
    letters = [char for char in places[0] if char.isalpha()]
    return _Place(tuple(words), len(letters) > 2 and all(map(str.isupper, letters)), told)


def _is_date(part: str) -> bool:
    if part.lower() in lexicon().calendar or (part.isdecimal() and len(part) == 4):
        return True
    return any(map(str.isdecimal, part)) and _DAY.fullmatch(part) is not None


def _abbreviates(text: str, start: int, at: int, after: int) -> bool:
    """Whether a full stop is one of "Ohio (AP). The" or of "St. Louis", "Feb. 3"."""
    lower = text[start:at].rpartition(" ")[2].lower().strip("(,")
    lex = lexicon()
    known = lower in lex.abbreviations or lower in lex.calendar or len(lower) < 2
    return known or (len(lower) <= 4 and text[after : after + 1].isdigit())


def _opens_sentence(char: str) -> bool:
    return char.isupper() or char.isdigit() or not (char.isalnum() or char.isspace())


def _is_place(text: str, place: _Place, start: int, after: int) -> bool:
    """Whether capitalised words before a mark are a place, and no speaker."""
    lex = lexicon()
    first, last = place.words[0], place.words[-1].rstrip(".")
    if fold(first) in lex.first_names and len(place.words) > 1:
        return False
    if (
        noun_kind(last.lower())
        or noun_kind(first.lower()) == "person"
        or any((w.lower().rstrip("."),) in lex.titles for w in place.words)
    ):
        return False
    again = there = False
    for match in re.finditer(rf"\b{re.escape(last)}\b", text[:_LOOKED_AT]):
        if start <= match.start() < after:
            continue
        # What says something or goes by a first name elsewhere is nobody's place.
        words = _FOLLOWING.match(text, match.end())
        before = text[: match.start()].rstrip().rpartition(" ")[2]
        named = before[:1].isupper() and before.lower() not in lex.functions | _INNER
        if named or (words and words[1].lower() in lex.sayings):
            return False
        again, there = True, there or before.lower() in _WHERE
    # What is told of again is told of as a place.
    return there or not again or place.capitals or place.told
