"""Claims → claims with their typed details, as the finders of `factcheck.kinds` read them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from factcheck.claims.spans import Holding
from factcheck.kinds import KINDS, REGISTRY, code
from factcheck.records import Article, Claim, Slot, Span
from factcheck.slots import events
from factcheck.slots.stretch import Stretch, stretch

FINDERS: tuple[Callable[[Stretch], list[Slot]], ...] = tuple(
    code(kind.finder) for kind in REGISTRY if kind.finder
)
_WIDEST_GAP = 60

__all__ = ["explain", "fill", "read"]


def fill(article: Article, claims: Sequence[Claim]) -> list[Claim]:
    """Give each claim the slots that stand in its spans, and the circumstances of its event.

    Circumstances (`scope="event"`) are the day, place and occasion of an utterance; they may
    stand in a neighbouring sentence of the same speaker. All offsets are those of the article.
    """
    by_sentence = {
        at: read(article, article.sentences[at].start, article.sentences[at].end)
        for at in sorted({at for claim in claims for at in _sentences(article, claim)})
    }
    beside: dict[int, list[Claim]] = {}
    for claim in claims:
        beside.setdefault(claim.sentence, []).append(claim)
    out = []
    for claim in claims:
        spans = Holding(_closed(claim, beside[claim.sentence]))
        sources = Holding(claim.source_spans)
        found = [
            slot
            for at in _sentences(article, claim)
            for slot in by_sentence[at]
            if spans.holds(*slot.span)
        ]
        found += _beside(article, claim, beside[claim.sentence], by_sentence, found)
        # The office that a speaker is given belongs to the telling: "Prime Minister X said …".
        found += [
            slot.model_copy(update={"scope": "event"})
            for at in _sentences(article, claim)
            for slot in by_sentence[at]
            if slot.slot == "role" and sources.holds(*slot.span)
        ]
        out.append(claim.model_copy(update={"slots": tuple(sorted(found, key=lambda s: s.span))}))
    return events.with_circumstances(article, out, by_sentence)


def read(article: Article, start: int, end: int) -> list[Slot]:
    """Find all slots in `article.text[start:end]`, one sentence or heading."""
    read_ = stretch(article.text, start, end, article.published)
    return [slot for find in FINDERS for slot in find(read_)]


def _beside(
    article: Article,
    claim: Claim,
    beside: Sequence[Claim],
    by_sentence: Mapping[int, list[Slot]],
    known: Sequence[Slot],
) -> list[Slot]:
    """The counts of a claim's own words that stand outside of what is stated in it.

    "The firm offers 23 million a head, the highest sum, he says": the speaker's clause is the last,
    and the whole of it is told. What another claim of the sentence states is that one's, and the
    source's age is its own.
    """
    others = [span for c in beside if c is not claim for span in c.stated]
    taken = (*claim.cue_spans, *claim.source_spans, *others)
    spans = Holding(claim.spans)
    return [
        slot
        for at in _sentences(article, claim)
        for slot in by_sentence[at]
        if KINDS[slot.slot].counts
        and slot not in known
        and spans.holds(*slot.span)
        and not any(s < slot.span[1] and slot.span[0] < e for s, e in taken)
    ]


def _sentences(article: Article, claim: Claim) -> list[int]:
    """The numbers of the sentences that a claim's spans touch."""
    out = []
    for at in range(claim.sentence, len(article.sentences)):
        sentence = article.sentences[at]
        if sentence.start >= claim.end:
            break
        if any(s < sentence.end and sentence.start < e for s, e in claim.stated):
            out.append(at)
    return out


def _closed(claim: Claim, beside: Sequence[Claim]) -> list[Span]:
    """The spans of a claim with the gaps between them that hold nothing else.

    `beside` are the claims of its sentence.
    A gap without reporting words ("passed [on Tuesday] a resolution") is part of the statement.
    """
    spans = [claim.stated[0]]
    for span in claim.stated[1:]:
        gap = (spans[-1][1], span[0])
        other = (s for c in beside if c is not claim for s in c.stated)
        taken = (*claim.cue_spans, *claim.source_spans, *other)
        if gap[1] - gap[0] <= _WIDEST_GAP and not any(s < gap[1] and gap[0] < e for s, e in taken):
            spans[-1] = (spans[-1][0], span[1])
        else:
            spans.append(span)
    return spans


def explain(slot: Slot, article: Article) -> str:
    """Say in words how a slot's value was reached from what is written."""
    words = KINDS[slot.slot].words
    return f"“{slot.text}” → {slot.value}" + (code(words)(slot, article.published) if words else "")
