"""Who is named right beside a quotation: before its colon, behind it, or below it."""

from __future__ import annotations

import re
from bisect import bisect_left

from factcheck import lang
from factcheck.attribution.draft import Draft
from factcheck.attribution.lexicon import fold, lexicon
from factcheck.attribution.quotes import Quotation
from factcheck.attribution.scene import Scene
from factcheck.records import Span

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)]*\s+(?=[^\sa-z])")
_TAIL = re.compile(r"\s*(?:(?P<dash>--|[—–-])\s*|,\s*)?(?:so\s+)?")
# "– Ann Cole, mayor of Thornwick": a dash, a name, and no more than who it is.
_SIGNATURE = re.compile(r"\s*(?:--|[—–―-])\s*(?P<name>[A-Z][^.!?:;“”\"\n]{2,80})")
_SIGNED_BELOW = re.compile(
    r"[*_ \t]*\n\s*(?:--|[—–―-])[ \t]*(?P<name>(?P<who>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3})"
    r"(?:, [^.!?:;“”\"\n]{2,60})?)[*_ \t]*(?=\n|$)"
)
# "Ann Cole, mayor" alone on the line below a quotation that fills its own.
_NAMED_BELOW = re.compile(
    r"[*_ \t]*\n[*_ \t]*(?P<name>(?P<who>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}), "
    r"[^.!?:;“”\"\n]{2,40})[*_ \t]*(?=\n|$)"
)
# "“We are done.” With that, coach Webb left": a sentence that looks back at what was said.
_PARTING = re.compile(
    r"\s+(?:And )?(?:[Ww]ith|[Aa]t|[Oo]n) "
    r"(?:(?:that|this)(?: note)?|th(?:os|es)e (?:parting )?words),? "
)
# "“…,” said the cook; “…,” said | the vet, Lia Sand": who has the second of two quotations.
_DESCRIBED = re.compile(r" (?P<who>(?:the|an?|his|her|its|their) [^.;:!?“”\"\n]{2,60})(?=[.;])")
_SUBJECTS = lang.words("attribution", "common", "people")
_ENDS = frozenset(".!?…")
# A name before a colon has so many words at most.
_LABEL = 5
_NEAR = 40


class Beside:
    """Whom the words next to a quotation name as its speaker."""

    def __init__(self, scene: Scene) -> None:
        """Read the words of a scene."""
        self._scene = scene

    def label(self, quote: Quotation) -> Span | None:
        """The name right before a quotation, with nothing but a colon: "“…” Tom Webb: “…”"."""
        start = max(self._scene.block(quote.start)[0], quote.start - 2 * _NEAR)
        lead = self._scene.text[start : quote.start].rstrip()
        if not lead.endswith(":"):
            return None
        at = bisect_left(self._scene.quoted, (quote.start, 0)) - 1
        if at >= 0 and self._scene.quoted[at][1] > start:
            start = self._scene.quoted[at][1]
        for match in _SENTENCE_END.finditer(self._scene.text, start, quote.start):
            start = match.end()
        words = list(_WORD.finditer(self._scene.text, start, quote.start))
        names = [m for m in self._scene.within(start, quote.start) if m.named and m.kind != "place"]
        if not names or not words or len(words) > _LABEL or words[0].start() > names[0].start:
            return None
        label = (names[0].start, names[0].end)
        return label if not self._scene.text[label[1] : quote.start].strip(" :") else None

    def says_next(self, quote: Quotation, owner: Draft) -> tuple[list[Span], list[Span]] | None:
        """Who says a quotation by the words behind it, where its attribution has other words:
        a verb of saying and a name, with which a sentence ends.
        """
        text, end = self._scene.text, self._scene.block(quote.start)[1]
        lead = text[max(0, quote.start - 2) : quote.start].strip()
        if quote.closed and (signed := self.signed(quote)):
            return None if any(_overlap(span, signed) for span in owner.source) else ([signed], [])
        if not quote.closed or (lead and lead[-1] not in _ENDS and lead[-1] != ";"):
            return None
        verb = (
            _WORD.match(text, quote.end + 1, end)
            if text[quote.end : quote.end + 1] == " "
            else None
        )
        if verb is not None and verb[0][0].isupper():
            return self._names_next(quote, owner)
        if verb is None or verb[0] not in lexicon().sayings:
            return None
        named = self._scene.named(verb.end() + 1)
        described = _DESCRIBED.match(text, verb.end(), end) if lead == ";" else None
        if named is None and described:
            named = described.span("who")
        if named is None:
            word = _WORD.match(text, verb.end() + 1, end)
            if word is None or not word[0][0].isupper() or word[0].lower() in lexicon().functions:
                return None
            named = word.span()
        closes = text[named[1] : named[1] + 1] in (".", ",", ";", "") or named[1] >= end
        if not closes or any(_overlap(span, named) for span in owner.source):
            return None
        if any(_overlap(span, verb.span()) for span in owner.cue):
            owner.cue = [span for span in owner.cue if not _overlap(span, verb.span())]
            if all(quote.start <= start and stop <= quote.end for start, stop in owner.content):
                owner.source, owner.cue = [named], [verb.span()]
                return None
        return [named], [verb.span()]

    def _names_next(self, quote: Quotation, owner: Draft) -> tuple[list[Span], list[Span]] | None:
        """Who says a quotation that ends in a comma, by the name and the verb right behind it."""
        text, end = self._scene.text, self._scene.block(quote.start)[1]
        named = self._scene.named(quote.end + 1)
        if (
            named is None
            or text[quote.inner_end - 1] != ","
            or text[named[1] : named[1] + 1] != " "
        ):
            return None
        verb = _WORD.match(text, named[1] + 1, end)
        if verb is None or verb[0] not in lexicon().sayings:
            return None
        taken = [*owner.source, *owner.cue]
        if any(_overlap(span, named) or _overlap(span, verb.span()) for span in taken):
            return None
        return [named], [verb.span()]

    def signed(self, quote: Quotation) -> Span | None:
        """The name that a quotation is signed with, on its line or the next: "“…” – Ann Cole"."""
        stop = self._scene.block(quote.start)[1]
        if self._scene.text[quote.end : stop].strip("*_ "):
            match = _SIGNATURE.fullmatch(self._scene.text[quote.end : stop].rstrip("*_ "))
        else:
            # The next line may be read as a credit, and be no paragraph.
            match = _SIGNED_BELOW.match(self._scene.text, quote.end) or self._undashed(quote)
            begin = match.start("name") if match else 0
            return self._scene.named(begin) or (begin, match.end("who")) if match else None
        return self._scene.named(quote.end + match.start("name")) if match else None

    def _undashed(self, quote: Quotation) -> re.Match[str] | None:
        """The line below a quotation that fills its paragraph, where it is somebody's name."""
        if quote.start != self._scene.block(quote.start)[0]:
            return None
        match = _NAMED_BELOW.match(self._scene.text, quote.end)
        given = match is not None and fold(match["who"].split()[0]) in lexicon().first_names
        return match if given else None

    def after(self, quote: Quotation) -> tuple[list[Span], list[Span]] | None:
        """Who is named right after a quotation: "“…” thunders Ann Cole", "“…” – Ann Cole"."""
        text, end = self._scene.text, self._scene.block(quote.start)[1]
        if not quote.closed:
            return None
        if leaving := self._leaves(quote, end):
            return [leaving], []
        lex = lexicon()
        tail = _TAIL.match(text, quote.end, end)
        at = tail.end() if tail else quote.end
        verb = _WORD.match(text, at, end)
        if verb and verb[0].islower() and (verb[0] in lex.sayings or verb[0].endswith("s")):
            who = _WORD.match(text, verb.end() + 1, end)
            if who and who[0].lower() in _SUBJECTS:
                return [who.span()], [verb.span()]
            named = self._scene.named(verb.end() + 1)
            return ([named], [verb.span()]) if named else None
        if not tail or not (tail["dash"] or "so" in tail[0]):
            return None
        named = self._scene.named(at)
        ends = tail["dash"] is None or (named and not self._is_told(named[1], end))
        return ([named], []) if named and ends else None

    def _leaves(self, quote: Quotation, end: int) -> Span | None:
        """Who acts with the words of a quotation behind them: "With that, Ann Cole left"."""
        text = self._scene.text
        lead = _PARTING.match(text, quote.end, end)
        if lead is None or text[quote.inner_end - 1] not in _ENDS:
            return None
        first = _WORD.match(text, lead.end(), end)
        if first and first[0] in _SUBJECTS:
            return first.span()
        for one in self._scene.within(lead.end(), min(end, lead.end() + _NEAR)):
            opens = one.start - lead.end() <= len("the ")
            if opens and one.named and not one.possessive and one.kind in ("person", "unknown"):
                return one.start, max(one.end, one.reach)
        return None

    def _is_told(self, start: int, end: int) -> bool:
        """Whether a sentence goes on with a verb after a name: "– Ann Cole was there"."""
        verb = _WORD.match(self._scene.text, start + 1, end)
        return verb is not None and (verb[0] in lexicon().finite or verb[0].endswith("ed"))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
