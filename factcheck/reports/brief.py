"""The report in a minute: what is agreed, what is contested, what is thin, who repeats whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from factcheck.records import DivergenceValue, Group, Report
from factcheck.reports import words
from factcheck.reports.index import Index
from factcheck.reports.rank import Parts
from factcheck.reports.view import grade, kind_of, section

# How well founded, the best first: what is corroborated by what shows it, then what may be.
_FOUNDED = ("shown", "likely", "assumed")
# Lines of a part of it, and statements of one outlet among these.
_MOST, _MOST_ALONE = {"contested": 4, "agreed": 4}, 2
_MOST_OTHERS = 3
# Values of one conflict, and characters of each.
_MOST_VALUES, _LONGEST_VALUE = 3, 60
HEADINGS = {
    "agreed": "Best founded",
    "contested": "Where they disagree",
    "one voice": "Resting on one voice: corroborated is only that it was said",
    "one outlet": "Resting on one outlet",
    "repeats": "Who repeats whom",
}


class Line(NamedTuple):
    """A line of the summary: its sign's key (empty where it has none), the statement it is about
    (`None` where it is about none), and what there is to say of it.
    """

    sign: str
    group: Group | None
    told: str


class Part(NamedTuple):
    """A part of the summary under its heading; `left` are lines of it that are not told."""

    name: str
    lines: tuple[Line, ...]
    left: int


def brief(report: Report, parts: Parts) -> list[Part]:
    """The summary of a report, without parts that have nothing to tell.

    `report` is the whole of it, with its differences in words (`spoken`).
    """
    index = Index(report)
    several = [*parts.main, *parts.background]
    told = {
        "contested": list(_contested(several, index)),
        "agreed": list(_agreed(parts.main)),
        "one voice": list(_one_voice(parts.main)),
        "repeats": list(_repeats(report.groups)),
        "one outlet": list(_alone(parts.alone, index)),
    }
    return [
        Part(name, tuple(lines[:most]), max(0, len(lines) - most))
        for name, lines in told.items()
        for most in (_MOST.get(name, _MOST_OTHERS),)
        if lines
    ]


def _contested(groups: Sequence[Group], index: Index) -> Iterator[Line]:
    for group in groups:
        for divergence in [d for d in group.divergences if d.material][:1]:
            sides = []
            for value in divergence.values[:_MOST_VALUES]:
                outlets = dict.fromkeys(index.article(claim).outlet for claim in value.claims)
                told = words.value(divergence, value, _LONGEST_VALUE)
                if divergence.slot == "polarity":
                    told += _by(value, index)
                sides.append(f"{told} ({words.listed(list(outlets), 3)})")
            more = len(divergence.values) - len(sides)
            told = " against ".join(sides) + (f", and {more} more" if more else "")
            yield Line("divergent", group, f"{words.slot(divergence.slot)}: {told}")


def _by(value: DivergenceValue, index: Index) -> str:
    """Who denies or asserts: " by the port"; empty where an outlet does so in its own voice."""
    speakers = (index.claims[claim].speaker for claim in value.claims)
    names = list(dict.fromkeys(speaker.name for speaker in speakers if speaker))
    return f" by {words.listed(names, 3)}" if names else ""


def _agreed(groups: Sequence[Group]) -> Iterator[Line]:
    """What is corroborated as such, not only that it was said; best founded first."""
    found = [group for group in groups if kind_of(group) in _FOUNDED]
    for group in sorted(found, key=lambda g: (_FOUNDED.index(kind_of(g)), -len(g.origins))):
        yield Line(
            kind_of(group),
            group,
            f"{words.behind(group)[0]}, independence {grade(group)}",
        )


def _one_voice(groups: Sequence[Group]) -> Iterator[Line]:
    for group in groups:
        if kind_of(group) == "said":
            outlets = words.count(len(group.outlets), "outlet")
            yield Line("said", group, f"{words.one_voice(group)}, in {outlets}")


def _alone(groups: Sequence[Group], index: Index) -> Iterator[Line]:
    """What matters most of it, then how much each outlet carries alone, those with most first."""
    for group in groups[:_MOST_ALONE]:
        yield Line("single-sourced", group, words.listed(group.outlets))
    found: dict[str, int] = defaultdict(int)
    for group in groups:
        for outlet in group.outlets:
            found[outlet] += 1
    if found:
        ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        told = words.listed([f"{outlet} {number}" for outlet, number in ordered], 6)
        yield Line("single-sourced", None, f"{words.count(len(groups), 'statement')}: {told}")


def _repeats(groups: Sequence[Group]) -> Iterator[Line]:
    """Outlets that tell statements through one origin, those that do so most often first."""
    whom: dict[tuple[str, bool], Counter[str]] = defaultdict(Counter)
    often: Counter[tuple[str, bool]] = Counter()
    for group in groups:
        if section(group) != "echoed":
            continue
        for origin in group.origins:
            others = set(origin.outlets) - {origin.name}
            if others:
                key = (origin.name, origin.kind == "own")
                often[key] += 1
                whom[key].update(others)
    for key, number in sorted(often.items(), key=lambda item: (-item[1], item[0])):
        name, own = key
        told = sorted(whom[key])
        # That an outlet has it from another's own words is concluded, never told.
        verb = "probably " * own + ("has" if len(told) == 1 else "have")
        if any(whom[key][outlet] < number for outlet in told):
            # Of two statements each may have another.
            told = [f"{outlet} ({whom[key][outlet]})" for outlet in told]
        statements = words.count(number, "statement")
        yield Line("echoed", None, f"{words.both(told)} {verb} {statements} from {name}")
