"""Circumstances of an utterance: its day and place, often told in a neighbouring sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from factcheck.attribution.lexicon import fold
from factcheck.dates import WEEKDAYS
from factcheck.records import Article, Claim, DateDetail, Slot, Span
from factcheck.slots import order

# How far, in characters, a day may stand from the start of the sentence or from the cue.
_OPENING, _BESIDE = 4, 50
_BREAK = re.compile(
    r"[.;:“”\"()—]|\b(?:that|after|before|since|following|until|from|who|which|when)\b"
)
# How many sentences before the first utterance of an event may tell its circumstances.
_LEAD = 2
# What ends the part of such a sentence in which the one stands whom it is about.
_PREDICATE = re.compile(r"[—–;:]|--|\b(?:is|are|was|were|has|have|had|will|would)\b")


def with_circumstances(
    article: Article, claims: Sequence[Claim], by_sentence: Mapping[int, Sequence[Slot]]
) -> list[Claim]:
    """Give every utterance of an event the circumstances told for any sentence of it."""
    told: dict[int, list[Slot]] = {}
    for claim in claims:
        if claim.event is None or claim.kind != "utterance":
            continue
        slots = told.setdefault(claim.event, [])
        here = [*_beside(article, claim, claims, by_sentence), *_order(article, claim, claims)]
        slots += [slot for slot in here if slot not in slots]
    first: dict[int, Claim] = {}
    for claim in claims:
        if claim.event is not None and claim.kind == "utterance":
            first.setdefault(claim.event, claim)
    for event, claim in first.items():
        if not any(slot.slot == "date" and not slot.about for slot in told[event]):
            told[event] += _before(article, claim, claims, by_sentence)
    return [
        claim.model_copy(update={"slots": claim.slots + tuple(told[claim.event])})
        if claim.event is not None and told.get(claim.event)
        else claim
        for claim in claims
    ]


def _beside(
    article: Article,
    claim: Claim,
    claims: Sequence[Claim],
    by_sentence: Mapping[int, Sequence[Slot]],
) -> list[Slot]:
    """Dates and places in the claim's own sentence that belong to the telling, not to a claim.

    They stand beside the reporting words ("said on Thursday") or open the sentence.
    """
    if not claim.cue_spans:
        return []
    spans = [s for c in claims if abs(c.sentence - claim.sentence) <= 3 for s in c.spans]
    opening = article.sentences[claim.sentence].start
    out = []
    for slot in by_sentence.get(claim.sentence, ()):
        if slot.slot not in ("date", "place") or _in(slot.span, (*spans, *claim.source_spans)):
            continue
        if slot.slot == "place" and slot.about not in ("in", "at"):
            continue
        frame = article.text[opening : slot.span[0]]
        if len(frame) <= _OPENING or _beside_cue(article.text, slot.span, claim):
            out.append(_told(article, slot))
    return out


def _order(article: Article, claim: Claim, claims: Sequence[Claim]) -> list[Slot]:
    """Whether the sentence tells that this was said before or after something else."""
    if not claim.cue_spans:
        return []
    sentence = article.sentences[claim.sentence]
    said = [c.spans for c in claims if c.sentence == claim.sentence and c.kind == "utterance"]
    return [
        slot.model_copy(update={"scope": "event"})
        for slot in order.slots(article, sentence.start, sentence.end)
        if not any(s <= slot.span[0] < e for spans in said for s, e in spans)
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
    claims: Sequence[Claim],
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
        inside = [s for c in claims if c.sentence == at for s in c.slots if s in days]
        return [_told(article, inside[0])] if inside else []
    return []


def _is_day(slot: Slot) -> bool:
    """Whether a date slot is as fine as one day."""
    detail = slot.detail
    return isinstance(detail, DateDetail) and (
        detail.weekday is not None or (detail.first is not None and detail.first == detail.last)
    )
