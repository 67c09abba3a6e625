"""What stood before the articles under review: findings and values that are none of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from factcheck import divergence
from factcheck.ledger.rules.base import Context, Found
from factcheck.records import Article, Claim, Divergence, DivergenceValue, Report

# So many tellings of two values are held together at most.
_MOST = 10


class Standing:
    """The base of a review: its report, and what every rule found in it, by the rule's name.

    Claims are told again by their fingerprints, which do not depend on what they stand beside.
    """

    def __init__(self, report: Report, found: Mapping[str, Iterable[Found]]) -> None:
        self._report = report
        self._found = {name: tuple(items) for name, items in found.items()}

    def bereft(self, report: Report) -> frozenset[str]:
        """Fingerprints of the claims whose group was corroborated and has lost a telling since."""
        now = {claim.fingerprint for claim in report.claims}
        names = {claim.id: claim.fingerprint for claim in self._report.claims}
        left: set[str] = set()
        for group in self._report.groups:
            told = {names[claim] for claim in group.claims}
            if group.status == "corroborated" and not told <= now:
                left |= told & now
        return frozenset(left)

    def has(self, rule: str, found: Found) -> bool:
        """Whether this was found at the base, too, of the same statement.

        What counts origins is new where their number is not what it was: more of them for a
        corroboration, fewer for what there are too few of. Of a conflict `brought` tells it.
        """
        if rule == "divergent":
            return False
        for old in self._found.get(rule, ()):
            if old.sides == found.sides:
                return True
            if old.about.isdisjoint(found.about) or old.slot != found.slot:
                continue
            if rule == "corroborated" and found.origins > old.origins:
                continue
            if rule == "too-few-origins" and found.origins < old.origins:
                continue
            return True
        return False

    def brought(
        self, context: Context, claims: Iterable[str], conflict: Divergence
    ) -> tuple[DivergenceValue, ...]:
        """The values of a conflict that are new and that deviate from what stood.

        `claims` are those of the conflict's group. A value is new where no claim of the base
        tells it, and deviates where it contradicts every value that one tells. Where none stood,
        all deviate from each other.
        """
        about = context.fingerprints(claims)
        stood = {
            value
            for old in self._found.get("divergent", ())
            if old.slot == conflict.slot and not old.about.isdisjoint(about)
            for value in old.values
        }
        new = [
            value
            for value in conflict.values
            if value.value not in stood
            and all(map(context.is_fresh, value.claims))
            and not self._reworded(context, value, conflict.slot)
        ]
        old = [value for value in conflict.values if value not in new]
        return tuple(
            value
            for value in new
            if all(_contradicts(context, value, other, conflict.slot) for other in old)
        )

    def _reworded(self, context: Context, value: DivergenceValue, slot: str) -> bool:
        """Whether a changed article told this value in a sentence that is gone."""
        outlets = {context.articles[context.claims[c].article].outlet for c in value.claims}
        return any(
            any(s.slot == slot and s.value == value.value for s in claim.slots)
            for claim in self._gone(context)
            if self._articles[claim.article].outlet in outlets
        )

    @cached_property
    def _articles(self) -> dict[str, Article]:
        return {article.id: article for article in self._report.articles}

    def _gone(self, context: Context) -> list[Claim]:
        now = context.fingerprints(context.claims)
        return [claim for claim in self._report.claims if claim.fingerprint not in now]


def _contradicts(context: Context, one: DivergenceValue, other: DivergenceValue, slot: str) -> bool:
    """Whether two values of a conflict exclude each other: a third may lie between them."""
    pairs = [(context.claims[a], context.claims[b]) for a in one.claims for b in other.claims]
    return any(
        found.material and found.slot == slot
        for a, b in pairs[:_MOST]
        if a.article != b.article
        for found in divergence.find([[a, b]], context.articles)[0]
    )
