"""Who is in focus where a quotation stands that nobody is named beside."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from factcheck import lang
from factcheck.attribution.draft import Draft
from factcheck.attribution.lexicon import lexicon
from factcheck.attribution.mention import Mention
from factcheck.attribution.quotes import Quotation
from factcheck.attribution.scene import Scene
from factcheck.attribution.speech import speech
from factcheck.records import Span

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)]*\s+(?=[^\sa-z])")
_PRONOUN = re.compile(r"\b(?:he|she|they|his|her)\b", re.IGNORECASE)
# How far back the one in focus is looked for: paragraphs, sentences of one, characters of one.
_BACK = 3
_SENTENCES = 2
_READ = 600
# What stands between a sentence and a quotation without telling anything.
_EMPTY = "*_> \t\r\n"
# What an interviewer asks or says, set apart from the answers.
_ASKED = re.compile(r"\s*(?P<mark>\*\*|__|\*|_)(?=\S)[^*_\n]{1,300}(?P=mark)\s*")
# What a reporter does to hear somebody.
_HEARD = re.compile(
    r"\b(?:I|[Ww]e) (?:found|met|rang|reached|visited|asked|heard|spoke (?:to|with)) "
)
_SHE_HE = lang.words("attribution", "common", "people")
_QUOTES = frozenset('“”"«»')
_ASIDE = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]")


class Focus:
    """Who spoke, and whom sentences tell of, before and right after a quotation."""

    def __init__(self, scene: Scene, drafts: Sequence[Draft]) -> None:
        """Sort what is attributed in a scene by its reporting words."""
        self._scene = scene
        self._cues = sorted(
            ((span, draft) for draft in drafts for span in draft.cue), key=lambda pair: pair[0]
        )
        self._cue_starts = [span[0] for span, _ in self._cues]
        # Who spoke, by the ends of their quotations.
        self.spoke: dict[int, Draft] = {}

    def before(self, quote: Quotation, end: int) -> Span | Draft | None:
        """Who is in focus where a quotation stands that ends at `end`: where they are named, or
        their attribution.
        """
        text = self._scene.text
        number = max(0, bisect_right(self._scene.starts, quote.start) - 1)
        start = self._scene.blocks[number][0]
        near = max(start, quote.start - _READ)
        if _ASIDE.sub("", text[near : quote.start].strip(_EMPTY)):
            return self._in_focus(near, quote.start, _SENTENCES)
        follows = self._following(end)
        for back in range(number - 1, max(-1, number - _BACK - 1), -1):
            start, stop = self._scene.blocks[back]
            if not _runs_on(text[stop : self._scene.blocks[back + 1][0]]):
                break
            lead = text[start:stop].rstrip(_EMPTY)
            if speaking := self.spoke.get(start + len(lead)):
                return follows or speaking
            if lead.endswith("?") or _ASKED.fullmatch(text, start, stop):
                continue
            found = self._in_focus(max(start, stop - _READ), stop, _SENTENCES + 1)
            return found if follows is None or isinstance(found, Draft) else follows
        return follows

    def newcomer(self, quote: Quotation, owner: Draft) -> Span | None:
        """Whom the sentence right before a quotation brings into focus, where its attribution has
        all its words before that sentence: one who is named there first, or as its subject.
        """
        roles = [*owner.source, *owner.cue]
        if not roles or max(end for _, end in roles) > quote.start:
            return None
        text = self._scene.text
        said = [end for _, end in (*roles, *owner.content) if end <= quote.start]
        cuts = [match.end() for match in _SENTENCE_END.finditer(text, max(said) - 1, quote.start)]
        bounds = [*(cut for cut in cuts if cut < quote.start), quote.start]
        if len(bounds) < 2:
            return None
        first, last = bounds[-2:]
        if any(mark in text[first:last] for mark in _QUOTES) or self._told(first, last):
            return None
        people = [m for m in self._people(first, last) if m.named]
        if len({m.name for m in people}) != 1 or self._is_of(owner, people[0].name):
            return None
        found = people[0]
        opens = found.start - first <= len("the ")
        new = self._scene.first_told[found.name.split()[-1]] >= first
        pronoun = any(text[slice(*span)].lower() in _SHE_HE for span in owner.source)
        if not (new and _HEARD.search(text, first, found.start)) and not (
            opens and (new or not pronoun)
        ):
            return None
        return found.start, max(found.end, found.reach)

    def _told(self, first: int, last: int) -> bool:
        """Whether a sentence has reporting words."""
        at = bisect_left(self._cue_starts, first)
        return at < len(self._cue_starts) and self._cue_starts[at] < last

    def _is_of(self, owner: Draft, name: str) -> bool:
        """Whether an attribution names somebody as its source."""
        words = {word for span in owner.source for word in self._scene.text[slice(*span)].split()}
        return name.split()[-1] in words

    def _following(self, end: int) -> Span | None:
        """The one whom the sentence after a quotation opens with: "“…” Ann Cole wiped a tear"."""
        stop = self._scene.block(end - 1)[1]
        begin = end + len(self._scene.text[end:stop]) - len(self._scene.text[end:stop].lstrip())
        if begin >= stop or not self._scene.text[begin].isupper():
            return None
        cut = _SENTENCE_END.search(self._scene.text, begin, stop)
        people = self._people(begin, cut.start() if cut else stop)
        opens = people and people[0].start - begin <= len("the ")
        return (people[0].start, people[0].end) if opens and len(people) == 1 else None

    def _in_focus(self, start: int, stop: int, sentences: int) -> Span | Draft | None:
        cuts = [match.end() for match in _SENTENCE_END.finditer(self._scene.text, start, stop)]
        bounds = [start, *(cut for cut in cuts if cut < stop), stop]
        for first, last in list(pairwise(bounds))[: -sentences - 1 : -1]:
            if not self._scene.text[first:last].strip(_EMPTY):
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
        at = bisect_right(self._scene.quoted, (span[0], span[1])) - 1
        near = self._scene.quoted[max(0, at) : at + 2]
        return any(start <= span[0] and span[1] <= end for start, end in near)

    def _people(self, first: int, last: int) -> list[Mention]:
        """Whom a sentence tells of: people, and names of two words or more that it begins with."""
        return [
            mention
            for mention in self._scene.within(first, last)
            if not mention.possessive
            and (
                mention.kind in ("person", "people")
                or (mention.kind == "unknown" and " " in mention.name and mention.subject)
            )
        ]

    def _one_person(self, first: int, last: int) -> Span | None:
        """The one that a sentence is about, where it is about one."""
        text = self._scene.text
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
        opening = [m for m in self._scene.within(first, last) if m.start <= first + len("the “")]
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
        comma = names[0] == 0 or self._scene.text[words[names[0] - 1].end()] == ","
        says = comma and (verb in lex.finite or verb.endswith("ed"))
        return words[names[0]].span() if says else None


def _runs_on(gap: str) -> bool:
    """Whether what stands between two paragraphs parts nothing: the end of a line that tells the
    reader something, or an interviewer's question.
    """
    rest = gap.partition("\n")[2].strip(_EMPTY)
    return not rest or ("\n" not in rest and rest.endswith("?"))
