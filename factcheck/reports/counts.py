"""How many statements of a report have which verdict, in words: what stands at its top adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from factcheck.records import Group, Report
from factcheck.reports.view import grade, kind_of
from factcheck.reports.words import GRADES, count


def tallies(report: Report) -> list[tuple[str, str]]:
    """The counts of the verdicts as (sign, words), without the ones that are zero.

    Each statement is counted once, under the sign that stands before it.
    """
    found = counted(report.groups)
    summary = report.summary
    if summary.inconsistencies:
        told = count(summary.inconsistencies, "inconsistency", "inconsistencies")
        found.append(("inconsistent", told))
    if summary.skipped:
        found.append(("skipped", f"{summary.skipped} skipped"))
    return found


def many(groups: Sequence[Group]) -> str:
    """How many statements these are, of which verdicts: `3 statements: 1 divergent, 2 echoed`."""
    told = ", ".join(number for _, number in counted(groups))
    return f"{count(len(groups), 'statement')}: {told}"


def counted(groups: Iterable[Group]) -> list[tuple[str, str]]:
    """How many statements each sign stands before, as (sign, words)."""
    by_sign: dict[str, list[Group]] = {}
    for group in groups:
        by_sign.setdefault(kind_of(group), []).append(group)
    return [
        (name, f"{len(by_sign[name])} {tell(by_sign[name])}")
        for name, tell in _COUNTED.items()
        if name in by_sign
    ]


def _only_said(groups: Sequence[Group]) -> str:
    """What is corroborated of statements of one voice, and how surely."""
    grades: Counter[str] = Counter(grade(group) for group in groups)
    one = len(grades) == 1
    told = [name if one else f"{grades[name]} {name}" for name in GRADES if grades[name]]
    return f"corroborated only that it was said ({', '.join(told)})"


_COUNTED: dict[str, Callable[[Sequence[Group]], str]] = {
    "divergent": lambda _: "divergent",
    "shown": lambda _: "corroborated (shown)",
    "likely": lambda _: "corroborated (likely)",
    "assumed": lambda _: "corroborated (assumed)",
    "said": _only_said,
    "unsure": lambda _: "of several outlets, perhaps one origin",
    "echoed": lambda _: "echoed",
    "single-sourced": lambda _: "of one outlet alone",
}
