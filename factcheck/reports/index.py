"""A report's records by id, in the order and with the names that every rendering shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from factcheck.records import Article, Claim, Divergence, Group, Report, Span
from factcheck.reports.diff import differing
from factcheck.reports.places import place

# How an outlet tells a statement; where it does so more than once, the first of these counts.
TELLINGS = ("quoted", "reported speech", "own words")


class Index:
    """Looks up what a group refers to by id."""

    def __init__(self, report: Report) -> None:
        self.claims = {claim.id: claim for claim in report.claims}
        self.articles = {article.id: article for article in report.articles}
        self.labels = labels(report.articles)
        self._rank = {article.id: rank for rank, article in enumerate(report.articles)}

    def article(self, claim_id: str) -> Article:
        """The article of a claim."""
        return self.articles[self.claims[claim_id].article]

    def line(self, claim: Claim) -> int:
        """The line a claim starts on, from 1."""
        return self.line_at(self.articles[claim.article], (claim.start, claim.end))

    def line_at(self, article: Article, span: Span) -> int:
        """The line of an article that a span starts on, from 1."""
        return place(article, span).line

    def members(self, group: Group) -> list[Claim]:
        """The claims of a group in the order of the articles, then of the text."""
        return sorted(
            (self.claims[claim] for claim in group.claims),
            key=lambda claim: (self._rank[claim.article], claim.start),
        )

    def outlets(self, groups: Iterable[Group]) -> list[str]:
        """The outlets of groups, in the order of the articles."""
        present = {outlet for group in groups for outlet in group.outlets}
        order = dict.fromkeys(article.outlet for article in self.articles.values())
        return [outlet for outlet in order if outlet in present]

    def tellings(self, group: Group) -> dict[str, str]:
        """Outlet → the one of `TELLINGS` in which it tells a statement."""
        forms: dict[str, set[str]] = {}
        for claim in group.claims:
            forms.setdefault(self.article(claim).outlet, set()).add(_form(self.claims[claim]))
        return {
            outlet: next(form for form in TELLINGS if form in found)
            for outlet, found in forms.items()
        }

    def sides(self, group: Group) -> dict[str, list[str]]:
        """Outlet → the numbers of the values it gives in the first material divergence."""
        result: dict[str, list[str]] = {}
        for divergence in [d for d in group.divergences if d.material][:1]:
            for number, value in enumerate(divergence.values, start=1):
                for outlet in sorted({self.article(claim).outlet for claim in value.claims}):
                    result.setdefault(outlet, []).append(str(number))
        return result

    def differing_words(self, group: Group) -> dict[str, list[Span]]:
        """Claim id → the exact words that differ, over all divergences of a group."""
        result: dict[str, list[Span]] = {}
        for divergence in group.divergences:
            for claim, span in self._differing(divergence):
                result.setdefault(claim, []).append(span)
        return result

    def _differing(self, divergence: Divergence) -> list[tuple[str, Span]]:
        sides = [list(zip(value.claims, value.spans, strict=False)) for value in divergence.values]
        if divergence.slot != "quotation" or len(sides) != 2 or not all(sides):
            return [told for side in sides for told in side]
        # Of two wordings of one quotation only the words that differ, not the whole of it.
        (a, (a_start, a_end)), (b, (b_start, b_end)) = sides[0][0], sides[1][0]
        left, right = differing(
            self.article(a).text[a_start:a_end], self.article(b).text[b_start:b_end]
        )
        return [
            *((a, (a_start + start, a_start + end)) for start, end in left),
            *((b, (b_start + start, b_start + end)) for start, end in right),
        ]


def labels(articles: Iterable[Article]) -> dict[str, str]:
    """Article id → its outlet, with the file's name where an outlet has several articles."""
    articles = list(articles)
    outlets = Counter(article.outlet for article in articles)
    return {
        article.id: article.outlet
        if outlets[article.outlet] == 1
        else f"{article.outlet} ({article.path.rsplit('/', 1)[-1]})"
        for article in articles
    }


def _form(claim: Claim) -> str:
    if claim.kind == "report":
        return "own words"
    return "quoted" if claim.quote in ("direct", "mixed") else "reported speech"
