"""Characters as a person reads them: entities resolved, what nobody sees left out.

What comes from pages, mail and typeset documents carries soft hyphens, spaces of many widths,
ligatures, marks of footnotes and of quoted mail. None of it is a word of the text.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from factcheck.filed import Edit
from factcheck.ingest.layout import layout

# Nobody sees these: soft hyphen, zero-width and directional marks, byte order mark, the place of
# an object; of control characters all that divide no lines, but for the one that opens the escapes
# of a terminal, which stays for the reports to show.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\ufeff\ufff9-\ufffc\x00-\x08\x0e-\x1a\x7f\x80-\x84\x86-\x9f"
)
_SPACE = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAK = "\r\n\u2028\u2029\x0b\x0c\x85"
_NOTE = (
    r"\d{1,3}|[a-c]|(?:note|nb|fn) \d{1,2}|citation needed|update|when\?|who\?|clarification needed"
)
_OPENERS = "|".join(sorted(layout("openers")))
# A comment is none of the text; one on lines of its own goes with them.
_REMARK = r"<!--(?s:(?!<!--|-->).){0,2000}-->"
_CHARACTERS = re.compile(
    rf"(?P<comment>(?:(?<=\n)|\A){_REMARK}[ \t]*(?:\r?\n|\Z)"
    rf"|[ \t]+{_REMARK}(?=\s|\Z)|{_REMARK})"
    rf"|(?P<mark>(?:(?<=[{_BREAK}])|\A)[{_SPACE} ]*(?:>[{_SPACE} ]?)+)"
    rf"|(?P<entity>&(?:amp;){{0,3}}(?:#[0-9]{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[a-zA-Z][a-zA-Z0-9]{{1,30}});)"
    rf"|(?P<hyphen>(?<=[^\W\d_])[\u00ad\u00ac]+[{_SPACE} ]*(?=[{_BREAK}]))"
    rf"|(?P<unseen>[{_UNSEEN}]+)"
    rf"|(?P<space>[{_SPACE}][{_SPACE} ]*)"
    r"|(?P<ligature>[\ufb00-\ufb06])"
    r"|(?P<accent>[^\W\d_][\u0300-\u036f]+)"
    rf"|(?P<note>(?<=[\w.,;:!?)\]”’])(?:\[(?i:{_NOTE})\])+(?!\w)|(?<=\")(?:\[\d{{1,3}}\])+(?!\w))"
    r"|(?P<raised>(?<=[^\W\d_]{3})[¹²³⁰⁴-⁹]{1,2}(?!\w)|(?<=[.,;:!?”\"])[¹²³⁰⁴-⁹]{1,2}(?!\w)"
    r"|(?<=[\w.,;:!?”\"])[†‡]{1,2}(?!\w))"
    # No space between two sentences: "closed.The mayor".
    r"|(?P<run>(?<=[a-z]{2}[.!?])(?=[A-Z][a-z]* [a-z])|(?<=[a-z][.!?][”\"])(?=[A-Z][a-z]* [a-z]))"
    # Nor between a heading and its text: "What we knowThe storm came".
    rf"|(?P<glued>(?<=[a-z]{{3}})(?=(?:{_OPENERS}) [a-z]))"
)


def readings(text: str, start: int) -> Iterator[Edit]:
    """What is read otherwise than it is filed, from `start` on, in order."""
    for match in _CHARACTERS.finditer(text, start):
        kind, found = match.lastgroup, match.group()
        if kind == "entity":
            new = _entity(found)
        elif kind == "hyphen":
            # Where a line ends the hyphen is seen; the lines are joined by it afterwards.
            new = "-"
        elif kind == "space":
            opens = match.start() == start or text[match.start() - 1] in _BREAK
            # How far a line is set in tells where a paragraph begins.
            new = " " * len(found) if opens else "" if text[match.start() - 1] == " " else " "
        elif kind == "run":
            new = " "
        elif kind == "glued":
            new = "\n"
        elif kind in ("ligature", "accent"):
            new = unicodedata.normalize("NFKC" if kind == "ligature" else "NFC", found)
        else:
            new = ""
        if new != found:
            yield Edit(match.start(), match.end(), new)


def _entity(entity: str) -> str:
    """What an entity stands for, however often it was escaped; itself where it is none."""
    plain = entity
    for _ in range(4):
        resolved = html.unescape(plain)
        if resolved == plain:
            break
        plain = resolved
    if plain == entity or len(plain) > 2:
        return entity
    plain = re.sub(rf"[{_SPACE}{_BREAK}]", " ", plain)
    return re.sub(rf"[{_UNSEEN}\x1b]", "", plain)
