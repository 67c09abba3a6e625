"""An answer held against the truth of an event: links, verdicts, origins, values, speakers, relays.

Links. A predicted link is a pair of claims of different articles in one group, right where one
statement has mentions that both meet; a gold link is a pair of mentions of different articles,
found where a predicted link meets both. A claim meets a mention where 30 % of either lies in the
other. A group *covers* a statement where its claims meet mentions in two articles.

Verdicts. `false_corroboration`: of the covered single-sourced statements, the share whose group is
called corroborated. `corroborated_precision`: of the groups called corroborated, the share that
covers a statement whose verdict that is, or the undisputed part of a divergent one (of the words
that carry its values the group meets fewer than two). `unfounded`: of them, the share that covers
no statement at all. Statements marked doubtful count for links alone.

The rest is per covered statement (origins, qualifiers), per conflict whose values are marked
(`value_recall`: a divergence whose spans touch the words of two sides), and per telling that a
claim meets (speakers, relays, venues). `docs/benchmark.md` says it with examples.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from factcheck.evaluation.answer import Answer, AnswerClaim, AnswerGroup
from factcheck.evaluation.gold import OUTLET_VOICE, EventGold, Mention, Statement, Telling
from factcheck.records import Span

SHARE = 0.3
QUALIFIERS = ("one-voice", "echoed", "anonymous", "contested", "updated")
# Words that say nothing of who it is.
_PLAIN = frozenset("the a an of mr mrs ms dr unnamed spokesman spokeswoman for".split())


@dataclass(frozen=True)
class Wrong:
    """One thing that an answer has wrong: its kind, what was told or wanted, and the texts."""

    event: str
    kind: str
    about: str
    texts: tuple[str, ...] = ()


@dataclass
class Scored:
    """Counts to sum over events, and what was wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[Wrong] = field(default_factory=list)

    def __iadd__(self, other: Scored) -> Scored:
        self.counts.update(other.counts)
        self.wrong += other.wrong
        return self


def score(answer: Answer, gold: EventGold) -> Scored:
    """Count how far an answer agrees with the truth of one event."""
    scorer = _Scorer(answer, gold)
    scorer.links()
    scorer.divergence()
    scorer.corroborated()
    scorer.statements()
    scorer.tellings()
    scorer.out.counts["events"] += 1
    return scorer.out


def figures(counts: Counter[str]) -> dict[str, float | None]:
    """The figures of summed counts; `None` where there was nothing to measure."""
    c = counts
    links = (c["right links"], c["predicted links"], c["found links"], c["gold links"])
    called = (
        c["right divergent"],
        c["called divergent"],
        c["found divergent"],
        c["gold divergent"],
    )
    table = _agreement("link", *links) | _agreement("divergence", *called)
    table["corroborated_precision"] = _share(counts, "right corroborated", "called corroborated")
    table["unfounded"] = _share(counts, "unfounded corroborated", "called corroborated")
    table["false_corroboration"] = _share(counts, "single called corroborated", "single covered")
    table["corroborated_kept"] = _share(counts, "corroborated kept", "corroborated covered")
    table["verdicts_right"] = _share(counts, "verdicts right", "covered")
    table["value_recall"] = _share(counts, "values found", "conflicts with values")
    table["origins_right"] = _share(counts, "origins right", "covered")
    table["speakers_right"] = _share(counts, "speakers right", "with speaker")
    table["relays_found"] = _share(counts, "relays found", "with relay")
    table["venues_found"] = _share(counts, "venues found", "with venue")
    for name in QUALIFIERS:
        hits, told, due = (counts[f"{name} {word}"] for word in ("right", "told", "wanted"))
        table[f"{name}_f1"] = _agreement(name, hits, told, hits, due)[f"{name}_f1"]
    return table


def _agreement(
    name: str, right: int, made: int, found: int, wanted: int
) -> dict[str, float | None]:
    precision = right / made if made else 0.0
    recall = found / wanted if wanted else 0.0
    both = precision + recall
    return {
        f"{name}_precision": precision if made else None,
        f"{name}_recall": recall if wanted else None,
        f"{name}_f1": (2 * precision * recall / both if both else 0.0) if wanted or made else None,
    }


def _share(counts: Counter[str], part: str, whole: str) -> float | None:
    return counts[part] / counts[whole] if counts[whole] else None


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names can mean one: the last word, or half of the words of the shorter."""
    a, b = _words(one), _words(other)
    if not a or not b:
        return False
    shared, shorter = len(set(a) & set(b)), min(len(set(a)), len(set(b)))
    return a[-1] == b[-1] or shared >= 0.5 * shorter


def _words(name: str | None) -> list[str]:
    plain = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return [word for word in re.findall(r"[a-z0-9]+", plain) if word not in _PLAIN]


def meets(span: Span, spans: Iterable[Span]) -> bool:
    """Whether 30 % of a span, or of the others together, lies in the other."""
    spans = tuple(spans)
    inside = sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in spans)
    size = sum(end - start for start, end in spans)
    return inside > 0 and (inside >= SHARE * (span[1] - span[0]) or inside >= SHARE * size)


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


class _Scorer:
    def __init__(self, answer: Answer, gold: EventGold) -> None:
        self.answer, self.gold = answer, gold
        self.out = Scored()
        outlets = {article.id: article.outlet for article in answer.articles}
        self.outlet = {claim.id: outlets[claim.article] for claim in answer.claims}
        self.claims = {claim.id: claim for claim in answer.claims}
        self.covered = [[self._outlets(g, s) for g in answer.groups] for s in gold.clusters]

    def _meets(self, claim: AnswerClaim, mention: Mention) -> bool:
        return self.outlet[claim.id] == mention.outlet and meets(
            (claim.start, claim.end), mention.spans
        )

    def _members(self, group: AnswerGroup) -> list[AnswerClaim]:
        return [self.claims[name] for name in group.claims]

    def _outlets(self, group: AnswerGroup, statement: Statement) -> frozenset[str]:
        """The outlets in which a claim of the group meets the statement."""
        return frozenset(
            mention.outlet
            for mention in statement.mentions
            if any(self._meets(claim, mention) for claim in self._members(group))
        )

    def _told(self, group: AnswerGroup) -> list[Statement]:
        """The statements that a group covers."""
        number = self.answer.groups.index(group)
        return [
            statement
            for statement, covered in zip(self.gold.clusters, self.covered, strict=True)
            if len(covered[number]) > 1
        ]

    def note(self, kind: str, about: str, texts: Iterable[str] = ()) -> None:
        self.out.wrong.append(Wrong(self.gold.event, kind, about, tuple(texts)))

    def _texts(self, group: AnswerGroup) -> Iterator[str]:
        return (f"{self.outlet[claim.id]}: {claim.text}" for claim in self._members(group))

    def links(self) -> None:
        """Count predicted and gold links."""
        predicted = [
            (a, b)
            for group in self.answer.groups
            for a, b in itertools.combinations(self._members(group), 2)
            if self.outlet[a.id] != self.outlet[b.id]
        ]
        gold = [
            pair
            for statement in self.gold.clusters
            for pair in itertools.combinations(statement.mentions, 2)
        ]
        met = {
            (claim.id, number): True
            for claim in self.answer.claims
            for number, mention in enumerate(m for pair in gold for m in pair)
            if self._meets(claim, mention)
        }

        def agree(link: tuple[AnswerClaim, AnswerClaim], number: int) -> bool:
            (a, b), (m, n) = link, (2 * number, 2 * number + 1)
            return ((a.id, m) in met and (b.id, n) in met) or (
                (a.id, n) in met and (b.id, m) in met
            )

        numbers = range(len(gold))
        self.out.counts.update(
            {
                "predicted links": len(predicted),
                "right links": sum(any(agree(x, n) for n in numbers) for x in predicted),
                "gold links": len(gold),
                "found links": sum(any(agree(x, n) for x in predicted) for n in numbers),
            }
        )

    def divergence(self) -> None:
        """Count divergent groups, divergent statements, and conflicts whose values are shown."""
        counts = self.out.counts
        for group in self.answer.groups:
            if group.status == "divergent":
                told = self._told(group)
                right = any(s.verdict == "divergent" and not s.doubtful for s in told)
                counts["called divergent"] += 1
                counts["right divergent"] += right
                if not right:
                    reasons = "; ".join(conflict.reason for conflict in group.divergences)
                    self.note("false divergent", reasons, self._texts(group))
        flagged = {n for n, g in enumerate(self.answer.groups) if g.status == "divergent"}
        for statement, covered in zip(self.gold.clusters, self.covered, strict=True):
            if statement.verdict == "divergent" and not statement.doubtful:
                counts["gold divergent"] += 1
                counts["found divergent"] += any(len(covered[number]) > 1 for number in flagged)
            conflict = statement.conflict
            if conflict and sum(bool(m.value_spans) for m in statement.mentions) > 1:
                found = self._shows(statement)
                counts["conflicts with values"] += 1
                counts["values found"] += found
                if not found:
                    values = ", ".join(f"{k}: {v}" for k, v in conflict.values.items())
                    about = f"{statement.statement} ({values})"
                    texts = (mention.outlet for mention in statement.mentions)
                    self.note(f"missed conflict ({conflict.slot})", about, texts)

    def _shows(self, statement: Statement) -> bool:
        """Whether a divergence points at words of two sides of a conflict."""
        for group in self.answer.groups:
            for conflict in group.divergences:
                sides = {
                    telling.value
                    for value in conflict.values
                    for name, span in zip(value.claims, value.spans, strict=False)
                    for mention in statement.mentions
                    if mention.outlet == self.outlet[name]
                    for telling in mention.tellings
                    if any(_touch(span, there) for there in telling.value_spans)
                }
                if len(sides) > 1:
                    return True
        return False

    def corroborated(self) -> None:
        """Count groups called corroborated by what is true of the statements they cover."""
        counts = self.out.counts
        for group in self.answer.groups:
            if group.status != "corroborated":
                continue
            counts["called corroborated"] += 1
            told = self._told(group)
            sure = [statement for statement in told if not statement.doubtful]
            verdicts = {
                "corroborated" if self._undisputed(group, s) else s.verdict for s in sure
            } or {"corroborated"}
            if not told:
                counts["unfounded corroborated"] += 1
                self.note("unfounded corroborated", group.statement, self._texts(group))
            elif "corroborated" in verdicts:
                counts["right corroborated"] += 1
            else:
                kind = f"corroborated, but {' and '.join(sorted(verdicts))}"
                self.note(kind, sure[0].statement, self._texts(group))

    def _undisputed(self, group: AnswerGroup, statement: Statement) -> bool:
        """Whether a group tells the part of a divergent statement that nobody disputes."""
        values = [(m.outlet, span) for m in statement.mentions for span in m.value_spans]
        met = sum(
            any(
                self.outlet[claim.id] == outlet and _touch((claim.start, claim.end), span)
                for claim in self._members(group)
            )
            for outlet, span in values
        )
        return statement.verdict == "divergent" and bool(values) and met < 2

    def statements(self) -> None:
        """Count verdicts, origins and qualifiers of the statements that a group covers."""
        counts = self.out.counts
        for statement, covered in zip(self.gold.clusters, self.covered, strict=True):
            if statement.doubtful or not covered:
                continue
            number = max(range(len(covered)), key=lambda n: len(covered[n]))
            group, outlets = self.answer.groups[number], covered[number]
            if len(outlets) < 2:
                counts[f"{statement.verdict} in no group"] += 1
                continue
            counts["covered"] += 1
            counts["verdicts right"] += group.status == statement.verdict
            if statement.verdict == "single-sourced":
                counts["single covered"] += 1
                counts["single called corroborated"] += group.status == "corroborated"
            if statement.verdict == "corroborated":
                counts["corroborated covered"] += 1
                counts["corroborated kept"] += group.status == "corroborated"
            wanted = sum(bool(set(origin.outlets) & outlets) for origin in statement.origins)
            told = sum(
                any(self.outlet[name] in outlets for name in origin.claims)
                for origin in group.origins
            )
            counts["origins right"] += wanted == told
            counts["origins too many"] += told > wanted
            for name in QUALIFIERS:
                counts[f"{name} wanted"] += name in statement.qualifiers
                counts[f"{name} told"] += name in group.qualifiers
                counts[f"{name} right"] += name in statement.qualifiers and name in group.qualifiers

    def tellings(self) -> None:
        """Count speakers and relays of the tellings that a claim meets."""
        for statement in (*self.gold.clusters, *self.gold.single):
            for mention in statement.mentions:
                here = [c for c in self.answer.claims if self.outlet[c.id] == mention.outlet]
                for telling in mention.tellings:
                    met = [c for c in here if meets((c.start, c.end), (telling.span,))]
                    if met:
                        self._telling(mention.outlet, telling, met)

    def _telling(self, outlet: str, telling: Telling, met: Sequence[AnswerClaim]) -> None:
        counts = self.out.counts
        wanted = telling.attributed_to
        if wanted != OUTLET_VOICE:
            right = any(
                same_name(name, wanted)
                for claim in met
                if claim.speaker
                for name in (claim.speaker.name, claim.speaker.as_written)
            )
            counts["with speaker"] += 1
            counts["speakers right"] += right
            if not right:
                told = (f"{c.speaker.name if c.speaker else None}: {c.text}" for c in met)
                self.note("speaker", f"{outlet}: want {wanted}", told)
        if telling.via:
            kind = (
                "relay"
                if re.search("[A-Z]", re.sub(r"^(?:The|An?)\b", "", telling.via))
                else "venue"
            )
            found = any(same_name(via.name, telling.via) for claim in met for via in claim.via)
            counts[f"with {kind}"] += 1
            counts[f"{kind}s found"] += found
            if not found and kind == "relay":
                told = (f"{[via.name for via in c.via]}: {c.text}" for c in met)
                self.note("relay", f"{outlet}: want {telling.via}", told)
