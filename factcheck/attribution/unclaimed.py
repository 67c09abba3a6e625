"""Quotations that no reporting words claim: somebody's speech all the same, never the outlet's.

What an attribution has a part of is its whole. Of the rest, whole sentences in quotation marks are
given to the one in focus: named right after them ("“…” – Ann Cole, mayor"), in the words that lead
up to them ("Ann Cole, at the gate: “…”"), or as the one person of the sentence before ("Cole was
angry. “…”"). Where the text leaves open who speaks, the opening mark stands for an unknown speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise

from factcheck.attribution.draft import Draft
from factcheck.attribution.lexicon import fold, lexicon
from factcheck.attribution.mention import Mention
from factcheck.attribution.mentions import find
from factcheck.attribution.quotes import Quotation
from factcheck.attribution.speech import speech
from factcheck.attribution.words import Words
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
_PRONOUN = re.compile(r"\b(?:he|she|they|his|her)\b", re.IGNORECASE)
_SUBJECTS = frozenset(("he", "she", "they"))
_ENDS = frozenset(".!?…")
_FEWEST_WORDS = 2
# A name before a colon has so many words at most.
_LABEL = 5
# How far back the one in focus is looked for: paragraphs, sentences of one, characters of one.
_BACK = 3
_SENTENCES = 2
_READ = 600
_NEAR = 40
# What stands between a sentence and a quotation without telling anything.
_EMPTY = "*_> \t\r\n"
_ASIDE = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]")


def claim(
    text: str, blocks: Sequence[Span], quotations: Sequence[Quotation], drafts: list[Draft]
) -> None:
    """Give each whole quotation in the blocks to an attribution, a new one where need be.

    `blocks` are in order, `quotations` those of depth 1, `drafts` what was found in the blocks.
    """
    owned = _Owned(text, drafts)
    focus = _Focus(text, blocks, quotations, drafts)
    chains: list[list[Quotation]] = []
    for quote in quotations:
        owner = owned.owner(quote)
        if owner is not None and (label := focus.label(quote)) and label not in owner.source:
            owner.content = owned.without(owner, quote)
            drafts.append(Draft([label], [], [(quote.start, quote.end)]))
            continue
        if owner is not None and (named := focus.says_next(quote, owner)):
            # "…," said Weiss. "…," said Grau: who is named right behind a quotation has it.
            owner.content = owned.without(owner, quote)
            drafts.append(Draft(*named, [(quote.start, quote.end)]))
            focus.spoke[quote.end] = drafts[-1]
            continue
        if owner is not None:
            owner.content += owned.gaps(quote)
            focus.spoke[quote.end] = owner
        elif chains and _goes_on(text, chains[-1][-1], quote):
            chains[-1].append(quote)
        else:
            chains.append([quote])
    for chain in chains:
        if new := focus.of(chain):
            drafts.append(new)
            focus.spoke[chain[-1].end] = new
    # What had nothing but another's quotation has said nothing.
    drafts[:] = [draft for draft in drafts if draft.content]


def _goes_on(text: str, before: Quotation, quote: Quotation) -> bool:
    """Whether a quotation is the next paragraph of one that was left open."""
    return not before.closed and not text[before.end : quote.start].strip()


def _runs_on(gap: str) -> bool:
    """Whether what stands between two paragraphs parts nothing: the end of a line that tells the
    reader something, or an interviewer's question.
    """
    rest = gap.partition("\n")[2].strip(_EMPTY)
    return not rest or ("\n" not in rest and rest.endswith("?"))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


class _Owned:
    """Which attribution has a part of a quotation."""

    def __init__(self, text: str, drafts: Sequence[Draft]) -> None:
        self._text = text
        pairs = [(span, draft) for draft in drafts for span in draft.content]
        pairs.sort(key=lambda pair: pair[0])
        self._spans = [span for span, _ in pairs]
        self._drafts = [draft for _, draft in pairs]
        self._reach = list(accumulate((end for _, end in self._spans), max))
        self._taken = sorted(
            [*self._spans, *(span for d in drafts for span in (*d.source, *d.cue))]
        )

    def owner(self, quote: Quotation) -> Draft | None:
        """The attribution that has a part of a quotation, and its reporting words outside."""
        at = bisect_right(self._reach, quote.inner_start)
        while at < len(self._spans) and self._spans[at][0] < quote.inner_end:
            draft = self._drafts[at]
            cue = draft.cue[0] if draft.cue else (-1, -1)
            if not (quote.start <= cue[0] and cue[1] <= quote.end):
                return draft
            at += 1
        return None

    def without(self, draft: Draft, quote: Quotation) -> list[Span]:
        """The content of an attribution without what stands in a quotation."""
        kept = []
        for start, end in draft.content:
            if end <= quote.start or quote.end <= start:
                kept.append((start, end))
            else:
                kept += [
                    span
                    for span in ((start, quote.start), (quote.end, end))
                    if span[0] < span[1] and _WORD.search(self._text, *span)
                ]
        return kept

    def gaps(self, quote: Quotation) -> list[Span]:
        """The words of a quotation that are in no role of any attribution."""
        found = []
        at = quote.start
        first = max(0, bisect_left(self._taken, (quote.start, 0)) - 8)
        for start, end in self._taken[first:]:
            if start >= quote.end:
                break
            if start > at:
                found.append((at, start))
            at = max(at, end)
        found.append((at, quote.end))
        return [span for span in found if span[0] < span[1] and _WORD.search(self._text, *span)]


class _Focus:
    """Who is in focus where a quotation stands."""

    def __init__(
        self,
        text: str,
        blocks: Sequence[Span],
        quotations: Sequence[Quotation],
        drafts: Sequence[Draft],
    ) -> None:
        self._text, self._blocks = text, blocks
        self._starts = [start for start, _ in blocks]
        self._quoted = sorted((quote.start, quote.end) for quote in quotations)
        self._cues = sorted(
            ((span, draft) for draft in drafts for span in draft.cue), key=lambda pair: pair[0]
        )
        self._cue_starts = [span[0] for span, _ in self._cues]
        # Who spoke, by the ends of their quotations.
        self.spoke: dict[int, Draft] = {}

    @cached_property
    def _mentions(self) -> list[Mention]:
        return find(Words(self._text, self._blocks))

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [mention.start for mention in self._mentions]

    def of(self, chain: Sequence[Quotation]) -> Draft | None:
        """The attribution of a quotation and its paragraphs; `None` for what is no speech, or was
        given to an attribution before.
        """
        content = [(quote.start, quote.end) for quote in chain]
        signed = self._signed(chain[-1])
        named = ([signed], []) if signed else self._after(chain[-1])
        if named is not None:
            return Draft(*named, content)
        if not self._is_speech(chain):
            return None
        found = self._before(chain[0], chain[-1].end)
        if isinstance(found, Draft):
            found.content += content
            return None
        if found is not None:
            return Draft([found], [], content)
        if chain[0].start == chain[0].inner_start:
            return None
        inner = [(quote.inner_start, quote.inner_end) for quote in chain]
        return Draft([(chain[0].start, chain[0].inner_start)], [], inner)

    def label(self, quote: Quotation) -> Span | None:
        """The name right before a quotation, with nothing but a colon: "“…” Tom Webb: “…”"."""
        start = max(self._block(quote.start)[0], quote.start - 2 * _NEAR)
        lead = self._text[start : quote.start].rstrip()
        if not lead.endswith(":"):
            return None
        at = bisect_left(self._quoted, (quote.start, 0)) - 1
        if at >= 0 and self._quoted[at][1] > start:
            start = self._quoted[at][1]
        for match in _SENTENCE_END.finditer(self._text, start, quote.start):
            start = match.end()
        words = list(_WORD.finditer(self._text, start, quote.start))
        names = [m for m in self._within(start, quote.start) if m.named and m.kind != "place"]
        if not names or not words or len(words) > _LABEL or words[0].start() > names[0].start:
            return None
        label = (names[0].start, names[0].end)
        return label if not self._text[label[1] : quote.start].strip(" :") else None

    def says_next(self, quote: Quotation, owner: Draft) -> tuple[list[Span], list[Span]] | None:
        """Who says a quotation by the words behind it, where its attribution has other words:
        a verb of saying and a name, with which a sentence ends.
        """
        text, end = self._text, self._block(quote.start)[1]
        lead = text[max(0, quote.start - 2) : quote.start].strip()
        if quote.closed and (signed := self._signed(quote)):
            return None if any(_overlap(span, signed) for span in owner.source) else ([signed], [])
        if not quote.closed or (lead and lead[-1] not in _ENDS):
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
        named = self._named(verb.end() + 1)
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
        text, end = self._text, self._block(quote.start)[1]
        named = self._named(quote.end + 1)
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

    def _signed(self, quote: Quotation) -> Span | None:
        """The name that a quotation is signed with, on its line or the next: "“…” – Ann Cole"."""
        stop = self._block(quote.start)[1]
        if self._text[quote.end : stop].strip("*_ "):
            match = _SIGNATURE.fullmatch(self._text[quote.end : stop].rstrip("*_ "))
        else:
            # The next line may be read as a credit, and be no paragraph.
            match = _SIGNED_BELOW.match(self._text, quote.end) or self._undashed(quote)
            begin = match.start("name") if match else 0
            return self._named(begin) or (begin, match.end("who")) if match else None
        return self._named(quote.end + match.start("name")) if match else None

    def _undashed(self, quote: Quotation) -> re.Match[str] | None:
        """The line below a quotation that fills its paragraph, where it is somebody's name."""
        if quote.start != self._block(quote.start)[0]:
            return None
        match = _NAMED_BELOW.match(self._text, quote.end)
        given = match is not None and fold(match["who"].split()[0]) in lexicon().first_names
        return match if given else None

    def _is_speech(self, chain: Sequence[Quotation]) -> bool:
        """Whether a quotation is of whole sentences, and not one that a sentence is made of."""
        first, last = chain[0], chain[-1]
        start = self._block(first.start)[0]
        lead = self._text[start : first.start].rstrip("*_ \t\r\n>")
        if lead and lead[-1] not in _ENDS and lead[-1] not in ":”\"’'»)—–-":
            return False
        words = list(_WORD.finditer(self._text, first.inner_start, last.inner_end))
        if len(words) < _FEWEST_WORDS or words[0][0][0].islower():
            return False
        if not last.closed:
            return len(chain) > 1
        after = self._text[last.end : last.end + 3].lstrip(" ")
        return self._text[last.inner_end - 1] in _ENDS and not after[:1].islower()

    def _block(self, offset: int) -> Span:
        return self._blocks[max(0, bisect_right(self._starts, offset) - 1)]

    def _within(self, start: int, end: int) -> list[Mention]:
        first = bisect_left(self._mention_starts, start)
        last = bisect_left(self._mention_starts, end)
        return [m for m in self._mentions[first:last] if m.end <= end and not m.members]

    def _after(self, quote: Quotation) -> tuple[list[Span], list[Span]] | None:
        """Who is named right after a quotation: "“…” thunders Ann Cole", "“…” – Ann Cole"."""
        text, end = self._text, self._block(quote.start)[1]
        if not quote.closed:
            return None
        lex = lexicon()
        tail = _TAIL.match(text, quote.end, end)
        at = tail.end() if tail else quote.end
        verb = _WORD.match(text, at, end)
        if verb and verb[0].islower() and (verb[0] in lex.sayings or verb[0].endswith("s")):
            who = _WORD.match(text, verb.end() + 1, end)
            if who and who[0].lower() in _SUBJECTS:
                return [who.span()], [verb.span()]
            named = self._named(verb.end() + 1)
            return ([named], [verb.span()]) if named else None
        if not tail or not (tail["dash"] or "so" in tail[0]):
            return None
        named = self._named(at)
        ends = tail["dash"] is None or (named and not self._is_told(named[1], end))
        return ([named], []) if named and ends else None

    def _named(self, start: int) -> Span | None:
        """The person named at a place."""
        for mention in self._within(start, start + 2 * _NEAR)[:2]:
            if mention.start - start <= len("the ") and mention.kind != "place":
                return mention.start, max(mention.end, mention.reach)
        return None

    def _is_told(self, start: int, end: int) -> bool:
        """Whether a sentence goes on with a verb after a name: "– Ann Cole was there"."""
        verb = _WORD.match(self._text, start + 1, end)
        return verb is not None and (verb[0] in lexicon().finite or verb[0].endswith("ed"))

    def _before(self, quote: Quotation, end: int) -> Span | Draft | None:
        """Who is in focus where a quotation stands that ends at `end`: where they are named, or
        their attribution.
        """
        text = self._text
        number = max(0, bisect_right(self._starts, quote.start) - 1)
        start = self._blocks[number][0]
        lead = _ASIDE.sub("", text[start : quote.start].strip(_EMPTY))
        if lead:
            return self._in_focus(max(start, quote.start - _READ), quote.start, _SENTENCES)
        follows = self._following(end)
        for back in range(number - 1, max(-1, number - _BACK - 1), -1):
            start, stop = self._blocks[back]
            if not _runs_on(text[stop : self._blocks[back + 1][0]]):
                break
            lead = text[start:stop].rstrip(_EMPTY)
            if speaking := self.spoke.get(start + len(lead)):
                return follows or speaking
            if lead.endswith("?"):
                continue
            found = self._in_focus(max(start, stop - _READ), stop, _SENTENCES + 1)
            return found if follows is None or isinstance(found, Draft) else follows
        return follows

    def _following(self, end: int) -> Span | None:
        """The one whom the sentence after a quotation opens with: "“…” Ann Cole wiped a tear"."""
        stop = self._block(end - 1)[1]
        begin = end + len(self._text[end:stop]) - len(self._text[end:stop].lstrip())
        if begin >= stop or not self._text[begin].isupper():
            return None
        cut = _SENTENCE_END.search(self._text, begin, stop)
        people = self._people(begin, cut.start() if cut else stop)
        opens = people and people[0].start - begin <= len("the ")
        return (people[0].start, people[0].end) if opens and len(people) == 1 else None

    def _in_focus(self, start: int, stop: int, sentences: int) -> Span | Draft | None:
        cuts = [match.end() for match in _SENTENCE_END.finditer(self._text, start, stop)]
        bounds = [start, *(cut for cut in cuts if cut < stop), stop]
        for first, last in list(pairwise(bounds))[: -sentences - 1 : -1]:
            if not self._text[first:last].strip(_EMPTY):
                continue
            speaking = self._speaking(first, last)
            if speaking is not None:
                return speaking
            found = self._one_person(first, last)
            if found is not None or self._people(first, last):
                return found
        return None

    def _speaking(self, first: int, last: int) -> Draft | None:
        """The attribution that a sentence is of, if what it says stands in quotation marks."""
        at = bisect_left(self._cue_starts, first)
        while at < len(self._cues) and self._cues[at][0][0] < last:
            draft = self._cues[at][1]
            if draft.source and any(self._is_quoted(span) for span in draft.content):
                return draft
            at += 1
        return None

    def _is_quoted(self, span: Span) -> bool:
        at = bisect_right(self._quoted, (span[0], span[1])) - 1
        near = self._quoted[max(0, at) : at + 2]
        return any(start <= span[0] and span[1] <= end for start, end in near)

    def _people(self, first: int, last: int) -> list[Mention]:
        """Whom a sentence tells of: people, and names of two words or more that it begins with."""
        return [
            mention
            for mention in self._within(first, last)
            if not mention.possessive
            and (
                mention.kind in ("person", "people")
                or (mention.kind == "unknown" and " " in mention.name and mention.subject)
            )
        ]

    def _one_person(self, first: int, last: int) -> Span | None:
        """The one that a sentence is about, where it is about one."""
        text = self._text
        colon = text[first:last].rstrip(_EMPTY).endswith((":", ",", "—", "–"))
        words = list(_WORD.finditer(text, first, last))
        bearers = speech()["bearers"]
        if not colon and any(word[0].lower() in bearers for word in words):
            # "Cole opened the letter. “…”" is the letter's.
            return None
        people = self._people(first, last)
        pronoun = _PRONOUN.search(text, first, last)
        if pronoun and (not people or pronoun.start() < people[0].start):
            return pronoun.span()
        others = {mention.name for mention in people[1:] if mention.named}
        if people and (colon or not others - {people[0].name}):
            return people[0].start, max(people[0].end, people[0].reach)
        return None if people else self._subject(first, last, words, colon)

    def _subject(
        self, first: int, last: int, words: Sequence[re.Match[str]], colon: bool
    ) -> Span | None:
        """The name or noun that opens a sentence, where its verb or its colon tells of speech."""
        lex = lexicon()
        opening = [m for m in self._within(first, last) if m.start <= first + len("the “")]
        told = [word[0].lower() for word in words]
        speaks = colon or any(
            word in lex.sayings or word in lex.documents or word == "following" for word in told
        )
        if opening and opening[0].kind != "place" and (speaks or opening[0].kind == "unknown"):
            return opening[0].start, opening[0].end
        # A name that stands nowhere else: "Cole was angry." "Asked about it, Cole was brief."
        names = [
            number
            for number, word in enumerate(words)
            if word[0][0].isupper() and told[number] not in lex.functions | lex.calendar
            if number or not told[0].endswith(("ed", "ing"))
        ]
        if opening or len(names) != 1 or names[0] + 1 >= len(words):
            return None
        verb = told[names[0] + 1]
        comma = names[0] == 0 or self._text[words[names[0] - 1].end()] == ","
        says = comma and (verb in lex.finite or verb.endswith("ed"))
        return words[names[0]].span() if says else None
