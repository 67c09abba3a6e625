"""What tells for and against a claim having come through an outlet, or from an occasion."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple, get_args

from factcheck import outlets
from factcheck.access.cues import Bare, Telling
from factcheck.access.namings import Form
from factcheck.access.run import Run
from factcheck.access.traces import Trace, Traces
from factcheck.attribution.identity import same_speaker
from factcheck.attribution.lexicon import fold
from factcheck.records import Article, Claim, Speaker

Features = dict[str, float]
# Further away nothing is told of a claim.
_FAR = 12
TELLING: frozenset[str] = frozenset(get_args(Telling))
_BARE: frozenset[str] = frozenset(get_args(Bare))
# A name that occurs oftener than this is no more telling.
_OFTEN = 3
LEAD = 3
# Forms that only an outlet's name is likely to have.
OUTLETS: frozenset[Form] = frozenset(("known", "run", "word", "ending", "noun", "agency", "own"))
# That a table knows an outlet tells no more than that its name is an outlet's: the events that the
# weights are fitted on are told by outlets that no table knows.
_UNWEIGHED = frozenset(("known",))
# Names near one claim, traces of one of them, and claims that are looked back on.
_MOST = 60


class Marks(NamedTuple):
    """What is told of all traces of one name in an article."""

    first: Trace
    forms: frozenset[str]
    times: int
    lead: bool
    whole: bool
    like: str

    @classmethod
    def of(cls, found: Sequence[Trace]) -> Marks:
        """Sum up the traces of a name."""
        told = [t for t in found if not t.whole] or found
        return cls(
            told[0],
            frozenset[str]().union(*(t.form for t in told)),
            min(_OFTEN, sum(t.strong for t in told)),
            told[0].sentence < LEAD,
            any(t.whole for t in found),
            "like" if any(t.form & OUTLETS for t in told) else "unlike",
        )


class Evidence:
    """The claims of an article beside its traces."""

    def __init__(
        self, article: Article, claims: Sequence[Claim], traces: Traces, run: Run | None = None
    ) -> None:
        """Sort the claims and traces of an article, beside what its `run` holds."""
        self.article, self.claims, self.traces = article, claims, traces
        self._run = run or Run()
        self.held = {claim.id: sentences(article, claim) for claim in claims}
        self._same: dict[tuple[Speaker, Speaker], bool] = {}
        self._all = sorted(traces.all, key=lambda t: t.sentence)
        self._at = [t.sentence for t in self._all]
        self._strong = [t for t in traces.all if t.strong and not t.form & {"body", "nobody"}]
        self._strong_at = [t.sentence for t in self._strong]
        self._spoken: dict[int, list[Claim]] = {}
        for claim in claims:
            for start, _ in claim.source_spans[:1]:
                number = self._sentence(start)
                self._spoken.setdefault(number, []).append(claim)
        starts = sorted((self.held[c.id][0], n) for n, c in enumerate(claims))
        self._order = [n for _, n in starts]
        self._place = {claims[n].id: place for place, n in enumerate(self._order)}
        self._rivals = {outlets.key(t.name) for t in self._strong if "own" not in t.form}

    def _sentence(self, offset: int) -> int:
        return max(0, bisect_right(self.article.sentences, offset, key=lambda s: s.start) - 1)

    def around(self, held: Sequence[int]) -> Sequence[Trace]:
        """The traces of outlets in some sentences and in the one behind them."""
        low, high = bisect_left(self._at, held[0]), bisect_right(self._at, held[-1] + 1)
        return [t for t in self._all[low:high][:_MOST] if not t.whole]

    def neighbours(self, claim: Claim) -> tuple[Claim | None, Claim | None]:
        """The claims before and after a claim in the text."""
        at = self._place[claim.id]
        before = self.claims[self._order[at - 1]] if at else None
        after = self.claims[self._order[at + 1]] if at + 1 < len(self._order) else None
        return before, after

    def same(self, a: Claim, b: Claim) -> bool:
        """Whether two claims have one speaker, or none has any."""
        one, other = a.voice or a.speaker, b.voice or b.speaker
        if one is None or other is None:
            return one is other
        if (one, other) not in self._same:
            self._same[one, other] = one.name == other.name or bool(same_speaker(one, other))
        return self._same[one, other]

    def features(self, claim: Claim, near: Sequence[Trace], marks: Marks) -> Features:
        """What tells for `claim` having to do with the traces of one name.

        `near` are those not far from it, `marks` what is told of all of them.
        """
        held = self.held[claim.id]
        first, last = held[0], held[-1]
        here = [t for t in near if first <= t.sentence <= last]
        before = [t for t in near if t.sentence < first]
        after = [t for t in near if t.sentence > last]
        out: Features = {}
        best = self._first(here) or self._nearest(before) or (after[0] if after else marks.first)
        own = "own" in best.form
        for mark in marks.forms - _UNWEIGHED:
            out[f"form {mark}"] = 1.0
        out[f"times {marks.times}"] = 1.0
        voice = claim.voice or claim.speaker
        kind = voice.kind if voice else "nobody"
        out[f"speaker {kind}"] = 1.0
        out[f"quote {claim.quote}"] = 1.0
        if voice and fold(marks.first.name) == fold(voice.name):
            out["speaker is it"] = 1.0
        for trace in {t.cue: t for t in here}.values():
            inside = any(s <= trace.span[0] and trace.span[1] <= e for s, e in claim.stated)
            where = "inside" if inside else "beside"
            sort = _sort(trace)
            teller = self._teller(claim, trace) if trace.cue in TELLING else ""
            apart = "closer" if self._closer(trace, claim) else "alone"
            out[f"here {where}"] = 1.0
            out[f"here {trace.cue}"] = 1.0
            out[f"here {sort} {where} {teller} {apart}"] = 1.0
            out[f"here {sort} {where} {kind}"] = 1.0
            out[f"here {sort} {apart}"] = 1.0
            out[f"here {sort} {apart} {marks.like}"] = 1.0
            out[f"here {trace.cue} {marks.like}"] = 1.0
            for mark in ("own", "generic", "body", "lone word", "one word"):
                if mark in trace.form:
                    out[f"here {mark} {sort}"] = 1.0
                    out[f"here {mark} {trace.cue}"] = 1.0
            for start, _ in claim.cue_spans[:1]:
                if 0 <= trace.span[0] - start < 60:
                    out["here after its cue"] = 1.0
        if len(held) > 1:
            out["long"] = 1.0
        for side, there in (("before", self._nearest(before)), ("after", self._first(after))):
            if there is None or here:
                continue
            gap = first - there.sentence if side == "before" else there.sentence - last
            cue = _sort(there)
            teller = self._teller(claim, there)
            block = self._blocks(first if side == "before" else last, there.sentence)
            size = _bucket(gap)
            out[f"{side} {cue}"] = 1.0
            out[f"{side} {size}"] = 1.0
            out[f"{side} {cue} {size}"] = 1.0
            out[f"{side} {cue} {teller}"] = 1.0
            out[f"{side} {cue} block {block}"] = 1.0
            if own:
                out[f"{side} own"] = 1.0
            between = self._between(there, first if side == "before" else last)
            changed = self._changed(claim, there) if side == "before" else ""
            wide = "1" if gap == 1 else "2-4" if gap < 5 else "5+"
            out[f"{side} {cue} others {between}"] = 1.0
            out[f"{side} {cue} {marks.like} {between}"] = 1.0
            out[f"{side} {cue} {teller} {changed} {between}"] = 1.0
            out[f"{side} {cue} {teller} {wide} {kind}"] = 1.0
            out[f"{side} {cue} {teller} {changed} {between} {wide}"] = 1.0
            out[f"{side} {cue} {kind} {changed} {between}"] = 1.0
            if side == "before":
                out[f"{side} {cue} voices {changed}"] = 1.0
                if kind == "nobody":
                    out[f"{side} {cue} no voice block {block} {between}"] = 1.0
                if claim.quote in ("direct", "mixed"):
                    out[f"{side} {cue} quoted {teller} {between}"] = 1.0
        others = {
            outlets.key(t.name)
            for t in self._strong[
                bisect_left(self._strong_at, first) : bisect_right(self._strong_at, last)
            ][:_MOST]
            if outlets.key(t.name) != outlets.key(best.name)
        }
        if others:
            out["another here" + (" too" if here else "")] = 1.0
        reach = "here" if here else "before" if before else "after" if after else "whole"
        if not own and best.kind in ("agency", "outlet"):
            out.update(self._covered(claim, best.name, reach, kind))
        alone = bool(self._rivals) and self._rivals <= {outlets.key(best.name)}
        if alone:
            out["alone"] = 1.0
            out[f"alone {kind}"] = 1.0
        if marks.lead:
            out["lead"] = 1.0
            out[f"lead {'alone' if alone else ''} {kind}"] = 1.0
        if marks.whole:
            out["credit"] = 1.0
            out[f"credit {kind} {'alone' if alone else ''}"] = 1.0
            out[f"credit {'another here' if others else ''}"] = 1.0
            for mark in best.form & {"agency", "known"}:
                out[f"credit {mark}"] = 1.0
        return out

    def _covered(self, claim: Claim, name: str, reach: str, kind: str) -> Features:
        """What the run tells: whether the outlet's own article has the statement, and who else."""
        if not self._run.holds(name):
            return {}
        mine, rival = self._run.cover(self.article, claim, name)
        level = (
            "none" if mine < 0.25 else "some" if mine < 0.45 else "much" if mine < 0.65 else "most"
        )
        first = "first" if mine > rival + 0.1 else "second" if rival > mine + 0.1 else "even"
        return {
            f"run {level}": 1.0,
            f"run {first}": 1.0,
            f"run {level} {first}": 1.0,
            f"run {level} {first} {reach}": 1.0,
            f"run {level} {reach}": 1.0,
            f"run {first} {reach} {kind}": 1.0,
            "run cover": mine,
            f"run cover {reach}": mine,
            f"run ahead {reach}": mine - rival,
        }

    def _closer(self, trace: Trace, claim: Claim) -> bool:
        """Whether another outlet stands between a trace and a claim of its sentence."""
        start, end = claim.start, claim.end
        low, high = (trace.span[1], start) if trace.span[0] < start else (end, trace.span[0])
        first = bisect_left(self._strong_at, trace.sentence)
        last = bisect_right(self._strong_at, trace.sentence)
        return any(
            low <= t.span[0] and t.span[1] <= high and t.name != trace.name
            for t in itertools.islice(self._strong, first, last)
        )

    def _nearest(self, before: Sequence[Trace]) -> Trace | None:
        strong = [t for t in before if t.strong] or before
        return strong[-1] if strong else None

    def _first(self, after: Sequence[Trace]) -> Trace | None:
        strong = [t for t in after if t.strong] or after
        return strong[0] if strong else None

    def _teller(self, claim: Claim, trace: Trace) -> str:
        """Who speaks where the trace stands: the claim's speaker, another, or nobody."""
        spoken = self._spoken.get(trace.sentence, ())
        if not spoken:
            return "unknown"
        return "same" if any(self.same(claim, other) for other in spoken) else "other"

    def _blocks(self, one: int, other: int) -> str:
        sentences = self.article.sentences
        gap = abs(sentences[one].block - sentences[other].block)
        return "0" if not gap else "1" if gap == 1 else "2+"

    def _between(self, trace: Trace, sentence: int) -> str:
        low, high = sorted((trace.sentence, sentence))
        first = bisect_left(self._strong_at, low)
        last = bisect_right(self._strong_at, high)
        me = outlets.key(trace.name)
        there = (
            t
            for t in itertools.islice(self._strong, first, last)
            if t.span != trace.span and outlets.key(t.name) != me
        )
        return str(min(2, sum(1 for _ in there)))

    def _changed(self, claim: Claim, trace: Trace) -> str:
        """How many other voices speak between a trace and a claim after it."""
        count = 0
        last = self._place[claim.id]
        for at in range(last - 1, max(-1, last - _MOST), -1):
            other = self.claims[self._order[at]]
            if self.held[other.id][0] <= trace.sentence:
                break
            if (other.voice or other.speaker) and not self.same(claim, other):
                count += 1
                if count == 2:
                    break
        return str(count)


def _sort(trace: Trace) -> str:
    if trace.cue in TELLING:
        return "telling"
    if trace.cue in _BARE:
        return "bare"
    return "reporting"


def _bucket(gap: int) -> str:
    return str(gap) if gap < 3 else "3-4" if gap < 5 else "5-8" if gap < 9 else "9+"


def sentences(article: Article, claim: Claim) -> tuple[int, ...]:
    """The sentences that a claim's content and source stand in, in order."""
    spans = (*claim.spans, *claim.source_spans, *claim.cue_spans)
    found = {claim.sentence}
    for number in range(claim.sentence, len(article.sentences)):
        sentence = article.sentences[number]
        if sentence.start >= claim.end and all(sentence.start >= end for _, end in spans):
            break
        if any(sentence.start < end and start < sentence.end for start, end in spans):
            found.add(number)
    return tuple(sorted(found))


def pairs(
    evidence: Evidence, named: Mapping[str, Sequence[Trace]]
) -> dict[tuple[str, str], tuple[Features, Sequence[Trace]]]:
    """The features of every claim with every name that stands near enough to it, and its traces.

    A credit of the whole article is near to all of it.
    """
    marks = {key: Marks.of(found) for key, found in named.items()}
    whole = {key: [t for t in found if t.whole] for key, found in named.items()}
    told = sorted(
        ((t.sentence, t.span, key) for key, found in named.items() for t in found if not t.whole)
    )
    at = [sentence for sentence, _, _ in told]
    by_key = {key: [t for t in found if not t.whole] for key, found in named.items()}
    sentences_of = {key: [t.sentence for t in found] for key, found in by_key.items()}
    credited = [key for key, found in whole.items() if found]
    result: dict[tuple[str, str], tuple[Features, Sequence[Trace]]] = {}
    for claim in evidence.claims:
        held = evidence.held[claim.id]
        low, high = held[0] - _FAR, held[-1] + _FAR
        there = told[bisect_left(at, low) : bisect_right(at, high)]
        keys = dict.fromkeys((*(key for _, _, key in there), *credited))
        for key in itertools.islice(keys, _MOST):
            numbers = sentences_of[key]
            near = by_key[key][bisect_left(numbers, low) : bisect_right(numbers, high)][:_MOST]
            features = evidence.features(claim, near, marks[key])
            result[claim.id, key] = (features, [*near, *whole[key]])
    return result
