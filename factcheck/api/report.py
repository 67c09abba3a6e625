"""What a comparison came to, for programs: statements, explanations, tables, documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from factcheck import records, reports
from factcheck.api.articles import Article
from factcheck.errors import UsageError
from factcheck.provenance import trace as traces
from factcheck.reports import asked, told, whole
from factcheck.reports.view import View

if TYPE_CHECKING:
    import pandas

Sheet = Literal["statements", "tellings", "conflicts"]


@dataclass(frozen=True)
class Report:
    """What a comparison came to. Immutable; may be shared between threads.

    Records in it (`Claim`, `Group`, …) are frozen, and are those of the report format, version 2.
    """

    record: records.Report

    @property
    def articles(self) -> tuple[Article, ...]:
        """The articles, in the order given."""
        return tuple(map(Article, self.record.articles))

    @property
    def claims(self) -> tuple[records.Claim, ...]:
        """The claims of all articles, in their order; spans count in their article's `text`."""
        return self.record.claims

    @property
    def groups(self) -> tuple[records.Group, ...]:
        """The statements with their verdicts: divergent first, then corroborated, then others."""
        return self.record.groups

    @property
    def conflicts(self) -> tuple[records.Group, ...]:
        """The groups that are divergent."""
        return tuple(group for group in self.groups if group.status == "divergent")

    @property
    def inconsistencies(self) -> tuple[records.Inconsistency, ...]:
        """Where one article gives two values for one thing."""
        return self.record.inconsistencies

    @property
    def skipped(self) -> tuple[records.Skipped, ...]:
        """What could not be measured, with the reason."""
        return self.record.skipped

    @property
    def summary(self) -> records.Summary:
        """Counts of articles, outlets, claims, and groups by verdict."""
        return self.record.summary

    def group(self, statement: str) -> records.Group:
        """The group that `statement` names: its id, the id or fingerprint of one of its claims, or
        words that it states. Raises `UsageError` where there is none.
        """
        found = traces.find(self.record, statement)
        if found is None:
            raise UsageError(
                "unknown-statement",
                f"no statement of this report is '{statement}' or near it",
                "take the id of a group, or words of a statement",
            )
        return found

    def explain(self, statement: str, *, everything: bool = False) -> Explanation:
        """What the verdict on a statement rests on: `statement` as `group` takes it.

        `everything` also puts the passages, the scores and the details into its text.
        Raises `UsageError` where there is none, and where the report was loaded without its texts.
        """
        group = self.group(statement)
        self._needs_texts()
        told_of = told.statement(self.record, group)
        view = replace(_PLAIN, verbosity=1) if everything else _PLAIN
        return Explanation(told_of, reports.render_explain(self.record, group.id, view))

    def trace(self, statement: str) -> Trace:
        """How a statement reached each outlet. Takes and raises what `explain` does."""
        from factcheck.reports import trace as rendered

        group = self.group(statement)
        self._needs_texts()
        found = traces.trace(self.record, group)
        return Trace(
            rendered.as_json(found),
            rendered.render(found, "tree", _PLAIN),
            rendered.mermaid(found.graph),
        )

    def who(self, name: str) -> tuple[told.Person, ...]:
        """The speakers whose name, role or organisation holds `name`, in any case, and what is
        attributed to them; those of most statements first. Empty where there are none.
        """
        self._needs_texts()
        return asked.people(self.record, name)

    def outlet(self, name: str) -> told.OutletView:
        """What the outlet called `name` has: alone, from whom, and against whom.

        `name` is compared without case, accents and "The". Raises `UsageError` where no article is
        of it.
        """
        found = asked.outlet(self.record, name)
        if found is None:
            names = ", ".join(sorted({article.outlet for article in self.record.articles}))
            raise UsageError(
                "unknown-outlet", f"no article is of '{name}'", f"the outlets are {names}"
            )
        return found

    def rows(self, sheet: Sheet = "statements") -> list[dict[str, str | int]]:
        """A table as rows by column: a row for each statement, each telling, or each telling of a
        value in conflict. Cells are text as it stands in the articles: what is written to a
        spreadsheet is made harmless by `render("csv")` and `render("xlsx")` alone.

        Raises `UsageError` for another sheet, and where the report was loaded without its texts.
        """
        from factcheck.reports.sheets import rows

        heads, cells = self._sheet(rows, sheet)
        return [dict(zip(heads, row, strict=True)) for row in cells]

    def to_dataframe(self, sheet: Sheet = "statements") -> pandas.DataFrame:
        """The same as a data frame of pandas, which has to be installed.

        Raises what `rows` does, and `UsageError` where pandas is missing.
        """
        from factcheck.reports.sheets import rows

        heads, cells = self._sheet(rows, sheet)
        try:
            import pandas
        except ImportError as error:
            raise UsageError(
                "missing-package",
                "a data frame needs pandas, which is not installed",
                "install it with pip install pandas, or take rows()",
            ) from error
        return pandas.DataFrame(cells, columns=list(heads))

    def _sheet(self, rows: Any, sheet: str) -> tuple[tuple[str, ...], list[Any]]:
        self._needs_texts()
        try:
            heads, cells = rows(self.record, View(), sheet)
        except KeyError:
            raise UsageError(
                "unknown-sheet",
                f"there is no sheet '{sheet}'",
                "the sheets are statements, tellings and conflicts",
            ) from None
        return heads, cells

    def render(self, format: str, *, title: str = "", everything: bool = False) -> str | bytes:
        """The report in a `format` of the command line, the same to the byte; `xlsx` as bytes.

        `title` is the report's own, else that of an article. `everything` shows what is folded.
        Raises `UsageError` for a format that is not known.
        """
        if format not in reports.REGISTRY:
            raise UsageError(
                "unknown-format",
                f"there is no format '{format}'",
                f"the formats are {', '.join(reports.REGISTRY)}",
            )
        view = View(title=title, verbosity=1 if everything else 0)
        return reports.render(self.record, format, view)

    def to_html(self, *, title: str = "") -> str:
        """The report as one page that loads nothing from anywhere; `title` as in `render`.

        Raises `UsageError` where the report was loaded without its texts.
        """
        self._needs_texts()
        return reports.REGISTRY["html"](self.record, View(title=title))

    def to_json(self) -> str:
        """The report format with the texts and all that explains it, for `from_json`.

        `render("json")` is the report format alone.
        """
        return whole.render(self.record)

    @classmethod
    def from_json(cls, source: str | bytes | Path) -> Report:
        """Load a report that `to_json`, `render("json")` or `compare --format json` wrote: `source`
        is its text, or the path of its file.

        From the report format alone it has no texts, and nothing that needs them works: `explain`,
        `trace`, `who`, `rows`, `to_html`. Raises `UsageError` where it is no report of format
        version 2, or the file cannot be read.
        """
        if not isinstance(source, Path):
            return cls(whole.load(source))
        try:
            data = source.read_bytes()
        except OSError as error:
            reason = f"{source}: {error.strerror or error}"
            raise UsageError("unreadable", reason, "check the path") from error
        return cls(whole.load(data))

    def to_jsonld(self) -> dict[str, Any]:
        """The statements as JSON-LD: schema.org claims, Web Annotations, PROV-O.

        Raises `UsageError` where the report was loaded without its texts.
        """
        from factcheck.exchange.jsonld import document

        self._needs_texts()
        return document(self.record)

    def _needs_texts(self) -> None:
        if any(not article.text for article in self.record.articles):
            raise UsageError(
                "no-texts",
                "this report was loaded without the texts of its articles",
                "write it with Report.to_json(), which keeps them",
            )

    def __repr__(self) -> str:
        from factcheck.reports.words import headline

        return f"<Report: {' · '.join(headline(self.record))}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the counts, and a table of the first statements."""
        from factcheck.reports.notebook import table

        return table(self.record)


@dataclass(frozen=True)
class Explanation:
    """What a verdict rests on: as a record, and in words as `explain` prints it (`str` of it)."""

    statement: told.Statement
    text: str

    def to_dict(self) -> dict[str, Any]:
        """The record as plain data, for JSON."""
        return self.statement.model_dump(mode="json")

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        from factcheck.reports.notebook import preformatted

        return preformatted(self.text)


@dataclass(frozen=True)
class Trace:
    """How a statement reached each outlet: as plain data, as `trace` prints it, as a Mermaid chart.

    `data` has the keys of `trace --format json`; `str` of it is the tree.
    """

    data: Mapping[str, Any]
    text: str
    mermaid: str

    def to_dict(self) -> dict[str, Any]:
        """The trace as plain data, for JSON."""
        return dict(self.data)

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        from factcheck.reports.notebook import preformatted

        return preformatted(self.text)


# What is printed into a text: no colour, and as wide as a page.
_PLAIN = View(width=100, hints=False)
