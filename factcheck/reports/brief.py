"""The report in a minute: what is agreed, what is contested, what is thin, who repeats whom.

Every statement of a report is named in one of the first four parts, or counted there, so that what
stands on the first screen adds up to the counts at its top.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from factcheck.records import Divergence, DivergenceValue, Group, Report
from factcheck.reports import words
from factcheck.reports.index import Index
from factcheck.reports.rank import Parts
from factcheck.reports.view import grade, kind_of, section

# How well founded, the best first: what is corroborated by what shows it, then what may be.
_FOUNDED = ("shown", "likely", "assumed")
# What several outlets tell and yet rests on one source, or perhaps on one.
_THIN = ("said", "unsure", "echoed")
# Lines of a part at most; and the parts in the order in which they get lines of a screen, behind
# the first of each, before all get more in turn.
_MOST = {"contested": 5, "agreed": 4, "one source": 6, "one outlet": 2, "repeats": 3}
_FIRST = ("contested", "one source", "contested", "agreed", "one source")
# Values of one conflict, and characters of each.
_MOST_VALUES, _LONGEST_VALUE = 3, 60
# Outlets whose statements are counted by name.
_MOST_OUTLETS = 5
# The kinds of lines that are left out, in a word or two.
_SHORT = {
    "shown": "shown",
    "likely": "likely",
    "assumed": "assumed",
    "said": "only said",
    "unsure": "perhaps of one origin",
    "echoed": "echoed",
}
HEADINGS = {
    "contested": "Where they disagree",
    "agreed": "Best founded",
    "one source": "Resting on one source, or perhaps on one",
    "one outlet": "Told by one outlet alone",
    "repeats": "Who repeats whom",
}


class Line(NamedTuple):
    """A line of the summary: its sign's key (empty where it has none), the statement it is about
    (`None` where it is about none), what there is to say of it, and for how many statements it
    stands. Of the statement the words `core` are not to be cut off.
    """

    sign: str
    group: Group | None
    told: str
    core: str = ""
    number: int = 1


class Part(NamedTuple):
    """A part of the summary under its heading, the first `shown` of its lines told.

    `total` is how all that it counts is spread.
    """

    name: str
    every: tuple[Line, ...]
    shown: int
    total: str = ""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are told."""
        return self.every[: self.shown]

    @property
    def left(self) -> str:
        """What is not told, counted; empty where all is."""
        left = self.every[self.shown :]
        if not left:
            return ""
        if self.name == "repeats":
            number = sum(line.number for line in left)
            origins = words.count(len(left), "more origin")
            return f"and {words.count(number, 'statement')} from {origins}"
        told = f"and {len(left)} more"
        signs = Counter(line.sign for line in left)
        if self.total:
            return f"{told}; in all {self.total}"
        if len({line.sign for line in self.every}) < 2:
            return told
        kinds = [(signs[sign], name) for sign, name in _SHORT.items() if signs[sign]]
        one = len(kinds) == 1
        return f"{told} ({', '.join(name if one else f'{n} {name}' for n, name in kinds)})"


def brief(report: Report, parts: Parts) -> list[Part]:
    """The summary of a report, without parts that have nothing to tell.

    `report` is the whole of it, with its differences in words (`spoken`).
    """
    index = Index(report)
    several = [*parts.main, *parts.background]
    told = {
        "contested": _contested(several, index),
        "agreed": _agreed(several),
        "one source": _thin(several),
        "one outlet": _alone(parts.alone),
        "repeats": _repeats(report.groups),
    }
    made = [
        Part(name, tuple(lines), 0, _by_outlet(parts.alone) if name == "one outlet" else "")
        for name, lines in told.items()
    ]
    return [_shown(part, _MOST[part.name]) for part in made if part.every]


def fitted(
    parts: Sequence[Part], size: Callable[[Part], Sequence[float]], room: Sequence[float]
) -> list[Part]:
    """The parts with as many of their lines as fit into a room; of each at least the first.

    A part has a size, and the room is, in each of several ways of measuring it.
    """
    found = {part.name: _shown(part, 1) for part in parts}
    most = {part.name: part.shown for part in parts}
    taken: list[float] = [sum(column) for column in zip(*map(size, found.values()), strict=True)]
    turns = [*_FIRST, *(max(most.values(), default=0) * [*_MOST])]
    full: set[str] = set()
    for name in turns:
        part = found.get(name)
        if part is None or name in full or part.shown >= most[name]:
            continue
        more = _shown(part, part.shown + 1)
        sizes = zip(taken, size(more), size(part), strict=True)
        after = [all_ + new - old for all_, new, old in sizes]
        if any(one > whole for one, whole in zip(after, room, strict=True)):
            full.add(name)
        else:
            found[name], taken = more, after
    return list(found.values())


def _shown(part: Part, most: int) -> Part:
    return part._replace(shown=min(most, len(part.every)))


def _contested(groups: Sequence[Group], index: Index) -> Iterator[Line]:
    for group in groups:
        if section(group) == "divergent":
            divergence = next((d for d in group.divergences if d.material), None)
            if divergence is None:
                yield Line("divergent", group, words.verdict_words(group)[0])
            else:
                told = f"{_what(divergence, group, index)}: {_sides(divergence, index)}"
                yield Line("divergent", group, told, _core(divergence, group, index))


def _what(divergence: Divergence, group: Group, index: Index) -> str:
    """What differs; of a remark who made it when."""
    if divergence.of_saying:
        speakers = (index.claims[claim].speaker for claim in group.claims)
        names = list(dict.fromkeys(speaker.name for speaker in speakers if speaker))
        return f"when {words.both(names, 2)} said it" if names else "when it was said"
    return words.differs(divergence)


def _sides(divergence: Divergence, index: Index) -> str:
    """The values against each other, each with the outlets that give it."""
    sides = []
    for value in divergence.values[:_MOST_VALUES]:
        outlets = dict.fromkeys(index.article(claim).outlet for claim in value.claims)
        told = words.value(divergence, value, _LONGEST_VALUE)
        if divergence.slot == "polarity":
            told += _by(value, index)
        sides.append(f"{told} ({words.listed(list(outlets), 3)})")
    more = len(divergence.values) - len(sides)
    return " against ".join(sides) + (f", and {words.count(more, 'more value')}" if more else "")


def _core(divergence: Divergence, group: Group, index: Index) -> str:
    """The disputed words of the statement; empty where it has none of them.

    Of a denial the statement is what is denied: all of it.
    """
    statement = words.statement(group)
    if words.differs(divergence) == "denial":
        return statement
    low = statement.casefold()
    for value in divergence.values:
        for claim, (start, end) in zip(value.claims, value.spans, strict=False):
            told = " ".join(index.article(claim).text[start:end].split())
            if told and (at := low.find(told.casefold())) >= 0:
                return statement[at : at + len(told)]
    return ""


def _by(value: DivergenceValue, index: Index) -> str:
    """Who denies or asserts: " by the port"; empty where an outlet does so in its own voice."""
    speakers = (index.claims[claim].speaker for claim in value.claims)
    names = list(dict.fromkeys(speaker.name for speaker in speakers if speaker))
    return f" by {words.listed(names, 3)}" if names else ""


def _agreed(groups: Sequence[Group]) -> Iterator[Line]:
    """What is corroborated as such, not only that it was said; best founded first."""
    found = [group for group in groups if kind_of(group) in _FOUNDED]
    for group in sorted(found, key=lambda g: (_FOUNDED.index(kind_of(g)), -len(g.origins))):
        told = f"{words.tellers(group)}, {_founded_on(group)}; independence {grade(group)}"
        yield Line(kind_of(group), group, told)


def _founded_on(group: Group) -> str:
    """Which origins a statement goes back to, as many as a line has room for."""
    own = {origin.name for origin in group.origins if origin.kind == "own"}
    if own == set(group.outlets) and len(own) == len(group.origins):
        return "each its own origin"
    origins = words.count(len(group.origins), "origin")
    return f"from {origins}: {words.whence(group.origins, 4)}"


def _thin(groups: Sequence[Group]) -> Iterator[Line]:
    """What rests on one source, or perhaps on one: of each kind what matters most, in turn."""
    kinds = [[group for group in groups if kind_of(group) == kind] for kind in _THIN]
    for row in zip_longest(*kinds):
        for group in filter(None, row):
            yield Line(kind_of(group), group, _source(group))


def _source(group: Group) -> str:
    """The one source of a statement, in words, and who has it from there."""
    kind, who = kind_of(group), words.tellers(group)
    voice = f"by {words.one_voice(group).removeprefix('by ')}"
    if kind == "said":
        return f"only that it was said, {voice}; in {who}"
    told = _has_it_from(group) if kind == "echoed" else f"perhaps one origin: {who}"
    return f"{told}; said {voice}" if "one-voice" in group.qualifiers else told


def _has_it_from(group: Group) -> str:
    """Who has an echoed statement from whom: `Gazette probably has it from Courier`."""
    names = [origin.name for origin in group.origins]
    others = [outlet for outlet in group.outlets if outlet not in names]
    probably = "probably " * any(origin.kind == "own" for origin in group.origins)
    who = words.both(others, 3) if len(others) <= 3 else words.count(len(others), "outlet")
    return f"{who} {probably}{'has' if len(others) == 1 else 'have'} it from {words.both(names)}"


def _alone(groups: Sequence[Group]) -> Iterator[Line]:
    for group in groups:
        yield Line("single-sourced", group, words.listed(group.outlets))


def _by_outlet(groups: Sequence[Group]) -> str:
    """How much each outlet carries alone, those with most first."""
    found = Counter(outlet for group in groups for outlet in group.outlets)
    ordered = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    most = _MOST_OUTLETS if len(ordered) > _MOST_OUTLETS + 1 else len(ordered)
    told = [f"{outlet} {number}" for outlet, number in ordered[:most]]
    rest = ordered[most:]
    if rest:
        told.append(f"{len(rest)} other outlets {sum(number for _, number in rest)}")
    return ", ".join(told)


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
        line = f"{words.both(told)} {verb} {statements} from {name}"
        yield Line("echoed", None, line, number=number)
