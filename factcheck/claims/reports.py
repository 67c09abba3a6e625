"""What the outlet tells in its own voice: the sentences, and parts of them, that quote nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from factcheck.attribution.lexicon import lexicon
from factcheck.attribution.resolve import Resolved
from factcheck.claims.clauses import (
    Part,
    Statement,
    has_verb,
    has_words,
    is_question,
    split,
    trim,
)
from factcheck.claims.courtesy import is_courtesy
from factcheck.claims.grammar import is_clause, main_verb, may_be_past, subject, table, tokens
from factcheck.claims.leading import is_item, is_lead, is_led
from factcheck.claims.spans import Covering, without
from factcheck.claims.whole import breaks_after, breaks_before
from factcheck.lang import table as listed
from factcheck.lang import words
from factcheck.records import Article, Span

# A sentence, or what an attribution leaves of one, states nothing with fewer words.
_FEWEST = 4
_FEWEST_LEFT = 5
# ... but of an item that completes the line over its list: "The council will: | - sell the baths".
_FEWEST_LED = 2
_EDGE = " ,;:“\"‘'—–-\n\t"
# No sign in a figure: "over 5,000".
_BREAKS = re.compile(r"(?:[,;—–]|--)(?!\d)")
# "x" stands for a source or reporting words.
_AFTERWARDS = re.compile(
    r"(?:[x ]*,|\W*on \w+day,?) *(?:(?:(?:a )?(?:few|couple of|\w+) )?"
    r"(?:minutes|hours|days|weeks|months|years) )?(?:shortly |soon |just )?after (?!all\b)",
    re.IGNORECASE,
)
_JOINED = re.compile(r",\s+(?:while|whereas|although|though|even though|and|but)\s+")
# What goes on beside what somebody says: "denied it, as [divers searched the bay for two men]".
_MEANWHILE = re.compile(r",\s+as\s+(?=[^.,;:!?“”\"]{30,})")
_CLEFT = re.compile(r"(?i)it (?:was|is|had been)\b")
_RELATED = re.compile(r",? (?:who|that|which)\b")
_INNER = re.compile(r"\b(?:who|which|whom|whose|that)\b[^,]*$")
_PERSONAL = words("claims", "grammar", "personal")
_COUNTED = words("claims", "reports", "counted") | frozenset(listed("figures")["cardinals"])
_LOOSE = words("claims", "reports", "loose")


def reported(
    article: Article, used: Sequence[Resolved], told: Sequence[Span]
) -> Iterator[Statement]:
    """Yield the statements of an article's own voice, in text order.

    `used` are the attributions that made claims of their own, and `told` is what these hold. What
    surrounds it is a report where it says more than who said so: "X broke with Y, saying …".
    """
    text = article.text
    contents = Covering(told)
    cues = Covering([span for one in used for span in one.attribution.cue])
    roles = Covering(
        [span for one in used for span in (*one.attribution.source, *one.attribution.cue)]
    )
    for sentence in article.sentences:
        start, end = sentence.start, sentence.end
        if article.blocks[sentence.block].kind != "body" or is_question(text, end):
            continue
        taken = contents.meeting(start, end)
        if taken or roles.meeting(start, end):
            cut_off: list[Span] = []
            for piece in without([(start, end)], taken):
                yield from _left(text, piece, roles, cues, cut_off)
            around = Covering(cut_off)
        else:
            around = Covering([(start, end)])
        for part in split(text, start, end) if around.meeting(start, end) else ():
            if around.meeting(part.start, part.end):
                yield from _kept(text, part, start)


def _kept(text: str, part: Part, start: int) -> Iterator[Statement]:
    """One part of a sentence that begins at `start`, where it states something."""
    span = trim(text, (part.start, part.end), openers=True)
    fewest = _FEWEST_LED if is_led(text, start) else _FEWEST
    fewest -= is_item(text, start) and is_clause(text[slice(*span)]) and fewest == _FEWEST
    fewest -= fewest == _FEWEST and _counts(text[slice(*span)])
    told = has_words(text, *span, fewest) and not is_courtesy(text, span)
    # "What we know so far:" leads up to what is told.
    colon = text[span[1] : span[1] + 1] == ":"
    leads = colon and (is_lead(text, span) or not is_clause(text[slice(*span)]))
    if told and not leads and not is_question(text, span[1]):
        yield Statement((span,))


def _counts(told: str) -> bool:
    """Whether a short sentence tells how many: "Three people died", "Nobody was hurt"."""
    found = [token.low for token in tokens(told) if token.is_word]
    counted = any(char.isdigit() for char in told) or (found and found[0] in _COUNTED)
    return bool(counted) and is_clause(told)


def _left(
    text: str, piece: Span, roles: Covering, cues: Covering, cut_off: list[Span]
) -> Iterator[Statement]:
    """The statements of what an attribution's content leaves of a sentence.

    A main clause that goes on into the content is added to `cut_off`: it has to be told in whole.
    """
    start, end = piece
    end = _without_last_role(text, start, _without_last_cue(text, start, end, cues), roles)
    # Reporting words are blanked out, so that their verbs are not counted; a source leaves a word.
    masked = list(text[start:end])
    for first, last in roles.meeting(start, end):
        # "Doe, who [resigned]" goes on in an inner clause.
        inner = _INNER.search(text, first, last) if not cues.meeting(first, last) else None
        kept = (inner[0] if inner else "," * (text[last - 1] == ",")).rjust(last - first)
        masked[first - start : last - start] = f"x{kept[1:]}" if kept.startswith(" ") else kept
    blanked = "".join(masked)
    for part in split(blanked, 0, len(blanked)):
        for first, natural in _begins(blanked, part):
            span = trim(text, (start + first, start + part.end), openers=True)
            if is_question(text, span[1]) or not has_words(text, *span, _FEWEST_LEFT):
                continue
            words = blanked[max(0, span[0] - start) : span[1] - start]
            if not is_clause(words) or cues.meeting(*span):
                continue
            if not (natural or breaks_before(text, start + first)):
                continue
            if _CLEFT.match(words) and _RELATED.match(text, span[1]):
                # "It was Doe, on a visit, | who said so" tells who said it.
                continue
            if breaks_before(text, span[1]) or breaks_after(text, span[1]):
                yield Statement((span,))
            else:
                cut_off.append(span)
            break


def _begins(told: str, part: Part) -> Iterator[tuple[int, bool]]:
    """Where a statement may begin in what a content leaves: at once, or after the words that lead
    over to it, "…, hours after [X resigned]", "said x, while [X resigned]"; and whether it is
    these that it begins after.
    """
    lead = _lead(told[part.start : part.end])
    yield part.start + lead, lead > 0
    joint = _JOINED.search(told, part.start, part.end)
    if joint:
        yield joint.end(), True
    beside = _MEANWHILE.search(told, part.start, part.end)
    if beside and _happens(told[beside.end() : part.end]):
        yield beside.end(), True


def _happens(told: str) -> bool:
    """Whether a clause behind "as" tells of what goes on, not how: "as the law required of all"."""
    found = tokens(told)
    verb, words = main_verb(found), subject(found)
    if verb is None or not words or words[0].low in _PERSONAL:
        return False
    low = found[verb].low
    other = table().auxiliaries | lexicon().sayings | lexicon().opinions
    return low not in other and not low.endswith("s") and len(found) - verb > _FEWEST


def _lead(told: str) -> int:
    """How much of what follows a content leads up to a statement: "…, hours after [X resigned]"."""
    lead = _AFTERWARDS.match(told)
    return lead.end() if lead and has_verb(told, lead.end(), len(told)) else 0


def _without_last_role(text: str, start: int, end: int, roles: Covering) -> int:
    """Where a stretch ends without a source and its verb that open what is said: "…, and Doe"."""
    whole = end
    for first, last in reversed(roles.meeting(start, end)):
        if text[last:end].strip(_EDGE):
            break
        end = first
    if end == whole:
        return end
    kept = text[start:end].rstrip()
    cut = max((mark.end() - 1 for mark in _BREAKS.finditer(kept)), default=-1)
    if cut >= 0 and not has_verb(kept, cut + 1, len(kept)):
        # "… – a move that Doe [called a mistake]" ends at the dash.
        kept = kept[:cut].rstrip()
    while kept.rpartition(" ")[2].lower() in _LOOSE:
        kept = kept[: kept.rfind(" ")].rstrip() if " " in kept else ""
    return start + len(kept)


def _without_last_cue(text: str, start: int, end: int, cues: Covering) -> int:
    """Where a stretch ends without the verb that leads over to the content: "…, saying that"."""
    found = cues.meeting(start, end)
    if not found:
        return end
    first, last = found[-1]
    rest = text[last:end].strip(" ,:“\"‘'—–-").lower()
    word = text[first:last].partition(" ")[0].lower()
    lex = lexicon()
    leads = word.endswith("ing") or word in lex.sayings | lex.finite or may_be_past(word)
    return first if rest in ("", "that") and leads else end
