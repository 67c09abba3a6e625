"""Articles are hostile input: one escaper for each target that text of an article is put into.

`plain` comes first for everything people read; the others escape for the syntax around it.
The formats that carry exact text (JSON, SARIF) keep every character, as an escape where it is
not safe to print.
"""

from __future__ import annotations

import re
import unicodedata

# Line breaks of all kinds, and tabs, become a space: a value never starts a line of its own.
_BREAKS = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")
# Zero-width and other invisible characters are dropped: soft hyphen, combining grapheme joiner,
# joiners, word joiner and invisible operators, variation selectors, byte order mark, tags.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2064"
    "\u2065\u206a-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_DROPPED = re.compile(f"[{_INVISIBLE}]")
# Controls (terminal escapes among them), direction overrides, lone surrogates and what XML forbids
# are replaced by a visible mark, so that a reader sees that something was there.
_CONTROLS = (
    "\x00-\x08\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
)
_MARKED = re.compile(f"[{_CONTROLS}]")
# What a CI runner takes for a command: `::name` at the start of a line, `##[name]` anywhere.
_COLONS = re.compile(":(?=:)")
_HASHES = re.compile(r"#(?=#\[)")
_TO_ESCAPE = re.compile(f"[{_INVISIBLE}{_CONTROLS}\u2028\u2029]|#(?=#\\[)")

_ASCII = str.maketrans(
    {
        **dict.fromkeys("“”„«»‟", '"'),
        **dict.fromkeys("‘’‚‹›‛′", "'"),
        **dict.fromkeys("–‐‑‒−", "-"),
        "—": "--",
        "…": "...",
        "→": "->",
        "·": "-",
        "•": "*",
        "×": "x",
        "≥": ">=",
        "≤": "<=",
        "≈": "~",
    }
)
# Of single marks only the opening one is never an apostrophe.
_QUOTES = (("“", "”"), ("«", "»"), ("‘", "’"))


def plain(text: str) -> str:
    """`text` on one line, without control, invisible or direction characters or CI commands."""
    text = _BREAKS.sub(" ", text)
    text = _DROPPED.sub("", text)
    text = _MARKED.sub("\ufffd", text)
    return _HASHES.sub("# ", _COLONS.sub(": ", text))


def closed(cut: str) -> str:
    """A text that was cut, with the quotation marks closed that it leaves open."""
    missing = [end for start, end in _QUOTES if cut.count(start) > cut.count(end)]
    return cut + ('"' if cut.count('"') % 2 else "") + "".join(missing)


def ascii_only(text: str) -> str:
    """Plain text in ASCII: punctuation by its nearest sign, letters without accents, else `?`."""
    folded = unicodedata.normalize("NFKD", text.translate(_ASCII))
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return bare.encode("ascii", "replace").decode("ascii")


_MARKDOWN = re.compile(r"[\\`*_\[\]{}#|~$^!]")
_LIST_START = re.compile(r"^(\s*(?:\d{1,9}(?=[.)](?:\s|$))|(?=[-+=])))(.)")


def markdown(text: str) -> str:
    """For Markdown inline text, table cells included: no markup, HTML, link or mention."""
    text = plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _MARKDOWN.sub(lambda match: "\\" + match.group(), text)
    text = _LIST_START.sub(r"\1\\\2", text)
    # GitHub links bare addresses and mentions by their text; an empty comment splits the text.
    text = re.sub(r"(?i):(?=//)|\bwww(?=\.)|\b(?:mailto|xmpp)(?=:)", r"\g<0><!-- -->", text)
    return text.replace("@", "@<!-- -->")


def markdown_code(text: str) -> str:
    """A Markdown code span, also inside a table."""
    text = plain(text).replace("|", "\\|")
    runs = [len(run) for run in re.findall("`+", text)]
    fence = "`" * (max(runs, default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text or ' '}{pad}{fence}"


def workflow_data(text: str) -> str:
    """The message of a GitHub workflow command."""
    return plain(text).replace("%", "%25")


def workflow_property(text: str) -> str:
    """A property of a GitHub workflow command (file, title)."""
    return workflow_data(text).replace(":", "%3A").replace(",", "%2C")


def is_safe(text: str) -> bool:
    """Whether a text can be printed as it is without a control, a disguise or a CI command."""
    return _TO_ESCAPE.search(text) is None


def yaml_text(document: str) -> str:
    """A YAML document with every unsafe character as an escape; same values.

    Such characters have to stand in double quotes, the only place where YAML has escapes.
    """

    def escape(match: re.Match[str]) -> str:
        point = ord(match.group())
        return f"\\U{point:08x}" if point > 0xFFFF else f"\\u{point:04x}"

    return _TO_ESCAPE.sub(escape, document)


def json_text(document: str) -> str:
    """A JSON document with every unsafe character of its strings as an escape; same values."""

    def escape(match: re.Match[str]) -> str:
        point = ord(match.group())
        if point > 0xFFFF:
            point -= 0x10000
            return f"\\u{0xD800 + (point >> 10):04x}\\u{0xDC00 + (point & 0x3FF):04x}"
        return f"\\u{point:04x}"

    return _TO_ESCAPE.sub(escape, document)


# What a spreadsheet takes for a formula, or for the start of a command; of full width, too.
_FORMULA = tuple("=+-@＝＋－＠")


def spreadsheet(text: str) -> str:
    """A cell of a table that every spreadsheet takes for text: a formula gets an apostrophe."""
    text = plain(text)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
