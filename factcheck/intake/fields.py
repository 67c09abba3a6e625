"""A record of somebody's data – schema.org, a crawler's, a row of a table – → a draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from factcheck.intake.drafts import Left, Taken, draft, first_date
from factcheck.intake.lookup import plain_key, table
from factcheck.intake.markup import of_fragment
from factcheck.outlets import host_of, registrable_domain

_NAMES = ("name", "title", "headline", "value", "@id", "url")
_ADDRESSES = ("@id", "url")
_SAID = ("text", "description", "name")
# A text by its parts, in their order.
_PARTS = ("summary", "headline", "paragraphs", "sections")
_WHOLE = ("value", "@value")
_ADDING = ("credit", "correction")
_DEEPEST = 6

Fields = Mapping[str, Sequence[str]]


def fields_of(
    record: Mapping[str, Any], own: Sequence[tuple[str, str]] = ()
) -> dict[str, list[str]]:
    """The values of a record by what they tell, as `data/intake.toml` maps its keys.

    `own` are pairs of what is told and the key that tells it, which go first.
    """
    by_key = {plain_key(str(key)): value for key, value in record.items()}
    found: dict[str, list[str]] = {}
    for name, keys in table("fields").items():
        wanted = [key for told, key in own if told == name] + keys
        values = [list(_values(by_key.get(plain_key(key)), name)) for key in wanted]
        # These add up; of all else the first key that tells anything counts.
        told = list(chain(*values)) if name in _ADDING else next(filter(None, values), [])
        if told:
            found[name] = told
    return found


def draft_of(place: str, told: Fields, notes: Sequence[str] = ()) -> Taken:
    """The draft of a record whose text is among its values."""
    paragraphs = [line for value in told.get("text", ()) for line in of_fragment(value)]
    if not paragraphs:
        return Left(
            place,
            "holds no text of an article under a key that is known (--field text=KEY names one)",
        )
    return draft(place, paragraphs, notes=notes, **values_of(told))


def values_of(told: Fields) -> dict[str, Any]:
    """The arguments of `draft` for the values of a record."""
    return {
        "title": _first(told, "title"),
        "outlet": _first(told, "outlet"),
        "dates": told.get("published", ()),
        "url": _first(told, "url"),
        "bylines": told.get("byline", ()),
        "language": _first(told, "language"),
        "retrieved": first_date(told.get("retrieved", ()))[0],
        # Some tell the address of a page of corrections.
        "corrections": [one for one in told.get("correction", ()) if "//" not in one],
        "credited": [_credit(value) for value in told.get("credit", ())],
    }


def _first(told: Fields, name: str) -> str | None:
    return next(iter(told.get(name, ())), None)


def _credit(value: str) -> str:
    """A credit by its name; one that is an address by its domain."""
    if "//" not in value:
        return value
    return registrable_domain(host_of(value)) or value


def _values(value: object, name: str, depth: int = 0) -> Iterator[str]:
    """What a value says in plain words; of an object its name, or its address for an address."""
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield str(value)
    elif isinstance(value, list) and depth < _DEEPEST:
        for item in _main(value):
            yield from _values(item, name, depth + 1)
    elif isinstance(value, Mapping) and name == "text" and depth < _DEEPEST:
        yield from _of_parts(value, depth)
    elif isinstance(value, Mapping) and depth < _DEEPEST:
        keys = {"url": _ADDRESSES, "correction": _SAID}.get(name, _NAMES)
        inner = (value.get("publisher"),) if name == "credit" else ()
        for part in (*inner, *(value.get(key) for key in keys)):
            if told := list(_values(part, name, depth + 1)):
                yield told[0]
                return


def _of_parts(value: Mapping[str, object], depth: int) -> Iterator[str]:
    """A text that is told in parts, or under one key of its own."""
    for part in _PARTS if any(part in value for part in _PARTS) else _WHOLE:
        mark = "## " if part == "headline" else ""
        yield from (mark + told for told in _values(value.get(part), "text", depth + 1))


def _main(values: Sequence[object]) -> Sequence[object]:
    """Of values that say which of them is the main one, that one: the others say the same."""
    roles = [value.get("role") for value in values if isinstance(value, Mapping)]
    if not any(roles) or len(roles) < len(values):
        return values
    main = roles.index("main") if "main" in roles else 0
    return values[main : main + 1]
