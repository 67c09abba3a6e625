"""`factcheck check`: hold the articles against the ledger, and fail where its policy says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from factcheck.cli import options
from factcheck.errors import UsageError
from factcheck.paths import is_folder

if TYPE_CHECKING:
    from factcheck.ledger import Ledger
    from factcheck.ledger.findings import Outcome, Raised
    from factcheck.pipeline import Corpus
    from factcheck.records import Report

_LEVELS = ("error", "warning", "note")
# With --new-from: so many articles of a large corpus are evidence for each new one at most, and
# so many of their claims for each new claim.
NEAREST = 10
NEAREST_CLAIMS = 5


@click.command("check", short_help="Check articles against the ledger; for CI.")
@options.paths_argument
@options.output_options
@options.input_options
@click.option(
    "--new-from",
    metavar="REV",
    help="Report only what files added or changed since this git revision introduce.",
)
@click.option(
    "--fail-on",
    multiple=True,
    metavar="RULE|LEVEL|never",
    help="What fails the check, in place of the ledger's policy; repeatable.",
)
@click.option(
    "--show",
    multiple=True,
    metavar="RULE|LEVEL",
    help="What is reported; repeatable.  [default: warning; note with --new-from]",
)
def command(
    paths: tuple[str, ...],
    formats: tuple[str, ...],
    outputs: tuple[str, ...],
    quiet: bool,
    show_all: bool,
    no_color: bool,
    ledger_path: str | None,
    no_ledger: bool,
    no_cache: bool,
    new_from: str | None,
    fail_on: tuple[str, ...],
    show: tuple[str, ...],
) -> None:
    """Compare the articles in PATHS and hold them against the ledger (claims.yaml).

    Every finding names its rule (see `factcheck rules`). The exit status is 1 where a finding
    fails by the ledger's policy, or by --fail-on. Nothing is ever rewritten.
    """
    from factcheck.ledger.rules import CHECKS
    from factcheck.reports import render as render_report

    failing = Selection.parse(fail_on, "--fail-on")
    shown = Selection.parse(show or (("note",) if new_from or show_all else ("warning",)), "--show")
    checked = run(paths, ledger_path, no_ledger, no_cache, quiet, new_from, failing.rules or None)
    if checked is None:
        click.echo("no articles: nothing to check", err=True)
        return
    report, outcome = checked.report, checked.outcome
    findings = tuple(item.finding for item in outcome.open if shown.has(item))
    view = options.make_view(
        no_color, quiet, show_all, findings=findings, rules=tuple(check.rule for check in CHECKS)
    )

    def render(name: str) -> str | bytes:
        if name in ("terminal", "text"):
            from factcheck.reports.listing import render as listing

            plain = replace(view, colour=view.colour and name == "terminal")
            return listing(report, plain) + _tail(checked, len(findings))
        return render_report(report, name, view)

    kept = [*(article.path for article in report.articles), checked.ledger_path]
    options.emit(render, formats, outputs, kept)
    failed = any(failing.fails(item) for item in outcome.open)
    raise SystemExit(options.exit_status(failed, checked.unmeasured))


@dataclass(frozen=True)
class Checked:
    """A report, what the ledger says to it, and the files under review that were not measured.

    `fresh` and `others` count the files that are new and those that are not, with --new-from.
    """

    report: Report
    outcome: Outcome
    unmeasured: tuple[str, ...]
    ledger_path: Path | None
    others: int = 0
    fresh: int = 0


def run(
    paths: tuple[str, ...],
    ledger_path: str | None,
    no_ledger: bool,
    no_cache: bool,
    quiet: bool,
    new_from: str | None = None,
    failing: frozenset[str] | None = None,
) -> Checked | None:
    """Compare and judge; `None` where there are no articles and the policy allows that."""
    from factcheck.ledger.findings import judge

    try:
        if new_from is not None:
            paths = tuple(options.given_paths(paths))
            where, ledger = options.read_ledger(paths, ledger_path, no_ledger)
            return _run_new(paths, ledger, where, no_cache, quiet, new_from, failing)
        inputs = options.read_inputs(paths, ledger_path, no_ledger, no_cache, quiet)
    except UsageError as error:
        empty = error.code in ("no-articles", "no-paths")
        if empty and _may_be_empty(paths, ledger_path, no_ledger):
            return None
        raise
    report = options.compare_inputs(inputs, quiet)
    name = str(inputs.ledger_path) if inputs.ledger_path else None
    whole = any(is_folder(Path(path)) for path in inputs.paths)
    outcome = judge(report, inputs.ledger, name, None, whole, failing)
    unmeasured = tuple(skipped.path for skipped in report.skipped)
    return Checked(report, outcome, unmeasured, inputs.ledger_path)


def _run_new(
    paths: tuple[str, ...],
    ledger: Ledger,
    where: Path | None,
    no_cache: bool,
    quiet: bool,
    new_from: str,
    failing: frozenset[str] | None,
) -> Checked:
    """Judge what is new since a revision, with the articles near to it as evidence."""
    from factcheck.cache import Cache
    from factcheck.changes import new_claims, since
    from factcheck.config import Settings
    from factcheck.ingest import discover
    from factcheck.ledger.findings import judge
    from factcheck.ledger.match import told_by
    from factcheck.ledger.rules.base import Review
    from factcheck.matching.stories import story
    from factcheck.neighbours import Index, words_of_file

    files = discover(paths, Settings().limits)
    changes = since(new_from, paths)
    touched = told_by(ledger.claims, changes.dropped(paths))
    told = [entry.statement for entry in ledger.claims if entry.id in touched]
    added = [item for item in files if item.path == "-" or changes.includes(str(item.file))]
    fresh = {item.path for item in added}
    others = [item for item in files if item.path not in fresh]
    folder = options.cache_folder(no_cache)
    with Cache(folder) as cache:
        chosen = {item.file for item in others}
        # What is new on standard input can be read but once, and so is held against all.
        if len(others) > NEAREST and "-" not in fresh:
            index, places = Index(cache.store), [item.file for item in others]
            new = [words_of_file(item.file) for item in added]
            # Articles further apart are never matched; a statement is too short to tell.
            chosen = index.nearest(places, new, NEAREST, ledger.settings().matching.story)
            chosen |= index.nearest(places, [story(statement) for statement in told], NEAREST)
        wanted = [item for item in files if item.path in fresh or item.file in chosen]
        corpus = options.read_corpus(wanted, ledger, cache, quiet)
    if len(wanted) < len(files):
        corpus = near_claims(corpus, fresh, told)
    report = options.compare_inputs(
        options.Inputs(corpus, ledger, where, tuple(paths), folder), quiet
    )
    claims = new_claims(report, changes)
    report = named_by_claims(report, claims)
    review = Review(claims, frozenset(fresh), touched)
    outcome = judge(report, ledger, str(where) if where else None, review, False, failing)
    unmeasured = tuple(s.path for s in report.skipped if s.path in review.paths)
    return Checked(report, outcome, unmeasured, where, len(others), len(fresh))


def near_claims(corpus: Corpus, fresh: set[str], told: Sequence[str]) -> Corpus:
    """Keep of the evidence the claims that are near to a new claim, or to a statement told."""
    from factcheck.neighbours import nearest_claims

    new = [e for e in corpus.extractions if e.article.path in fresh]
    old = [e for e in corpus.extractions if e.article.path not in fresh]
    readings = {claim.id: claim.reading for e in old for claim in e.claims}
    queries = [*told, *(claim.reading for e in new for claim in e.claims)]
    near = nearest_claims(readings, queries, NEAREST_CLAIMS)
    kept = {
        e.article.id: replace(e, claims=tuple(claim for claim in e.claims if claim.id in near))
        for e in old
    }
    extractions = tuple(kept.get(e.article.id, e) for e in corpus.extractions)
    return replace(corpus, extractions=extractions)


def named_by_claims(report: Report, first: Collection[str]) -> Report:
    """Name each group by the fingerprint of a claim, where it has one by one of `first` (ids).

    A part of a corpus ranks its groups otherwise than the whole of it does; by this name every
    command finds a group in both.
    """
    from factcheck.records import FINGERPRINT_LENGTH

    fingerprints = {claim.id: claim.fingerprint[:FINGERPRINT_LENGTH] for claim in report.claims}
    taken: set[str] = set()
    groups = []
    for group in report.groups:
        claims = sorted(group.claims, key=lambda claim: claim not in first)
        # Articles of one outlet may tell the same words twice; such a claim goes by its id.
        names = (fingerprints[claim] for claim in claims)
        name = next((name for name in names if name not in taken), claims[0])
        taken.add(name)
        groups.append(group.model_copy(update={"id": name}))
    return report.model_copy(update={"groups": tuple(groups)})


def _may_be_empty(paths: tuple[str, ...], ledger_path: str | None, no_ledger: bool) -> bool:
    _, ledger = options.read_ledger(paths or options.DEFAULT_PATHS, ledger_path, no_ledger)
    return ledger.policy.empty == "ok"


@dataclass(frozen=True)
class Selection:
    """Findings chosen by level (it and what is worse) or by rule."""

    level: int | None
    rules: frozenset[str]

    @classmethod
    def parse(cls, words: Iterable[str], option: str) -> Selection:
        """Read the values of an option. Raises `click.BadParameter`."""
        from factcheck.ledger.findings import rule_names
        from factcheck.ledger.load import suggestion
        from factcheck.ledger.rules import BY_NAME

        level = None
        names: list[str] = []
        for word in words:
            if word == "never":
                level = -1
            elif word in _LEVELS:
                level = max(level if level is not None else -1, _LEVELS.index(word))
            else:
                names.append(word)
        try:
            rules = rule_names(names)
        except KeyError as error:
            known = (*_LEVELS, *BY_NAME)
            hint = suggestion(error.args[0], known) or f"; known are {', '.join(known)}"
            raise click.BadParameter(
                f"no rule or level '{error.args[0]}'{hint}", param_hint=f"'{option}'"
            ) from None
        return cls(level, rules)

    def has(self, item: Raised) -> bool:
        """Whether a finding is chosen."""
        return item.check.rule.name in self.rules or _LEVELS.index(item.finding.level) <= (
            -1 if self.level is None else self.level
        )

    def fails(self, item: Raised) -> bool:
        """Whether a finding fails the check; without any choice, where its level is `error`."""
        if self.level is None and not self.rules:
            return item.finding.level == "error"
        return self.has(item)


def _tail(checked: Checked, shown: int) -> str:
    """What the listing leaves out, in a line each."""
    lines = []
    evidence = checked.report.summary.articles + checked.report.summary.skipped - checked.fresh
    if evidence < checked.others:
        lines.append(f"held against the nearest {evidence:,} of {checked.others:,} other articles")
    hidden = len(checked.outcome.open) - shown
    if hidden:
        lines.append(f"{hidden:,} more not shown (--show note shows all)")
    if accepted := len(checked.outcome.accepted):
        lines.append(f"{accepted:,} accepted by decisions in the ledger")
    return "".join(f"{line}\n" for line in lines)
