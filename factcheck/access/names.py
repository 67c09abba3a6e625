"""Where a text names an agency or outlet, short forms ("the Times") included."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from factcheck import outlets
from factcheck.outlets import OutletInfo
from factcheck.records import Span

_WORD = re.compile(r"(?<!\w)\w+")
_SHORT = re.compile(
    r"(?<!\w)[Tt]he\s+(?:(Times|Post|Journal|Herald|Globe|Tribune|Examiner|Guardian|Standard|Star"
    r"|News|Republic|Sun|Mail|Chronicle|Beast|Hill|Blaze|Caller|Beacon|Telegraph|Independent"
    r"|Intercept|Atlantic|Mirror|Express)|(?:news)?(?:paper|agency|magazine|outlet|network))(?!\w)"
)


class Mention(NamedTuple):
    """An outlet named at `span`; `short` where only a short form stands there."""

    outlet: OutletInfo
    span: Span
    short: bool = False


def mentions(text: str, start: int = 0, end: int | None = None) -> list[Mention]:
    """Find the known agencies and outlets that `text[start:end]` names, in order.

    A short form stands for the outlet named last before it whose name ends that way; "the paper"
    and the like for the outlet named last. Without such a name before it, it means nothing here.
    """
    end = len(text) if end is None else end
    full = list(_full(text, start, end))
    shorts = [(match.span(), match.group(1)) for match in _SHORT.finditer(text, start, end)]
    last: dict[str | None, OutletInfo] = {}
    found: list[Mention] = []
    at = 0
    for span, word in shorts:
        while at < len(full) and full[at].span[0] < span[1]:
            # The last word of a name is its short form; any outlet is "the paper".
            last[full[at].outlet.name.split()[-1]] = last[None] = full[at].outlet
            at += 1
        named_here = at and full[at - 1].span[1] > span[0]
        if word in last and not named_here:
            found.append(Mention(last[word], span, short=True))
    return sorted([*full, *found], key=lambda m: m.span)


def _full(text: str, start: int, end: int) -> Iterator[Mention]:
    table = _by_first_word()
    reached = start
    for match in _WORD.finditer(text, start, end):
        if match.start() < reached:
            continue
        for name, info in table.get(match.group(), ()):
            stop = match.start() + len(name)
            if stop <= end and text.startswith(name, match.start()) and not _inside(text, stop):
                reached = stop
                yield Mention(info, (match.start(), stop))
                break


def _inside(text: str, index: int) -> bool:
    """Whether a name that stops here would stop inside a word ("AP" in "AP2")."""
    return index < len(text) and (text[index].isalnum() or text[index] == "_")


@functools.cache
def _by_first_word() -> Mapping[str, list[tuple[str, OutletInfo]]]:
    table: dict[str, list[tuple[str, OutletInfo]]] = {}
    for info in outlets.known():
        for name in info.names:
            first = _WORD.search(name)
            if first and first.start() == 0:
                table.setdefault(first.group(), []).append((name, info))
    for names in table.values():
        names.sort(key=lambda entry: (-len(entry[0]), entry[0]))
    return table
