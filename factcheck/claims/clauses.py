"""Splitting a stretch of text into the statements it holds, without a parser.

Splits are made only where both sides are clauses of their own: a fragment without a verb is no
statement. Offsets are code points of the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from factcheck.attribution.lexicon import lexicon
from factcheck.claims.grammar import (
    is_clause,
    is_open,
    main_clause,
    may_be_past,
    opens_inner,
    points,
    table,
    tokens,
)
from factcheck.lang import words
from factcheck.records import Span

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
# White space is taken from its first character on: begun anew at each blank of a long run, the
# search would take the square of the run's length.
_JOINT = re.compile(
    r";\s+(?:and\s+|but\s+)?"
    r"|(?:,|(?<!\s))\s++(?:and|but|yet)\s+(?=that\s)"
    r"|,\s+(?:and|but|while|whereas|although|though|yet|so)\s+"
    r"|(?<!\s)\s++(?:and|but|whereas)\s+"
    r"|(?:,|(?<!\s))\s++even though\s+"
    r"|(?<!\s)\s++(?:--|—|–)\s+(?:and\s+|but\s+)?"
)
_PLAIN_BULLETS = frozenset("*-–")
_BULLET = re.compile(r"\s*[•‣▪●◦∙*–-][ \t]+")
_ITEM = re.compile(r"\n[ \t]*([•‣▪●◦∙*–-])[ \t]+")
# A head that a paragraph begins with: "**Who pays?** Nobody, so far."
_RUN_IN = re.compile(r"\s*(?P<mark>\*\*|__)[^*_\n]{2,60}(?:[.:?!](?P=mark)|(?P=mark):)[ \t]+(?=\S)")
# The time of an entry of a live page: "10:41 | Police say the road is open".
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?: ?[ap]m)?(?: [A-Z]{3,4}\b)?[ \t]+(?=[A-Z“\"])")
# The items of a list that goes on in a sentence: "(a) the wall was cracked; (b) nobody knew".
_LETTERED = re.compile(r"(?<![^\s(])\(?(?:[a-h]|[ivx]{1,4}|\d{1,2})\)\s+(?=\w)")
_ENDED = re.compile(r";(?: and| or)?$")
_OPENING = frozenset('“"„«')
_CLOSING = frozenset('”"»')
# What opens a clause inside another; prepositions ("after", "since") are left out.
_INNER = re.compile(
    r"(?i)\b(?:when|where|because|unless|whenever|whether|if|while|who|which|whose|that)\s"
)
# A verb before its subject, which nobody can see the end of.
_INVERTED = re.compile(
    r"(?i)[“\"‘']?(?:no sooner|hardly|scarcely|barely|never|rarely|seldom|nor|neither|not only|"
    r"not once|not until [^,]{2,60}|only (?:then|now|when|after) ?[^,]{0,60}) "
    r"(?:had|has|have|did|does|do|was|were|is|are|can|could|would|will)\s"
)
# What stands before "that" where it points: "; | that figure has grown".
_POINTED = re.compile(r"(?i)(?:[;:—–]|\b(?:but|though|although|while|whereas|because|since))\s*$")
_DANGLING = re.compile(
    r"(?i)[\s,;:–—-]+(?:and|but|or|nor|yet|while|that|who|which|because|when|whatever|whoever"
    r"|among them|including|namely)$"
)
_POINTS = re.compile(r"[,.!?]*[\"”’']|[.!?]")
# "So far no one has come".
_DEGREES = words("claims", "clauses", "degrees")
_ELLIPTIC = words("claims", "clauses", "elliptic")
_FEWEST_LAST = 4
_SUBJECT_WORDS = 9
_REACH = 600
_LAST_WORD = 12
_GOVERNORS = words("claims", "clauses", "governors")
_CLITICS = words("claims", "grammar", "clitics")
_JOINTS = words("claims", "clauses", "joints")


def has_verb(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` may have a finite verb, as far as word forms tell."""
    return _verb_at(text, start, end) is not None or _plain_verb(text, start, end)


def _plain_verb(text: str, start: int, end: int) -> bool:
    """Whether a verb in its plain form follows a plural: "the talks mark the beginning"."""
    plural = False
    for match in _WORD.finditer(text, start, end):
        word = match[0].lower()
        if plural and f"{word}s" in lexicon().finite:
            return True
        plural = plural or (word.endswith("s") and len(word) > 3)
    return False


def _verb_at(text: str, start: int, end: int) -> int | None:
    """How many words stand before the first finite verb; `None` without one."""
    finite = lexicon().finite
    governors = table().determiners | _GOVERNORS
    before = ""
    plain = [match[0].replace("’", "'") for match in _WORD.finditer(text, start, end)]
    words = [word.lower() for word in plain]
    for number, word in enumerate(words):
        if number and plain[number][0].isupper():
            # "Charlie Rose", "Will": a capital inside a sentence is a name's.
            before = word
            continue
        if word in finite or word.removesuffix("n't") in finite:
            return number
        stem, _, tail = word.rpartition("'")
        if stem and tail in _CLITICS and stem in table().subjects:
            return number
        if may_be_past(word) and before not in governors and number:
            return number
        after = words[number + 1] if number + 1 < len(words) else ""
        may_be_verb = number and len(word) > 3 and word.endswith("s") and before not in governors
        listed = word in lexicon().functions or word in table().not_verbs
        if may_be_verb and after in table().objects and not listed:
            return number
        before = word
    return None


class Part(NamedTuple):
    """One statement of a stretch of text."""

    start: int
    end: int


class Statement(NamedTuple):
    """The pieces of one statement."""

    spans: tuple[Span, ...]


def split(text: str, start: int, end: int) -> list[Part]:
    """Cut `text[start:end]` into its statements: at least one, in order, none overlapping.

    The conjunction between two statements belongs to neither. Both sides of a cut are clauses in
    whole, each with its own subject ("Doe met Roe and left" is one); the items of a list are apart.
    """
    items = _items(text, start, end)
    return [part for first, last in items for part in _clauses(text, first, last)]


def _items(text: str, start: int, end: int) -> Iterator[Span]:
    """The items of a list, without their marks; all of a stretch that is none."""
    first = _BULLET.match(text, start, end)
    at = first.end() if first else start
    at = past_head(text, at, end)
    lettered = list(_LETTERED.finditer(text, at, end))
    before = text[at : lettered[0].start()].rstrip() if lettered else ""
    if len(lettered) > 1 or (lettered and (not before or _ENDED.search(before))):
        stops = [match.start() for match in lettered]
        begins = [match.end() for match in lettered]
        yield from ((a, b) for a, b in zip([at, *begins], [*stops, end], strict=True) if a < b)
        return
    for match in _ITEM.finditer(text, at, end):
        if match[1] in _PLAIN_BULLETS and not first:
            continue
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    yield at, end


def past_head(text: str, start: int, end: int) -> int:
    """Where a stretch begins behind a head that runs into it: "**Who pays?** | Nobody, so far.",
    "10:41 | Police say so".
    """
    opens = not text[max(0, start - 1) : start].strip("\n")
    clock = _CLOCK.match(text, start, end) if opens else None
    head = _RUN_IN.match(text, start, end) or clock
    return head.end() if head else start


def _clauses(text: str, start: int, end: int) -> Iterator[Part]:
    at = start
    for match in _JOINT.finditer(text, start, end):
        # Looking back only so far keeps the time linear in a sentence without an end.
        near = max(at, match.start() - _REACH)
        if match.start() < at or _open_bracket(text, near, match.start()):
            continue
        verb = _verb_at(text, near, match.start())
        if verb is None or not is_main(text, near, match.start()):
            continue
        if _inside_subject(text, near, match.start()):
            continue
        if _is_clause(text, match, end) and _both_whole(text, (at, match.start()), match, end):
            yield Part(at, match.start())
            at = match.end()
    yield Part(at, end)


def _both_whole(text: str, left: Span, joint: re.Match[str], end: int) -> bool:
    """Whether what stands on both sides of a joint are clauses in whole."""
    before = _clause(text, left)
    if is_open(before) or not is_clause(before) or _quotes_on(before):
        return False
    if "," not in joint[0] and _INVERTED.match(before):
        # "Hardly had Doe | and Roe sat down when the lights failed".
        return False
    if joint[0].split() == ["and"] and (opens_inner(before) or _lists(before)):
        # In "he says that it rained and the roof fell" nobody knows whether he says both.
        return False
    after = (joint.end(), min(end, joint.end() + _REACH))
    return not _elliptic(text, *after) and is_clause(_clause(text, after))


def _elliptic(text: str, start: int, end: int) -> bool:
    """Whether a clause lives on the one before: "and does not mean to", "and 40 were hurt"."""
    found = [
        token.low for token in tokens(text[start:end]) if token.is_word or token.text.isdigit()
    ]
    if not found or found[-1] in _ELLIPTIC or found[-1] in table().auxiliaries:
        return True
    counts = found[0].isdigit() or found[0] in table().numerals
    return counts and found[1:2] != [] and found[1] in table().auxiliaries


def _lists(before: str) -> bool:
    """Whether a joint stands between two names or nouns: "…, police | and firefighters found"."""
    last = before.rpartition(",")[2]
    return "," in before and not has_words(last, 0, len(last), _FEWEST_LAST)


def _quotes_on(before: str) -> bool:
    """Whether a quotation goes on that began in the middle: "Doe: “We are two | and …"."""
    inner = before.lstrip()[1:]
    straight = before.count('"') % 2 == 1 and '"' in inner
    return straight or ("“" in inner and before.count("“") > before.count("”"))


def _clause(text: str, span: Span) -> str:
    words = text[span[0] : min(span[1], span[0] + _REACH)].strip()
    return words if is_clause(words) else words.removeprefix("that ")


def _inside_subject(text: str, start: int, end: int) -> bool:
    """Whether an inner clause is still without its verb: "…, when Turkey | and Israel met"."""
    opened = [match.end() for match in _INNER.finditer(text, start, end)]
    return bool(opened) and not has_verb(text, opened[-1], end)


def _is_dependent(text: str, start: int, end: int) -> bool:
    """Whether a stretch opens as a participle phrase or a condition, which states nothing alone."""
    match = _WORD.search(text, start, end)
    if match is None:
        return True
    word = match[0].lower()
    return word in table().subordinators or (word.endswith("ing") and len(word) > 5)


def is_main(text: str, start: int, end: int) -> bool:
    """Whether a stretch has a clause besides an opening "as …", "if …", which ends at a comma."""
    if not _is_dependent(text, start, end):
        return True
    comma = text.find(",", start, end)
    return comma >= 0 and _verb_at(text, comma + 1, end) is not None


def _open_bracket(text: str, start: int, end: int) -> bool:
    return text.count("(", start, end) != text.count(")", start, end)


def _is_clause(text: str, joint: re.Match[str], end: int) -> bool:
    """Whether a clause with a subject of its own follows a joint."""
    stop = joint.end()
    words = [match[0].lower() for match in _WORD.finditer(text, stop, min(end, stop + 120))]
    if not words:
        return False
    verb = _verb_at(text, stop, min(end, stop + 120))
    first = words[0]
    if verb is not None and first == "that":
        # "…, and that crews, who have been at sea, are home" is one, whatever its subject has.
        return verb >= 1 and any(word in joint[0] for word in _JOINTS)
    if verb is None or "," in text[stop : stop + sum(len(word) + 1 for word in words[:verb])]:
        return False
    strict = not any(mark in joint[0] for mark in ",;-–—")
    if first in table().subjects:
        return 1 <= verb <= 3
    if strict and first not in table().determiners and not text[stop : stop + 1].isupper():
        return False
    limit = 5 if strict else _SUBJECT_WORDS
    starts = first in table().determiners or text[stop].isupper() or ";" in joint[0]
    return starts and 1 <= verb <= limit


def trim(text: str, span: Span, openers: bool = False) -> Span:
    """Shrink a span to its words and the quotation marks and full stop that belong to them.

    Leading punctuation and white space go, and "that"; with `openers` "and", "but" and so on too.
    """
    start, end = span
    start, end = _edges(text, start, end)
    drop = {"that"} | (table().openers if openers else frozenset())
    while match := _WORD.match(text, start, end):
        follows = text[match.end() : match.end() + 1]
        if match[0].lower() not in drop or follows not in (" ", ","):
            break
        rest = text[match.end() : min(end, match.end() + _REACH)]
        before = text[max(0, match.start() - _LAST_WORD) : match.start()]
        if not _is_opener(match[0], rest) or (
            match[0] == "that" and _POINTED.search(before) and points(tokens(rest))
        ):
            break
        start = match.end()
        while start < end and (text[start].isspace() or text[start] == ","):
            start += 1
    start, end = _edges(text, start, end)
    # What another statement was cut off from: "confirmed the contacts and".
    while match := _DANGLING.search(text, max(start, end - 12), end):
        if match[0].endswith("that") and _POINTS.match(text, end):
            # "Refused to confirm or deny that."
            break
        end = match.start()
    return _edges(text, start, end)


def _is_opener(word: str, rest: str) -> bool:
    """Whether a word only leads over to a statement: not in "That is why", "So will others"."""
    if word.lower() == "that":
        return word == "that" and is_clause(rest)
    if word.lower() in table().leading:
        # "While it rained, the mayor left" has its main clause behind.
        return main_clause(tokens(f"{word} {rest}")) is None
    after = _WORD.search(rest)
    if after is None or not is_clause(rest):
        # "So will others", "Then came Doe", "Also gone".
        return False
    return word.lower() != "so" or after[0].lower() not in _DEGREES


def _edges(text: str, start: int, end: int) -> Span:
    """Take white space, loose punctuation and quotation marks without a partner off both ends."""
    # A run of marks is as long as its article: that they have no partner is found once for all.
    closing: int | None = None
    opening: int | None = None
    changed = True
    while changed and start < end:
        before = (start, end)
        while start < end and (text[start].isspace() or text[start] in ",;:–—-)]….•‣▪●◦∙"):
            start += 1
        if text[start : start + 1] in _CLOSING and text[start + 1 : start + 2].isspace():
            start += 1
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–—-([•‣▪●◦∙"):
            end -= 1
        if start < end and text[start] in _OPENING:
            if closing is None or closing >= end:
                marks = _CLOSING | {"“"} if text[start] == "„" else _CLOSING
                closing = max(text.rfind(mark, start + 1, end) for mark in marks)
            start += closing <= start
        if start < end and text[end - 1] in _CLOSING:
            if opening is None or opening < start:
                found = [text.find(mark, start, end) for mark in _OPENING]
                opening = min((at for at in found if at >= 0), default=end)
            end -= opening >= end - 1
        changed = (start, end) != before
    return start, end


def is_question(text: str, end: int) -> bool:
    """Whether the statement that ends at `end` is a question."""
    return "?" in text[max(0, end - 3) : end + 1]


def words_in(text: str, spans: Sequence[Span]) -> int:
    """How many words stand in the spans."""
    return sum(1 for start, end in spans for _ in _WORD.finditer(text, start, end))


def has_words(text: str, start: int, end: int, least: int) -> bool:
    """Whether `text[start:end]` has so many words; no more are looked at."""
    return next(islice(_WORD.finditer(text, start, end), least - 1, None), None) is not None
