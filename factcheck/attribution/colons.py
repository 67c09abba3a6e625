"""What stands behind a colon, told by whoever opens the sentence, where the tagger has not seen it.

"The hydrologist laid it out: they have to pump", "The superintendent, by phone: his books show no
complaint", "An administrator has just texted us: eleven dead so far". A colon that no word of
telling leads up to explains or lists, and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from factcheck.attribution.draft import Draft
from factcheck.attribution.lexicon import lexicon
from factcheck.attribution.phrases import WORD, Held, Quoted, is_source, sentences
from factcheck.attribution.quotes import Quotation
from factcheck.attribution.speech import speech
from factcheck.records import Span

_LONGEST, _LONGEST_LEAD, _FEWEST = 500, 160, 3
_AUX = r"(?:(?:has|have|had|just|also|since|now|later|then) ){0,3}"
_TELLS = re.compile(
    rf" (?P<cue>{_AUX}(?P<verb>(?:puts?|laid|lays|sums?|summed|spelt|spelled) it\b|[a-z]+))(?= |$)"
)
# Who tells is all that stands before the way it came: "The superintendent, by phone: …".
_WAY = re.compile(
    r"(?P<who>[^,]+),? (?P<cue>by (?:phone|telephone|e-?mail|text|letter|radio|video link)"
    r"|on (?:the (?:phone|telephone|line|air|radio)|Radio [A-Z]\w+|[A-Z]\w+ FM)"
    r"|in a (?:text|message|note|tweet|post|letter)|to (?:us|this newspaper|our reporter))"
)
_CLAUSE = re.compile(r", (?:who|whose|which|a|an|the)\b[^,]*,?$")


def add(
    text: str, blocks: Sequence[Span], quotations: Sequence[Quotation], drafts: list[Draft]
) -> None:
    """Add the attributions that lead up to a colon; `blocks` are in order."""
    quoted = Quoted(quotations)
    held = Held(drafts)
    for block in blocks:
        for start, end in sentences(text, block):
            colon = text.find(": ", start, min(end, start + _LONGEST_LEAD))
            if colon < 0 or end - start > _LONGEST or text[end - 1] == "?" or quoted.holds(colon):
                continue
            found = _before(text, (start, colon), (colon + 2, end - (text[end - 1] in ".!")))
            if found and not held.reporting(found.cue[0]) and held.leaves(found.content):
                drafts.append(found)


def _before(text: str, lead: Span, said: Span) -> Draft | None:
    """The attribution of what a colon leads up to, where the words before it tell of speech."""
    words = WORD.findall(text, *said)
    if len(words) < _FEWEST or any(mark in text[slice(*said)] for mark in '“”"«»;'):
        return None
    if not words[0][0].islower() and not words[0][0].isdigit():
        # "Three rules: Wash. Rinse.", "The result: Harlow 2, Odell 1".
        return None
    if (way := _WAY.fullmatch(text, *lead)) and is_source(text, way.span("who")):
        return Draft([way.span("who")], [way.span("cue")], [said])
    known = lexicon().sayings | speech()["aside_verbs"] | speech()["colon_verbs"]
    for verb in _TELLS.finditer(text, *lead):
        if verb["verb"] not in known and not verb["verb"].endswith(" it"):
            continue
        who = (lead[0], verb.start())
        clause = _CLAUSE.search(text[slice(*who)])
        name = (who[0], who[0] + clause.start()) if clause else who
        if "," not in text[slice(*name)] and is_source(text, name):
            return Draft([name], [(verb.start("cue"), lead[1])], [said])
        return None
    return None
