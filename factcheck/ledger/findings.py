"""Report × ledger → findings: every rule, under the ledger's policy, without what is accepted or
ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from factcheck.hashing import key
from factcheck.ledger import policy
from factcheck.ledger.ignores import Ignore, ignores
from factcheck.ledger.match import Match, match
from factcheck.ledger.models import Decision, Entry, Ledger
from factcheck.ledger.rules import BY_ID, BY_NAME, CHECKS, Check, Context, Found
from factcheck.ledger.rules.base import Earlier, Review
from factcheck.ledger.standing import Standing
from factcheck.records import Finding, FindingLevel, Report

LEVELS: dict[FindingLevel, int] = {"error": 0, "warning": 1, "note": 2}
_ACCEPTED = ("conflict-accepted", "finding-accepted")
# Rules on what of the ledger, and of the comments in articles, nothing needed: they come last.
_UPKEEP = ("stale-decision", "stale-ignore", "unused-override")


@dataclass(frozen=True)
class Raised:
    """A finding, the rule that raised it and what a decision on it must name."""

    finding: Finding
    check: Check
    found: Found


@dataclass(frozen=True)
class Outcome:
    """What a check came to: open findings, worst first, those that decisions accept or comments in
    the articles ignore, and tracked statements.
    """

    open: tuple[Raised, ...]
    accepted: tuple[Raised, ...]
    matches: tuple[Match, ...]
    ignored: tuple[Raised, ...] = ()


def judge(
    report: Report,
    ledger: Ledger,
    ledger_name: str | None = None,
    review: Review | None = None,
    whole: bool = True,
    failing: frozenset[str] | None = None,
    expected: Callable[[str], bool] = lambda pattern: True,
    places: Mapping[Entry, tuple[str, int]] | None = None,
    earlier: Sequence[Earlier] = (),
) -> Outcome:
    """Hold a report against a ledger.

    `review` limits the findings to what some claims and files introduce: what stood at its base,
    too, is none of them. `whole` tells that the
    report covers all articles that the ledger's decisions may be about, so that unused ones are
    stale. `failing` are names of rules that fail, in place of the policy's. `expected` tells of the
    pattern of an override whether the report would hold its files. `places` are the file and line
    of each entry of the ledger, `earlier` what the versions before changed articles told.
    """
    matches = match(ledger.claims, report, ledger.folder)
    standing = _standing(review.base, ledger, ledger_name, earlier) if review else None
    context = Context(
        report, ledger, ledger_name, matches, review, standing=standing, earlier=earlier
    )
    decided = _Decided(ledger, report)
    places = places or {}
    raised: list[Raised] = []
    accepted: list[Raised] = []
    ignored: list[Raised] = []
    for check in CHECKS:
        if check.rule.name in _UPKEEP:
            continue
        for found in check.find(context):
            if standing and standing.has(check.rule.name, found):
                continue
            into = (
                accepted
                if decided.accepts(check, found)
                else ignored
                if decided.ignores(check, found)
                else raised
            )
            into.append(_raise(check, found, context, failing, places))
    if whole and review is None:
        last = replace(
            context,
            unused=decided.unused(),
            idle=decided.idle(),
            unmatched=policy.unmatched(ledger, report, expected),
        )
        for check in map(BY_NAME.__getitem__, _UPKEEP):
            raised += [_raise(check, found, last, failing, places) for found in check.find(last)]
    return Outcome(
        tuple(_sorted(raised, report)),
        tuple(_sorted(accepted, report)),
        tuple(matches),
        tuple(_sorted(ignored, report)),
    )


class _Decided:
    """What people decided on findings, in the ledger and in the articles, and what of it was of
    use.
    """

    def __init__(self, ledger: Ledger, report: Report) -> None:
        self._ledger, self._report = ledger, report
        self._accepting = [entry for entry in ledger.decisions if entry.decision in _ACCEPTED]
        self._by_fingerprint: dict[str, list[int]] = {}
        for number, decision in enumerate(self._accepting):
            for fingerprint in decision.fingerprints:
                self._by_fingerprint.setdefault(fingerprint, []).append(number)
        self._asked: dict[str, list[Ignore]] = {
            article.id: ignores(article) for article in report.articles
        }
        self._used: set[int | Ignore] = set()

    def accepts(self, check: Check, found: Found) -> bool:
        """Whether a decision covers it; all that do are of use."""
        sides = (f for side in found.sides for f in side)
        near = sorted({n for f in sides for n in self._by_fingerprint.get(f, ())})
        covering = [n for n in near if covers(self._accepting[n], check, found)]
        self._used.update(covering)
        return bool(covering)

    def ignores(self, check: Check, found: Found) -> bool:
        """Whether the article in which it stands asks for that; all that ask are of use."""
        names = (check.rule.name, check.rule.id.lower())
        asked = self._asked.get(found.article or "", ())
        covering = [entry for entry in asked if entry.covers(names, found)]
        self._used.update(covering)
        return bool(covering)

    def unused(self) -> list[Decision]:
        """Decisions that nothing needed: neither a finding nor two claims that are there."""
        unused = [entry for n, entry in enumerate(self._accepting) if n not in self._used]
        return unused + _unmade(self._report, self._ledger)

    def idle(self) -> list[tuple[Ignore, str]]:
        """Comments that covered no finding or name no rule, with what is wrong."""
        found = []
        for entry in (one for asked in self._asked.values() for one in asked):
            unknown = [r for r in entry.rules if r not in BY_NAME and r.upper() not in BY_ID]
            if unknown:
                found.append((entry, f"names '{unknown[0]}', which is no rule"))
            elif entry not in self._used:
                found.append((entry, "covers no finding any more"))
        return found


def _standing(
    base: Report, ledger: Ledger, ledger_name: str | None, earlier: Sequence[Earlier]
) -> Standing:
    matches = match(ledger.claims, base, ledger.folder)
    context = Context(base, ledger, ledger_name, matches, earlier=earlier)
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


def tellings(report: Report, fingerprints: Iterable[str]) -> tuple[str, ...]:
    """Who tells claims in which words, in the order of their fingerprints.

    Empty where one of them is no claim's: some findings are named by other things.
    """
    outlets = {article.id: article.outlet for article in report.articles}
    told = {claim.fingerprint: claim for claim in report.claims}
    found = [told.get(fingerprint) for fingerprint in fingerprints]
    return tuple(
        f"{outlets[claim.article]}: {' '.join(claim.text.split())}" for claim in found if claim
    ) * (None not in found)


def decision_on(raised: Raised, report: Report, **words: object) -> Decision:
    """Build the decision that accepts a finding; `words` are its `by`, `date` and `why`."""
    conflict = raised.check.rule.name == "divergent"
    fingerprints = sorted(frozenset().union(*raised.found.sides))
    return Decision.model_validate(
        {
            "decision": "conflict-accepted" if conflict else "finding-accepted",
            "fingerprints": fingerprints,
            "tellings": tellings(report, fingerprints),
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


def _raise(
    check: Check,
    found: Found,
    context: Context,
    failing: frozenset[str] | None,
    places: Mapping[Entry, tuple[str, int]],
) -> Raised:
    rule = check.rule
    path, line = (places.get(found.entry) if found.entry else None) or (found.path, None)
    if failing is None:
        articles = [context.articles[name] for name in found.articles]
        failing = policy.fail_on(context.ledger, articles)
    names = sorted(frozenset().union(*found.sides))
    finding = Finding(
        rule=rule.id,
        level="error" if rule.name in failing else rule.level,
        message=found.message,
        group=found.group,
        article=found.article,
        span=found.span,
        path=path,
        line=line,
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
            finding.line or 0,
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
