"""Which parts of an article stand between quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from factcheck.attribution.quotes import pair_quotes
from factcheck.records import Article, QuoteKind, Span

# A direct quotation has at most so many letters outside its marks (a clitic, an initial).
_OUTSIDE = 3
_LETTER = re.compile(r"\w")
# Single quotation marks, which apostrophes look like: "the board’s", "the members’ vote".
_CLOSED, _MAY_OPEN = re.compile(r"(?<=[.,!?])['’](?!\w)|['’]$"), re.compile(r"(?<!\w)['‘](?=\w)")
_OPENED, _MAY_CLOSE = re.compile(r"(?:(?<=[:,] )|^)['‘](?=\w)"), re.compile(r"['’](?!\w)")


class Quoted:
    """The quotations of an article's body."""

    def __init__(self, article: Article) -> None:
        """Pair the marks of an article; linear in its length."""
        self._text = article.text
        blocks = [(b.start, b.end) for b in article.blocks if b.kind == "body"]
        self._quotes = [q for q in pair_quotes(article.text, blocks) if q.depth == 1]
        self._starts = [quote.start for quote in self._quotes]

    def holds(self, at: int) -> bool:
        """Whether an offset lies in a quotation."""
        number = bisect_right(self._starts, at) - 1
        return number >= 0 and self._quotes[number].start <= at < self._quotes[number].end

    def kind(self, spans: Sequence[Span]) -> QuoteKind:
        """How much of a content is quoted: all, part or none."""
        inside = total = 0
        for start, end in spans:
            total += sum(1 for _ in _LETTER.finditer(self._text, start, end))
            for at in range(max(0, bisect_right(self._starts, start) - 1), len(self._quotes)):
                quote = self._quotes[at]
                if quote.start >= end:
                    break
                first, last = max(start, quote.inner_start), min(end, quote.inner_end)
                inside += sum(1 for _ in _LETTER.finditer(self._text, first, max(first, last)))
        if not inside:
            return "indirect"
        letter = _LETTER.search(self._text, spans[0][0], spans[-1][1])
        if letter is None or not self.holds(letter.start()):
            return "mixed"
        return "direct" if total - inside <= _OUTSIDE else "mixed"


def paired(text: str) -> str:
    """A text with a partner for each quotation mark: what it is cut from goes on in the article.

    A mark that closes what began before the text is left out; no words come between marks that
    are not between some in the article.
    """
    if "„" in text:
        # Marks that open low close with the one that opens others.
        missing = text.count("„") - text.count("“") - text.count("”")
        return text + "“" * (missing > 0)
    opened, closed = text.count("“"), text.count("”")
    if opened > closed:
        text = f"{text}”"
    elif closed > opened:
        text = _without(text, text.rindex("”"))
    single = _OPENED.search(text)
    if single and not _MAY_CLOSE.search(text, single.end()):
        text = f"{text}{'’' if single[0] == '‘' else single[0]}"
    elif text[-1:] in "'’" and _CLOSED.search(text[-2:]) and not _MAY_OPEN.search(text):
        text = text[:-1]
    if text.count('"') % 2:
        first_at, last_at = text.index('"'), text.rindex('"')
        before = text[first_at - 1 : first_at]
        opens = text[first_at + 1 : first_at + 2].strip() and not before.strip()
        text = f'{text}"' if opens else _without(text, last_at)
    return text


def _without(text: str, at: int) -> str:
    return text[:at] + text[at + 1 :]
