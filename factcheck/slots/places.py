"""Places: names, aliases, what lies in what, and capitals that stand for governments.

The table of cities is made from GeoNames (CC BY 4.0) by `training/build_gazetteer.py`.
"""

from __future__ import annotations

import json
import math
import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from factcheck.attribution.lexicon import lexicon
from factcheck.lang import words
from factcheck.records import Slot
from factcheck.slots.stretch import Stretch
from factcheck.slots.tokens import Token, folded, possessor

_WHERE = words("places", "in_places", "where")
_EVENTS = words("places", "in_places", "events")
_LONGEST = 4
# Places nearer than this belong to one metropolitan area, and are told for one another.
_METRO_KM = 45.0


class City(NamedTuple):
    """A city of the table: its folded name, region ("US.CT", "TR") and position in degrees."""

    name: str
    region: str
    latitude: float
    longitude: float


class Gazetteer(NamedTuple):
    """Cities by folded name (the largest first), aliases, and folded names of regions."""

    cities: dict[str, tuple[City, ...]]
    aliases: dict[str, str]
    states: dict[str, str]
    countries: dict[str, str]


@cache
def gazetteer() -> Gazetteer:
    """Read the table; some 20 ms the first time."""
    path = resources.files("factcheck") / "data" / "places.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    cities: dict[str, list[City]] = {}
    for region, places in data["cities"].items():
        for place in places.split(";"):
            name, latitude, longitude = place.split("|")
            cities.setdefault(name, []).append(
                City(name, region, int(latitude) / 10, int(longitude) / 10)
            )
    lex = lexicon()
    return Gazetteer(
        cities={name: tuple(found) for name, found in cities.items()},
        aliases=data["aliases"],
        states={n: f"US.{code}" for code, names in data["states"].items() for n in names},
        countries={
            folded(lex.countries.get(name, name)): code for code, name in data["countries"].items()
        },
    )


def details(stretch: Stretch) -> list[Slot]:
    """The places of one sentence."""
    return slots(stretch.tokens, stretch.text)


def slots(tokens: list[Token], text: str) -> list[Slot]:
    """Return the places of one sentence as slots; `about` is the preposition before it.

    A city counts only behind a preposition of place, since most names of towns are also names
    of people. `value` is the canonical name, with the region where one is told behind a comma.
    """
    out: list[Slot] = []
    k = 0
    while k < len(tokens):
        found = _place(tokens, k) if tokens[k].is_word and tokens[k].is_capital else None
        if found is None:
            k += 1
            continue
        value, last = found
        where = tokens[k - 1].low if k else ""
        if where == "the" and last < len(tokens) and tokens[last].low in _EVENTS:
            where = "at"  # "the Geneva meeting" is where it was
        span = (tokens[k].start, tokens[last - 1].end)
        out.append(
            Slot(
                slot="place",
                value=value,
                text=text[span[0] : span[1]],
                span=span,
                about=where if where in _WHERE else "",
            )
        )
        k = last
    return out


@cache
def _first_words() -> frozenset[str]:
    """The first words of all names, so that most words need no look-up."""
    table, lex = gazetteer(), lexicon()
    names = (*table.cities, *table.aliases, *table.states, *lex.countries, *lex.capitals)
    return frozenset(re.split(r"[ -]", name)[0] for name in names)


def _place(tokens: list[Token], k: int) -> tuple[str, int] | None:
    """The place named at token `k`: its value and the token behind it."""
    lex, table = lexicon(), gazetteer()
    if folded(possessor(tokens[k].text)).split(" ")[0] not in _first_words():
        return None
    before = tokens[k - 1].low if k else ""
    for size in range(min(_LONGEST, len(tokens) - k), 0, -1):
        run = tokens[k : k + size]
        if not run[-1].is_word or any(t.text not in "-.'’" and not t.is_word for t in run):
            continue
        name = folded(
            possessor(" ".join(t.text for t in run)).replace(" - ", "-").replace(" .", ".")
        )
        name = table.aliases.get(name, name)
        country = lex.countries.get(name)
        if country:
            return country, k + size
        follows = tokens[k + size] if k + size < len(tokens) else None
        if follows is not None and follows.is_capital and follows.text[0].isalpha():
            continue  # part of a longer name: "Washington Post"
        if name in lex.capitals or (name in table.states and len(name) > 3):
            return name.title(), k + size
        if name in table.cities and before == "the" and follows and follows.low in _EVENTS:
            return name.title(), k + size
        if name in table.cities and before in _WHERE:
            region, last = _region(tokens, k + size)
            return f"{name.title()}, {region}" if region else name.title(), last
    return None


def _region(tokens: list[Token], k: int) -> tuple[str, int]:
    """The name of the state or country behind a comma: "Springfield, Ill."."""
    if k + 1 >= len(tokens) or tokens[k].text != ",":
        return "", k
    table = gazetteer()
    for size in (3, 2, 1):
        run = tokens[k + 1 : k + 1 + size]
        if len(run) < size:
            continue
        name = folded(" ".join(t.text for t in run if t.text != "."))
        country = lexicon().countries.get(name, "")
        if name in table.states or country:
            return country or _state(table.states[name]), k + 1 + size
    return "", k


def _state(code: str) -> str:
    """The full name of a US state."""
    names = [name for name, known in gazetteer().states.items() if known == code]
    return max(names, key=len).title()


def is_place(name: str) -> bool:
    """Whether a name stands in the table, or is a country, a state or a capital."""
    table, lex, key = gazetteer(), lexicon(), folded(name)
    names = (table.cities, table.aliases, table.states, lex.countries, lex.capitals)
    return any(key in known for known in names)


def readings(value: str) -> tuple[City, ...]:
    """The cities that a place value may mean."""
    name, _, where = value.partition(", ")
    region = _as_region(where) if where else ""
    table = gazetteer()
    found = table.cities.get(table.aliases.get(folded(name), folded(name)), ())
    return tuple(c for c in found if not region or c.region == region)


def apart(one: str, other: str) -> bool:
    """Whether two place values are known to be different, and neither lies in the other."""
    aliases = gazetteer().aliases
    if aliases.get(folded(one), folded(one)) == aliases.get(folded(other), folded(other)):
        return False
    regions = [r if not readings(v) else "" for v, r in ((v, _as_region(v)) for v in (one, other))]
    cities = readings(one), readings(other)
    if regions[0] and regions[1]:
        return regions[0] != regions[1] and not _contains(regions[0], regions[1])
    if regions[0] or regions[1]:
        region, inside = (regions[0], cities[1]) if regions[0] else (regions[1], cities[0])
        return bool(inside) and not any(
            c.region == region or c.region.startswith(f"{region}.") for c in inside
        )
    if not cities[0] or not cities[1]:
        return False
    return not any(distance(x, y) < _METRO_KM for x in cities[0] for y in cities[1])


def _contains(a: str, b: str) -> bool:
    return a.startswith(f"{b}.") or b.startswith(f"{a}.")


def _as_region(value: str) -> str:
    """The code of a country or US state; empty for anything else.

    A capital too small for the table stands for its country: Valletta is in Malta.
    """
    table, lex, key = gazetteer(), lexicon(), folded(value)
    name = folded(lex.countries.get(key) or lex.capitals.get(key, value))
    return table.states.get(name) or table.countries.get(name, "")


def distance(a: City, b: City) -> float:
    """Great-circle distance in kilometres (haversine)."""
    lat1, lat2 = math.radians(a.latitude), math.radians(b.latitude)
    dlon = math.radians(b.longitude - a.longitude)
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(dlon / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(1.0, h)))
