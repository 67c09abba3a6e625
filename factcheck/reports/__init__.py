"""Renderers: a report in, a string out. None writes, and none knows where it goes."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from factcheck.pipeline import Corpus
    from factcheck.records import Report
    from factcheck.reports.view import View

    Renderer = Callable[[Report, View], str]


def _on_use(module: str, function: str = "render") -> Renderer:
    """A renderer whose module is imported when it first renders: start-up stays fast."""

    def render(report: Report, view: View) -> str:
        renderer: Renderer = getattr(import_module(f"{__name__}.{module}"), function)
        return renderer(report, view)

    return render


REGISTRY: dict[str, Renderer] = {
    "terminal": _on_use("terminal"),
    "json": _on_use("report_json"),
    "json1": _on_use("report_json", "render_1"),
    "markdown": _on_use("markdown"),
    "html": _on_use("page"),
    "csv": _on_use("sheets", "as_csv"),
    "svg": _on_use("export", "svg"),
    "text": _on_use("export", "text"),
    "sarif": _on_use("sarif"),
    "junit": _on_use("junit"),
    "github": _on_use("github"),
    "summary": _on_use("github", "summary"),
}


def render(report: Report, name: str, view: View) -> str | bytes:
    """A report in any format; one that is no text (`xlsx`) as bytes."""
    if name == "xlsx":
        from factcheck.reports.sheets import as_xlsx

        return as_xlsx(report, view)
    return REGISTRY[name](report, view)


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
