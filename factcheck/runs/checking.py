"""Articles, ledger and what is new → what a check comes to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck.cache import Cache
from factcheck.errors import UsageError
from factcheck.ledger import Ledger, policy
from factcheck.ledger.findings import Outcome, judge
from factcheck.ledger.models import Entry
from factcheck.ledger.places import places
from factcheck.ledger.renamed import followed
from factcheck.paths import is_folder, lies
from factcheck.pipeline import Corpus, Extraction, Progress, with_access
from factcheck.records import FINGERPRINT_LENGTH, Report
from factcheck.runs import inputs as reading
from factcheck.runs.earlier import told_before
from factcheck.runs.inputs import Inputs, Surroundings

if TYPE_CHECKING:
    from factcheck.changes import OldFile
    from factcheck.ingest import Input

# With --new-from: so many articles of a large corpus are evidence for each new one at most, and
# so many of their claims for each new claim.
NEAREST = 10
NEAREST_CLAIMS = 5


@dataclass(frozen=True)
class Checked:
    """A report, what the ledger says to it, and the files under review that were not measured.
    The ledger names claims as they are named now (`ledger.renamed`).

    `fresh` and `others` count the files that are new and those that are not, with --new-from.
    """

    report: Report
    outcome: Outcome
    unmeasured: tuple[str, ...]
    ledger_path: Path | None
    ledger: Ledger
    others: int = 0
    fresh: int = 0


def check(
    paths: Sequence[str],
    around: Surroundings,
    *,
    new_from: str | None = None,
    failing: frozenset[str] | None = None,
    progress: Progress | None = None,
) -> Checked | None:
    """Compare articles and judge what is found; `None` where there are none and the ledger's policy
    allows that.

    `new_from` is the git revision whose articles are not under review. `failing` are the rules
    whose findings are errors, in place of the policy's. Raises `UsageError` and
    `ConfigurationError`.
    """
    try:
        if new_from is not None:
            return _check_new(reading.given_paths(paths), around, new_from, failing, progress)
        inputs = reading.read_inputs(paths, around, progress)
    except UsageError as error:
        empty = error.code in ("no-articles", "no-paths")
        if empty and _may_be_empty(paths, around):
            return None
        raise
    return judged(inputs, failing, progress)


def judged(
    inputs: Inputs, failing: frozenset[str] | None = None, progress: Progress | None = None
) -> Checked:
    """Compare what was read, and judge it by its ledger."""
    report = reading.compare_inputs(inputs, progress)
    name = str(inputs.ledger_path) if inputs.ledger_path else None
    whole = any(is_folder(Path(path)) for path in inputs.paths)
    at = _places(inputs.ledger_path)
    expected = partial(_expected, inputs)
    earlier = told_before([report], inputs.ledger, inputs.cache_folder)
    outcome = judge(report, inputs.ledger, name, None, whole, failing, expected, at, earlier)
    unmeasured = tuple(skipped.path for skipped in report.skipped)
    return Checked(report, outcome, unmeasured, inputs.ledger_path, inputs.ledger)


def _expected(inputs: Inputs, pattern: str) -> bool:
    """Whether what was asked for holds the files of an override's pattern, if there are any."""
    folder = inputs.ledger.folder
    begins = policy.fixed(pattern)
    return not (lies(Path(begins)) or lies(Path(folder, begins))) or any(
        policy.may_reach(pattern, path, folder) for path in inputs.paths
    )


def _check_new(
    paths: Sequence[str],
    around: Surroundings,
    new_from: str,
    failing: frozenset[str] | None,
    progress: Progress | None,
) -> Checked:
    """Judge what is new since a revision, with the articles near to it as evidence."""
    from factcheck.changes import new_claims, since
    from factcheck.config import Settings
    from factcheck.ingest import discover
    from factcheck.ledger.rules.base import Review
    from factcheck.neighbours import Index, words_of, words_of_file

    where, ledger = reading.read_ledger(paths, around)
    files = discover(paths, Settings().limits)
    changes = since(new_from, paths)
    added = [item for item in files if item.path == "-" or changes.includes(str(item.file))]
    replaced = _as_inputs(changes.replaced(tuple(paths)))
    fresh = {item.path for item in added}
    others = [item for item in files if item.path not in fresh]
    with Cache(around.cache) as cache:
        chosen = {item.file for item in others}
        # What is new on standard input can be read but once, and so is held against all.
        if len(others) > NEAREST and "-" not in fresh:
            queries = [words_of_file(item.file) for item in added]
            queries += [words_of(item.data or b"") for item in replaced]
            # Articles further apart are never matched.
            chosen = Index(cache.store).nearest(
                [item.file for item in others], queries, NEAREST, ledger.settings().matching.story
            )
        wanted = [item for item in files if item.path in fresh or item.file in chosen]
        now = reading.read_corpus(wanted, ledger, cache, around.stdin, progress)
        before = reading.read_corpus(replaced, ledger, cache, progress=progress)
    ledger = followed(ledger, now.extractions)
    own = [e for e in now.extractions if e.article.path in fresh]
    evidence = [e for e in now.extractions if e.article.path not in fresh]
    if len(wanted) < len(files):
        told = [claim.reading for e in (*own, *before.extractions) for claim in e.claims]
        evidence = near_claims(evidence, told)
    known = reading.known_outlets(ledger)
    now = _corpus(now, own, evidence, known)
    base = _corpus(before, before.extractions, evidence, known)
    given = Inputs(now, ledger, where, tuple(paths), around.cache)
    report = reading.compare_inputs(given, progress)
    stood = reading.compare_inputs(replace(given, corpus=replace(base, skipped=())), progress)
    claims = new_claims(report, changes)
    report = named_by_claims(report, claims)
    review = Review(claims, frozenset(fresh), stood)
    name = str(where) if where else None
    earlier = told_before([report, stood], ledger, around.cache)
    outcome = judge(
        report, ledger, name, review, False, failing, places=_places(where), earlier=earlier
    )
    unmeasured = tuple(s.path for s in report.skipped if s.path in review.paths)
    return Checked(report, outcome, unmeasured, where, ledger, len(others), len(fresh))


def _places(ledger: Path | None) -> dict[Entry, tuple[str, int]]:
    return places(ledger) if ledger else {}


def _as_inputs(files: Sequence[OldFile]) -> list[Input]:
    """Files as they stood before, under ids that no article of the run has."""
    from factcheck.ingest import Input

    return [
        Input(old.path, old.file, old.file.suffix.lower(), f"base~{number}", data=old.data)
        for number, old in enumerate(files)
    ]


def near_claims(others: Sequence[Extraction], queries: Sequence[str]) -> list[Extraction]:
    """Keep of what articles tell the claims that are near to one of these statements."""
    from factcheck.neighbours import nearest_claims

    readings = {claim.id: claim.reading for e in others for claim in e.claims}
    near = nearest_claims(readings, queries, NEAREST_CLAIMS)
    return [
        replace(e, claims=tuple(claim for claim in e.claims if claim.id in near)) for e in others
    ]


def _corpus(
    read: Corpus, own: Sequence[Extraction], evidence: Sequence[Extraction], known: Iterable[str]
) -> Corpus:
    """Articles with their evidence, in the order in which they were read."""
    order = {article.id: number for number, article in enumerate(read.articles)}
    both = sorted((*own, *evidence), key=lambda e: order.get(e.article.id, -1))
    return replace(read, extractions=tuple(with_access(both, known)))


def named_by_claims(report: Report, first: Collection[str]) -> Report:
    """Name each group by the fingerprint of a claim, where it has one by one of `first` (ids).

    A part of a corpus ranks its groups otherwise than the whole of it does; by this name every
    command finds a group in both.
    """
    fingerprints = {claim.id: claim.fingerprint[:FINGERPRINT_LENGTH] for claim in report.claims}
    taken: set[str] = set()
    groups = []
    for group in report.groups:
        claims = sorted(group.claims, key=lambda c: (c in group.second, c not in first))
        # Articles of one outlet may tell the same words twice; such a claim goes by its id.
        names = (fingerprints[claim] for claim in claims)
        name = next((name for name in names if name not in taken), claims[0])
        taken.add(name)
        groups.append(group.model_copy(update={"id": name}))
    return report.model_copy(update={"groups": tuple(groups)})


def _may_be_empty(paths: Sequence[str], around: Surroundings) -> bool:
    _, ledger = reading.read_ledger(paths or reading.DEFAULT_PATHS, around)
    return ledger.policy.empty == "ok"
