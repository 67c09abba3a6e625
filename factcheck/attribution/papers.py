"""Papers that a sentence tells from, where the tagger has not seen them.

"The log, seen by the Gazette, lists four outages", "By the protocol that the Mirror has got, the
water is split", "…, if you believe the ministry's sheet": what a paper holds is told on its word.
A paper that merely does something ("The report has caused anger") says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck import lang
from factcheck.attribution.draft import Draft
from factcheck.attribution.lexicon import lexicon
from factcheck.attribution.nouns import noun_kind
from factcheck.attribution.phrases import (
    MOST_WORDS,
    STARTERS,
    WORD,
    Held,
    Quoted,
    is_source,
    sentences,
)
from factcheck.attribution.quotes import Quotation
from factcheck.attribution.speech import speech
from factcheck.records import Span

_LONGEST = 500
_FEWEST, _LEAST = 3, 2
# What tells that somebody read the paper: ", seen by the Gazette,", ", which we have read,".
_READ = (
    r"(?:as )?(?:seen|obtained|read|reviewed|published|found|shown|leaked|copied|printed|sent)\b"
    r"[^,;:“”\"]{0,80}|(?:which|that|of which)\b[^,;:“”\"]{0,60}?"
    r"\b(?:has|have|had|holds?|owns?)\b[^,;:“”\"]{0,40}|(?:a )?copy with us"
)
_DATED = r"(?:dated|signed|kept|written|drawn up|of)\b[^,;:“”\"]{0,80}"
_SUBJECT = re.compile(
    r"(?:[^\s,:;“”\"][^,:;“”\"]{0,40}: )?(?P<who>[^,:;“”\"()]+)"
    rf"(?P<told>(?:(?:,| and) (?:{_READ}|{_DATED}))*,)?"
)
_TOLD_READ = re.compile(rf"(?:^|[, ])(?:{_READ})")
_BY = re.compile(
    r"(?P<cue>(?:[Bb]y|[Gg]oing by|[Pp]er|[Ii]f (?:(?:you|we|I) (?:believe|follow|trust|go by)"
    r"|one (?:believes|follows|trusts|goes by|is to (?:believe|go by))))) "
    r"(?P<who>(?:[^\s,;:“”\"()]+ ){0,9}?[^\s,;:“”\"()]+?)(?=[,;]|[.]?$)"
)
_PARTICIPLE = re.compile(r"(?:not |also |already |since |long |been\b)*(?:been|\w+ed)\b")

_TAILS = lang.words("attribution", "papers", "tails")

_DETERMINED = lang.words("attribution", "papers", "determined")
_ENTRIES = lang.words("attribution", "papers", "entries")


def add(
    text: str, blocks: Sequence[Span], quotations: Sequence[Quotation], drafts: list[Draft]
) -> None:
    """Add the attributions to papers that sentences show; `blocks` are in order."""
    quoted = Quoted(quotations)
    held = Held(drafts)
    for block in blocks:
        for start, end in sentences(text, block):
            if end - start > _LONGEST or text[end - 1] == "?":
                continue
            for found in (*_subject(text, start, end), *_by(text, start, end)):
                cue = found.cue[0]
                if quoted.holds(cue[0]) or held.reporting(cue) or not held.leaves(found.content):
                    continue
                drafts.append(found)
                break


def _subject(text: str, start: int, end: int) -> Iterator[Draft]:
    """A paper that a sentence opens with, and what it holds."""
    last = end - (text[end - 1] in ".!")
    known = speech()
    for verb in WORD.finditer(text, start, last):
        tells = verb[0] in known["paper_tells"]
        if not (tells or verb[0] in known["paper_holds"]) or text[verb.start() - 1] != " ":
            continue
        match = _SUBJECT.fullmatch(text, start, verb.start() - 1)
        paper = _paper(text, match.span("who")) if match else ""
        if not match or not paper:
            continue
        said = (verb.end() + 1, last)
        read = _TOLD_READ.search(f"{match['who']}{match['told'] or ''}") is not None
        sure = tells or read or paper in known["papers_of_entries"]
        # "Doe's passport gives his name as …", but "The passport gives him a right".
        sure = sure or (paper in _ENTRIES and " as " in text[slice(*said)])
        if sure and text[said[0] - 1] == " " and _is_held(text, said, tells):
            yield Draft([match.span("who")], [verb.span()], [said])
        return


def _is_held(text: str, said: Span, tells: bool) -> bool:
    """Whether what follows a verb is what a paper holds, not what it has done."""
    plain = not any(mark in text[slice(*said)] for mark in '“”"')
    done = not tells and _PARTICIPLE.match(text, *said)
    return plain and not done and len(WORD.findall(text, *said)) >= _FEWEST


def _by(text: str, start: int, end: int) -> Iterator[Draft]:
    """A paper, or somebody, by whose word a statement is told: "…, per the coroner"."""
    last = end - (text[end - 1] in ".!")
    for match in _BY.finditer(text, start, last):
        who = match.span("who")
        low = match["cue"].lower()
        if not _paper(text, who) and (low == "by" or not is_source(text, who)):
            continue
        if text[who[0]].islower() and text[slice(*who)].split()[0] not in _DETERMINED:
            continue
        before, after = text[start : match.start()], text[match.end() : last]
        if not before.strip(" *-–—•\n"):
            said = (match.end() + 2, last)
        elif before.endswith((", ", "; ")):
            said = (start, match.start() - 2)
        else:
            continue
        words = WORD.findall(text, *said) if said[0] < said[1] else []
        finite = lexicon().finite
        if len(words) < _FEWEST or not any(w in finite or w.endswith("ed") for w in words[1:]):
            continue
        content = [said]
        if after.startswith(", and ") and said[0] == start:
            content.append((match.end() + 2, last))
        yield Draft([who], [match.span("cue")], content)


def _paper(text: str, who: Span) -> str:
    """The noun of a phrase, where it is that of a paper: before what tells more of it."""
    core: list[re.Match[str]] = []
    for word in list(WORD.finditer(text, *who))[:MOST_WORDS]:
        if core and word[0].lower() in _TAILS:
            break
        core.append(word)
    lex = lexicon()
    if len(core) < _LEAST or any(word[0].lower() in lex.finite for word in core):
        return ""
    first, noun = core[0][0], core[-1][0].lower()
    if first.lower() not in STARTERS and (first.islower() or first.lower() in lex.functions):
        return ""
    entries = speech()["papers_of_entries"] | _ENTRIES
    return noun if noun_kind(noun) == "document" or noun in entries else ""
