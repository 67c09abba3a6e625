"""The words that tell what a name or noun stands for, read once from `factcheck/data`."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

Gender = Literal["male", "female"]
Words = frozenset[str]

# Letters that Unicode does not decompose into a base letter and a mark.
# Those with a mark of their own are decomposed first: "ǽ" is an "æ" with an accent.
_PLAIN = str.maketrans("ıøłđə", "iolde") | {ord("æ"): "ae", ord("œ"): "oe"}

# Names recur, so the folding of what may be one is remembered.
_SHORT = 60


def fold(text: str) -> str:
    """Return `text` without diacritics, case, points and hyphens: `Erdoğan` → `erdogan`.

    The result compares names; its offsets are not those of the text.
    """
    return _fold(text) if len(text) <= _SHORT else _fold.__wrapped__(text)


@lru_cache(maxsize=1 << 14)
def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
    kept = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    for mark in "'’.":
        kept = kept.replace(mark, "")
    return " ".join(kept.replace("-", " ").split())


@dataclass(frozen=True)
class Country:
    """A country with the adjectives of its people and the capitals that stand for it."""

    name: str
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """Word lists in lower case; what each holds is told by its name."""

    titles: dict[tuple[str, ...], Gender | None]
    title_prefixes: Words
    persons: dict[str, Gender | None]
    # How further nouns for people end: "winemaker", "musicologist".
    person_endings: tuple[str, ...]
    plurals: Words
    organisations: Words
    organisation_names: Words
    outlet_nouns: Words
    outlet_words: Words
    places: Words
    documents: Words
    synonyms: dict[str, Words]
    offices: Words
    unnamed: Words
    numbers: dict[str, int]
    venues: Words
    occasions: Words
    said_in: Words
    opinions: Words
    sayings: Words
    functions: Words
    calendar: Words
    abbreviations: Words
    particles: Words
    officers: Words
    not_names: Words
    # "sen" → "senator": what an abbreviated title says in full.
    short_titles: dict[str, str]
    # "advisor" → "adviser": two spellings of one word.
    spellings: dict[str, str]
    first_names: dict[str, Gender]
    # Given names that are months, verbs and the like too.
    given_too: Words
    # Titles that go with another role: "Dr.", "Lt. Col.".
    ranks: Words
    # Folded name, adjective, capital or alias → country, and which of them are not the name.
    countries: dict[str, str]
    adjectives: dict[str, str]
    capitals: dict[str, str]
    regions: Words
    # Finite verbs that do not end in "-ed".
    finite: Words
    # What a noun calls a body → the words of names that fit it; well-known bodies → their noun.
    bodies: dict[str, Words]
    known_bodies: dict[str, str]
    # What has a name and is nobody: "ferry", "hurricane".
    things: Words
    # What a body may be as well as somebody: "owner", "maker".
    owners: Words

    def known_sort(self, name: str) -> str:
        """What a well-known organisation is, "" where the table has none of the name."""
        return self.known_bodies.get(fold(name).removeprefix("the "), "")


def _read(name: str) -> Any:
    text = (files("factcheck") / "data" / name).read_text(encoding="utf-8")
    return json.loads(text)


def _words(value: str, separator: str | None = None) -> Words:
    return frozenset(value.split(separator))


def _gendered(
    groups: dict[str, str], separator: str | None = None
) -> Iterator[tuple[str, Gender | None]]:
    genders: dict[str, Gender | None] = {"neutral": None, "male": "male", "female": "female"}
    for group, gender in genders.items():
        for word in sorted(_words(groups[group], separator)):
            yield word, gender


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Read the lexicon; takes some ten milliseconds the first time."""
    data = _read("speakers.json")
    names = _read("first_names.json")
    bodies = _read("bodies.json")
    synonyms: dict[str, Words] = {}
    for group in data["synonyms"]:
        members = _words(group)
        for word in members:
            synonyms[word] = synonyms.get(word, frozenset()) | members
    adjectives: dict[str, str] = {}
    capitals: dict[str, str] = {}
    countries: dict[str, str] = {}
    governments = _read("governments.json")
    for country in governments["countries"]:
        name = country["name"]
        countries.update({fold(word): name for word in (name, *country.get("aliases", ()))})
        adjectives.update({fold(word): name for word in country["adjectives"]})
        capitals.update({fold(word): name for word in country.get("capitals", ())})
    genders: dict[str, Gender] = {fold(name): "male" for name in names["male"].split()}
    genders.update({fold(name): "female" for name in names["female"].split()})
    return Lexicon(
        titles={tuple(title.split()): gender for title, gender in _gendered(data["titles"], ", ")},
        title_prefixes=_words(data["title_prefixes"]),
        persons=dict(_gendered(data["person_nouns"])),
        person_endings=tuple(data["person_noun_endings"].split()),
        plurals=_words(data["unnamed_plural"]),
        organisations=_words(data["organisation_nouns"]),
        organisation_names=_words(data["organisation_nouns"])
        | _words(data["organisation_name_words"]),
        outlet_nouns=_words(data["outlet_nouns"]),
        outlet_words=_words(data["outlet_name_words"]),
        places=_words(data["place_nouns"]),
        documents=_words(data["document_nouns"]),
        synonyms=synonyms,
        offices=frozenset(fold(office) for office in _words(data["offices"], ", ")),
        unnamed=_words(data["unnamed_heads"]),
        numbers=data["numbers"],
        venues=_words(data["venues"]),
        occasions=_words(data["occasions"], ", "),
        said_in=_words(data["documents_said_in"]),
        opinions=_words(data["opinion_cues"]),
        sayings=_words(data["say_verbs"]),
        functions=_words(data["function_words"]),
        calendar=_words(data["calendar"]),
        abbreviations=_words(data["abbreviations"]),
        particles=_words(data["particles"]),
        officers=_words(data["officers"]),
        not_names=_words(data["not_names"]),
        short_titles=dict(pair.split() for pair in data["short_titles"].split(",")),
        spellings=dict(pair.split() for pair in data["spellings"].split(",")),
        first_names=genders,
        ranks=_words(data["ranks"]),
        given_too=_words(data["given_names_too"]),
        countries=countries,
        adjectives=adjectives,
        capitals=capitals,
        regions=frozenset(fold(name) for name in _words(governments["regions"], ", ")),
        finite=_words(_read("clauses.json")["finite"]),
        bodies={
            noun: _words(entry["words"]) | {noun}
            for entry in bodies["nouns"]
            for noun in entry["nouns"].split()
        },
        things=_words(bodies["things"]),
        owners=_words(bodies["owners"]),
        known_bodies={
            fold(name): sort
            for sort, names in bodies["known"].items()
            for name in names.split(", ")
        },
    )
