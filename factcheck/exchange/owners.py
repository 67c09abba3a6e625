"""A table of outlets and their owners → outlets for the ledger."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from factcheck.errors import UsageError
from factcheck.ledger.models import Outlet
from factcheck.outlets import host_of, key

# What a column tells, by the names that registers and people give it.
_COLUMNS: Mapping[str, frozenset[str]] = {
    "name": frozenset(("outlet", "name", "title", "brand", "publication")),
    "domains": frozenset(("domain", "domains", "website", "url")),
    "family": frozenset(("owner", "family", "group", "publisher", "parent")),
    "kind": frozenset(("kind", "type")),
}
_MOST_ROWS, _LONGEST_CELL = 100_000, 131_072


class Merged(NamedTuple):
    """What a table adds to a ledger: new outlets, how many it has already, and those with which it
    disagrees, in words.
    """

    added: tuple[Outlet, ...]
    known: int
    disagreeing: tuple[str, ...]


def read(text: str, file: str) -> tuple[Outlet, ...]:
    """The outlets of a table with a line of heads; commas, semicolons or tabs between columns.

    Rows of one outlet are one; what one of them leaves open, another may tell. Raises `UsageError`
    with file and line for a table without a column of names, a row without a name, a kind that is
    none, and an outlet with two owners.
    """
    first = text.partition("\n")[0]
    by = max("\t;,", key=first.count)
    # The limit is the whole process's, and tables of articles are read with a higher one.
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=by)
    columns = {
        told: [head for head in reader.fieldnames or () if head.strip().casefold() in names]
        for told, names in _COLUMNS.items()
    }
    if not columns["name"]:
        raise UsageError(
            "no-column",
            f"{file}:1: no column holds the outlets' names",
            f"name one {' or '.join(sorted(_COLUMNS['name']))}",
        )
    found: dict[str, tuple[int, Outlet]] = {}
    for line, row in _rows(reader, file):
        told = {what: _cell(row, heads) for what, heads in columns.items()}
        outlet = _outlet(told, file, line)
        before = found.get(key(outlet.name))
        found[key(outlet.name)] = (line, _joined(before, outlet, file, line))
    return tuple(outlet for _, outlet in found.values())


def _rows(reader: csv.DictReader[str], file: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    try:
        for number, row in enumerate(reader, start=1):
            if number > _MOST_ROWS:
                hint = "cut it into several"
                raise UsageError("too-large", f"{file}: over {_MOST_ROWS:,} rows", hint)
            if any(isinstance(value, str) and value.strip() for value in row.values()):
                yield reader.line_num, row
    except csv.Error as error:
        where = f"{file}:{reader.line_num}"
        raise UsageError("no-table", f"{where}: {error}", "save it as CSV") from error


def _cell(row: Mapping[str, object], heads: Sequence[str]) -> str:
    values = (row.get(head) for head in heads)
    told = (" ".join(value.split()) for value in values if isinstance(value, str))
    return next(filter(None, told), "")


def _outlet(told: Mapping[str, str], file: str, line: int) -> Outlet:
    if not told["name"]:
        raise UsageError("no-name", f"{file}:{line}: no name of an outlet", "fill it in")
    kind = told["kind"].casefold() or "outlet"
    if kind not in ("outlet", "agency"):
        raise UsageError(
            "no-kind", f"{file}:{line}: '{told['kind']}' is no kind", "write outlet or agency"
        )
    hosts = (host_of(part) for part in re.split(r"[\s,;|]+", told["domains"]) if part)
    domains = tuple(dict.fromkeys(host.removeprefix("www.") for host in hosts if "." in host))
    return Outlet(
        name=told["name"],
        domains=domains,
        family=told["family"] or None,
        kind="agency" if kind == "agency" else "outlet",
    )


def _joined(before: tuple[int, Outlet] | None, outlet: Outlet, file: str, line: int) -> Outlet:
    """Two rows of one outlet as one."""
    if before is None:
        return outlet
    other_line, other = before
    if other.family and outlet.family and key(other.family) != key(outlet.family):
        raise UsageError(
            "two-owners",
            f"{file}:{line}: {outlet.name} is of {outlet.family}, "
            f"and of {other.family} in line {other_line}",
            "decide on one; the family is whoever decides what both print",
        )
    return other.model_copy(
        update={
            "domains": tuple(dict.fromkeys((*other.domains, *outlet.domains))),
            "family": other.family or outlet.family,
        }
    )


def merged(outlets: Iterable[Outlet], ledger: Sequence[Outlet]) -> Merged:
    """What a table's outlets add to those of a ledger, none of which is changed."""
    known = {key(outlet.name): outlet for outlet in ledger}
    added: list[Outlet] = []
    told: list[str] = []
    same = 0
    for outlet in outlets:
        own = known.get(key(outlet.name))
        if own is None:
            added.append(outlet)
        elif outlet.family and key(own.family or own.name) != key(outlet.family):
            told.append(
                f"{own.name} is of {own.family or own.name} in the ledger, "
                f"of {outlet.family} in the table"
            )
        else:
            same += 1
    return Merged(tuple(added), same, tuple(told))
