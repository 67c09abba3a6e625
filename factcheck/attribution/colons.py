"""Statements behind a colon, where the words before it tell that somebody says something.

"The maker is categorical: no image is kept", "Ann Cole laid it out: the well is dry", "The league
stays with its charge: the box was on the road". "The rule is simple: nobody may enter" and "He
opened three: a letter …" are the outlet's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck import lang
from factcheck.attribution.draft import Draft
from factcheck.attribution.lexicon import lexicon
from factcheck.attribution.nouns import noun_kind
from factcheck.attribution.phrases import WORD, Held, Quoted, is_source, sentences
from factcheck.attribution.quotes import Quotation
from factcheck.records import Span

_LONGEST, _FEWEST = 500, 3
_COLON = re.compile(r": (?=[^\s\"“«‘'])")
# What tells of speech without a verb of saying, up to the colon.
_BE = r"(?:is|was|are|were|remains?|remained|isn['’]t|wasn['’]t)"
_HOW = (
    r"(?:adamant|blunt|brief|categorical|clear|defiant|emphatic|firm|frank|insistent|not so sure"
    r"|plain|resolute|succinct|unbending|unequivocal|unmoved|unrepentant)"
)
_WAYS = (
    # "Is as firm", "has texted", "laid it out", "stands by her story", "gave this account".
    rf"{_BE} (?:as |more |most |quite |very )?{_HOW}",
    r"(?:has |have |had )?(?:since |just |also |now )*"
    r"(?:texted|messaged|e-?mailed|cabled|wired|written to|wrote to|writes to)",
    r"(?:lays?|laid|spells?|spelled|spelt|puts?|sums?|summed|sets?) (?:it|things|the case)(?: all)?"
    r" (?:out|up|down|plainly|bluntly|simply|in writing|on paper|this way)",
    r"(?:stays?|stayed|sticks?|stuck|stands?|stood|repeat(?:s|ed)|renew(?:s|ed))(?: with| to| by)? "
    r"(?:its|his|her|their) (?:\w+ )?(?:charge|claim|account|version|story|position|view)",
    r"(?:gives?|gave|offer(?:s|ed)|has|had) (?:[\w'’]+ ){0,4}?"
    r"(?:account|version|explanation|answer|theory|reason)\b",
    r"on (?:[A-Z][\w'’-]* )*"
    r"(?:[Rr]adio|[Tt]elevision|TV|FM|Facebook|Instagram|Telegram|Twitter|X)(?: [A-Z][\w'’-]*)*$",
)
_TELLS = re.compile("|".join(_WAYS))
_FRONT = re.compile(
    r"(?:(?:On|About|As to|As for|Of) (?:[\w-]+ ){1,4}?(?=the |its |his |her )|Our )"
)
_PEOPLE = lang.words("attribution", "common", "people")
_THINGS = lang.words("attribution", "colons", "things")


def add(
    text: str, blocks: Sequence[Span], quotations: Sequence[Quotation], drafts: list[Draft]
) -> None:
    """Add the attributions that a colon shows, in sentences of which nobody has a part yet."""
    quoted, held = Quoted(quotations), Held(drafts)
    for block in blocks:
        for start, end in sentences(text, block):
            colon = _COLON.search(text, start, end)
            if colon is None or end - start > _LONGEST or quoted.holds(colon.start()):
                continue
            said = (colon.end(), end - (text[end - 1] in ".!"))
            found = _teller(text, (start, colon.start()))
            if found is None or len(WORD.findall(text, *said)) < _FEWEST or text[end - 1] == "?":
                continue
            if held.reporting((start, end)) is None and held.leaves([said]):
                drafts.append(Draft([found[0]], [found[1]], [said]))


def _teller(text: str, lead: Span) -> tuple[Span, Span] | None:
    """The source and the reporting words, with the colon, in what stands before a colon."""
    for match in _TELLS.finditer(text, *lead):
        before = text[lead[0] : match.start()]
        if any(mark in before for mark in ';"“”«»'):
            continue
        who = (lead[0], lead[0] + len(before.rstrip(" ,")))
        front = _FRONT.match(text, *who)
        who = (front.end() if front else who[0], who[1])
        if is_source(text, who) and _is_somebody(text, who):
            return who, (match.start(), lead[1] + 1)
    return None


def _is_somebody(text: str, who: Span) -> bool:
    """Whether a phrase is of people or bodies: a name, a pronoun, or a noun for them."""
    words = [match[0] for match in WORD.finditer(text, *who)]
    low = words[0].lower()
    name = words[0][0].isupper() and low not in lexicon().functions and low not in _THINGS
    kinds = {noun_kind(word.lower()) for word in words}
    return name or low in _PEOPLE or bool(kinds & {"person", "people", "organisation"})
