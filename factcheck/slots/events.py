"""Circumstances of an utterance: its day and place, often told in a neighbouring sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from factcheck.attribution.lexicon import fold
from factcheck.claims.spans import Holding, stated
from factcheck.dates import WEEKDAYS
from factcheck.records import Article, Claim, DateDetail, Slot, Span
from factcheck.slots import order

# How far, in characters, a day may stand from the start of the sentence or from the cue.
_OPENING, _BESIDE = 4, 50
_BREAK = re.compile(
    r"[.;:“”\"()—]|\b(?:that|after|before|since|following|until|from|who|which|when)\b"
)
# One occasion has one day and one place, told in a few ways. What is told for more is no occasion
# but a chronicle, and each of its claims would carry all of it.
_MOST = 24
# How many sentences before the first utterance of an event may tell its circumstances.
_LEAD = 2
# What ends the part of such a sentence in which the one stands whom it is about.
_PREDICATE = re.compile(r"[—–;:]|--|\b(?:is|are|was|were|has|have|had|will|would)\b")


def with_circumstances(
    article: Article, claims: Sequence[Claim], by_sentence: Mapping[int, Sequence[Slot]]
) -> list[Claim]:
    """Give every utterance of an event the circumstances told for any sentence of it."""
    told: dict[int, dict[Slot, None]] = {}
    frames = _Frames(article, claims, by_sentence)
    for claim in claims:
        if claim.event is None or claim.kind != "utterance":
            continue
        slots = told.setdefault(claim.event, {})
        if claim.cue_spans and len(slots) < _MOST:
            here = [*_beside(article, claim, frames), *frames.order(claim.sentence)]
            slots.update(dict.fromkeys(here))
    first: dict[int, Claim] = {}
    for claim in claims:
        if claim.event is not None and claim.kind == "utterance":
            first.setdefault(claim.event, claim)
    for event, claim in first.items():
        if not any(slot.slot == "date" and not slot.about for slot in told[event]):
            told[event].update(dict.fromkeys(_before(article, claim, frames, by_sentence)))
    return [
        claim.model_copy(update={"slots": claim.slots + tuple(told[claim.event])})
        if claim.event is not None and told.get(claim.event)
        else claim
        for claim in claims
    ]


class _Frames:
    """What the sentences of an article tell outside its claims; of each it is found once."""

    def __init__(
        self, article: Article, claims: Sequence[Claim], by_sentence: Mapping[int, Sequence[Slot]]
    ) -> None:
        self._article = article
        self._by_sentence = by_sentence
        self.claims: dict[int, list[Claim]] = {}
        for claim in claims:
            self.claims.setdefault(claim.sentence, []).append(claim)
        self._loose: dict[int, list[Slot]] = {}
        self._order: dict[int, list[Slot]] = {}

    def loose(self, at: int) -> list[Slot]:
        """The dates and places of a sentence that stand in no claim of it or its neighbours."""
        if at not in self._loose:
            near = range(at - 3, at + 4)
            claims = (claim for n in near for claim in self.claims.get(n, ()))
            taken = Holding(span for claim in claims for span in stated(claim, claim.spans))
            self._loose[at] = [
                slot
                for slot in self._by_sentence.get(at, ())
                if slot.slot == "date" or (slot.slot == "place" and slot.about in ("in", "at"))
                if not taken.holds(*slot.span)
            ]
        return self._loose[at]

    def order(self, at: int) -> list[Slot]:
        """Whether a sentence tells that something was said before or after something else."""
        if at not in self._order:
            sentence = self._article.sentences[at]
            told = (c for c in self.claims.get(at, ()) if c.kind == "utterance")
            said = Holding(span for claim in told for span in claim.spans)
            self._order[at] = [
                slot.model_copy(update={"scope": "event"})
                for slot in order.slots(self._article, sentence.start, sentence.end)
                if not said.holds(slot.span[0], slot.span[0] + 1)
            ]
        return self._order[at]


def _beside(article: Article, claim: Claim, frames: _Frames) -> list[Slot]:
    """Dates and places in the claim's own sentence that belong to the telling, not to a claim.

    They stand beside the reporting words ("said on Thursday") or open the sentence.
    """
    opening = article.sentences[claim.sentence].start
    return [
        _told(article, slot)
        for slot in frames.loose(claim.sentence)
        if not _in(slot.span, claim.source_spans)
        if slot.span[0] - opening <= _OPENING or _beside_cue(article.text, slot.span, claim)
    ]


def _in(span: Span, spans: Sequence[Span]) -> bool:
    return any(s <= span[0] and span[1] <= e for s, e in spans)


def _beside_cue(text: str, span: Span, claim: Claim) -> bool:
    """Whether a slot stands in the reporting words, or only a few plain words away from them."""
    for start, end in claim.cue_spans:
        if start <= span[0] and span[1] <= end:
            return True
        between = text[end : span[0]] if end <= span[0] else text[span[1] : start]
        if len(between) > _BESIDE or not (end <= span[0] or span[1] <= start):
            continue
        if not _BREAK.search(between.lower()):
            return True
    return False


def _told(article: Article, slot: Slot) -> Slot:
    """A date or place as a circumstance: what is reported was said by publication.

    "On Wednesday X promised that … would …" looks ahead, but X spoke last Wednesday.
    """
    detail = slot.detail
    if (
        isinstance(detail, DateDetail)
        and detail.first is not None
        and detail.first == detail.last
        and detail.first[:4].isdigit()
        and (article.published or "X") < detail.first
        and any(day in slot.text.lower() for day in WEEKDAYS)
    ):
        day = (date.fromisoformat(detail.first) - timedelta(days=7)).isoformat()
        detail = detail.model_copy(update={"first": day, "last": day})
        return slot.model_copy(update={"scope": "event", "detail": detail, "value": day})
    return slot.model_copy(update={"scope": "event"})


def _before(
    article: Article,
    claim: Claim,
    frames: _Frames,
    by_sentence: Mapping[int, Sequence[Slot]],
) -> list[Slot]:
    """The day of a sentence just before that is about the same speaker: "On Wednesday, X …".

    The nearest sentence with a day decides: where that is about another, or of an earlier
    occasion ("X had said"), the day of this utterance is not known.
    """
    surname = fold(claim.speaker.name).split()[-1:] if claim.speaker else []
    for at in range(claim.sentence - 1, claim.sentence - 1 - _LEAD, -1):
        days = [s for s in by_sentence.get(at, ()) if s.slot == "date" and _is_day(s)]
        if not days:
            continue
        sentence = article.sentences[at]
        text = article.text[sentence.start : sentence.end]
        predicate = _PREDICATE.search(text)
        subject = fold(text[: predicate.start()] if predicate else text).replace(",", " ").split()
        earlier = predicate is not None and predicate[0] == "had"
        if earlier or not surname or surname[0] not in subject:
            return []
        inside = [s for c in frames.claims.get(at, ()) for s in c.slots if s in days]
        return [_told(article, inside[0])] if inside else []
    return []


def _is_day(slot: Slot) -> bool:
    """Whether a date slot is as fine as one day."""
    detail = slot.detail
    return isinstance(detail, DateDetail) and (
        detail.weekday is not None or (detail.first is not None and detail.first == detail.last)
    )
