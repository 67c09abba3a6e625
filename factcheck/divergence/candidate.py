"""Two values that would be a conflict, with what the claims share around them."""

from __future__ import annotations

import math
from typing import NamedTuple

from factcheck.attribution.identity import same_speaker
from factcheck.divergence.views import Conflict, View, other_speaker, overlap
from factcheck.records import Span
from factcheck.slots.tokens import Token, content, stem

# Words beside a value that may tell what it is a value of.
_NEAR, _NEXT = 6, 2

Features = dict[str, float]


class Candidate(NamedTuple):
    """Two values that would be a conflict, and what tells whether they are of one thing."""

    kind: str
    conflict: Conflict
    features: Features


def shared(a: View, b: View, spans: tuple[Span, Span]) -> Features:
    """How alike two claims are beside two spans of them."""
    rests = [
        frozenset(stem(t.low) for t in content(view.tokens) if not _inside(t, span))
        for view, span in zip((a, b), spans, strict=True)
    ]
    common = rests[0] & rests[1]
    capital = [rest & view.names for rest, view in zip(rests, (a, b), strict=True)]
    near = [view.around(span, _NEAR) for view, span in zip((a, b), spans, strict=True)]
    beside = [view.around(span, _NEXT) for view, span in zip((a, b), spans, strict=True)]
    one, other = a.claim.speaker, b.claim.speaker
    same = one is not None and other is not None and same_speaker(one, other) is True
    tells = [_tells(v, w, s) for v, w, s in ((a, b, spans[1]), (b, a, spans[0]))]
    return {
        "shared of the shorter": overlap(*rests),
        "shared of all": len(common) / max(1, len(rests[0] | rests[1])),
        "shared words": math.log1p(len(common)),
        "shared nearby": math.log1p(len(near[0] & near[1])),
        "shared nearby of the shorter": overlap(*near),
        "shared beside": math.log1p(len(beside[0] & beside[1])),
        "shared names": min(2.0, len(capital[0] & capital[1])),
        "other names": float(bool(capital[0] and capital[1] and not capital[0] & capital[1])),
        "words of the shorter": math.log1p(min(map(len, rests))),
        "words of the longer": math.log1p(max(map(len, rests))),
        "same speaker": float(same),
        "other speaker": float(other_speaker(a.claim, b.claim)),
        "one has a speaker": float((one is None) != (other is None)),
        "told in both articles": float(sum(tells)),
    }


def told(view: View, span: Span) -> str:
    """The words of a span, as they are written."""
    return view.article.text[span[0] : span[1]]


def _inside(token: Token, span: Span) -> bool:
    return span[0] <= token.start < span[1]


def _tells(view: View, other: View, span: Span) -> bool:
    """Whether an article tells, anywhere, the words that another claim has for a value."""
    return told(other, span).lower() in view.lower


def only(counts: tuple[int, int]) -> Features:
    """Whether two values are alone of their kind; `counts` says how many there are on each side."""
    return {
        "only one on both sides": float(counts == (1, 1)),
        "values": math.log1p(sum(counts) - 2),
    }
