"""One utterance given to two people."""

from __future__ import annotations

from factcheck.attribution.identity import same_speaker
from factcheck.attribution.lexicon import fold
from factcheck.divergence.quotation import align, quoted
from factcheck.divergence.views import Conflict, View
from factcheck.records import Speaker
from factcheck.slots.tokens import content

# An utterance is told apart from a phrase that many use by its length and its wording.
_WORDS, _SAME, _MEANT = 8, 0.9, 4
# Characters between a quotation and its source.
_BESIDE = 40


def conflicts(a: View, b: View) -> list[Conflict]:
    """Find one long quotation, word by word, under two full names that cannot be one person's."""
    one, other = a.claim.speaker, b.claim.speaker
    if one is None or other is None or not _two_people(one, other):
        return []
    if not _named_beside(a, one) or not _named_beside(b, other):
        return []
    left, right = quoted(a), quoted(b)
    shorter = min(len(left), len(right))
    if shorter < _WORDS:
        return []
    equal = [t for op, x, _ in align(left, right) if op == "equal" for t in x]
    if len(equal) < _SAME * shorter or len(content(equal)) < _MEANT:
        return []
    reason = f"one quotation given to two people: {one.name} and {other.name}"
    spans = _source(a), _source(b)
    return [Conflict("attribution", reason, (one.name, other.name), spans)]


def _two_people(one: Speaker, other: Speaker) -> bool:
    if one.kind != "named" or other.kind != "named":
        return False
    if " " not in one.name or " " not in other.name:
        return False
    surnames = {fold(name).split()[-1] for name in (one.name, other.name)}
    return len(surnames) == 2 and same_speaker(one, other) is False


def _named_beside(view: View, speaker: Speaker) -> bool:
    """Whether the surname itself stands as the source beside the quotation.

    A speaker resolved from "he" or from farther away is too uncertain to hold against another.
    """
    if not view.claim.source_spans:
        return False
    start, end = view.claim.source_spans[0]
    beside = min(abs(start - view.claim.end), abs(view.claim.start - end)) <= _BESIDE
    return beside and fold(speaker.name).split()[-1] in fold(view.article.text[start:end]).split()


def _source(view: View) -> tuple[int, int]:
    return view.claim.source_spans[0] if view.claim.source_spans else view.claim.spans[0]
