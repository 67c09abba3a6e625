"""Article and claims → the same claims, each with its access and with its relays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from factcheck import outlets
from factcheck.access.evidence import Evidence, pairs
from factcheck.access.model import model
from factcheck.access.run import Run
from factcheck.access.traces import Trace, Traces, plausible, traces
from factcheck.access.words import PUBLIC
from factcheck.records import Access, AccessKind, Article, Claim, Span, Via

# Relays that one claim is said to have come through, at most.
_MOST = 3
_RELAYS = frozenset(("agency", "outlet"))


class _Found(NamedTuple):
    """A name that a claim has to do with: how likely, and the traces of it."""

    probability: float
    traces: Sequence[Trace]


def read(article: Article, claims: Iterable[Claim], run: Run | None = None) -> tuple[Claim, ...]:
    """Return the claims of an article with their access and relays.

    `run` are the articles that are read with it: outlets that they belong to are known as such,
    and what they hold tells what may have been taken from them.
    """
    claims = tuple(claims)
    run = run or Run()
    found = traces(article, run.named_in(article), people_of(claims))
    evidence = Evidence(article, claims, found, run)
    relays = _likely(evidence, _plausible(found.relays), "relay")
    occasions = _likely(evidence, found.occasions, "occasion")
    return tuple(
        _with_access(
            article, claim, evidence, relays.get(claim.id, []), occasions.get(claim.id, [])
        )
        for claim in claims
    )


def people_of(claims: Iterable[Claim]) -> frozenset[str]:
    """The names of those who speak in an article, which are no outlets'."""
    return frozenset(
        speaker.name
        for claim in claims
        for speaker in (claim.speaker, claim.voice)
        if speaker and speaker.kind == "named"
    )


def _plausible(named: Mapping[str, Sequence[Trace]]) -> dict[str, Sequence[Trace]]:
    return {key: found for key, found in named.items() if plausible(found)}


def _likely(
    evidence: Evidence, named: Mapping[str, Sequence[Trace]], question: str
) -> dict[str, list[_Found]]:
    weights = model("relay" if question == "relay" else "occasion")
    result: dict[str, list[_Found]] = {}
    for (claim, _), (features, near) in pairs(evidence, named).items():
        probability = weights.probability(features)
        if near and probability >= weights.perhaps:
            result.setdefault(claim, []).append(_Found(probability, near))
    for found in result.values():
        found.sort(key=lambda one: (-one.probability, one.traces[0].name))
    return result


def _with_access(
    article: Article,
    claim: Claim,
    evidence: Evidence,
    relays: Sequence[_Found],
    occasions: Sequence[_Found],
) -> Claim:
    held = evidence.held[claim.id]
    weights, public = model("relay"), model("occasion")
    others = [one for one in relays if not _own(one)]
    told = [one for one in others if one.probability >= weights.likely][:_MOST]
    own = next((one for one in relays if _own(one) and one.probability >= weights.own), None)
    at = occasions[:1]
    named_at = [one for one in at if one.probability >= public.likely]
    via = [_via(one, held) for one in (*told, *([own] if own and not told else ()), *named_at)]
    perhaps = tuple(_via(one, held) for one in others if one not in told)
    return claim.model_copy(
        update={
            "via": tuple(sorted(via, key=lambda v: (v.carried, v.span))),
            "access": _access(article, claim, held, told, own, at, evidence.traces).model_copy(
                update={"perhaps": perhaps}
            ),
        }
    )


def _access(
    article: Article,
    claim: Claim,
    held: Sequence[int],
    told: Sequence[_Found],
    own: _Found | None,
    at: Sequence[_Found],
    found: Traces,
) -> Access:
    """The one access that a reader would name: the nearest hand first, then the occasion."""
    voice = claim.voice or claim.speaker
    here = [span for number, span in found.own if number in held]
    if told:
        return _named("relayed", told[0], held)
    if own and voice:
        return _named("interview", own, held)
    if here and voice is not None and not at:
        return Access(kind="interview", name=article.outlet, spans=(here[0],))
    if here and voice is None:
        return Access(kind="witnessed", name=article.outlet, spans=(here[0],))
    if at:
        return _named("public" if at[0].traces[0].name in PUBLIC else "document", at[0], held)
    credit = found.credit
    if credit is not None:
        spans: tuple[Span, ...] = (credit.span,) if credit.span[1] else ()
        return Access(kind="relayed", name=credit.name, spans=spans, carried=True)
    if voice is not None and voice.kind == "unnamed":
        return Access(kind="unnamed", name=voice.name, spans=claim.source_spans)
    return Access()


def _named(kind: AccessKind, one: _Found, held: Sequence[int]) -> Access:
    nearest = _nearest(one, held)
    return Access(
        kind=kind,
        name=nearest.name,
        spans=(nearest.span,),
        carried=nearest.whole or nearest.sentence not in held,
    )


def _own(one: _Found) -> bool:
    return any("own" in trace.form for trace in one.traces)


def _via(one: _Found, held: Sequence[int]) -> Via:
    nearest = _nearest(one, held)
    carried = nearest.whole or nearest.sentence not in held
    name = nearest.name
    if nearest.kind in _RELAYS and outlets.key(nearest.written).replace(" ", "").isalpha():
        # An outlet that goes by its initials is known by them in its article.
        name = (
            nearest.written if nearest.written.isupper() and "known" not in nearest.form else name
        )
    return Via(name=name, kind=nearest.kind, span=nearest.span, carried=carried)


def _nearest(one: _Found, held: Sequence[int]) -> Trace:
    """The trace that a reader would point at: a telling one of the claim's sentences, else near."""

    def rank(trace: Trace) -> tuple[bool, bool, int, Span]:
        gap = max(held[0] - trace.sentence, trace.sentence - held[-1], 0)
        return (trace.whole, not trace.strong, gap, trace.span)

    here = [t for t in one.traces if held[0] <= t.sentence <= held[-1] and not t.whole]
    return min(here or one.traces, key=rank)
