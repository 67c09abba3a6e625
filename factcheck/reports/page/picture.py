"""How a statement reached the outlets, as a picture: origins on the left, outlets on the right."""

from __future__ import annotations

from factcheck.records import Group
from factcheck.reports import words
from factcheck.reports.index import Index
from factcheck.reports.page.markup import Markup, element
from factcheck.safe import closed

# Pixels: a row, the columns of origins and of outlets, and the gap that the lines cross.
_ROW, _LEFT, _RIGHT, _GAP = 30, 190, 230, 110
_PAD, _BASE = 8, 20
_LONGEST = 27


def picture(group: Group, index: Index) -> Markup:
    """The origins of a statement with lines to the outlets that tell it; text for who sees none.

    Outlets with a dated article come in the order of their dates, so that it is a time line too.
    """
    days = {
        index.article(claim).outlet: index.article(claim).published or "" for claim in group.claims
    }
    outlets = sorted(
        {outlet for origin in group.origins for outlet in origin.outlets},
        key=lambda outlet: (days.get(outlet) or "Z", outlet),
    )
    rows = max(len(outlets), len(group.origins))
    width, height = _LEFT + _GAP + _RIGHT, rows * _ROW + 2 * _PAD
    shapes: list[Markup] = []
    for number, origin in enumerate(group.origins):
        y = _middle(number, len(group.origins), rows)
        for outlet in origin.outlets:
            end = _middle(outlets.index(outlet), len(outlets), rows)
            kind = "line own" if outlet == origin.name else "line"
            shapes.append(_line(y, end, kind))
        shapes.append(_label(_LEFT - 8, y, origin.name, "end", "origin"))
    for number, outlet in enumerate(outlets):
        y = _middle(number, len(outlets), rows)
        shapes.append(_label(_LEFT + _GAP + 8, y, outlet, "start", "outlet"))
    told = "; ".join(f"{o.name} to {words.both(o.outlets)}" for o in group.origins)
    drawing = element(
        "svg",
        *shapes,
        viewBox=f"0 0 {width} {height}",
        width=str(width),
        height=str(height),
        role="img",
        aria_label=f"From origins to outlets: {told}",
    )
    heads = element("p", "Origins → outlets, by the dates of their articles", class_="where")
    return element("div", heads, drawing, class_="picture")


def _middle(number: int, count: int, rows: int) -> float:
    """The height of an item of a column, spread over all rows."""
    return _PAD + (number + 0.5) * rows * _ROW / count


def _line(start: float, end: float, class_: str) -> Markup:
    left, right, half = _LEFT, _LEFT + _GAP, _LEFT + _GAP / 2
    path = f"M{left} {start:g} C{half:g} {start:g} {half:g} {end:g} {right} {end:g}"
    return element("path", d=path, class_=class_)


def _label(x: float, y: float, told: str, anchor: str, class_: str) -> Markup:
    short = told if len(told) <= _LONGEST else closed(told[: _LONGEST - 1].rstrip() + "…")
    return element("text", short, x=f"{x:g}", y=f"{y + 4:g}", text_anchor=anchor, class_=class_)
