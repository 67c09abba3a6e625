"""Paths → the articles of a run with their ledger → a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from factcheck import ledger as ledgers
from factcheck.cache import Cache
from factcheck.config import Settings
from factcheck.errors import UsageError
from factcheck.ingest import Input, discover, read
from factcheck.ingest.kept import kept
from factcheck.ledger import Ledger
from factcheck.ledger.renamed import followed
from factcheck.paths import is_folder
from factcheck.pipeline import Corpus, Extraction, Progress, compare, extract
from factcheck.records import Report, Skipped

if TYPE_CHECKING:
    from factcheck.attribution.tagger import Tagger

DEFAULT_PATHS = ("corpus",)


@dataclass(frozen=True)
class Surroundings:
    """Where a run finds what it needs beside its articles.

    `ledger` names one, `no_ledger` wants none; with neither it is the one beside the articles, or
    further up. `cache` is the cache's folder, `None` for no cache; `stdin` what `-` stands for.
    """

    ledger: str | None = None
    no_ledger: bool = False
    cache: Path | None = None
    stdin: BinaryIO | None = None


@dataclass(frozen=True)
class Inputs:
    """What a run read: the extracted articles, the ledger that applies, the paths asked for, and
    where the cache is.
    """

    corpus: Corpus
    ledger: Ledger
    ledger_path: Path | None
    paths: tuple[str, ...]
    cache_folder: Path | None


def read_inputs(
    paths: Sequence[str],
    around: Surroundings,
    progress: Progress | None = None,
    left: Sequence[Skipped] = (),
) -> Inputs:
    """Read and extract the articles that are asked for.

    `left` is what was asked for and could not be fetched. Raises `UsageError` for missing paths, or
    where no path is given and there is no `corpus/`, and `ConfigurationError` for a ledger that
    cannot be used.
    """
    paths = given_paths(paths)
    where, ledger = read_ledger(paths, around)
    inputs = discover(paths, Settings().limits)
    with Cache(around.cache) as cache:
        corpus = read_corpus(inputs, ledger, cache, around.stdin, progress)
    corpus = replace(corpus, skipped=(*left, *corpus.skipped))
    return Inputs(corpus, followed(ledger, corpus.extractions), where, tuple(paths), around.cache)


def given_paths(paths: Sequence[str]) -> Sequence[str]:
    """Return the paths, or the default. Raises `UsageError` where there is neither."""
    if paths or is_folder(Path(DEFAULT_PATHS[0])):
        return paths or DEFAULT_PATHS
    raise UsageError(
        "no-paths",
        "no articles named, and there is no folder 'corpus' here",
        "name files or folders (factcheck compare articles/), "
        "or write the sample with 'factcheck init DIR'",
    )


def read_ledger(paths: Sequence[str], around: Surroundings) -> tuple[Path | None, Ledger]:
    """Find and read the ledger that applies to `paths`; without one, an empty ledger.

    Raises `UsageError` where one is named and none is wanted.
    """
    if around.ledger is not None and around.no_ledger:
        raise UsageError(
            "ledger", "a ledger is named, and none is wanted", "leave one of the two out"
        )
    where = None
    if not around.no_ledger:
        where = Path(around.ledger) if around.ledger else ledgers.find(paths)
    return where, ledgers.load(where)


def read_corpus(
    inputs: Sequence[Input],
    ledger: Ledger,
    cache: Cache,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
    tagger: Tagger | None = None,
) -> Corpus:
    """Read and extract articles; `tagger` is one that is loaded already."""
    from factcheck.attribution.tagger import Tagger

    articles, skipped = read(inputs, Settings().limits, stdin, ledger.families, cache.articles)
    found = extract(
        articles, tagger or Tagger(), cache.extractions, progress, known_outlets(ledger)
    )
    by_id = {item.id: item for item in inputs}
    return Corpus(
        tuple(_with_versions(one, by_id[one.article.id], ledger, cache) for one in found),
        tuple(skipped),
    )


def _with_versions(one: Extraction, item: Input, ledger: Ledger, cache: Cache) -> Extraction:
    """An extraction whose article tells of the versions that are kept beside its file.

    They are no part of what is extracted, nor of what the cache knows the article by.
    """
    from factcheck.versions import versions

    files = kept(item)
    if not files:
        return one
    earlier, unread = read(files, Settings().limits, None, ledger.families, cache.articles)
    notes = (f"its version {left.path} is not read: {left.reason}" for left in unread)
    article = one.article.model_copy(
        update={
            "versions": versions(one.article, earlier),
            "notes": (*one.article.notes, *notes),
        }
    )
    return replace(one, article=article)


def known_outlets(ledger: Ledger) -> tuple[str, ...]:
    """The names of outlets that a ledger knows, and of their families."""
    return tuple(dict.fromkeys((*ledger.families, *ledger.families.values())))


def compare_inputs(inputs: Inputs, progress: Progress | None = None) -> Report:
    """Compare what was read, under the ledger's policy and decisions."""
    ledger = inputs.ledger
    with Cache(inputs.cache_folder) as cache:
        return compare(
            inputs.corpus,
            ledger.settings(),
            ledger.matching_decisions(),
            progress,
            cache.readings,
        )
