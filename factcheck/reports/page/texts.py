"""The articles on the page: each with its head, its link, and its text with the claims marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from factcheck.records import Article, Block, Claim, Group, Report, homes
from factcheck.reports import edits, words
from factcheck.reports.page.markup import Markup, element, joined
from factcheck.reports.page.statements import class_of, sign
from factcheck.reports.places import cut
from factcheck.reports.view import kind_of

# Sentences of a changed article that are told one by one.
_MOST_EDITS = 40
_SHOWN = ("title", "heading", "body", "caption", "date", "byline", "credit")


class Texts:
    """Articles as HTML. `told` are the statements that stand on the page."""

    def __init__(self, report: Report, told: Iterable[Group]) -> None:
        self.report = report
        self.groups: Mapping[str, Group] = homes(told)
        self._claims: dict[str, list[Claim]] = {}
        for claim in report.claims:
            self._claims.setdefault(claim.article, []).append(claim)

    def table(self) -> Markup:
        """The articles in a table, with links to where they stand on the web."""
        rows = [
            element(
                "tr",
                element("td", article.outlet),
                element("td", self.name(article), element("span", article.path, class_="where")),
                element("td", words.day(article.published)),
                element("td", words.listed(list(dict.fromkeys(c.name for c in article.credits)))),
            )
            for article in self.report.articles
        ]
        names = ("Outlet", "Article", "Published", "Credits")
        head = element("tr", *(element("th", name, scope="col") for name in names))
        table = element("table", element("thead", head), element("tbody", *rows), class_="sortable")
        return element(
            "div", table, class_="scroll", role="region", tabindex="0", aria_label="Articles"
        )

    def name(self, article: Article) -> Markup:
        """An article's headline, as a link where its address is known."""
        told = article.title or article.path
        if url := words.web_address(article):
            return element("a", told, href=url, rel="noopener noreferrer", class_="out")
        return joined([told])

    def article(self, article: Article) -> Markup:
        """The whole text, its claims linked to their statements."""
        claims = sorted(self._claims.get(article.id, []), key=lambda claim: claim.end - claim.start)
        shown: set[str] = set()
        parts = [
            self._block(article, block, claims, shown)
            for block in article.blocks
            if block.kind in _SHOWN
        ]
        # A claim that others cover has a place to link to all the same.
        rest = [element("span", id=_anchor(claim)) for claim in claims if claim.id not in shown]
        facts = [article.outlet, words.day(article.published), article.byline or ""]
        return element(
            "details",
            element("summary", f"{article.outlet}: {article.title or article.path}"),
            element("p", " · ".join(fact for fact in facts if fact), class_="faint"),
            *self._versions(article),
            *rest,
            *parts,
            class_="text",
            id=f"article-{article.id}",
        )

    def _versions(self, article: Article) -> Iterable[Markup]:
        """What was changed since earlier versions, sentence by sentence, and where these are."""
        for version in article.versions:
            yield element("p", edits.told(article, version), class_="faint")
            changed = [
                element("li", edits.edit_words(edit)) for edit in version.edits[:_MOST_EDITS]
            ]
            if left := len(version.edits) - len(changed):
                changed.append(element("li", f"and {left} more"))
            yield element("ul", *changed, class_="faint")
            yield element("p", f"The version before: {version.path}", class_="faint")

    def _block(
        self, article: Article, block: Block, claims: Sequence[Claim], shown: set[str]
    ) -> Markup:
        inside = [c for c in claims if c.start < block.end and c.end > block.start]
        marks = [(span, claim.id) for claim in inside for span in claim.spans]
        by_id = {claim.id: claim for claim in inside}
        pieces: list[Markup | str] = []
        for piece in cut(article.text, (block.start, block.end), marks):
            claim = by_id.get(piece.mark)
            pieces.append(self._marked(claim, piece.text, shown) if claim else piece.text)
        told = joined(pieces)
        return element("p", told, class_="head" if block.kind in ("title", "heading") else "par")

    def _marked(self, claim: Claim, told: str, shown: set[str]) -> Markup:
        """A piece of a claim; the first of them is the claim's place on the page."""
        group = self.groups.get(claim.id)
        first = claim.id not in shown
        shown.add(claim.id)
        place: dict[str, str] = {"id": _anchor(claim)} if first else {}
        if group is None:
            return element("span", told, class_="claim", **place)
        return element(
            "a",
            sign(kind_of(group)) if first else "",
            told,
            href=f"#{group.id}",
            class_=f"claim {class_of(group)}",
            title=words.verdict(group),
            **place,
        )


def _anchor(claim: Claim) -> str:
    return f"claim-{claim.id}"
