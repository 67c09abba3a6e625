"""Report × ledger → findings: every rule, under the ledger's policy, without what is accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from factcheck.hashing import key
from factcheck.ledger import policy
from factcheck.ledger.match import Match, match
from factcheck.ledger.models import Decision, Ledger
from factcheck.ledger.rules import BY_ID, BY_NAME, CHECKS, Check, Context, Found
from factcheck.ledger.rules.base import Review
from factcheck.ledger.standing import Standing
from factcheck.records import Finding, FindingLevel, Report

LEVELS: dict[FindingLevel, int] = {"error": 0, "warning": 1, "note": 2}
_ACCEPTED = ("conflict-accepted", "finding-accepted")


@dataclass(frozen=True)
class Raised:
    """A finding, the rule that raised it and what a decision on it must name."""

    finding: Finding
    check: Check
    found: Found


@dataclass(frozen=True)
class Outcome:
    """What a check came to: open findings, worst first, accepted ones, and tracked statements."""

    open: tuple[Raised, ...]
    accepted: tuple[Raised, ...]
    matches: tuple[Match, ...]


def judge(
    report: Report,
    ledger: Ledger,
    ledger_name: str | None = None,
    review: Review | None = None,
    whole: bool = True,
    failing: frozenset[str] | None = None,
) -> Outcome:
    """Hold a report against a ledger.

    `review` limits the findings to what some claims and files introduce: what stood at its base,
    too, is none of them. `whole` tells that the
    report covers all articles that the ledger's decisions may be about, so that unused ones are
    stale. `failing` are names of rules that fail, in place of the policy's.
    """
    matches = match(ledger.claims, report)
    standing = _standing(review.base, ledger, ledger_name) if review else None
    context = Context(report, ledger, ledger_name, matches, review, standing=standing)
    accepting = [entry for entry in ledger.decisions if entry.decision in _ACCEPTED]
    by_fingerprint: dict[str, list[int]] = {}
    for number, decision in enumerate(accepting):
        for fingerprint in decision.fingerprints:
            by_fingerprint.setdefault(fingerprint, []).append(number)
    used: set[int] = set()
    raised: list[Raised] = []
    accepted: list[Raised] = []
    for check in CHECKS:
        if check.rule.name == "stale-decision":
            continue
        for found in check.find(context):
            if standing and standing.has(check.rule.name, found):
                continue
            near = sorted(
                {n for side in found.sides for f in side for n in by_fingerprint.get(f, ())}
            )
            covering = [n for n in near if covers(accepting[n], check, found)]
            used.update(covering)
            result = _raise(check, found, context, failing)
            (accepted if covering else raised).append(result)
    if whole and review is None:
        unused = [entry for n, entry in enumerate(accepting) if n not in used]
        unused += _unmade(report, ledger)
        stale = BY_NAME["stale-decision"]
        last = replace(context, unused=unused)
        raised += [_raise(stale, found, last, failing) for found in stale.find(last)]
    return Outcome(tuple(_sorted(raised, report)), tuple(_sorted(accepted, report)), tuple(matches))


def _standing(base: Report, ledger: Ledger, ledger_name: str | None) -> Standing:
    context = Context(base, ledger, ledger_name, match(ledger.claims, base))
    return Standing(base, {check.rule.name: tuple(check.find(context)) for check in CHECKS})


def covers(decision: Decision, check: Check, found: Found) -> bool:
    """Whether a decision accepts what was found: of every side it names a claim.

    So an accepted conflict of two values stays accepted when another outlet repeats one of
    them, and comes back when a third value joins.
    """
    rule = decision.rule or "divergent"
    if rule != check.rule.name or (decision.slot is not None and decision.slot != found.slot):
        return False
    named = frozenset(decision.fingerprints)
    return all(not side.isdisjoint(named) for side in found.sides)


def decision_on(raised: Raised, **words: object) -> Decision:
    """Build the decision that accepts a finding; `words` are its `by`, `on` and `why`."""
    conflict = raised.check.rule.name == "divergent"
    return Decision.model_validate(
        {
            "decision": "conflict-accepted" if conflict else "finding-accepted",
            "fingerprints": sorted(frozenset().union(*raised.found.sides)),
            "rule": None if conflict else raised.check.rule.name,
            "slot": raised.found.slot if conflict else None,
            "about": raised.finding.message,
            **words,
        }
    )


def _unmade(report: Report, ledger: Ledger) -> list[Decision]:
    """Decisions on pairs of which no article makes both claims any more."""
    known = {claim.fingerprint for claim in report.claims}
    return [
        entry
        for entry in ledger.decisions
        if entry.decision not in _ACCEPTED and not known.issuperset(entry.fingerprints)
    ]


def _raise(check: Check, found: Found, context: Context, failing: frozenset[str] | None) -> Raised:
    rule = check.rule
    if failing is None:
        articles = [context.articles[name] for name in found.articles]
        failing = policy.fail_on(context.ledger.policy, articles)
    names = sorted(frozenset().union(*found.sides))
    finding = Finding(
        rule=rule.id,
        level="error" if rule.name in failing else rule.level,
        message=found.message,
        group=found.group,
        article=found.article,
        span=found.span,
        path=found.path,
        related=found.related,
        fingerprint=key(rule.id, found.slot or "", *names)[:32],
    )
    return Raised(finding, check, found)


def _sorted(raised: Iterable[Raised], report: Report) -> Sequence[Raised]:
    order = {article.id: number for number, article in enumerate(report.articles)}

    def place(item: Raised) -> tuple[object, ...]:
        finding = item.finding
        where = order[finding.article] if finding.article else len(order)
        level = LEVELS[finding.level]
        return (
            level,
            where,
            finding.path or "",
            finding.span or (0, 0),
            finding.rule,
            finding.message,
        )

    return sorted(raised, key=place)


def rule_names(words: Iterable[str]) -> frozenset[str]:
    """Return the names of rules given by name or id (in any case)."""
    names = set()
    for word in words:
        check = BY_ID.get(word.upper()) or BY_NAME.get(word.lower())
        if check is None:
            raise KeyError(word)
        names.add(check.rule.name)
    return frozenset(names)
