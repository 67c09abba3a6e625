"""What people have – pages, feeds, mail, documents, data, addresses – → files of articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from factcheck.config import Limits
from factcheck.errors import UnreadableError
from factcheck.ingest.kept import VERSIONS
from factcheck.intake.changes import Change
from factcheck.intake.drafts import Draft, Left, Request, Taken, Where
from factcheck.intake.fetched import Fetched, Marks
from factcheck.intake.folder import Filed, Folder
from factcheck.intake.network import Network, Page
from factcheck.intake.sources import Fields, expand, is_address
from factcheck.intake.workers import Workers

__all__ = ["Change", "Draft", "Filed", "Left", "Supplied", "is_address", "take"]

# Links of one feed that are followed.
_MOST_LINKS = 100


@dataclass(frozen=True)
class Supplied:
    """What the one who adds an article tells of it, which goes before what the article tells."""

    outlet: str | None = None
    published: str | None = None
    url: str | None = None

    def on(self, draft: Draft) -> Draft:
        """A draft with it."""
        told = {name: value for name, value in vars(self).items() if value}
        return replace(draft, **told)


def take(
    arguments: Sequence[str],
    folder: Path,
    limits: Limits,
    *,
    network: Network | None = None,
    supplied: Supplied | None = None,
    fields: Fields = (),
    stdin: BinaryIO | None = None,
    now: str | None = None,
) -> Iterator[Filed | Left]:
    """File the articles of sources in a folder, one after the other, and say what was left out.

    `fields` maps what is told (`title`) to the key of a record that tells it. The network is asked
    for addresses alone: those among the arguments, on lists of links, and the entries of a feed
    that was fetched. `now` is the moment that articles are said to be taken in at. Raises
    `UsageError` for a path that is not there, a folder that cannot be written, and a library that
    is missing.
    """
    articles = Folder(folder, limits, now)
    network = network or Network()
    supplied = supplied or Supplied()
    fetched = Fetched(folder, VERSIONS)
    with Workers(limits) as workers:
        for on_the_web, sources in groupby(expand(arguments, fields, stdin), _is_on_the_web):
            if not on_the_web:
                files = (source for source in sources if not isinstance(source, str))
                for taken in workers.read(files):
                    yield _filed(taken, articles, supplied)
                continue
            for url in (source for source in sources if isinstance(source, str)):
                if supplied == Supplied():
                    yield from _asked(url, articles, fetched, network, workers)
                else:
                    for taken in _followed(_fetched(url, network, workers), network, workers):
                        yield _filed(taken, articles, supplied)


def _is_on_the_web(source: Request | str | Left) -> bool:
    return isinstance(source, str)


def _asked(
    url: str, articles: Folder, fetched: Fetched, network: Network, workers: Workers
) -> Iterator[Filed | Left]:
    """The articles of an address, which is sent again only if the server has another version."""
    try:
        page = network.get(url, fetched.marks(url))
    except UnreadableError as error:
        yield Left(url, error.message)
        return
    if page.unchanged:
        yield from map(articles.unchanged, fetched.files(url))
        return
    found = list(_of_page(page, url, workers))
    filed = [_filed(one, articles, Supplied()) for one in found if isinstance(one, Draft)]
    yield from filed
    files = [one.file for one in filed if isinstance(one, Filed)]
    # What a link of it leads to may change while it does not.
    fetched.put(url, page.marks if len(files) == len(found) else Marks(), files)
    rest = (one for one in found if isinstance(one, Left))
    yield from (_filed(one, articles, Supplied()) for one in _followed(rest, network, workers))


def _filed(taken: Taken, articles: Folder, supplied: Supplied) -> Filed | Left:
    if isinstance(taken, Left):
        return taken
    try:
        return articles.put(supplied.on(taken))
    except UnreadableError as error:
        return Left(taken.place, error.message)


def _followed(found: Iterable[Taken], network: Network, workers: Workers) -> Iterator[Taken]:
    """What was found, and behind it what its links lead to where it tells no more than these."""
    behind: list[Left] = []
    for taken in found:
        if isinstance(taken, Left) and taken.link:
            behind.append(taken)
        else:
            yield taken
    # When the feed has been read: one reading ends before the next begins.
    for number, left in enumerate(behind):
        if number < _MOST_LINKS and left.link:
            yield from _fetched(left.link, network, workers)
        else:
            yield left


def _fetched(url: str, network: Network, workers: Workers) -> Iterator[Taken]:
    try:
        page = network.get(url)
    except UnreadableError as error:
        yield Left(url, error.message)
        return
    yield from _of_page(page, url, workers)


def _of_page(page: Page, url: str, workers: Workers) -> Iterator[Taken]:
    return workers.read([Request(Where(url, page.url, page.charset), data=page.data)])
