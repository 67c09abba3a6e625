"""Who says what, and what each outlet has that others have not, as lists of links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from factcheck.records import Claim, Group, Report, homes
from factcheck.reports import tellings, words
from factcheck.reports.index import Index
from factcheck.reports.page.markup import Markup, element
from factcheck.reports.page.statements import class_of, sign
from factcheck.reports.view import kind_of

# An outlet leaves out what so many others at least have, all but it.
_OTHERS = 2


def speakers(report: Report, index: Index, told: Sequence[Group]) -> Iterator[Markup]:
    """Each speaker with what is attributed to it, where and in which words; those of most first."""
    home = homes(told)
    found: dict[str, list[Claim]] = {}
    for claim in report.claims:
        for name in dict.fromkeys(s.name for s in (claim.speaker, claim.voice) if s):
            if claim.id in home:
                found.setdefault(name, []).append(claim)
    for name, claims in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        items = [_said(claim, index, home[claim.id]) for claim in claims]
        outlets = {index.article(claim.id).outlet for claim in claims}
        count = f"{words.count(len(claims), 'claim')}, {words.count(len(outlets), 'outlet')}"
        yield _fold(f"{name} – {count}", [element("ul", *items)])


def _said(claim: Claim, index: Index, group: Group) -> Markup:
    article = index.articles[claim.article]
    where = f"{index.labels[article.id]}, line {index.line(claim)}"
    text = tellings.wording(claim, article.text)
    told = f"“{text}”" if claim.quote == "direct" and not text.startswith(("“", '"')) else text
    return element(
        "li",
        element("a", told, href=f"#claim-{claim.id}"),
        " ",
        element("span", f"{where}; ", class_="faint"),
        element(
            "a", sign(kind_of(group)), f" {group.id}", href=f"#{group.id}", class_=class_of(group)
        ),
    )


def outlets(report: Report, index: Index, told: Sequence[Group]) -> Iterator[Markup]:
    """Each outlet with what it alone carries, and what it leaves out that all others have."""
    names = list(dict.fromkeys(article.outlet for article in report.articles))
    for name in names:
        others = set(names) - {name}
        alone = [group for group in told if tuple(group.outlets) == (name,)]
        missing = [
            group for group in told if len(others) >= _OTHERS and set(group.outlets) == others
        ]
        shared = sum(name in group.outlets for group in told) - len(alone)
        parts = [
            element("p", f"Shares {words.count(shared, 'statement')} with others."),
            *_list("It alone carries", alone),
            *_list("It leaves out what all others have", missing),
        ]
        yield _fold(f"{name} – {len(alone)} alone, {len(missing)} left out", parts)


def _list(head: str, groups: Sequence[Group]) -> list[Markup]:
    if not groups:
        return []
    items = [
        element(
            "li",
            sign(kind_of(group)),
            " ",
            element("a", words.statement(group), href=f"#{group.id}"),
            class_=class_of(group),
        )
        for group in groups
    ]
    return [element("p", element("b", f"{head}:")), element("ul", *items)]


def _fold(summary: str, parts: Sequence[Markup]) -> Markup:
    return element("details", element("summary", summary), *parts, class_="list")
