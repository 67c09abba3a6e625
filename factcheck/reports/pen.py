"""Drawing for terminals with rich: safe text, symbols, styles, and the console that prints."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Literal

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from factcheck import safe
from factcheck.reports.places import Piece
from factcheck.reports.view import View
from factcheck.reports.words import SIGNS

# What stands for the signs where the output cannot show them.
_ASCII = {
    "divergent": "x",
    "shown": "+",
    "likely": "=",
    "assumed": ":",
    "said": "~",
    "unsure": "?",
    "echoed": "@",
    "single-sourced": "-",
    "inconsistent": "!",
    "skipped": "0",
    "quoted": "Q",
    "reported speech": "r",
    "own words": "o",
    "": ".",
    "rule": "-",
    "bar": "#",
    "axis": "|",
    "dash": "-",
}
_DRAWING = {"rule": "─", "bar": "█", "axis": "│", "dash": "–"}
_STYLES = {
    "divergent": "bold red",
    "corroborated": "bold",
    "shown": "bold green",
    "likely": "green",
    "assumed": "cyan",
    "said": "cyan",
    "unsure": "yellow",
    "echoed": "yellow",
    "single-sourced": "dim",
    "inconsistent": "red",
    "skipped": "magenta",
    "hit": "bold underline",
    "claim": "bold",
    "source": "cyan",
    "cue": "italic",
    "removed": "red",
    "added": "green",
}
_WIDEST = 150
# How a mark reads where there are no styles.
_BRACKETS = {"hit": ("*", "*"), "removed": ("[-", "-]"), "added": ("{+", "+}")}


def columns(view: View) -> int:
    """The columns drawn on: longer lines than these are hard to read."""
    return max(40, min(view.width, _WIDEST))


class Pen:
    """Makes renderables of a view. All text of articles must go through `text` or `pieces`."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.width = columns(view)

    def plain(self, raw: str) -> str:
        """Safe text, in ASCII where the view asks for that."""
        clean = safe.plain(raw)
        return clean if self.view.unicode else safe.ascii_only(clean)

    def text(self, raw: str, style: str = "") -> Text:
        """One run of safe text."""
        return Text(self.plain(raw), style=style)

    def join(self, parts: Iterable[Text | str], separator: str = "") -> Text:
        """Runs one after the other."""
        texts = [part if isinstance(part, Text) else self.text(part) for part in parts]
        return self.text(separator).join(texts)

    def pieces(self, pieces: Sequence[Piece], style: str = "") -> Text:
        """An excerpt with its marks: as styles where there is colour, else as signs.

        Without colour a claim stands in brackets, together with the hits within it.
        """
        result = Text(style=style)
        enclosed = not self.view.colour and any(piece.mark == "claim" for piece in pieces)
        inside = False
        for piece in pieces:
            if enclosed and inside != (piece.mark in ("claim", "hit")):
                inside = not inside
                result.append("[" if inside else "]")
            before, after = ("", "") if self.view.colour else _BRACKETS.get(piece.mark, ("", ""))
            result.append(f"{before}{self.plain(piece.text)}{after}", _STYLES.get(piece.mark))
        if inside:
            result.append("]")
        return result

    def symbol(self, name: str) -> str:
        """A symbol of this view's alphabet."""
        return (SIGNS.get(name) or _DRAWING[name]) if self.view.unicode else _ASCII[name]

    def style(self, name: str) -> str:
        """The style of a verdict or mark."""
        return _STYLES.get(name, "")

    def heading(self, words: str, name: str = "") -> Text:
        """A section's heading, ruled to the right edge."""
        line = self.text(words, style=f"bold {self.style(name)}".strip())
        rule = self.symbol("rule") * max(0, self.width - line.cell_len - 1)
        return self.join([line, Text(f" {rule}", style="dim")])

    def flow(self, items: Iterable[Text | str], gap: str = "   ", room: int = 0) -> Text:
        """Items in a row, wrapped to `room` columns between items rather than within them."""
        room = room or self.width
        lines: list[Text] = []
        for item in items:
            text = item if isinstance(item, Text) else self.text(item)
            if lines and lines[-1].cell_len + len(gap) + text.cell_len <= room:
                lines[-1] = self.join([lines[-1], text], gap)
            else:
                lines.append(text)
        return Text("\n").join(lines)

    def table(
        self,
        rows: Iterable[Sequence[RenderableType]],
        widths: Sequence[int | None],
        justify: Sequence[Literal["left", "right"]] = (),
    ) -> Table:
        """An open table without lines. `widths` are exact columns, `None` takes what is left."""
        table = Table.grid(padding=(0, 2, 0, 0), expand=True, pad_edge=False)
        for index, width in enumerate(widths):
            table.add_column(
                width=width,
                ratio=None if width else 1,
                overflow="fold",
                justify=justify[index] if index < len(justify) else "left",
            )
        for row in rows:
            table.add_row(*row)
        return table

    def indent(self, *items: RenderableType, by: int = 6) -> Padding:
        """Items one below the other, moved right."""
        return Padding(Group(*items), (0, 0, 0, by))

    def shorten(self, raw: str, room: int) -> Text:
        """Safe text cut to `room` columns at a word, with an ellipsis."""
        text = self.text(raw)
        # A quotation that is cut is closed behind the ellipsis, which takes a column more.
        spare = 3
        while text.cell_len > room and spare < 6:
            head = self.text(raw)
            head.truncate(max(1, room - spare))
            plain = head.plain
            plain = (plain.rsplit(" ", 1)[0] if " " in plain[room // 2 :] else plain).rstrip()
            text = Text(safe.closed(plain + ("…" if self.view.unicode else "...")))
            spare += 1
        return text


def console(view: View, *, record: bool = False) -> Console:
    """A console that prints into a string, the same on every machine."""
    return Console(
        file=io.StringIO(),
        width=columns(view),
        force_terminal=view.colour,
        color_system="standard" if view.colour else None,
        no_color=not view.colour,
        legacy_windows=False,
        force_interactive=False,
        markup=False,
        emoji=False,
        highlight=False,
        record=record,
        # A recording names the grey that a terminal makes itself.
        theme=Theme({"dim": "bright_black"}) if record else None,
        _environ={},
    )


def draw(view: View, items: Iterable[RenderableType]) -> str:
    """What a terminal gets for these renderables; lines without trailing blanks."""
    out = console(view)
    for item in items:
        out.print(item)
    assert isinstance(out.file, io.StringIO)
    return "".join(f"{line.rstrip()}\n" for line in out.file.getvalue().splitlines())
