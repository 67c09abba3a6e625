"""How large the HTML page of a thousand claims is, and how soon a browser can show and filter it.

    python -m benchmarks.page_ready [--claims 1000] [--out FILE]

The report is of invented events (`newsroom`, its part for training), taken whole one after the
other until there are so many claims, compared together. Times are of a real headless Chromium,
which has to be on the path: until the page is loaded (`loadEventEnd`, its script run), and from a
keystroke in the search until the page is laid out again; of five loads and of ten searches the
median. Beside each stands the processor time of the page's own thread, which does not depend on
what else the machine does.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.newsroom import events
from factcheck.attribution.tagger import Tagger
from factcheck.config import Settings
from factcheck.ingest import article_from_text
from factcheck.ingest.frontmatter import split
from factcheck.pipeline import Corpus, compare, extract
from factcheck.records import Article, Report
from factcheck.reports import REGISTRY
from factcheck.reports.view import View
from tests.reports import browser

RESULT = Path(__file__).parent / "results" / "page_ready.json"
_SEARCHES = ("s", "said", "the mayor", "xyz", "")
_LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
_FILTERED = """new Promise((done) => {{
  const search = document.querySelector('input[type=search]');
  search.value = {words};
  const begun = performance.now();
  search.dispatchEvent(new Event('input', {{bubbles: true}}));
  document.body.getBoundingClientRect();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
}})"""


def report_of(claims: int) -> Report:
    """A report of so many claims at least."""
    articles: list[Article] = []
    found = 0
    extractions = []
    for number, event in enumerate(events("train")):
        told = []
        for outlet, text in event.texts.items():
            path = f"{number}/{outlet}.md"
            told.append(article_from_text(text, path, split(text), markdown=True))
        told = [a.model_copy(update={"id": f"{number}-{a.id}"}) for a in told]
        new = extract(told, Tagger())
        extractions += new
        articles += told
        found += sum(len(one.claims) for one in new)
        if found >= claims:
            break
    return compare(Corpus(tuple(extractions)), Settings())


def measure(claims: int) -> dict[str, Any]:
    """The figures; without a browser those of the page alone."""
    report = report_of(claims)
    result: dict[str, Any] = {"claims": len(report.claims), "statements": len(report.groups)}
    for name, view in (("page", View()), ("page, everything", View(verbosity=1))):
        told = REGISTRY["html"](report, view)
        size = {"MB": round(len(told.encode()) / 1e6, 3)}
        result[name] = size if browser.PATH is None else {**size, **_timed(told)}
    return result


def _timed(told: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(told, encoding="utf-8")
        with browser.browser(Path(folder) / "profile") as page:
            page.ask("Performance.enable", timeDomain="threadTicks")
            page.show(1440, {})
            times: dict[str, list[float]] = {"ready": [], "filtered": []}
            spent: dict[str, list[float]] = {"ready": [], "filtered": []}
            for _ in range(5):
                before = _spent(page)
                page.open(file)
                times["ready"].append(page.run(_LOADED) / 1e3)
                spent["ready"].append(_spent(page) - before)
            for words in _SEARCHES * 2:
                before = _spent(page)
                script = _FILTERED.format(words=json.dumps(words))
                times["filtered"].append(page.run(script) / 1e3)
                spent["filtered"].append(_spent(page) - before)
    waited = {f"{name}, s": round(statistics.median(found), 3) for name, found in times.items()}
    return waited | {
        f"{name}, s of processor": round(statistics.median(found), 3)
        for name, found in spent.items()
    }


def _spent(page: browser.Browser) -> float:
    """The seconds that the tasks of the page's thread have taken so far."""
    metrics = page.ask("Performance.getMetrics")["metrics"]
    return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


def main() -> None:
    """Measure, print and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000)
    parser.add_argument("--out", type=Path, default=RESULT)
    options = parser.parse_args()
    text = json.dumps(measure(options.claims), indent=2) + "\n"
    options.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
