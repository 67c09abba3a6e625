"""How a claim is told, for people: who says it, through whom, how its outlet knows it, its words.

Everything here returns raw text that still holds words of articles: each renderer escapes it.
"""

from __future__ import annotations

import re

from factcheck.attribution.lexicon import lexicon
from factcheck.claims.stance import verb
from factcheck.records import Claim, Span, Speaker, Via
from factcheck.reports.words import QUOTES

# What a reading is filled in with at its start.
_FILLED = re.compile(r"^\[[^\]]*\]\s*")
_WITHOUT_IT = frozenset(("asks", "withholds"))
# How far from a claim, in characters, its reporting words may stand.
_NEAR = 300
# How the occasions are told that go by one name.
_PLACES = {
    "court": "in court",
    "council": "in council",
    "parliament": "in parliament",
    "post": "in a post",
    "interview": "in an interview",
}


def speaker_words(speaker: Speaker) -> str:
    """A speaker for a table cell: name and role, or the description of an unnamed one."""
    if speaker.kind == "unnamed":
        return f"{speaker.name} (unnamed)"
    if speaker.role and speaker.role.casefold() not in speaker.name.casefold():
        return f"{speaker.name}, {speaker.role}"
    return speaker.name


def via_words(via: Via, start: int | None = None) -> str:
    """`via Reuters`, `via Reuters (named earlier)`, `at a rally`, `to reporters`.

    `start` is where the claim stands that came through it.
    """
    told = f"via {via.name}" if via.kind in ("agency", "outlet") else _occasion(via.name, via.kind)
    return told + _elsewhere(via.span, via.carried, start)


def _elsewhere(span: Span, carried: bool, start: int | None) -> str:
    if not carried:
        return ""
    return " (named later)" if start is not None and span[0] > start else " (named earlier)"


def _occasion(name: str, kind: str) -> str:
    """`at a news conference`, `in court`, `in a statement`, `to reporters`, `at the Kyiv Forum`."""
    if name in _PLACES:
        return _PLACES[name]
    if kind == "venue" and name not in lexicon().occasions:
        return f"to {name}"
    where = "in" if kind == "document" else "at"
    if name[:1].isupper() or name.endswith("s"):
        return f"{where} {name}"
    return f"{where} {'an' if name[:1] in 'aeiou' else 'a'} {name}"


def who(claim: Claim) -> list[str]:
    """Who said it, through whom: one line each, from the inside out."""
    lines = [speaker_words(claim.speaker)] if claim.speaker else []
    if claim.voice and claim.voice != claim.speaker:
        words = speaker_words(claim.voice)
        lines.append(f"says {words}" if lines else words)
    lines = lines or ["the outlet itself"]
    stance = stance_words(claim)
    return lines + [stance] * bool(stance) + how(claim)


def how(claim: Claim) -> list[str]:
    """How the outlet knows it, one line each, as far as its article tells: relays, then access."""
    access = claim.access
    at_home = access.kind in ("interview", "witnessed")
    lines = [
        via_words(via, claim.start)
        for via in claim.via
        if not (at_home and via.kind in ("agency", "outlet") and via.name == access.name)
    ]
    named = {via.name for via in claim.via}
    if at_home:
        lines.append("told to the outlet" if access.kind == "interview" else "seen by the outlet")
    elif access.kind in ("public", "document", "relayed") and access.name not in named:
        lines.append(_access_words(claim))
    return lines


def _access_words(claim: Claim) -> str:
    access = claim.access
    if access.kind == "relayed":
        return f"via {access.name} (credited)"
    if access.name is None:
        return "in public" if access.kind == "public" else "in a document"
    words = _occasion(access.name, "document" if access.kind == "document" else "venue")
    return words + _elsewhere(
        access.spans[0] if access.spans else (0, 0), access.carried, claim.start
    )


def access_words(claim: Claim) -> str:
    """How the outlet came to know it, in full: `through Reuters, named earlier`, `not told`."""
    access = claim.access
    if access.kind == "untold":
        return "not told how the outlet knows it"
    if access.kind == "unnamed":
        return "from a source without a name, not told how"
    if access.kind == "interview":
        return "told to the outlet itself"
    if access.kind == "witnessed":
        return "seen by the outlet itself"
    if access.kind != "relayed":
        return _access_words(claim).replace(" (", ", ").rstrip(")")
    if access.name not in {via.name for via in claim.via}:
        return f"through {access.name}, whom the article credits"
    at = access.spans[0] if access.spans else (0, 0)
    return f"through {access.name}" + _elsewhere(at, access.carried, claim.start).replace(
        " (", ", "
    ).rstrip(")")


def stance_words(claim: Claim) -> str:
    """`denies it`, `could not confirm it`; empty where a claim is asserted."""
    if claim.stance == "asserts" or claim.content:
        return ""  # A claim that is a whole clause has the words itself.
    one = claim.speaker is None or claim.speaker.count == 1
    return verb(claim.stance, one) + ("" if claim.stance in _WITHOUT_IT else " it")


def frame(claim: Claim, text: str) -> tuple[str, str]:
    """The reporting words of `text` before and after a claim that is no sentence without them.

    "Tarsk | has denounced | the raid": where the reading holds the claim's words and more, and
    the article has it all in a row, that is the rest of it, without the speaker at its start,
    who is told beside it. What a claim leans on stands before it: "[When?] On Friday."
    """
    context = f"{claim.context} " if claim.context else ""
    own = " ".join((claim.words or claim.text).split()).rstrip(".")
    whole = " ".join(claim.reading.removeprefix(claim.context).split()).rstrip(".")
    if claim.quote == "direct" or own == whole or own not in whole:
        return context, ""
    before, after = whole.split(own, 1)
    before = _FILLED.sub("", before)
    if claim.speaker:
        before = before.removeprefix(claim.speaker.name).lstrip(" ,")
    around = text[max(0, claim.start - _NEAR) : claim.end + _NEAR]
    in_a_row = claim.words or f"{before}{own}{after}" in " ".join(around.split())
    return (f"{context}{before}", after) if in_a_row else (context, "")


def wording(claim: Claim, text: str) -> str:
    """A claim's own words in one string, within the reporting words that complete them."""
    before, after = frame(claim, text)
    return f"{before}{claim.words or claim.text}{after}"


def shown_spans(claim: Claim, text: str) -> list[Span]:
    """The spans of a claim to show: of a direct quotation without the marks at its ends."""
    spans = list(claim.spans)
    if claim.quote == "direct":
        start, end = spans[0][0], spans[-1][1]
        # Of nested ones the outer: "He said: 'Open it.'"
        first, last = text[start : start + 1], text[end - 1 : end]
        while start < spans[0][1] and text[start] in QUOTES and text[start] == first:
            start += 1
        spans[0] = (start, spans[0][1])
        while end > spans[-1][0] and text[end - 1] in QUOTES and text[end - 1] == last:
            end -= 1
        spans[-1] = (spans[-1][0], end)
    return spans
