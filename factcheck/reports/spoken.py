"""A report in the words of people: dates spoken, and of each difference only what differs."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from factcheck.lang import table
from factcheck.lang import words as listed
from factcheck.records import (
    Claim,
    DateDetail,
    Detail,
    Divergence,
    DivergenceValue,
    FigureDetail,
    Group,
    Report,
)
from factcheck.reports import times
from factcheck.reports.naming import named
from factcheck.slots.polarity import negations
from factcheck.slots.tokens import tokenize

_FITS = "holds with each of the values above"


# So many words that end one cut of a quotation and begin another are the same place of it.
_OVERLAP = 2
# Signs of figures, as they are read aloud.
_UNIT = re.compile(r"(?<![\w.,])(\d[\d.,]*(?: (?:thousand|million|billion|trillion))?) (\w+)(?!\w)")
_SIGNS = (("≥", "at least"), ("≤", "at most"), ("≈", "about"))


def in_words(text: str) -> str:
    """A text with the signs of its figures and its dates in words."""
    for sign, words in _SIGNS:
        text = text.replace(f"{sign} ", f"{words} ").replace(sign, f"{words} ")
    return times.spoken(text)


def spoken(report: Report) -> Report:
    """The report with dates in words, values as they are written, each difference once, compatible
    values made one, and files' names for the outlets that nothing names.

    What is left in a material difference cannot hold together, value against value; one that holds
    with all of them stands in a difference of its own that is not material.
    """
    report = named(report)
    claims = {claim.id: claim for claim in report.claims}
    articles = {article.id: article.text for article in report.articles}
    texts = {claim.id: articles[claim.article] for claim in report.claims}
    groups = tuple(_group(_as_written(group, texts), claims) for group in report.groups)
    found = tuple(
        one.model_copy(
            update={
                "reason": in_words(one.reason),
                "values": tuple(
                    value.model_copy(update={"value": in_words(value.value)})
                    for value in one.values
                ),
            }
        )
        for one in report.inconsistencies
    )
    return report.model_copy(update={"groups": groups, "inconsistencies": found})


def _group(group: Group, claims: Mapping[str, Claim]) -> Group:
    told: dict[object, Divergence] = {}
    for divergence in group.divergences:
        for part in _apart(divergence, claims):
            # The same values under another reason are the same difference.
            told.setdefault(frozenset(value.value.casefold() for value in part.values), part)
    return group.model_copy(
        update={"divergences": tuple(told.values()), "reason": in_words(group.reason)}
    )


def _as_written(group: Group, texts: Mapping[str, str]) -> Group:
    """A group whose values have the capitals of the articles, where these have the very words."""

    def value(one: DivergenceValue) -> DivergenceValue:
        for claim, (start, end) in zip(one.claims, one.spans, strict=False):
            written = " ".join(texts.get(claim, "")[start:end].split())
            if written.casefold() == one.value.casefold() and written != one.value:
                return one.model_copy(update={"value": written})
        return one

    return group.model_copy(
        update={
            "divergences": tuple(
                one.model_copy(update={"values": tuple(map(value, one.values))})
                for one in group.divergences
            )
        }
    )


def _apart(divergence: Divergence, claims: Mapping[str, Claim]) -> Iterator[Divergence]:
    """A difference with its values in words: those in conflict, then those that fit them all."""
    values = list(divergence.values)
    details = [_detail(value, divergence.slot, claims) for value in values]
    against = [
        frozenset(
            other
            for other in range(len(values))
            if other != one and not _holds(divergence.slot, values, details, one, other)
        )
        for one in range(len(values))
    ]
    if not divergence.material or not any(against):
        yield _with(divergence, values)
        return
    # Two that exclude the very same others, and not each other, are one value.
    sides: list[list[int]] = []
    for one in range(len(values)):
        side = next((s for s in sides if against[s[0]] == against[one]), None)
        if side is not None and against[one]:
            side.append(one)
        elif against[one]:
            sides.append([one])
    yield _with(
        divergence, [_merged([(values[one], details[one]) for one in side]) for side in sides]
    )
    free = [value for value, others in zip(values, against, strict=True) if not others]
    if free:
        made = divergence.model_copy(
            update={"material": False, "contested": False, "updated": False, "reason": _FITS}
        )
        yield _with(made, free)


def _holds(
    slot: str,
    values: Sequence[DivergenceValue],
    details: Sequence[Detail | None],
    one: int,
    other: int,
) -> bool:
    """Whether two values can both be right; words of one place of a claim are one value."""
    a, b = details[one], details[other]
    if _meet(values[one], values[other]):
        return True
    if slot == "quotation":
        return _of_one_wording(values[one].value, values[other].value)
    if isinstance(a, FigureDetail) and isinstance(b, FigureDetail):
        return a.unit == b.unit and a.low <= b.high and b.low <= a.high
    if isinstance(a, DateDetail) and isinstance(b, DateDetail):
        return _dates_meet(a, b)
    return _bare(values[one].value) == _bare(values[other].value)


def _bare(value: str) -> list[str]:
    """The words of a value without what at its ends makes no other value of it."""
    edges = listed("words", "edges")
    told = [token.low for token in tokenize(value.casefold())]
    held = [n for n, word in enumerate(told) if word not in edges and any(map(str.isalnum, word))]
    return told[held[0] : held[-1] + 1] if held else told


def _meet(one: DivergenceValue, other: DivergenceValue) -> bool:
    """Whether two values are, in a claim of both, of the same place."""
    places = list(zip(other.claims, other.spans, strict=False))
    return any(
        claim == theirs and start < end_ and start_ < end
        for claim, (start, end) in zip(one.claims, one.spans, strict=False)
        for theirs, (start_, end_) in places
    )


def _of_one_wording(one: str, other: str) -> bool:
    """Whether two cuts of a quotation are of one wording of it: one holds the other, or goes on
    where it ends, and neither turns it round.
    """
    a, b = tokenize(one.casefold()), tokenize(other.casefold())
    if bool(negations(a)) != bool(negations(b)):
        return False
    shorter, longer = sorted(([token.low for token in a], [token.low for token in b]), key=len)
    size = len(shorter)
    if not shorter or any(
        longer[at : at + size] == shorter for at in range(len(longer) - size + 1)
    ):
        return bool(shorter)
    return any(
        shorter[:shared] == longer[-shared:] or longer[:shared] == shorter[-shared:]
        for shared in range(_OVERLAP, size)
    )


def _dates_meet(a: DateDetail, b: DateDetail) -> bool:
    if not (a.first and a.last and b.first and b.last):
        return a == b
    days = a.first <= b.last and b.first <= a.last
    if not (days and a.hours and b.hours):
        return days
    return a.zone == b.zone and a.hours[0] <= b.hours[1] and b.hours[0] <= a.hours[1]


def _detail(value: DivergenceValue, slot: str, claims: Mapping[str, Claim]) -> Detail | None:
    """The normal form of a value, by the detail of a claim that stands at its place, else by the
    only one of its kind within it: "for seven days".
    """
    found: dict[str, Detail] = {}
    for claim, (start, end) in zip(value.claims, value.spans, strict=False):
        for one in claims[claim].slots if claim in claims else ():
            if one.span == (start, end) and one.value == value.value:
                return one.detail
            if one.slot == slot and start <= one.span[0] and one.span[1] <= end and one.detail:
                found[one.value] = one.detail
    return next(iter(found.values())) if len(found) == 1 else None


def _merged(found: Sequence[tuple[DivergenceValue, Detail | None]]) -> DivergenceValue:
    """One value in the words of the most precise one, and of equals those that say most, in no
    more of them than it takes; a figure or day by itself before words that hold it.
    """
    values = [value for value, _ in found]
    best = min(
        found,
        key=lambda one: (
            _breadth(one[1]),
            _in_words(one[0].value, one[1]),
            -len(" ".join(_bare(one[0].value))),
            len(one[0].value),
        ),
    )[0]
    told = [pair for value in values for pair in zip(value.claims, value.spans, strict=False)]
    return DivergenceValue(
        value=best.value,
        claims=tuple(claim for claim, _ in told),
        spans=tuple(span for _, span in told),
        origins=tuple(sorted({origin for value in values for origin in value.origins})),
    )


def _in_words(value: str, detail: Detail | None) -> bool:
    """Whether a value with a normal form is told in words around it: "offered two months' pay"."""
    return detail is not None and not re.search(r"\d", value)


def _breadth(detail: Detail | None) -> float:
    """How much room a value leaves: a figure's in units, a date's in hours; all, where no detail
    tells.
    """
    if isinstance(detail, FigureDetail):
        return detail.high - detail.low
    if isinstance(detail, DateDetail):
        if detail.hours and detail.first == detail.last:
            return detail.hours[1] - detail.hours[0]
        return 24.0 if detail.first == detail.last else math.inf
    return math.inf


def _with(divergence: Divergence, values: Sequence[DivergenceValue]) -> Divergence:
    """The difference of these values, told in words."""
    missing = next((value.value for value in values if value.value.strip()), "")
    shown = tuple(
        value.model_copy(
            update={
                "value": in_words(_units(value.value, divergence.slot))
                if value.value.strip()
                else _gone(missing)
            }
        )
        for value in values
    )
    return divergence.model_copy(update={"values": shown, "reason": in_words(divergence.reason)})


def _units(value: str, slot: str) -> str:
    """A figure with its unit in words: "7 d" is "7 days", "3 month" "3 months"."""
    if slot != "figure":
        return value
    found = _UNIT.search(value)
    words: list[str] = table("figures")["unit_words"].get(found[2], []) if found else []
    if found is None or not words:
        return value
    return f"{value[: found.start(2)]}{words[found[1] != '1']}{value[found.end(2) :]}"


def _gone(words: str) -> str:
    """What stands for words that one wording lacks."""
    return f"(word{'s' * (len(words.split()) > 1)} missing: {words})"
