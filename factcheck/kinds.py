"""The kinds of details that claims tell and that can conflict: one row each.

A new kind is a module of `slots` and a row here. The row names what reads it, what holds two of its
values together, how it is told, and what `docs/slots.md` says of it; all else asks this table. Code
is named as `room.module:function` and imported by the room that uses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any


@dataclass(frozen=True)
class Kind:
    """A kind of detail.

    `read_from` and `normalised` are its documentation, `examples` pairs of a sentence and a value
    read from it in an article of 10 April 2025. `finder` reads the details of a sentence
    (`slots.stretch.Stretch` → slots); a row without one is read by the finder of another, or is
    no detail of a claim but only what two claims can differ in (`told` is false). `words` says how
    a value was reached (slot, date of publication → what follows the value).

    `excludes` says of two slots that they cannot both hold; an article that tells both tells two
    things. `rules` hold two claims together and return their conflicts. Values of a kind with a
    `conflict`, the words for one, need no rule: they are compared where both are `about` the same,
    or one is about nothing. `counts` is true where a value is a number of things, `conflicts`
    where two claims can differ in it.
    """

    name: str
    read_from: str = ""
    normalised: str = ""
    examples: tuple[tuple[str, str], ...] = ()
    finder: str = ""
    words: str = ""
    excludes: str = ""
    rules: tuple[str, ...] = ()
    conflict: str = ""
    counts: bool = False
    told: bool = True
    conflicts: bool = True


# In the order in which they are read: words that a date takes are no figure. And in the order in
# which the conflicts of two claims are told.
REGISTRY: tuple[Kind, ...] = (
    Kind(
        "date",
        "days, weekdays, “yesterday”, “last week”, months, years, spans, parts of the day, "
        "clock times, in words too",
        "first and last day (EDTF), or a bare weekday",
        (
            ("They met on Wednesday.", "2025-04-09"),
            ("They met in May 2019.", "2019-05-01/2019-05-31"),
        ),
        finder="slots.dates:details",
        words="slots.dates:told",
        excludes="divergence.days:differ",
    ),
    Kind(
        "vote",
        "two numbers and words of voting, or “unanimously”",
        "how many were for and against, and abstained; whether it is told which is which",
        (("The council passed it by 12 votes to three.", "12 to 3"),),
        finder="slots.votes:details",
        words="slots.votes:told",
        excludes="slots.votes:exclude",
        conflict="two counts of one vote",
        counts=True,
    ),
    Kind(
        "figure",
        "digits, number words, ranges, dozens, money, percent, units",
        "an interval, a unit, what is counted",
        (("At least 12 people were killed.", "at least 12 killed"),),
        finder="slots.figures:details",
        words="slots.figures:told",
        excludes="divergence.figures:exclude",
        rules=("divergence.figures:conflicts",),
        counts=True,
    ),
    Kind(
        "person",
        "names and their titles",
        "the name without its title",
        (("The bill is Sen. Ann Cole's.", "Ann Cole"),),
        finder="slots.people:details",
        rules=("divergence.names:conflicts",),
    ),
    Kind(
        "organisation",
        "names with a word for a body, and acronyms",
        "the name",
        (("They sued the Harbour Safety Board.", "Harbour Safety Board"),),
        conflicts=False,
    ),
    Kind(
        "place",
        "countries, capitals, US states, towns behind a preposition",
        "the canonical name",
        (("They met in Springfield, Ill.", "Springfield, Illinois"),),
        finder="slots.places:details",
        excludes="divergence.places:exclude",
    ),
    Kind(
        "polarity",
        "negating words with their scope",
        "denied, and what",
        (("They did not pay.", "denied"),),
        finder="slots.polarity:details",
        rules=("divergence.polarity:conflicts", "divergence.opposites:conflicts"),
    ),
    Kind(
        "certainty",
        "hedges",
        "alleged, expected, possible, conditional, confirmed",
        (("They reportedly paid.", "alleged"),),
        conflicts=False,
    ),
    Kind(
        "role",
        "a title before a name, an office behind a comma",
        "[former\\|acting] office (of whom), about whom",
        (("Former U.S. President Ann Cole spoke.", "former president (United States)"),),
        words="slots.people:told",
        rules=("divergence.roles:conflicts", "divergence.callings:conflicts"),
    ),
    Kind("quotation", rules=("divergence.quotation:conflicts",)),
    Kind(
        "manner",
        "a closed list of opposed qualities",
        "the side of the pair",
        (("They talked through intermediaries.", "indirect"),),
        finder="slots.manner:details",
        rules=("divergence.manner:conflicts",),
    ),
    Kind("attribution", rules=("divergence.attribution:conflicts",), told=False),
    Kind("world", told=False),
)
KINDS = {kind.name: kind for kind in REGISTRY}
# Of these a text that tells two values tells of two things.
EXACT = frozenset(kind.name for kind in REGISTRY if kind.excludes)


def documented() -> str:
    """The rows of the table of details in `docs/slots.md`."""
    return "".join(
        f"| {kind.name} | {kind.read_from} | {kind.normalised} | "
        + "; ".join(f"“{said}” → {value}" for said, value in kind.examples)
        + " |\n"
        for kind in REGISTRY
        if kind.examples
    )


def code(name: str) -> Any:
    """The function that a row names, as `room.module:function`."""
    module, _, function = name.partition(":")
    return getattr(import_module(f"factcheck.{module}"), function)
