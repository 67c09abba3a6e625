"""One utterance given to two sources: to two people, or to a person and a letter."""

from __future__ import annotations

from factcheck.attribution.identity import same_speaker
from factcheck.attribution.lexicon import fold
from factcheck.divergence.quotation import align, quoted
from factcheck.divergence.views import Conflict, View
from factcheck.lang import words
from factcheck.records import Speaker
from factcheck.slots.tokens import Token, content, tokenize

# An utterance is told apart from a phrase that many use by its length and its wording.
_WORDS, _SAME, _MEANT = 8, 0.9, 4
# A short one, by being the whole of what is quoted in both tellings, to the word.
_SHORT, _SHORT_MEANT = 4, 3
# Characters between a quotation and its source.
_BESIDE = 40


def conflicts(a: View, b: View) -> list[Conflict]:
    """Find one long quotation, word by word, under two sources that cannot be one."""
    one, other = a.claim.speaker, b.claim.speaker
    if one is None or other is None or not _two_sources(a, one, b, other):
        return []
    if not _named_beside(a, one) or not _named_beside(b, other):
        return []
    if not is_one_wording(quoted(a), quoted(b)):
        return []
    reason = f"one quotation given to two sources: {one.name} and {other.name}"
    spans = _source(a), _source(b)
    return [Conflict("attribution", reason, (one.name, other.name), spans)]


def is_one_wording(left: list[Token], right: list[Token]) -> bool:
    """Whether two quotations are so alike that two people did not say them."""
    shorter = min(len(left), len(right))
    if [t.low for t in left] == [t.low for t in right]:
        return shorter >= _SHORT and len(content(left)) >= _SHORT_MEANT
    runs = [x for op, x, _ in align(left, right) if op == "equal"]
    equal = [t for run in runs for t in run]
    longest = max(runs, key=len, default=[])
    verbatim = equal if len(equal) >= _SAME * shorter else longest
    return len(verbatim) >= _WORDS and len(content(verbatim)) >= _MEANT


def _two_sources(a: View, one: Speaker, b: View, other: Speaker) -> bool:
    if {one.kind, other.kind} == {"named", "document"}:
        (person, speaker), document = (
            ((a, one), other) if one.kind == "named" else ((b, other), one)
        )
        return " " in speaker.name and _apart(person, speaker, document)
    if one.kind != "named" or other.kind != "named":
        return False
    if " " not in one.name or " " not in other.name:
        return False
    surnames = {fold(name).split()[-1] for name in (one.name, other.name)}
    return len(surnames) == 2 and same_speaker(one, other) is False


def _apart(person: View, speaker: Speaker, document: Speaker) -> bool:
    """Whether a document speaks for itself, and nothing ties the person to it.

    What somebody says "in a statement" the statement says as well.
    """
    name = set(fold(document.name).split())
    if not name & words("words", "collective") or fold(speaker.name).split()[-1] in name:
        return False
    sentence = person.article.sentences[person.claim.sentence]
    told = fold(person.article.text[sentence.start : sentence.end]).split()
    return not name & words("words", "collective") & set(told)


def _named_beside(view: View, speaker: Speaker) -> bool:
    """Whether the surname, or the document, itself stands as the source beside the quotation.

    A speaker resolved from "he" or from farther away is too uncertain to hold against another.
    """
    if not view.claim.source_spans:
        return False
    start, end = view.claim.source_spans[0]
    gaps = [gap for s, e in view.claim.spans for gap in (abs(start - e), abs(s - end))]
    beside = min(gaps) <= _BESIDE
    written = {fold(t.text) for t in tokenize(view.article.text, start, end)}
    return beside and fold(speaker.name).split()[-1] in written


def _source(view: View) -> tuple[int, int]:
    return view.claim.source_spans[0] if view.claim.source_spans else view.claim.spans[0]
