"""Article and claims → the same claims, each with its access and with its relays."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple, get_args

from factcheck import outlets
from factcheck.access.evidence import LEAD, OUTLETS, TELLING, Evidence, pairs
from factcheck.access.firsts import Firsts
from factcheck.access.model import model
from factcheck.access.passed import passed_on, spoke_next
from factcheck.access.placed import ADDRESSEES, placed
from factcheck.access.present import Presence, is_staff, near_papers
from factcheck.access.run import Run
from factcheck.access.same import is_own, same_outlet
from factcheck.access.traces import Trace, Traces, plausible, traces
from factcheck.access.words import PUBLIC, lexicon
from factcheck.claims.spans import Holding
from factcheck.records import Access, AccessKind, Article, Claim, Span, Via

# Relays that one claim is said to have come through, at most.
_MOST = 3
# Sentences that a report just before a claim reaches, and traces of one outlet that count.
_JUST, _NEAR = 2, 20
# Letters between a name and the word for the body that bears it: "Tellin county council".
_OF_NAME = 12
# Talks with outlets that are followed through an article.
_TALKS = 50
_RELAYS = frozenset(("agency", "outlet"))
# Accesses beside which it tells something that the outlet was there itself.
_Elsewhere = Literal["untold", "unnamed", "document"]
_NOT_SEEN: frozenset[str] = frozenset(get_args(_Elsewhere))
# What bodies issue, and outlets pass on.
_ISSUED = frozenset(("release", "statement"))


class _Found(NamedTuple):
    """A name that a claim has to do with: how likely, and the traces of it."""

    probability: float
    traces: Sequence[Trace]

    @property
    def on_air(self) -> bool:
        """Whether an interview was on some station."""
        return any(t.written.lower() != "interview" for t in self.traces)


def read(article: Article, claims: Iterable[Claim], run: Run | None = None) -> tuple[Claim, ...]:
    """Return the claims of an article with their access and relays.

    `run` are the articles that are read with it: outlets that they belong to are known as such,
    and what they hold tells what may have been taken from them.
    """
    claims = tuple(claims)
    run = run or Run()
    people = people_of(claims)
    found = _unquoted(traces(article, run.named_in(article), people, run.things), claims)
    evidence = Evidence(article, claims, found, run)
    relays = _likely(evidence, _plausible(found.relays), "relay")
    occasions = _likely(evidence, found.occasions, "occasion")
    owed, firsts, presence = _Owed(evidence), Firsts(evidence), Presence(article)
    things = run.things
    return tuple(
        _with_access(
            article,
            claim.model_copy(update={"via": _of_outlets(article, claim.via, things)}),
            evidence,
            owed,
            firsts,
            presence,
            relays.get(claim.id, []),
            occasions.get(claim.id, []),
        )
        for claim in claims
    )


def _unquoted(found: Traces, claims: Iterable[Claim]) -> Traces:
    """Leave out the "told us" that somebody is quoted with: it is not the outlet that was told."""
    quoted = Holding(span for claim in claims if claim.quote == "direct" for span in claim.spans)

    def outside(span: Span) -> bool:
        return not quoted.holds(*span)

    told = {
        name: [t for t in named if "own" not in t.form or outside(t.span)]
        for name, named in found.relays.items()
    }
    return replace(
        found,
        own=[(number, span) for number, span in found.own if outside(span)],
        relays={name: named for name, named in told.items() if named},
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
    owed: _Owed,
    firsts: Firsts,
    presence: Presence,
    relays: Sequence[_Found],
    occasions: Sequence[_Found],
) -> Claim:
    held = evidence.held[claim.id]
    weights, public = model("relay"), model("occasion")
    others = [one for one in relays if not _own(one) and not _answered(claim, one)]
    at = occasions[:1]
    stated_at = placed(article, claim, evidence.traces.occasions, held)
    if stated_at := stated_at or presence.occasion(claim, held, evidence):
        at = [_Found(1.0, (stated_at,))]
        others = [one for one in others if not _names(one, stated_at)]
    issuers = {
        trace.name for one in relays for trace in one.traces if _issues(claim, trace.span, at)
    }
    others = [one for one in others if one.traces[0].name not in issuers]
    own_eyes = (claim.speaker is None or is_staff(claim.speaker)) and any(
        n in held for n, _ in evidence.traces.own
    )
    told = [
        one
        for one in others
        if one.probability >= weights.likely
        and not _left(one, at, held)
        and not (own_eyes and _is_carried(one, held))
    ][:_MOST]
    if not told and (found := _certain(article, claim, evidence, firsts, held)):
        told = [next((one for one in others if found in one.traces), _Found(1.0, (found,)))]
    own = next((one for one in relays if _own(one) and one.probability >= weights.own), None)
    if own and not any(t.strong for t in own.traces):
        own = None
    if own and _is_carried(own, held) and (stated_at or any(_is_public(o, held) for o in at)):
        own = None
    named_at = [one for one in at if one.probability >= public.likely]
    via = [_via(one, held) for one in (*told, *([own] if own and not told else ()), *named_at)]
    stated = [
        v
        for v in claim.via
        if _is_stated(v) and not _among(v, via) and not _issues(claim, v.span, at)
    ]
    via += stated
    passed = [v for v in stated if v.kind in _RELAYS]
    less = [one for one in others if one not in told]
    if own_eyes:
        less = [one for one in less if not _is_carried(one, held)]
    known = {one.traces[0].name for one in others} | issuers
    for trace in owed.by(claim):
        if trace.name not in known and not (own_eyes and trace.sentence not in held):
            known.add(trace.name)
            less.append(_Found(0.0, (trace,)))
    perhaps = tuple(v for one in less if not _among(v := _via(one, held), via))
    access = _access(article, claim, held, told, passed, own, at, evidence.traces)
    if access.kind in _NOT_SEEN and (
        there := presence.by(claim, held, near_papers(evidence, held))
    ):
        access = Access(kind="witnessed", name=article.outlet, spans=(there,))
    return claim.model_copy(
        update={
            "via": tuple(sorted(via, key=lambda v: (v.carried, v.span))),
            "access": access.model_copy(update={"perhaps": perhaps}),
        }
    )


def _names(one: _Found, occasion: Trace) -> bool:
    """Whether what looks like an outlet is part of an occasion's name: "told Tellin council"."""
    return any(
        t.sentence == occasion.sentence
        and 0 <= occasion.span[0] - t.span[1] <= _OF_NAME
        and not t.form & OUTLETS
        for t in one.traces
    )


def _certain(
    article: Article, claim: Claim, evidence: Evidence, firsts: Firsts, held: Sequence[int]
) -> Trace | None:
    """The outlet that a claim came through by words about which there is nothing to weigh."""
    near = evidence.around(held)
    spoke = claim.voice or claim.speaker
    return (
        (spoke_next(article, claim, near, held) if spoke else None)
        or firsts.by(held)
        or passed_on(article, claim, near, held)
    )


def _issues(claim: Claim, span: Span, at: Sequence[_Found]) -> bool:
    """Whether what is like an outlet is the body that speaks: "PTI said in a statement"."""
    issued = any(t.name in _ISSUED for found in at for t in found.traces)
    return issued and any(
        start <= span[0] and span[1] == end and span[0] - start <= len("the ")
        for start, end in claim.source_spans
    )


def _is_public(one: _Found, held: Sequence[int]) -> bool:
    """Whether a claim's own sentences name an occasion at which all could hear it."""
    return any(t.name in ADDRESSEES and t.sentence in held for t in one.traces)


def _is_carried(one: _Found, held: Sequence[int]) -> bool:
    """Whether no trace stands in a claim's own sentences, and none is a credit."""
    return not any(t.sentence in held or t.whole for t in one.traces)


def _answered(claim: Claim, one: _Found) -> bool:
    """Whether an outlet is only named for what somebody answers to: "confirmed a report in X"."""
    told = {t.cue for t in one.traces if t.strong}
    return told == {"answered"} and (claim.voice or claim.speaker) is not None


def _of_outlets(article: Article, via: Iterable[Via], things: frozenset[str]) -> tuple[Via, ...]:
    """The relays without those that are no outlets by what other articles tell of their names."""
    return tuple(one for one in via if article.text[slice(*one.span)] not in things)


def _left(relay: _Found, occasions: Sequence[_Found], held: Sequence[int]) -> bool:
    """Whether a relay that was named before is left behind: the claim names an occasion itself."""
    return _is_carried(relay, held) and any(
        occasion.probability > relay.probability
        and any(t.sentence in held for t in occasion.traces)
        for occasion in occasions
    )


class _Owed:
    """The outlets that an article may owe a claim to, though nothing says that it does.

    Those that are told of where the claim stands or report just before it; those that report in
    the lead and, for what an article tells in its own voice, anywhere: it may owe that to any
    telling that it passes on; and those that the claim's speaker talked to.
    """

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._near: list[Trace] = []
        self._reports: dict[str, Trace] = {}
        for trace in evidence.traces.all:
            if trace.strong and trace.form & OUTLETS and "own" not in trace.form:
                self._near.append(trace)
                if trace.cue not in TELLING:
                    self._reports.setdefault(trace.name, trace)
        self._near.sort(key=lambda trace: trace.sentence)
        self._at = [trace.sentence for trace in self._near]
        talks: dict[tuple[str, str], tuple[Claim, Trace]] = {}
        for claim in evidence.claims:
            if voice := claim.voice or claim.speaker:
                held = evidence.held[claim.id]
                for trace in self._between(held[0], held[-1]):
                    if trace.cue in TELLING and len(talks) < _TALKS:
                        talks.setdefault((trace.name, voice.name), (claim, trace))
        self._talks = tuple(talks.values())

    def by(self, claim: Claim) -> Iterator[Trace]:
        """The traces of such outlets, the nearest first."""
        held = self._evidence.held[claim.id]
        yield from self._between(held[0], held[-1])
        yield from (t for t in self._between(held[0] - _JUST, held[0] - 1) if t.cue not in TELLING)
        own = claim.kind == "report"
        yield from (t for t in self._reports.values() if own or t.sentence < LEAD)
        if claim.voice or claim.speaker:
            for other, trace in self._talks:
                if trace.sentence <= held[0] + _JUST and self._evidence.same(other, claim):
                    yield trace

    def _between(self, first: int, last: int) -> Sequence[Trace]:
        return self._near[bisect_left(self._at, first) : bisect_right(self._at, last)][:_NEAR]


def _access(
    article: Article,
    claim: Claim,
    held: Sequence[int],
    told: Sequence[_Found],
    passed: Sequence[Via],
    own: _Found | None,
    at: Sequence[_Found],
    found: Traces,
) -> Access:
    """The one access that a reader would name: the nearest hand first, then the occasion."""
    voice = claim.voice or claim.speaker
    voice = None if is_staff(voice) else voice
    here = [span for number, span in found.own if number in held]
    if told:
        return _named("relayed", told[0], held)
    for one in sorted(passed, key=lambda v: (v.carried, v.span)):
        kind: AccessKind = "interview" if is_own(article, one.name) else "relayed"
        return Access(kind=kind, name=one.name, spans=(one.span,), carried=one.carried)
    if own and voice:
        return _named("interview", own, held)
    if here and voice is not None and not at:
        return Access(kind="interview", name=article.outlet, spans=(here[0],))
    if here and voice is None:
        return Access(kind="witnessed", name=article.outlet, spans=(here[0],))
    if at and at[0].traces[0].name == "interview" and voice and not at[0].on_air:
        # "In an interview" with nobody named is one given to the outlet that tells it.
        return _named("interview", at[0], held).model_copy(update={"name": article.outlet})
    if at:
        return _named("public" if at[0].traces[0].name in PUBLIC else "document", at[0], held)
    credit = found.credit
    if credit is not None:
        spans: tuple[Span, ...] = (credit.span,) if credit.span[1] else ()
        return Access(kind="relayed", name=credit.name, spans=spans, carried=True)
    if voice is not None and voice.kind == "unnamed":
        return Access(kind="unnamed", name=voice.name, spans=claim.source_spans)
    return Access()


def _is_stated(via: Via) -> bool:
    """Whether a relay of the attribution itself stands: an outlet, or an occasion known to it
    alone ("at a rally"), about which there is nothing to weigh.
    """
    return via.kind in _RELAYS or via.name.lower() not in lexicon().named


def _among(via: Via, others: Iterable[Via]) -> bool:
    return any(via.kind == o.kind and same_outlet(via.name, o.name) for o in others) or any(
        via.name == o.name for o in others
    )


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
