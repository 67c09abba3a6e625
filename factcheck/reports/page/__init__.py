"""The report as one HTML page that loads nothing: to read, to search, to print, to hand on."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from factcheck.records import Group, Report
from factcheck.reports import counts, remarks, words
from factcheck.reports.brief import brief
from factcheck.reports.index import TELLINGS, Index
from factcheck.reports.page.markup import Markup, element, joined, text
from factcheck.reports.page.minute import minute
from factcheck.reports.page.people import outlets, speakers
from factcheck.reports.page.statements import (
    Statements,
    class_name,
    class_of,
    notes,
    sign,
    tellings_table,
)
from factcheck.reports.page.texts import Texts
from factcheck.reports.rank import Ranking
from factcheck.reports.spoken import spoken
from factcheck.reports.view import SECTIONS, View, kind_of, narrow, section

# Wider tables are not read any more.
_MOST_OUTLETS = 16
# What a browser still opens at once; `--all` has no limits.
_MOST_GROUPS = 300
_MOST_ALONE = 1000
# Characters of a statement in the overview.
_MOST_IN_OVERVIEW = 1_000
_HOW_TO_READ = (
    "Statements stand in the order of their importance to the story; the sign before each, and the "
    "words after it, say how well founded it is.",
    "An origin is a separate access to the facts: five outlets that copied one agency are one. "
    "Numbers in red are values that cannot hold together.",
    "Each line number leads to the passage in its article, and each marked passage to its "
    "statement.",
)
_NAMES = {
    "shown": "corroborated, independence shown",
    "likely": "corroborated, independence likely",
    "assumed": "corroborated, independence assumed",
    "said": "corroborated that it was said",
    "unsure": "told by several, perhaps one origin",
    "single-sourced": "of one outlet alone",
    "inconsistent": "inconsistency",
}


# The verdicts to choose from, where their names need more words.
_KINDS = {"unsure": "perhaps one origin", "single-sourced": "one outlet alone"}


def render(report: Report, view: View) -> str:
    """The whole page; the summary and overview alone where the view is quiet."""
    page = _Page(report, view)
    body, title = joined(page.everything()), text(page.title)
    # Only the page's own script and style run, whatever else should get into it.
    policy = (
        f"default-src 'none'; script-src '{_digest('page.js')}'; "
        f"style-src '{_digest('page.css')}'; base-uri 'none'; form-action 'none'"
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – factcheck</title>
<style>{_file("page.css")}</style>
</head>
<body>
{body}<script>{_file("page.js")}</script>
</body>
</html>
"""


@cache
def _file(name: str) -> str:
    """A file beside this one, as it stands between its tags."""
    return "\n" + files(__package__).joinpath(name).read_text(encoding="utf-8")


@cache
def _digest(name: str) -> str:
    digest = hashlib.sha256(_file(name).encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


class _Page:
    def __init__(self, report: Report, view: View) -> None:
        self.view = view
        self.whole = spoken(report)
        self.report = narrow(self.whole, view)
        self.index = Index(self.whole)
        self.parts = Ranking(self.whole).parts(self.report.groups)
        self.title = words.title(self.whole, view)
        several = [*self.parts.main, *self.parts.background]
        most, most_alone = (
            (_MOST_GROUPS, _MOST_ALONE) if view.verbosity < 1 else (len(several), None)
        )
        self.several, self.left = several[:most], len(several[most:])
        self.alone = list(self.parts.alone[:most_alone])
        self.alone_left = len(self.parts.alone) - len(self.alone)
        self.shown = [] if view.verbosity < 0 else [*self.several, *self.alone]
        self.told = Statements(self.index, self.report.groups, notes(view))
        self.texts = Texts(self.report, self.shown)

    def everything(self) -> Iterator[Markup]:
        yield element("a", "Skip to the statements", href="#statements", class_="skip")
        yield self.header()
        quiet = self.view.verbosity < 0
        yield Markup('<main id="statements">\n')
        yield from self.brief()
        yield from self.reading()
        if not quiet:
            yield from self.filter(self.shown)
        yield from self.overview(self.several)
        if not quiet:
            yield from self.statements()
            yield from self.one_outlet()
            yield from self.inconsistencies()
            yield from self.skipped()
            yield from self.articles()
            yield from self.lists()
        yield Markup("</main>\n")
        yield self.footer()

    # The top

    def header(self) -> Markup:
        tallies = [
            element("li", sign(name), " ", told, class_=name)
            for name, told in counts.tallies(self.whole)
        ]
        shown = len(self.report.groups)
        part = f"Shown: {shown} of {words.count(len(self.whole.groups), 'statement')}."
        return element(
            "header",
            element("h1", self.title),
            element("p", " · ".join(words.headline(self.whole)), class_="faint"),
            element("ul", *tallies, class_="tallies"),
            element("p", part) if shown < len(self.whole.groups) else "",
        )

    def reading(self) -> Iterator[Markup]:
        """What to keep in mind, and how to read the page: below what the first screen is for."""
        for remark in remarks.remarks(self.whole, self.view):
            yield element("p", remark, class_="note")
        yield element(
            "details",
            element("summary", "How to read this report"),
            element("ul", *(element("li", line) for line in _HOW_TO_READ)),
            class_="how",
            open=True,
        )

    def brief(self) -> Iterator[Markup]:
        """The report in a minute."""
        yield from minute(brief(self.whole, self.parts), self.link)

    def link(self, group: Group, told: str) -> Markup:
        """Words on a statement, as a link where it is told on the page."""
        if self.view.verbosity >= 0 and group in self.shown:
            return element("a", told, href=f"#{group.id}")
        return joined([told])

    def filter(self, groups: Sequence[Group]) -> Iterator[Markup]:
        """The choice of statements; hidden until the script that answers to it runs."""
        if len(groups) < 2:
            return
        kinds = [name for name in SECTIONS if any(section(group) == name for group in groups)]
        boxes = [
            element(
                "label",
                element("input", type="checkbox", name="status", value=name, checked=True),
                element("span", f"{_KINDS.get(name, name)}", class_=name),
            )
            for name in kinds
        ]
        yield element(
            "form",
            element(
                "label", "Search", element("input", type="search", name="q", autocomplete="off")
            ),
            _choice("Outlet", "outlet", self.told.outlets),
            _choice("Speaker", "speaker", self.told.speakers),
            element("fieldset", element("legend", "Verdict"), *boxes),
            element("button", "Reset", type="reset"),
            element("output", aria_live="polite"),
            id="filter",
            hidden=True,
            aria_label="Choose statements",
        )

    def overview(self, groups: Sequence[Group]) -> Iterator[Markup]:
        """Statements × outlets: who tells what in which form, and whose value."""
        outlets = self.index.outlets(groups)
        if len(groups) < 2:
            return
        outlets = outlets if 1 < len(outlets) <= _MOST_OUTLETS else []
        heads = [
            element("th", element("span", name), scope="col", class_="form") for name in outlets
        ]
        head = element(
            "tr",
            element("th", element("span", "Verdict", class_="offscreen"), scope="col"),
            element("th", "Statement", scope="col"),
            *heads,
            element("th", "In short", scope="col"),
        )
        rows = [self.overview_row(group, outlets) for group in groups]
        table = element(
            "table", element("thead", head), element("tbody", *rows), class_="overview sortable"
        )
        # A wide table scrolls by itself; whoever has no mouse can reach it, too.
        attributes = {"class_": "scroll", "role": "region", "tabindex": "0"}
        signs = [f"{words.SIGNS[form]} {form}" for form in TELLINGS]
        legend = " · ".join([*signs, "1 2 the value it gives"])
        yield element(
            "details",
            element("summary", "Overview: who tells what"),
            element("div", table, aria_label="Overview", **attributes),
            element("p", legend, class_="faint") if outlets else "",
            open=True,
        )

    def overview_row(self, group: Group, outlets: Sequence[str]) -> Markup:
        told, sides = self.index.tellings(group), self.index.sides(group)
        cells = []
        for outlet in outlets:
            form, side = told.get(outlet, ""), sides.get(outlet)
            if side:
                shown = element("b", "/".join(side))
            elif form:
                shown = element("span", words.SIGNS[form], role="img", aria_label=form, title=form)
            else:
                shown = Markup("")
            cells.append(element("td", shown, class_="form"))
        return element(
            "tr",
            element("td", sign(kind_of(group)), class_=class_of(group)),
            element("td", self.link(group, words.cut(words.statement(group), _MOST_IN_OVERVIEW))),
            *cells,
            element("td", words.gist(group), class_="faint"),
            data_row=group.id,
        )

    # Statements

    def statements(self) -> Iterator[Markup]:
        """What several outlets tell: the story, then the background, folded."""
        main = [group for group in self.several if group in self.parts.main]
        aside = [group for group in self.several if group not in self.parts.main]
        if main:
            told = [self.told.group(group) for group in main]
            head = element("h2", words.HEADINGS["main"])
            yield element("section", head, *told, id="main", data_section=True)
        if self.left:
            more = words.count(self.left, "more statement")
            yield element("p", f"{more}, not shown (--all shows them).", class_="faint")
        if aside:
            told = [self.told.group(group) for group in aside]
            fold = element(
                "details",
                element("summary", counts.many(aside)),
                *told,
                class_="alone",
                open=not main,
            )
            head = element("h2", words.HEADINGS["background"])
            yield element("section", head, fold, id="background", data_section=True)

    def one_outlet(self) -> Iterator[Markup]:
        """Statements of one outlet, folded where others are shown."""
        groups, left = self.alone, self.alone_left
        if not groups:
            return
        rows = [
            element(
                "tr",
                *self.told.telling(claim, []),
                **self.told.data(group),
                class_="single-sourced",
            )
            for group in groups
            for claim in self.index.members(group)[:1]
        ]
        shown = words.count(len(groups), "statement") + " of one outlet alone"
        more = f"and {left} more, not shown (--all shows them)."
        open_ = self.view.statuses == ("single-sourced",) or len(groups) == len(self.report.groups)
        yield element(
            "section",
            element("h2", words.HEADINGS["single-sourced"]),
            element(
                "details",
                element("summary", shown),
                tellings_table(rows),
                element("p", more, class_="faint") if left else "",
                class_="alone",
                open=open_,
            ),
            id="single-sourced",
            data_section=True,
        )

    # The rest

    def inconsistencies(self) -> Iterator[Markup]:
        if not self.report.inconsistencies:
            return
        found = []
        for one in self.report.inconsistencies:
            article = self.index.articles[one.article]
            title = f"{self.index.labels[article.id]} – {words.slot(one.slot)}: "
            title += " / ".join(value.value for value in one.values)
            places = [self.told.at(article, value.spans[0]) for value in one.values]
            found.append(
                element(
                    "article",
                    element("h3", sign("inconsistent"), " ", title),
                    element("p", one.reason),
                    *places,
                    class_="group inconsistent",
                )
            )
        head = element("h2", "At odds with itself")
        yield element("section", head, *found, id="inconsistent")

    def skipped(self) -> Iterator[Markup]:
        if not self.report.skipped:
            return
        records = [
            element("li", element("b", one.path), f" – {one.reason} ({one.code})")
            for one in self.report.skipped
        ]
        head = element("h2", "Not measured")
        yield element("section", head, element("ul", *records), id="skipped", class_="skipped")

    def articles(self) -> Iterator[Markup]:
        if not self.report.articles:
            return
        texts = [self.texts.article(article) for article in self.report.articles]
        head = element("h2", "The articles, with what they state marked")
        yield element("section", head, self.texts.table(), *texts, id="articles")

    def lists(self) -> Iterator[Markup]:
        """Views by speaker and by outlet."""
        for name, heading, told in (
            ("speakers", "Who says what", speakers(self.report, self.index, self.shown)),
            ("outlets", "What each outlet has", outlets(self.report, self.index, self.shown)),
        ):
            if items := list(told):
                yield element("section", element("h2", heading), *items, id=name)

    def footer(self) -> Markup:
        meanings = [
            part
            for name, meaning in words.MEANINGS.items()
            for part in (
                element("dt", sign(name), f" {_NAMES.get(name, name)}", class_=class_name(name)),
                element("dd", meaning),
            )
        ]
        tool = self.report.tool
        return element(
            "footer",
            element("p", words.CAUTION),
            element("dl", *meanings),
            element("p", f"{tool.name} {tool.version}"),
        )


def _choice(label: str, name: str, items: Sequence[str]) -> Markup:
    options = [
        element("option", "all", value=""),
        *(element("option", item, value=str(number)) for number, item in enumerate(items)),
    ]
    return element("label", label, element("select", *options, name=name))
