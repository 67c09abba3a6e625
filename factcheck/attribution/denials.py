"""Who denies what, by the grammar of a denial, where the tagger has not seen it.

"…, which Doe denies", "The firm denied selling …", "Reports that … were rejected by the firm",
"They say …. That is wrong", "Claim: … Verdict: false". Without its denying words each of them says
the contrary of what the text says, so none of them is left to a likelihood.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from factcheck import lang
from factcheck.attribution.draft import Draft
from factcheck.attribution.lexicon import lexicon
from factcheck.attribution.phrases import WORD, Held, Quoted, is_source, overlap, sentences
from factcheck.attribution.quotes import Quotation
from factcheck.records import Span

_LONGEST = 500
# What stands within so many characters is looked at together.
_PLACE = 1000
_FEWEST = 2
_WHO = r"(?P<who>(?:[^\s,;:“”\"()]+ ){0,7}?[^\s,;:“”\"()]+?)"
_WHICH = re.compile(
    r", (?:which|something(?: that)?|"
    rf"(?:an? )?(?:claim|charge|allegation|accusation)s?(?: that| which)?) {_WHO} "
    r"(?P<cue>(?:(?:has|have|had) |flatly |strongly |strenuously |categorically )*"
    r"den(?:ies|ied|y))(?=[.,;]|$)"
)
_LEADS = r"(?:(?:has|have|had|also|later|again|since|yet|once more|[a-z]+ly) )*"
_ACTIVE = rf"(?P<cue>\b{_LEADS}(?P<verb>den(?:ied|ies|y)|{{against}}))(?P<rest> )"
_THINGS = lang.words("attribution", "denials", "things")
_NEGATED = re.compile(
    r"(?:\b(?:not|never|nor|neither|cannot|nobody|none|no)|n['’]t)\b", re.IGNORECASE
)
_PASSIVE = (
    r"(?P<noun>\b(?:(?!and |but )[\w'’-]+ ){0,4}?(?i:{noun})) that "
    r"(?P<said>(?:[^.;:!?\n“”\"]|“[^“”\n]{1,80}”|\"[^\"\n]{1,80}\"){8,240}?) "
    r"(?P<cue>(?:(?:has|have|had) been|were|was|are|is)(?: also| [a-z]+ly)? "
    r"{rejected}(?: as [\w-]+(?: [\w-]+){{0,2}}?)?)"
    r"(?: (?P<by>by) (?P<who>(?:[^\s,;:“”\"()]+ ){0,7}?[^\s,;:“”\"()]+?"
    r"(?:, (?:[A-Z][\w'’-]+ ?){1,4}(?<! )(?=[,.;]))?))?"
    r"(?=[.,;]|$| (?:on|in|at|after|before|late|early|this|last)\b)"
)
# What ends what is denied: a clause of the one who denies it, or the next main clause.
_STOP = (
    r"[;!?\n]|:(?!\d)|\.[\"”’')]*$|, (?:and|but|while|which|who|saying|adding|calling|insisting|"
    r"arguing|claiming|telling|describing|according|stressing|noting|pointing)\b"
    r"|, [^,]{2,60} (?:said|says)\b"
    r"| (?:as|but) (?=(?:[\w-]+ ){0,3}{false}\b)"
)
# "Denied that it sold bad meat | and said": another saying of the same one.
_SECOND = re.compile(r",? (?:and|but) (?:(?:also|later|instead|\w+ly) )?(?P<verb>\w+)\b")
# "Doe, who | denies that he lied": who it is stands before the clause.
_WHO_CLAUSE = re.compile(r"(?:^|[,;:] )(?P<who>[^,;:]{2,80}), who$")
_THE = re.compile(r"the [a-z]+(?: [a-z]+){0,3}$")
_JOINS = re.compile(r"(?:and|or|but|as|while|when|after|before|because|since|until|if)\b")
_CLAIM_LABEL = re.compile(
    r"(?:\*\*|__)?(?:The )?(?:Claims?|Myth|Rumou?r|What (?:was|is) claimed|The post)(?:\*\*|__)?"
    r"\s*:(?:\*\*|__)?\s+",
    re.IGNORECASE,
)
_VERDICT = (
    r"[\s*_#>]*(?:Our |The )?(?:Verdict|Rating|Ruling|Conclusion|Result|Fact ?check|Facts?|Truth|"
    r"Reality)[*_]*\s*:[*_\s]*(?:Mostly |Completely |Entirely |This is |It is |That is )?{false}\b"
)
# "They say …. | That is wrong": what others say is told in a sentence of its own.
_OTHERS = re.compile(
    r"(?P<who>[^.!?;:,“”\"\n]{1,80}?) (?P<cue>(?:say|says|said|claim|claims|claimed|believe|"
    r"believes|insist|insists|argue|argues|allege|alleges|think|suggest|suggests)) (?:that )?"
    r"(?P<said>[^.!?;“”\"\n]{8,240})\.$"
)
_CORRECTS = (
    r"(?P<cue>(?:But )?(?:(?:That|This|It)(?:['’]s| is| was)|(?:The|This|That) (?:claim|report|"
    r"rumou?r|story|allegation|accusation) (?:is|was)|(?:They|These claims|Those claims|"
    r"The claims) (?:are|were))(?: simply| just| [a-z]+ly)? "
    r"(?:not (?:true|correct|right|so|the case)|{false}))"
    rf"(?P<by>, {_WHO} (?:says|said|added|adds|wrote|writes))?(?=[.,;]|$)"
)
_ACTIONS = lang.listed("attribution", "denials", "actions")
_SIGNS = lang.listed("attribution", "denials", "signs")
_RELATIVES = lang.words("attribution", "common", "relatives")
_DETERMINED = lang.words("attribution", "denials", "determined")
_SUBJECTS = lang.words("attribution", "denials", "subjects")


@cache
def _parts() -> dict[str, str]:
    path = files("factcheck").joinpath("data", "stances.toml")
    found: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8"))["parts"]
    return found


@cache
def _pattern(template: str, flags: int = 0) -> re.Pattern[str]:
    for name, part in _parts().items():
        template = template.replace("{" + name + "}", part)
    return re.compile(template, flags)


def add(
    text: str, blocks: Sequence[Span], quotations: Sequence[Quotation], drafts: list[Draft]
) -> None:
    """Add the denials that the grammar of a sentence shows, and mend those that it contradicts.

    `blocks` are the paragraphs that the drafts stand in, in order.
    """
    quoted = Quoted(quotations)
    held = Held(drafts)
    for block in blocks:
        drafts += _of_others(text, block, held)
    near = _Near(drafts)
    for block in blocks:
        before: Span | None = None
        for sentence in sentences(text, block):
            _passive(text, sentence, quoted, near)
            _active(text, sentence, quoted, near, held)
            if before is not None:
                _corrected(text, before, sentence, quoted, near)
            before = sentence
        _judged(text, block, near)
    drafts[:] = [draft for draft in (*drafts, *near.new) if draft.content]


class _Near:
    """The attributions by the places that their contents are at, new ones among them."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.new: list[Draft] = []
        self._at: defaultdict[int, list[Draft]] = defaultdict(list)
        for draft in drafts:
            self._note(draft)

    def _note(self, draft: Draft) -> None:
        for start, end in draft.content:
            for place in range(start // _PLACE, end // _PLACE + 1):
                self._at[place].append(draft)

    def add(self, draft: Draft) -> None:
        """Take in a new attribution."""
        self.new.append(draft)
        self._note(draft)

    def having(self, span: Span) -> Iterator[tuple[Draft, list[Span]]]:
        """The attributions with a part of a span, and what of their contents is no part of it."""
        seen: set[int] = set()
        for place in range(span[0] // _PLACE, span[1] // _PLACE + 1):
            for draft in self._at.get(place, ()):
                rest = [one for one in draft.content if not overlap(one, span)]
                if id(draft) not in seen and len(rest) < len(draft.content):
                    seen.add(id(draft))
                    yield draft, rest

    def take(self, span: Span) -> None:
        """Let no attribution have a part of a span."""
        for draft, rest in self.having(span):
            draft.content = rest


def _of_others(text: str, block: Span, held: Held) -> list[Draft]:
    """Who denies what another has just been told to say: "…, which Doe denies"."""
    found = []
    for match in _WHICH.finditer(text, *block):
        who, at = match.span("who"), match.start()
        if not is_source(text, who):
            continue
        for (start, end), draft in held.before(at):
            if end + 1 < at or not draft.source or overlap(draft.source[0], who):
                continue
            kept = [span for span in draft.content if not at < span[0] < match.end()]
            draft.content = [(start, at) if span == (start, end) else span for span in kept]
            found.append(Draft([who], [match.span("cue")], [(start, at)]))
            break
    return found


def _active(text: str, sentence: Span, quoted: Quoted, near: _Near, held: Held) -> None:
    """Who denies having done something, or what others say: "The firm denied selling bad meat"."""
    start, end = sentence
    if end - start > _LONGEST:
        return
    for match in _pattern(_ACTIVE).finditer(text, start, end):
        # "The rejection of claims that …", "after rejecting claims that …" have no subject.
        bare = match["verb"].split()[0].endswith(_ACTIONS)
        if bare or quoted.holds(match.start("verb")):
            continue
        who = _subject(text, start, match.start("cue"))
        said = _denied(text, match, end)
        if who is None or said is None:
            continue
        clause = text[who[1] : match.start("cue")].strip() == ", who"
        if clause and (comma := text.find(",", *said)) > 0:
            said = (said[0], comma)
        # What others say is denied: the noun for it is of the reporting words.
        lead = text[match.end("cue") : said[0]].strip()
        cue = match.span("cue") if lead in ("", "that") else (match.start("cue"), said[0] - 1)
        draft = held.reporting(match.span("verb"))
        if draft is None:
            if held.leaves([said]) and not any(near.having(said)):
                near.add(Draft([who], [cue], [said]))
            continue
        if draft.content and _cut_short(text, draft.content[-1], said):
            draft.content[-1] = (draft.content[-1][0], said[1])
        swallowed = any(overlap(span, who) for span in draft.content)
        crossed = any(start < said[0] < end for start, end in (*draft.content, *draft.cue))
        if not draft.source or swallowed:
            draft.source = [who]
        if swallowed or crossed:
            draft.cue, draft.content = [cue], [said]


def _cut_short(text: str, content: Span, said: Span) -> bool:
    """Whether a content ends inside what is denied: "denied stealing | from the fund"."""
    start, end = content
    after = WORD.match(text, end + 1)
    goes_on = after is not None and after[0] in lexicon().functions
    inside = said[0] <= start and end < said[1] and text[end : end + 1] == " "
    return inside and goes_on and not _JOINS.match(text, end + 1)


def _subject(text: str, start: int, at: int) -> Span | None:
    """The subject of the verb before an offset: the sentence's opening, after a front at most."""
    stop = at - 1 if text[at - 1 : at] == " " else at
    if clause := _WHO_CLAUSE.search(text[start:stop]):
        told = (start + clause.start("who"), start + clause.end("who"))
        return told if is_source(text, told) else None
    begins = [start]
    for sign in _SIGNS:
        cut = text.rfind(sign, start, stop)
        if cut > start:
            begins.append(cut + len(sign))
    for begin in begins:
        lead = text[begin:stop]
        span = (begin + len(lead) - len(lead.lstrip(" *_-–—•")), stop - (text[stop - 1] == ","))
        words = [match[0].lower() for match in WORD.finditer(text, *span)]
        if not words or words[-1] in _RELATIVES or _NEGATED.search(text, *span):
            continue
        if words[0] in lexicon().functions - _SUBJECTS and words[0] not in _DETERMINED:
            continue
        if is_source(text, span):
            return span
    return None


def _denied(text: str, match: re.Match[str], end: int) -> Span | None:
    """What is denied behind a denying verb: by a participle, after "that", or as others' claim."""
    at = match.end()
    first = WORD.match(text, at, end)
    if first is None:
        return None
    if match["verb"].startswith("den") and first[0].endswith("ing") and len(first[0]) > 4:
        begin = at
        if first[0] in _THINGS or text[first.end() : first.end() + 1] != " ":
            return None
    elif first[0] == "that" and match["verb"].startswith("den"):
        begin = first.end() + 1
    else:
        lead = _pattern(
            r"(?:as [\w-]+(?: [\w-]+){0,3}? )?(?:[\w'’-]+ ){0,4}?{noun}(?: by [A-Z][\w ]{1,40}?)?"
            r" that "
        ).match(text, at, end)
        if lead is None:
            return None
        begin = lead.end()
    stop = _pattern(_STOP).search(text, begin, end)
    said = (begin, stop.start() if stop else end)
    for second in _SECOND.finditer(text, *said):
        if second["verb"] in lexicon().sayings:
            said = (begin, second.start())
            break
    lone = _lone_mark(text, said)
    if lone is not None:
        # A quotation that goes on behind what is denied is another statement.
        said = (begin, lone)
    return said if len(WORD.findall(text, *said)) >= _FEWEST else None


def _lone_mark(text: str, span: Span) -> int | None:
    """Where the last quotation mark of a stretch stands, if it has no partner."""
    told = text[slice(*span)]
    if told.count('"') % 2 == 0 and told.count("“") == told.count("”"):
        return None
    return max(text.rfind(mark, *span) for mark in '"“”')


def _passive(text: str, sentence: Span, quoted: Quoted, near: _Near) -> None:
    """Who denies what others say: "Reports that it sold bad meat were denied by the firm"."""
    if sentence[1] - sentence[0] > _LONGEST:
        return
    for match in _pattern(_PASSIVE).finditer(text, *sentence):
        who, said = match.span("who"), match.span("said")
        if quoted.holds(match.start("cue")) or _NEGATED.search(match["cue"]):
            continue
        # Whoever rejects what is said is somebody, whatever its noun: "by the palace".
        if match["by"] and not (_THE.match(text, *who) or is_source(text, who)):
            continue
        whole = (match.start("noun"), max(match.end("cue"), who[1]))
        for draft, rest in near.having(whole):
            if any(overlap(span, whole) for span in (*draft.source, *draft.cue)):
                draft.content = rest
        # The noun is of the reporting words: what others say is not denied without it.
        cues = [(match.start("noun"), said[0] - 1), match.span("cue")]
        near.add(Draft([who] if match["by"] else [], cues, [said]))


def _corrected(text: str, before: Span, sentence: Span, quoted: Quoted, near: _Near) -> None:
    """Who says what the next sentence denies: "They say the dam is cracked. That is wrong".

    It is theirs, and whoever corrects it denies it: the one who is named, else the outlet.
    """
    told = _OTHERS.match(text, *before)
    match = _pattern(_CORRECTS).match(text, *sentence)
    if (
        before[1] - before[0] > _LONGEST
        or not told
        or not match
        or quoted.holds(match.end("cue"))
        or quoted.holds(before[1] - 1)
    ):
        return
    who, said, cue = told.span("who"), told.span("said"), match.span("cue")
    by = match.span("who") if match["by"] else None
    if not is_source(text, who) or (by and not is_source(text, by)):
        return
    near.take(said)
    near.take(cue)
    near.add(Draft([who], [told.span("cue")], [said]))
    near.add(Draft([by] if by else [], [cue], [said]))


def _judged(text: str, block: Span, near: _Near) -> None:
    """What is labelled a claim, and judged in the same breath: "Claim: … Verdict: false"."""
    # The label may be read as one, and be no part of its paragraph.
    label = _CLAIM_LABEL.match(text, text.rfind("\n", 0, block[0]) + 1, block[1])
    if label is None:
        return
    verdict = _pattern(_VERDICT, re.IGNORECASE)
    inside = next(
        (m for at in _line_ends(text, label.end(), block[1]) if (m := verdict.match(text, at))),
        None,
    )
    match = inside or verdict.match(text, block[1])
    if match is None:
        return
    said = (label.end(), match.start() if inside else block[1])
    said = (said[0], said[0] + len(text[slice(*said)].rstrip()))
    if said[0] >= said[1]:
        return
    word = list(WORD.finditer(text, match.start(), match.end()))
    cue = (word[0].start(), match.end())
    near.take(said)
    near.add(Draft([], [cue], [said]))


def _line_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Where a sentence or a line ends inside a block."""
    return (at + 1 for at in range(start, end) if text[at] in ".!?\n")
