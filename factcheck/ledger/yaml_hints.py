"""What a person may do about a text that is not YAML: the likely slip behind a parser's problem."""

from __future__ import annotations

import re

# A key, or the dash of an entry, that what follows is stuck to.
_STUCK_KEY = re.compile(r"\s*(?:- +)*[\w.-]+:[^\s:/]")
_STUCK_DASH = re.compile(r"\s*-[^\s-]")
_BRACKETS = {"[": "]", "{": "}"}
_ELSE = "See docs/ledger.md, or 'factcheck schema ledger' for your editor."


def advice(text: str, problem: str, context: str, at: int, since: int) -> str:
    """Say what to do about the parser's `problem` at `at`.

    `context` is what was being read and `since` where that began. Offsets are code points of
    `text`. Both parsers of YAML are understood, the one in C and the one in Python.
    """
    here, begun = text[at : at + 1], text[since : since + 1]
    line = text.count("\n", 0, since) + 1
    if here == "\t":
        return "Indent with spaces, not with a tab."
    if "flow" in context:
        if begun not in _BRACKETS:  # The text ends within a bracket, which the parser forgot.
            since = max(text.rfind(bracket, 0, at) for bracket in _BRACKETS)
            begun, line = text[since : since + 1], text.count("\n", 0, since) + 1
        close = _BRACKETS.get(begun, begun)
        return (
            f"Close the '{begun}' of line {line} with '{close}' and put commas between its entries,"
            " or put quotation marks around a text that begins with a bracket."
        )
    if "quoted scalar" in context:
        if "escape" in problem:
            return r"Write '\\' for a backslash, or put single quotation marks around the text."
        return f"Close the quotation mark that line {line} opens."
    if "mapping values" in problem:
        return _surplus_colon(text, at)
    if "expected ':'" in problem:
        if _STUCK_KEY.match(_line(text, since)):
            return f"Put a space after the colon of line {line}."
        return (
            f"Write line {line} as 'key: value', or indent it further where it goes on with the "
            "text of the line above."
        )
    if "start any token" in problem:
        return _quote(here)
    if context.endswith((" alias", " anchor", " tag", " block scalar")):
        return _quote(begun)
    if "sequence entries" in problem:
        return "Begin a list on a line of its own, or " + _quote("-", "put")
    if "block" in context:
        return _misplaced(text, at, line, "collection" in context)
    return _ELSE


def _quote(mark: str, put: str = "Put") -> str:
    return f"{put} quotation marks around a text that begins with '{mark}'."


def _surplus_colon(text: str, at: int) -> str:
    """The key before this colon cannot be one here."""
    start = text.rfind("\n", 0, at) + 1
    if ": " in text[start:at]:
        return "Put quotation marks around a text with a colon and a space in it."
    above = text[:start].rstrip()
    if _STUCK_KEY.match(_line(text, len(above))):
        return f"Put a space after the colon of line {above.count(chr(10)) + 1}."
    return "Indent the keys of one entry alike."


def _misplaced(text: str, at: int, line: int, in_list: bool) -> str:
    """Something else than the next key of a mapping, or than the next entry of a list."""
    if _STUCK_DASH.match(_line(text, at)):
        return "Put a space after the dash."
    if text[at : at + 1] in ("]", "}"):
        return "Remove this bracket: none is open."
    before = text[text.rfind("\n", 0, at) + 1 : at].rstrip()
    if before.endswith(("'", '"')):
        return (
            "Close quotation marks that are still open above, and put them around the whole text; "
            "inside single ones write ' twice, inside double ones write \\\"."
        )
    if before.endswith(("]", "}")):
        return "Put quotation marks around a text that begins with a bracket."
    if in_list:
        return f"Begin each entry of the list of line {line} with '- ' and indent its keys alike."
    if text[at : at + 1] == "-":
        return "Indent the entries of one list alike."
    return "Indent the keys of one entry alike, and write each as 'key: value'."


def _line(text: str, index: int) -> str:
    """The line that holds a place of the text."""
    end = text.find("\n", index)
    return text[text.rfind("\n", 0, index) + 1 : end if end >= 0 else len(text)]
