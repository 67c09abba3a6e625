"""The tools' work: articles that may be read → answers, with the reports kept for what follows."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from factcheck import api
from factcheck.config import Settings
from factcheck.errors import UsageError
from factcheck.ingest import read
from factcheck.ingest.build import slug
from factcheck.ledger import load as load_ledger
from factcheck.mcp import answers
from factcheck.mcp.folders import Folders
from factcheck.records import Group, Skipped
from factcheck.reports import told
from factcheck.reports.view import View, narrow

# Reports that are kept, the latest; articles of one call; what is listed unless more is asked for.
_REPORTS, _ARTICLES = 16, 200
LISTED, MOST = 20, 200


class Given(BaseModel):
    """An article that the assistant holds itself."""

    model_config = ConfigDict(extra="forbid")

    outlet: str = Field(description="Who publishes it.", min_length=1, max_length=200)
    text: str = Field(description="Its whole text, without what is around it on the page.")
    title: str | None = None
    published: str | None = Field(default=None, description="2025-04-11 or 2025-04-11T14:54")
    url: str | None = None


class Desk:
    """What a server works with.

    Its methods may be called from several threads; one works at a time.
    `ledger` is the one that its user named, `cache` a folder or `None`.
    """

    def __init__(self, folders: Folders, ledger: Path | None, cache: Path | None) -> None:
        """Nothing is read yet."""
        self._folders, self._ledger, self._cache = folders, ledger, cache
        self._reports: OrderedDict[str, api.Report] = OrderedDict()
        self._numbers = count(1)
        self._lock = threading.Lock()

    def compare(
        self, paths: Sequence[str], given: Sequence[Given], statements: int
    ) -> answers.Compared:
        """Compare articles; the report is kept. Raises `UsageError`."""
        with self._lock:
            articles = self._articles(paths, given)
            report = api.compare(articles, ledger=self._ledger_of(paths), cache=self._cache)
            return self._compared(self._keep(report), report, statements)

    def extract(
        self, paths: Sequence[str], given: Sequence[Given], claims: int
    ) -> answers.Extracted:
        """The claims of articles. Raises `UsageError`."""
        with self._lock:
            articles = self._articles(paths, given)
            found = api.extract(articles, cache=self._cache)
        outlets = {article.id: article.outlet for article in articles}
        shown, left = found[:claims], max(0, len(found) - claims)
        return answers.Extracted(
            claims=[answers.Extract.of(claim, outlets[claim.article]) for claim in shown],
            left=left,
            skipped=[answers.Left.of(one) for one in articles.skipped],
        )

    def check(self, paths: Sequence[str], findings: int) -> answers.Checked:
        """Hold articles against the ledger. Raises `UsageError` and `ConfigurationError`."""
        with self._lock:
            articles = self._articles(paths, ())
            done = api.check(articles, ledger=self._ledger_of(paths), cache=self._cache)
            name = self._keep(done.report)
        shown = done.findings[:findings]
        return answers.Checked(
            report=name,
            failed=done.failed,
            findings=[
                answers.Finding(
                    rule=one.rule,
                    level=one.level,
                    message=answers.quoted(one.message),
                    statement=one.group,
                )
                for one in shown
            ],
            left=len(done.findings) - len(shown),
            skipped=[answers.Left.of(one) for one in done.report.skipped],
        )

    def explain(self, name: str, statement: str) -> answers.Explained:
        """What a verdict rests on. Raises `UsageError`."""
        report = self.report(name)
        return answers.Explained.of(name, told.statement(report.record, report.group(statement)))

    def trace(self, name: str, statement: str) -> answers.Traced:
        """How a statement reached each outlet. Raises `UsageError`."""
        report = self.report(name)
        group = report.group(statement)
        found = told.statement(report.record, group)
        data = report.trace(group.id).data
        return answers.Traced(
            report=name,
            id=group.id,
            statement=answers.quoted(found.statement),
            origins=[answers.Origin.of(origin) for origin in found.origins],
            tellings=[answers.Telling.of(telling) for telling in found.tellings],
            earliest=data["earliest"],
            earliest_reason=answers.quoted(data["earliest_reason"]),
            pairs=[
                answers.Pair(
                    a=pair["a"],
                    b=pair["b"],
                    certain=pair["certain"],
                    independent=pair["probability"],
                    reason=answers.quoted(pair["reason"]),
                )
                for pair in data["pairs"]
            ],
        )

    def whole(self, name: str) -> answers.Compared:
        """All statements of a report. Raises `UsageError`."""
        report = self.report(name)
        return self._compared(name, report, len(report.groups))

    def names(self) -> list[str]:
        """The reports that are kept, the latest last."""
        return list(self._reports)

    def report(self, name: str) -> api.Report:
        """A report that is kept. Raises `UsageError` for another name."""
        try:
            return self._reports[name]
        except KeyError:
            known = ", ".join(self._reports) or "none"
            raise UsageError(
                "unknown-report",
                f"there is no report '{name}'",
                f"call compare; the latest {_REPORTS} are kept: {known}",
            ) from None

    def _keep(self, report: api.Report) -> str:
        name = f"r{next(self._numbers)}"
        self._reports[name] = report
        while len(self._reports) > _REPORTS:
            self._reports.popitem(last=False)
        return name

    def _compared(self, name: str, report: api.Report, most: int) -> answers.Compared:
        groups = narrow(report.record, View()).groups
        counts = report.summary
        return answers.Compared(
            report=name,
            resource=f"factcheck://reports/{name}",
            counts=answers.Counts(
                articles=counts.articles,
                outlets=counts.outlets,
                claims=counts.claims,
                statements=counts.groups,
                divergent=counts.divergent,
                corroborated=counts.corroborated,
                single_sourced=counts.single_sourced,
            ),
            statements=[_statement(group) for group in groups[:most]],
            left=max(0, len(groups) - most),
            skipped=[answers.Left.of(one) for one in report.skipped],
        )

    def _articles(self, paths: Sequence[str], given: Sequence[Given]) -> api.Articles:
        """The articles at the paths, or in all allowed folders where nothing is named at all."""
        found: list[api.Article] = []
        skipped: list[Skipped] = []
        if paths or not given:
            inputs, skipped = self._folders.files(paths)
            if len(inputs) + len(given) > _ARTICLES:
                raise UsageError(
                    "too-many-articles",
                    f"{len(inputs) + len(given):,} articles, more than {_ARTICLES} in one call",
                    "name the files of one story",
                )
            families = load_ledger(self._ledger_of(paths)).families
            records, unread = read(inputs, Settings().limits, None, families)
            found += map(api.Article, records)
            skipped += unread
        taken = {article.id for article in found}
        for one in given:
            article = api.Article.from_text(
                one.text,
                one.outlet,
                id=_free(one.outlet, taken),
                title=one.title,
                published=one.published,
                url=one.url,
            )
            taken.add(article.id)
            found.append(article)
        return api.Articles(tuple(found), tuple(skipped))

    def _ledger_of(self, paths: Sequence[str]) -> Path | None:
        return self._ledger or (self._folders.ledger(paths) if self._folders.roots else None)


def _statement(group: Group) -> answers.Statement:
    return answers.Statement.of(told.brief(group))


def _free(outlet: str, taken: set[str]) -> str:
    """An id that no other article of the call has."""
    base = name = slug(outlet)[:50]
    number = 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name
