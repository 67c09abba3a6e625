"""Renderers: a report in, a string out. None writes, and none knows where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factcheck.pipeline import Corpus
    from factcheck.records import Report
    from factcheck.reports.view import View


@dataclass(frozen=True)
class Format:
    """A way to write a report: what it is for, the module and function that make it, the endings
    of its files, of which the first is the usual one, and whether it is text.

    The module is imported when it first renders: start-up stays fast.
    """

    about: str
    module: str
    function: str = "render"
    endings: tuple[str, ...] = ()
    is_text: bool = True

    def __call__(self, report: Report, view: View) -> str:
        """The report as text. Raises `TypeError` for a format that is none."""
        if not self.is_text:
            raise TypeError("this format is no text")
        return str(self.render(report, view))

    def render(self, report: Report, view: View) -> str | bytes:
        """The report in this format, as bytes where it is no text."""
        renderer = getattr(import_module(f"{__name__}.{self.module}"), self.function)
        told: str | bytes = renderer(report, view)
        return told


REGISTRY: dict[str, Format] = {
    "terminal": Format("reading now", "terminal"),
    "json": Format("programs; the report format", "report_json", endings=(".json",)),
    "json1": Format("programs that read version 1 of it", "report_json", "render_1"),
    "markdown": Format("documents, wikis, pull requests", "markdown", endings=(".md",)),
    "html": Format("people without a terminal", "page", endings=(".html", ".htm")),
    "csv": Format("spreadsheets and scripts", "sheets", "as_csv", (".csv",)),
    "xlsx": Format("spreadsheets", "sheets", "as_xlsx", (".xlsx",), is_text=False),
    "svg": Format("the terminal's output as a picture", "export", "svg", (".svg",)),
    "text": Format("mail and logs", "export", "text", (".txt",)),
    "jsonld": Format("knowledge bases and archives", "jsonld", endings=(".jsonld",)),
    "sarif": Format("GitHub code scanning", "sarif", endings=(".sarif",)),
    "junit": Format("CI systems that show test reports", "junit", endings=(".xml",)),
    "github": Format("annotations of a pull request", "github"),
    "summary": Format("the summary of a GitHub Actions step", "github", "summary"),
}
# The format of a file by its ending.
ENDINGS = {ending: name for name, row in REGISTRY.items() for ending in row.endings}


def render(report: Report, name: str, view: View) -> str | bytes:
    """A report in any format; one that is no text (`xlsx`) as bytes."""
    return REGISTRY[name].render(report, view)


def render_explain(report: Report, target: str, view: View) -> str:
    """One group, or the group of one claim, down to the spans its verdict rests on.

    Raises `UsageError` where the report holds no such id.
    """
    from factcheck.reports.explain import render_explain as render

    return render(report, target, view)


def render_extract(corpus: Corpus, name: str, view: View) -> str:
    """What `extract` prints in the format `name`: terminal or json."""
    from factcheck.reports.extract import render_extract as render

    return render(corpus, name, view)


def schema() -> dict[str, Any]:
    """The JSON Schema of the report format."""
    from factcheck.reports.report_json import schema as make

    return make()
