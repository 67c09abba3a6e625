"""Arguments → sources: files, what lies in folders, addresses, lists of them, standard input."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from factcheck.config import Limits
from factcheck.errors import UnreadableError, UsageError
from factcheck.ingest import STDIN
from factcheck.ingest.files import bounded, read_bytes, told
from factcheck.ingest.formats import other_format
from factcheck.intake.drafts import Left, Request, Where, web_address
from factcheck.intake.readers import ENDINGS, LARGEST, links_of
from factcheck.paths import is_file, is_folder, is_link

_NOT_ARTICLES = ("readme", "license", "licence", "changelog", "contributing")
# A list of links is short; what is longer is text.
_LONGEST_LIST = 500_000
_LOOKED_AT = 20_000
_LIMITS = Limits(file_bytes=LARGEST)

Fields = Sequence[tuple[str, str]]


def is_address(argument: str) -> bool:
    """Whether an argument is an address of the web and no file that is named like one."""
    return web_address(argument) is not None and not os.path.lexists(argument)


def expand(
    arguments: Sequence[str], fields: Fields = (), stdin: BinaryIO | None = None
) -> Iterator[Request | str | Left]:
    """The sources that arguments stand for, in their order; addresses are strings.

    Raises `UsageError` for a path that is not there.
    """
    for argument in arguments:
        if argument == STDIN:
            yield from _standard_input(fields, stdin)
        elif is_address(argument):
            yield argument
        elif is_folder(Path(argument)):
            yield from _below(Path(argument), fields)
        elif os.path.lexists(argument) if "\0" not in argument else False:
            yield from _named(Path(argument), argument, fields)
        else:
            scheme = argument.partition("://")[0] if "://" in argument else ""
            raise UsageError(
                "missing-path",
                f"{argument}: no such file or folder",
                "only addresses with http:// and https:// are fetched"
                if scheme
                else "check the spelling; an address of the web begins with http:// or https://",
            )


def _standard_input(fields: Fields, stdin: BinaryIO | None) -> Iterator[Request | str | Left]:
    if stdin is None:
        raise UsageError("no-stdin", "there is no standard input to read '-' from")
    try:
        data = bounded(told(lambda: stdin.read(LARGEST + 1)), _LIMITS)
    except UnreadableError as error:
        yield Left(STDIN, error.message)
        return
    yield from _sources_in(data, STDIN, fields)


def _named(file: Path, place: str, fields: Fields) -> Iterator[Request | str | Left]:
    """A file, or the addresses in it; what is no file is read where a shell hands it over."""
    try:
        if not is_file(file) or file.stat().st_size <= _LONGEST_LIST:
            data = read_bytes(file, _LIMITS)
        else:
            yield Request(Where(place), file, fields=tuple(fields))
            return
    except (UnreadableError, OSError) as error:
        yield Left(place, error.message if isinstance(error, UnreadableError) else str(error))
        return
    yield from _sources_in(data, place, fields)


def _sources_in(data: bytes, place: str, fields: Fields) -> Iterator[Request | str]:
    short = len(data) <= _LONGEST_LIST
    links = links_of(data.decode("utf-8-sig", "replace")) if short else []
    yield from links
    if not links:
        yield Request(Where(place), data=data, fields=tuple(fields))


def _is_known(file: Path) -> bool:
    """Whether a file whose name tells nothing is of a kind that its content tells."""
    if not is_file(file):
        return False
    try:
        with file.open("rb") as stream:
            return other_format(stream.read(_LOOKED_AT)) is not None
    except OSError:
        return False


def _below(folder: Path, fields: Fields) -> Iterator[Request | Left]:
    """The files of a folder whose endings are known, in order.

    A list of links in it is text: who names a folder has asked for nothing from the network. Links
    that lead out of the folder are not followed.
    """
    inside = Path(os.path.realpath(folder))
    others: Counter[str] = Counter()
    closed: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for linked in (Path(root, name) for name in folders):
            if is_link(linked) and not Path(os.path.realpath(linked)).is_relative_to(inside):
                yield Left(os.fspath(linked), "is a link to another folder; name that folder, too")
        for name in sorted(names):
            file = Path(root, name)
            if name.startswith(".") or file.stem.lower() in _NOT_ARTICLES:
                continue
            place = os.fsencode(file).decode("utf-8", "replace")
            ending = file.suffix.lower().removeprefix(".")
            if ending not in ENDINGS and (ending or not _is_known(file)):
                others[file.suffix.lower() or "without an ending"] += 1
            elif is_link(file):
                # One that stays inside is another name of a file that is read by its own.
                if not Path(os.path.realpath(file)).is_relative_to(inside):
                    yield Left(place, "is a link that leads out of the folder; name its file")
            elif not is_file(file):
                yield Left(place, "is no file that can be read")
            else:
                yield Request(Where(place), file, fields=tuple(fields))
    for error in sorted(closed, key=lambda error: str(error.filename)):
        yield Left(str(error.filename), f"cannot be listed: {error.strerror}")
    if others:
        kinds = ", ".join(f"{count} {ending}" for ending, count in sorted(others.items())[:12])
        yield Left(
            os.fspath(folder), f"holds files of no kind that is read: {kinds}", of_no_kind=True
        )
