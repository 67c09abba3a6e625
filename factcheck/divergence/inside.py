"""Two values for one thing inside one article."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.divergence import figures, roles
from factcheck.divergence.views import View
from factcheck.records import Article, Claim, Inconsistency, InconsistencyValue, Slot
from factcheck.slots import read

_HEADS = frozenset({"title", "heading", "caption"})


def inconsistencies(article: Article, claims: Sequence[Claim]) -> list[Inconsistency]:
    """Find persons with two offices and figures that differ, in the whole article.

    Captions, title and headings are read for this too, though they hold no claims.
    """
    slots = [slot for claim in claims for slot in claim.slots if slot.scope == "claim"]
    for sentence in article.sentences:
        if article.blocks[sentence.block].kind != "caption":
            slots += [s for s in read(article, sentence.start, sentence.end) if s.slot == "role"]
    for block in article.blocks:
        if block.kind in _HEADS:
            slots += read(article, block.start, block.end)
    return [*_roles(article, slots), *_tolls(article, claims)]


def _roles(article: Article, slots: Sequence[Slot]) -> list[Inconsistency]:
    told = sorted({s.span: s for s in slots if s.slot == "role"}.values(), key=lambda s: s.span)
    out: list[Inconsistency] = []
    people: list[list[Slot]] = []
    for slot in told:
        for known in people:
            if roles.same_person(known[0].about, slot.about):
                known.append(slot)
                break
        else:
            people.append([slot])
    for known in people:
        first = known[0]
        others = [s for s in known if roles.differ(first, s)]
        if not others:
            continue
        alike = [s for s in known if s.value == first.value]
        values = [first, *others]
        texts = {s.value: [t.span for t in known if t.value == s.value] for s in values}
        out.append(
            Inconsistency(
                article=article.id,
                slot="role",
                values=tuple(
                    InconsistencyValue(value=v, spans=tuple(spans)) for v, spans in texts.items()
                ),
                reason=f"{max((s.about for s in alike + others), key=len)} is called "
                + " and ".join(texts),
            )
        )
    return out


def _tolls(article: Article, claims: Sequence[Claim]) -> list[Inconsistency]:
    """Two figures for one toll, in claims that share most of their words."""
    views = [View(c, article) for c in claims if any(s.slot == "figure" for s in c.slots)]
    out = []
    for number, a in enumerate(views):
        for b in views[number + 1 : number + 40]:
            if len(a.stems & b.stems) < 4 or len(a.stems & b.stems) < 0.6 * len(a.stems):
                continue
            for found in figures.conflicts(a, b):
                out.append(
                    Inconsistency(
                        article=article.id,
                        slot="figure",
                        values=tuple(
                            InconsistencyValue(value=v, spans=(s,))
                            for v, s in zip(found.values, found.spans, strict=True)
                        ),
                        reason=found.reason,
                    )
                )
    return out
