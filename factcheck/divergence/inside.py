"""Two values for one thing inside one article."""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.divergence import figures, roles
from factcheck.divergence.views import View
from factcheck.records import Article, Claim, Inconsistency, InconsistencyValue, Slot, Span
from factcheck.slots import people
from factcheck.slots.tokens import tokenize

# Words, and share of the words of both, that two claims about one thing have in common.
_WORDS, _SAME = 4, 0.5
# How many claims apart two claims of one thing may stand.
_APART = 40
# A claim that so many of these contradict is known to be contradicted. An article that gives each
# of forty lines another figure would otherwise be told of in eight hundred pairs.
_OTHERS = 3
_HEADS = frozenset({"title", "heading", "caption"})


def inconsistencies(article: Article, claims: Sequence[Claim]) -> list[Inconsistency]:
    """Find persons with two offices and figures that differ, in the whole article.

    Captions, title and headings are read for this too, though they hold no claims.
    """
    parts = [(s.start, s.end) for s in article.sentences]
    parts += [(b.start, b.end) for b in article.blocks if b.kind in _HEADS]
    told = {}
    for start, end in parts:
        tokens = tokenize(article.text, start, end)
        for slot in people.role_slots(tokens, article.text, people.names(tokens)):
            told[slot.span] = slot
    return [*_roles(article, [told[span] for span in sorted(told)]), *_figures(article, claims)]


def _roles(article: Article, told: Sequence[Slot]) -> list[Inconsistency]:
    """Find people with two offices; `told` are the roles in the order of the text."""
    out: list[Inconsistency] = []
    people: list[list[Slot]] = []
    index = roles.People()
    for slot in told:
        number = index.find(slot.about)
        if number is None:
            index.add(slot.about, len(people))
            people.append([slot])
        else:
            people[number].append(slot)
    for known in people:
        first = known[0]
        others = [s for s in known if roles.differ(first, s)]
        if not others:
            continue
        alike = [s for s in known if s.value == first.value]
        texts: dict[str, list[Span]] = {s.value: [] for s in (first, *others)}
        for slot in known:
            if slot.value in texts:
                texts[slot.value].append(slot.span)
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


def _figures(article: Article, claims: Sequence[Claim]) -> list[Inconsistency]:
    """Find two figures for one thing, in claims that share most of their words."""
    views = [View(c, article) for c in claims if any(s.slot == "figure" for s in c.slots)]
    out: list[Inconsistency] = []
    for number, a in enumerate(views):
        most = len(out) + _OTHERS
        for b in views[number + 1 : number + _APART]:
            if len(out) >= most:
                break
            if len(a.stems & b.stems) < max(_WORDS, _SAME * len(a.stems | b.stems)):
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
