"""One speaker or one outlet, for people: what is attributed to them, what they have from whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeVar

from rich.console import RenderableType
from rich.text import Text

from factcheck.records import Record, Report
from factcheck.reports import words
from factcheck.reports.asked import outlet, people
from factcheck.reports.naming import named
from factcheck.reports.pen import Pen, draw
from factcheck.reports.report_json import Written, dumps
from factcheck.reports.told import Brief, OutletView, Person, Said
from factcheck.reports.view import View
from factcheck.verdict import unnamed

# So many statements of a kind are told unless all are asked for.
_MOST = 12

_T = TypeVar("_T", Said, Brief)


class WhoAnswer(Record):
    """What `factcheck who NAME --format json` prints: the speakers whose name holds NAME."""

    version: Literal[1] = 1
    people: tuple[Person, ...]


class OutletAnswer(Record):
    """What `factcheck outlet NAME --format json` prints: what one outlet has."""

    version: Literal[1] = 1
    outlet: OutletView


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the answer of the command `who` or `outlet`."""
    answer: type[WhoAnswer] | type[OutletAnswer] = WhoAnswer if name == "who" else OutletAnswer
    made = answer.model_json_schema(mode="serialization", schema_generator=Written)
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": draft, **made, "title": f"factcheck {name}"}


def render_people(report: Report, name: str, form: str, view: View) -> str | None:
    """Speakers whose name holds `name`, as `terminal` or `json`; `None` where there are none."""
    found = people(report if form == "json" else named(report), name)
    if not found:
        return None
    if form == "json":
        return dumps(WhoAnswer(people=found).model_dump(mode="json"))
    return draw(view, _people(found, Pen(view)))


def render_outlet(report: Report, name: str, form: str, view: View) -> str | None:
    """What an outlet has, as `terminal` or `json`; `None` where no article is of it."""
    found = outlet(report if form == "json" else named(report), name)
    if found is None:
        return None
    if form == "json":
        return dumps(OutletAnswer(outlet=found).model_dump(mode="json"))
    return draw(view, _outlet(found, Pen(view)))


def _people(found: Sequence[Person], pen: Pen) -> Iterator[RenderableType]:
    for number, person in enumerate(found):
        if number:
            yield Text("")
        yield pen.heading(unnamed(person.name) if person.kind == "unnamed" else person.name)
        counts = f"{words.count(len(person.said), 'statement')}, "
        counts += words.count(len(person.outlets), "outlet")
        also = f"; also: {words.listed(person.also)}" if person.also else ""
        yield pen.text(f"{counts}{also}", style="dim")
        shown = _first(person.said, pen)
        yield pen.table([_said(one, pen) for one in shown], [2, 5, None])
        yield from _rest(len(person.said) - len(shown), pen)


def _said(one: Said, pen: Pen) -> tuple[Text, Text, Text]:
    lines = [pen.text(one.group.statement, style="bold"), pen.text(one.group.verdict, style="dim")]
    for telling in one.tellings:
        how = f" ({'; '.join(telling.how)})" if telling.how else ""
        bare = telling.quote == "direct" and not telling.words.startswith(("“", '"'))
        told = f"“{telling.words}”" if bare else telling.words
        place = pen.text(f"{telling.outlet}:{telling.line}{how}: ", style="dim")
        lines.append(pen.join([place, pen.text(told)]))
    return _sign(one.group, pen), Text(one.group.id, "dim"), Text("\n").join(lines)


def _outlet(found: OutletView, pen: Pen) -> Iterator[RenderableType]:
    yield pen.heading(found.name)
    family = f" · of {found.family}" if found.family != found.name else ""
    yield pen.text(f"{words.count(len(found.articles), 'article')}{family}", style="dim")
    yield pen.text(", ".join(found.articles), style="dim")
    shared = words.count(found.shared, "statement")
    yield pen.text(f"Shares {shared} with others, and tells {len(found.alone)} alone.")
    parts = [
        *((f"It has from {one.origin}", one.statements) for one in found.taken),
        ("Others contradict it", found.contradicted),
        ("It alone tells", found.alone),
        ("It leaves out what all others tell", found.left_out),
    ]
    for title, statements in parts:
        if statements:
            yield Text("")
            yield pen.heading(title)
            shown = _first(statements, pen)
            yield pen.table([_brief(one, pen) for one in shown], [2, 5, None])
            yield from _rest(len(statements) - len(shown), pen)
    if found.speakers:
        yield Text("")
        yield pen.heading("Whom it lets speak")
        told = [f"{name} ({words.count(number, 'claim')})" for name, number in found.speakers]
        yield pen.text(words.listed(told, _MOST))


def _brief(one: Brief, pen: Pen) -> tuple[Text, Text, Text]:
    others = pen.text(f"{one.verdict}; {words.listed(one.outlets)}", style="dim")
    told = Text("\n").join([pen.text(one.statement), others])
    return _sign(one, pen), Text(one.id, "dim"), told


def _sign(one: Brief, pen: Pen) -> Text:
    return Text(pen.symbol(one.sign), pen.style(one.sign))


def _first(items: Sequence[_T], pen: Pen) -> Sequence[_T]:
    return items if pen.view.verbosity > 0 else items[:_MOST]


def _rest(left: int, pen: Pen) -> Iterator[RenderableType]:
    if left > 0:
        yield pen.text(f"and {left} more (--all shows them)", style="dim")
