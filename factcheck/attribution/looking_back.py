"""Statements that the next sentence gives to somebody: "That was how Doe described it"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.attribution.draft import Draft
from factcheck.attribution.phrases import WORD, Held, Quoted, is_source, sentences
from factcheck.attribution.quotes import Quotation
from factcheck.records import Span

_LONGEST, _FEWEST = 400, 3
_WHO = r"(?P<who>(?:[^\s;:“”\"()]+ ){0,9}?[^\s;:“”\"()]+?),?"
_LEAST = r"(?:(?:or )?at least,? |or |and )?"
_TELLS = (
    r"(?:(?:has|have|had|later|also) )?(?:describe[ds]?|explain(?:s|ed)|express(?:es|ed)|puts?"
    r"|phrase[ds]?|recall(?:s|ed)|recount(?:s|ed)|relate[ds]?|remember(?:s|ed)|saw|sees?|sums?"
    r"|summed|tells?|told)"
)
_SAYS = (
    r"(?:(?:has|have|had|later|also) )?(?:claim(?:s|ed)?|maintain(?:s|ed)?|sa(?:id|ys?)|swears?"
    r"|swore|insist(?:s|ed)?|alleg(?:es?|ed)|told [^,.;:“”\"\n]{2,60})"
)
_END = r"(?=[.,;!]|$| (?:to|in|on|at|when|after|during|before|later|yesterday|this|last)\b)"
_PATTERNS = tuple(
    re.compile(rf"(?i:{_LEAST})(?:{pattern})")
    for pattern in (
        # "That was how Doe described it", "So his brother tells it".
        r"(?P<lead>(?:[Tt]hat|[Tt]his|[Tt]hat['’]s)(?: is| was)?,?(?: at least,?)?"
        rf" (?:how|the way)) {_WHO} (?P<cue>(?!tells? the|told the){_TELLS}(?: up)?"
        rf" (?:it|things|events|the \w+)(?: up)?){_END}",
        rf"(?P<lead>[Ss]o) {_WHO} (?P<cue>(?:tells|told|remembers|recalls) it){_END}",
        # "That, at least, is what Doe says", "Or so Doe says".
        rf"(?P<lead>(?:[Tt]hat|[Tt]his)(?: is| was|['’]s|, at least, is)(?: at least)? what) "
        rf"{_WHO} (?P<cue>{_SAYS}){_END}",
        rf"(?P<lead>(?<=[Oo]r )so) {_WHO} (?P<cue>{_SAYS}){_END}",
        # "That is the airline's version".
        rf"(?P<lead>(?:[Tt]hat|[Tt]his) (?:is|was)(?:,? at least,?)?) {_WHO}(?P<cue>['’]s? "
        r"(?:own |official )?(?:account|conclusion|reading|story|telling|verdict|version|view))"
        r"(?=[.,;]|$)",
    )
)
_JOINED = re.compile(r", (?:and |or |at least )?(?=that(?: is| was|['’]s) (?:how|what|the way)\b)")


def add(
    text: str, blocks: Sequence[Span], quotations: Sequence[Quotation], drafts: list[Draft]
) -> None:
    """Give what a sentence tells to the one whom the next sentence names for it.

    `blocks` are the paragraphs that the drafts stand in, in order.
    """
    quoted, held = Quoted(quotations), Held(drafts)
    for said, (lead, who, cue) in _pairs(text, blocks):
        if quoted.holds(lead[0]) or quoted.holds(said[1] - 1) or quoted.holds(said[0] + 1):
            continue
        if held.reporting(said) is not None or any(s < said[1] for s, _ in _meeting(held, said)):
            continue
        known = held.reporting(cue)
        if known is None and not _meeting(held, (lead[0], cue[1])):
            drafts.append(Draft([who], [lead, cue], [said]))
        elif known is not None:
            known.source, known.cue, known.content = [who], [lead, cue], [said]


def _meeting(held: Held, said: Span) -> list[Span]:
    """The contents of attributions that have a part of a statement."""
    return [span for span, _ in held.before(said[1]) if span[1] > said[0]]


def _pairs(text: str, blocks: Sequence[Span]) -> Iterator[tuple[Span, tuple[Span, Span, Span]]]:
    """Statements, and the words for who tells them: those that look back, the source, the verb."""
    before: Span | None = None
    for block in blocks:
        if before is not None and text[before[1] : block[0]].strip():
            before = None
        for start, end in sentences(text, block):
            if end - start > _LONGEST:
                before = None
                continue
            if before is not None and (roles := _roles(text, start, end)):
                if _states(text, before):
                    yield before, roles
                before = None
                continue
            joint = _JOINED.search(text, start, end)
            roles = _roles(text, joint.end(), end) if joint else None
            if joint and roles and _states(text, (start, joint.start())):
                yield (start, joint.start()), roles
            before = (start, end)


def _roles(text: str, start: int, end: int) -> tuple[Span, Span, Span] | None:
    for pattern in _PATTERNS:
        if (match := pattern.match(text, start, end)) and is_source(text, match.span("who")):
            return match.span("lead"), match.span("who"), match.span("cue")
    return None


def _states(text: str, span: Span) -> bool:
    """Whether a sentence may be a statement: no question, and of some words."""
    return text[span[1] - 1] not in "?:" and len(WORD.findall(text, *span)) >= _FEWEST
