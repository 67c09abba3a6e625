"""What a person is asked in a review: open conflicts, uncertain links, links almost made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from factcheck.ledger.findings import Raised, decision_on, tellings
from factcheck.ledger.models import Decision, Ledger
from factcheck.records import Link, Report, homes

# Links that are nearer to certain than this are not asked about.
_CERTAIN = 0.85
# So many pairs of two groups are asked about.
_ALMOST = 20

Answer = Literal["same", "different", "accepted"]


@dataclass(frozen=True)
class Question:
    """One question on two claims (ids): the same statement, or a conflict that is to stand.

    `raised` is the finding of a conflict, `None` for a link. `pairs` are the claims that an
    answer "not the same" tells apart: every pair of different values.
    """

    group: str
    a: str
    b: str
    about: str
    pairs: tuple[tuple[str, str], ...]
    raised: Raised | None = None

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What it can be answered with."""
        return ("accepted", "different") if self.raised else ("same", "different")


def questions(report: Report, ledger: Ledger, raised: Iterable[Raised]) -> list[Question]:
    """Open conflicts first, then what nobody decided yet: the links inside groups, the least
    certain first, and the likeliest of the links between groups that were almost made.
    """
    found = [
        question
        for item in raised
        if item.check.rule.name == "divergent" and (question := _conflict(item, report))
    ]
    home = homes(report.groups)
    fingerprint = {claim.id: claim.fingerprint for claim in report.claims}
    decided = ledger.pairs("same") | ledger.pairs("different")

    def open_links(links: Iterable[Link]) -> list[Link]:
        pairs = ((link, _pair(fingerprint[link.a], fingerprint[link.b])) for link in links)
        return [link for link, pair in pairs if pair not in decided and pair[0] != pair[1]]

    made = [
        link
        for link in {(n.a, n.b): n for group in report.groups for n in group.links}.values()
        if max(link.score, 1 - link.score) < _CERTAIN
    ]
    made.sort(key=lambda link: (abs(link.score - 0.5), link.a, link.b))
    for link in open_links(made):
        about = f"link score {link.score:.2f}"
        found.append(Question(home[link.a].id, link.a, link.b, about, ((link.a, link.b),)))
    for link in open_links(report.near)[:_ALMOST]:
        about = f"almost linked to {home[link.b].id}, link score {link.score:.2f}"
        found.append(Question(home[link.a].id, link.a, link.b, about, ((link.a, link.b),)))
    return found


def decisions(
    question: Question, answer: Answer, report: Report, **words: object
) -> tuple[Decision, ...]:
    """Build the decisions that an answer stands for; `words` are their `by`, `date` and `why`."""
    if answer == "accepted" and question.raised is not None:
        return (decision_on(question.raised, report, **words),)
    wanted = {claim for pair in question.pairs for claim in pair}
    fingerprint = {claim.id: claim.fingerprint for claim in report.claims if claim.id in wanted}
    pairs = {_pair(fingerprint[a], fingerprint[b]) for a, b in question.pairs}
    return tuple(
        Decision.model_validate(
            {
                "decision": answer,
                "fingerprints": pair,
                "tellings": tellings(report, pair),
                **words,
            }
        )
        for pair in sorted(pairs)
        if pair[0] != pair[1]
    )


def _conflict(item: Raised, report: Report) -> Question | None:
    group = next((group for group in report.groups if group.id == item.finding.group), None)
    if group is None:
        return None
    by_fingerprint = {
        claim.fingerprint: claim.id for claim in report.claims if claim.id in set(group.claims)
    }
    sides: Sequence[list[str]] = [
        sorted(by_fingerprint[name] for name in side if name in by_fingerprint)
        for side in item.found.sides
    ]
    pairs = tuple(
        (a, b) for one, other in combinations(sides, 2) for a in one for b in other if a != b
    )
    if not pairs:
        return None
    return Question(group.id, *pairs[0], item.finding.message, pairs, item)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (min(one, other), max(one, other))
