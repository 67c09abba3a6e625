"""The work that programs ask for: extract, compare, check; and what explains a comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from factcheck import ledger as ledgers
from factcheck.api.articles import Article, Articles, in_family
from factcheck.api.report import Explanation, Report, Trace
from factcheck.attribution.tagger import Tagger
from factcheck.cache import Cache
from factcheck.errors import UsageError
from factcheck.ledger import Ledger
from factcheck.ledger.rules import CHECKS
from factcheck.pipeline import Corpus, as_filed
from factcheck.pipeline import extract as extract_articles
from factcheck.records import Claim, Finding
from factcheck.reports import REGISTRY
from factcheck.reports import render as render_report
from factcheck.reports.view import View
from factcheck.runs import Inputs, Surroundings, compare_inputs
from factcheck.runs.checking import Checked, judged
from factcheck.runs.checking import check as check_paths
from factcheck.runs.inputs import known_outlets
from factcheck.runs.selection import Selection

Progress = Callable[[str, int, int], None]
# Loaded when it is first used; it may be used by several threads.
_TAGGER = Tagger()


def compare(
    articles: Iterable[Article],
    *,
    ledger: str | Path | None = None,
    cache: str | Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Match what articles state, and judge each statement.

    `ledger` is a file with policy, families of outlets and decisions, `cache` a folder that keeps
    what was measured between calls; without them there is none of either. `progress` is called with
    a stage, how much of it is done, and how much there is. May be called from several threads.

    Raises `UsageError` for what is no article and where two articles have one id, and
    `ConfigurationError` for a ledger that cannot be used.
    """
    inputs = _inputs(articles, ledger, cache, progress)
    return Report(compare_inputs(inputs, progress))


def extract(
    articles: Iterable[Article],
    *,
    cache: str | Path | None = None,
    progress: Progress | None = None,
) -> tuple[Claim, ...]:
    """Split articles into attributed claims, in the order of the articles and of their texts.

    Each names its article by id; its spans are `(start, end)`, end excluded, in code points of
    `Article.text`. Parameters and errors are those of `compare`.
    """
    return as_filed(_inputs(articles, None, cache, progress).corpus).claims


@dataclass(frozen=True)
class Check:
    """What a check came to. Immutable.

    `findings` are open, worst first; `accepted` those that the ledger's decisions cover; `failed`
    says whether one fails the check, and `unmeasured` are the paths that could not be read.
    """

    report: Report
    findings: tuple[Finding, ...]
    accepted: tuple[Finding, ...]
    failed: bool
    unmeasured: tuple[str, ...]

    def render(self, format: str = "text") -> str | bytes:
        """The findings in a format of `factcheck check` (`sarif`, `junit`, `github`, `text`, …).

        Raises `UsageError` for a format that is not known.
        """
        view = View(findings=self.findings, rules=tuple(check.rule for check in CHECKS))
        if format in ("text", "terminal"):
            from factcheck.reports.listing import render

            return render(self.report.record, view)
        if format not in REGISTRY:
            known = ", ".join(REGISTRY)
            raise UsageError("unknown-format", f"no format '{format}'", f"there are {known}")
        return render_report(self.report.record, format, view)

    def __repr__(self) -> str:
        from factcheck.reports.findings import tally

        return f"<Check: {'failed' if self.failed else 'passed'}; {tally(self.findings)}>"

    def _repr_html_(self) -> str:
        """What a notebook shows: the findings, as `factcheck check` lists them."""
        from factcheck.reports.notebook import preformatted

        return preformatted(str(self.render()))


def check(
    articles: Iterable[Article] | str | Path,
    *,
    ledger: str | Path | None = None,
    new_from: str | None = None,
    fail_on: Iterable[str] = (),
    cache: str | Path | None = None,
    progress: Progress | None = None,
) -> Check:
    """Compare articles and hold them against a ledger.

    `articles` are articles, or the path of a file or folder, whose ledger is `claims.yaml` beside
    it, or further up, unless `ledger` names one. `new_from` is a git revision: only what files
    changed since then bring is found; it needs a path. `fail_on` are rules, levels (`error`,
    `warning`, `note`) or `never`, in place of the ledger's policy. `cache` and `progress` are those
    of `compare`. Nothing is written but to the cache.

    Raises `UsageError` for a path that is not there, a rule that is not known and a revision that
    cannot be used, and `ConfigurationError` for a ledger that cannot be used.
    """
    failing = Selection.parse(fail_on)
    rules = failing.rules or None
    if isinstance(articles, str | Path):
        around = Surroundings(
            ledger=str(ledger) if ledger else None, cache=Path(cache) if cache else None
        )
        done = check_paths(
            [str(articles)], around, new_from=new_from, failing=rules, progress=progress
        )
        if done is None:
            done = judged(_inputs((), ledger, cache, progress), rules, progress)
    elif new_from is not None:
        raise UsageError(
            "new-from-paths",
            "what is new since a revision is told of files",
            "give the path of a folder instead of articles",
        )
    else:
        done = judged(_inputs(articles, ledger, cache, progress), rules, progress)
    return _checked(done, failing)


def _checked(done: Checked, failing: Selection) -> Check:
    return Check(
        report=Report(done.report),
        findings=tuple(item.finding for item in done.outcome.open),
        accepted=tuple(item.finding for item in done.outcome.accepted),
        failed=any(failing.fails(item) for item in done.outcome.open),
        unmeasured=done.unmeasured,
    )


def explain(report: Report, statement: str, *, everything: bool = False) -> Explanation:
    """What the verdict on a statement of `report` rests on: `Report.explain`."""
    return report.explain(statement, everything=everything)


def trace(report: Report, statement: str) -> Trace:
    """How a statement of `report` reached each outlet: `Report.trace`."""
    return report.trace(statement)


def _article(given: object) -> Article:
    if isinstance(given, Article):
        return given
    raise UsageError(
        "no-article",
        f"{type(given).__name__} is no Article",
        "make one of a text with Article.from_text(text, outlet), or read files with read(path)",
    )


def _inputs(
    articles: Iterable[Article],
    ledger: str | Path | None,
    cache: str | Path | None,
    progress: Progress | None,
) -> Inputs:
    where = Path(ledger) if ledger else None
    entries: Ledger = ledgers.load(where)
    # A text is as iterable as a list of articles, letter by letter.
    if isinstance(articles, str | bytes | Path):
        _article(articles)
    skipped = articles.skipped if isinstance(articles, Articles) else ()
    records = [in_family(_article(one), entries.families).record for one in articles]
    folder = Path(cache) if cache else None
    with Cache(folder) as kept:
        found = extract_articles(
            records, _TAGGER, kept.extractions, progress, known_outlets(entries)
        )
    paths = tuple(record.path for record in records)
    return Inputs(Corpus(tuple(found), skipped), entries, where, paths, folder)
