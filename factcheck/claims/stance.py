"""What stance a source takes to what is attributed to it, read from the reporting words.

"Denied that", "could not confirm", "refused to say whether": without them the content says the
contrary of what the text says. Without any of them a source asserts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from factcheck.attribution.lexicon import lexicon
from factcheck.claims.denied import denied
from factcheck.claims.grammar import is_clause
from factcheck.claims.stance_words import closing, data, filled, listed, openings, word_before
from factcheck.lang import words
from factcheck.records import Attribution, Claim, Span, Speaker, Stance

# Stances that carry a statement, one that contradicts it; the others leave it open.
CARRYING: frozenset[Stance] = frozenset({"asserts", "expects", "promises", "urges", "alleges"})
CONTRARY: Stance = "denies"
# With these the content alone says the contrary of the text, or more than it.
TURNING: frozenset[Stance] = frozenset({"denies", "doubts", "unconfirmed", "asks", "withholds"})

# How far from its cue, in characters, the words of a reporting clause are read.
_REACH = 80
# Characters of the content that help to read the reporting words ("asked residents | to stay").
_HEAD = 60
# A participle has more letters than "king".
_SHORTEST = 4
# A content is looked through for its end so far, in characters.
_LONGEST = 400
_MARKS = "“”\"'‘’ "
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# In place of a source: what follows is said by nobody.
_NOTHING = words("claims", "stance", "nothing")
# So many words at most run on into the cue ("has not yet |confirmed").
_RUN = 5
# What ends a reporting clause between cue and content.
_BREAK = re.compile(r"[,.!?;:—–]\s*\w|\n")
_SENTENCE_END = re.compile(r"[.!?;](?:\s|$)|\n")
# "Denied | taking bribes": a verb that a reporting verb governs, at the end of a cue.
_GOVERNED = re.compile(r"[^\W\d_]+\s+((?:having\s+)?[^\W\d_]{2,}ing)$", re.IGNORECASE)
# A verb whose object may be a thing, among so many words, that somebody does not get.
_DENIED = re.compile(r"(?i)\bden(?:y|ies|ied|ying)$")
_OBJECTS = 7
_LED_BY = re.compile(
    r"to (?:be )?[a-z]+(?: on)? (?=(?:whether|if|how|why|what|who|when|where|that)\b)"
)
_FACT = re.compile(r"the (?:mere |simple )?fact that ")
_BEING = words("claims", "stance", "being")
_NEGATIVE = re.compile(
    r"(?:no|none|nobody|neither|few|hardly|scarcely|almost no|not (?:every|all|many))\b|not every"
)


@cache
def _patterns() -> tuple[tuple[Stance, tuple[re.Pattern[str], ...]], ...]:
    known = data()
    return tuple(
        ("doubts" if name == "others" else name, tuple(map(filled, known["patterns"][name])))
        for name in known["order"]
    )


def states(text: str, span: Span) -> bool:
    """Whether a content says something, be it by a participle: "denied | taking bribes".

    Of a noun ("denied | all charges") the clause with its reporting words has to be told.
    """
    content = text[slice(*span)].lstrip(_MARKS)
    word = _WORD.match(content)
    if word is None:
        return False
    first = word[0].lower()
    if not _WORD.search(content, word.end()):
        # "What | he does not accept [is that …]".
        return False
    return first in listed("governed") or (
        (first.endswith("ing") and len(first) > _SHORTEST) or is_clause(content)
    )


def speaks(text: str, attribution: Attribution) -> bool:
    """Whether the cue is of a verb of saying, thinking or another act of speech."""
    lex = lexicon()
    cue = " ".join(text[start:end] for start, end in attribution.cue).lower()
    words = set(_WORD.findall(cue))
    return (
        cue.endswith(":")
        or bool(words & (lex.sayings | lex.opinions))
        or any(map(_acts().fullmatch, words))
        or any(word.endswith("ing") and _is_saying(word) for word in words)
    )


def acts(text: str, attribution: Attribution, speaker: Speaker | None) -> bool:
    """Whether the cue is of what its subject does or sees: "ordered that", "had noticed that"."""
    if refuses(text, attribution) or _does(text, attribution):
        return True
    words = [w for a, b in attribution.cue for w in _WORD.findall(text[a:b].lower())]
    verb = next((w for w in words if w not in listed("auxiliaries") and not w.endswith("ly")), "")
    if verb in lexicon().sayings:
        body = speaker is not None and speaker.kind == "organisation"
        return body and _acting("bodies").fullmatch(verb) is not None
    return _acting("verbs").fullmatch(verb) is not None


def _does(text: str, attribution: Attribution) -> bool:
    """Whether a verb of saying is one of doing by the word behind it: "called off its march"."""
    if not attribution.cue:
        return False
    first, last = attribution.cue[-1]
    return _acting("phrasal").match(text[first : last + _HEAD].lower()) is not None


def refuses(text: str, attribution: Attribution) -> bool:
    """Whether somebody is denied a thing, and nothing is denied: "denied bail to Doe", "denied her
    a visa", "were denied entry".
    """
    if not attribution.cue or not _DENIED.search(text[slice(*attribution.cue[-1])]):
        return False
    last = attribution.cue[-1][1]
    said = next((span for span in attribution.content if 0 <= span[0] - last <= 1), None)
    if said is None:
        return False
    if _kept_from().match(text, *said):
        return True
    for match in list(_WORD.finditer(text, said[0], said[1]))[:_OBJECTS]:
        word = match[0].lower()
        if word in listed("refusing", "things"):
            after = _WORD.match(text, match.end() + 1)
            if after is None or text[match.end()] != " ":
                return True
            return after[0].lower() in listed("refusing", "next")
        if word in listed("refusing", "next"):
            return False
    return False


@cache
def _kept_from() -> re.Pattern[str]:
    """Whom something is kept from, and what it is: "denied | Lomny a late winner".

    How often, when and on what ground something is denied is no such thing.
    """
    return filled(data()["refusing"]["kept"])


@cache
def _acting(name: str) -> re.Pattern[str]:
    return re.compile(data()["acting"][name])


@cache
def _acts() -> re.Pattern[str]:
    return re.compile(data()["speaking"]["verbs"])


def says_nothing(text: str, attribution: Attribution) -> bool:
    """Whether nothing was said: "If the mayor says that …", "Nothing suggests that …", "to allay
    fears that …".
    """
    if attribution.source:
        at = attribution.source[0][0]
        # "It did not clot as it should, Doe said" is said.
        led = not any(mark in text[max(0, at - 2) : at] for mark in ",;:")
        return led and word_before(text, at) in listed("hypothetical", "leads")
    if not attribution.cue:
        return False
    return word_before(text, attribution.cue[0][0]) in _NOTHING | listed("soothing")


def stance_of(text: str, attribution: Attribution) -> Stance:
    """The stance of an attribution's source to its content; `asserts` where nothing says else."""
    if not attribution.cue or refuses(text, attribution):
        return "asserts"
    words, head = _frame(text, attribution)
    both = f"{words} ~{head}"
    for stance, patterns in _patterns():
        for pattern in patterns:
            found = pattern.search(both if "~" in pattern.pattern else words)
            if found and found.start() < len(words):
                return stance
    return "asserts"


def concedes(text: str, attribution: Attribution) -> bool:
    """Whether a source merely does not dispute a content: "did not contest that …"."""
    if not attribution.cue:
        return False
    return _conceding().search(_frame(text, attribution)[0]) is not None


@cache
def _conceding() -> re.Pattern[str]:
    return filled(data()["conceding"]["words"])


def governed(text: str, attribution: Attribution, stance: Stance) -> Attribution:
    """The attribution with all of what its source takes a stance to, and no more.

    "Denied ignoring | a report" governs "ignoring a report"; what is denied in "the accusation
    that it dumped oil" is "it dumped oil".
    """
    if not attribution.cue or not attribution.content:
        return attribution
    attribution = _with_turned(text, attribution)
    (start, end), cue = attribution.content[0], attribution.cue[-1]
    match = _GOVERNED.search(text[slice(*cue)])
    if match and 0 <= start - cue[1] <= 1:
        verb = match[1].lower()
        first = match.group().lower().split()[0]
        if not _is_saying(verb.split()[-1]) and first not in _BEING:
            at = cue[0] + match.start(1)
            cues = (*attribution.cue[:-1], (cue[0], at - 1))
            content = ((at, end), *attribution.content[1:])
            return attribution.model_copy(update={"cue": cues, "content": content})
    others = [piece for piece in attribution.content if _is_claim_of_others(text, piece[0])]
    if others and len(others) < len(attribution.content):
        kept = tuple(piece for piece in attribution.content if piece not in others)
        return attribution.model_copy(update={"content": kept})
    if stance in TURNING and (fact := _FACT.match(text, start, end)):
        start = fact.end()
        attribution = attribution.model_copy(
            update={"content": ((start, end), *attribution.content[1:])}
        )
    if stance in TURNING and start >= cue[1] and (led := _LED_BY.match(text, start, end)):
        # "Refused | to say [whether it rained]".
        cues = (*attribution.cue, (start, led.end() - 1))
        content = ((led.end(), end), *attribution.content[1:])
        return attribution.model_copy(update={"cue": cues, "content": content})
    if stance != CONTRARY:
        return attribution
    return denied(text, attribution)


def _is_saying(participle: str) -> bool:
    """Whether a word in "-ing" is of a verb of saying: "could not help admitting | that …"."""
    sayings, stem = lexicon().sayings, participle.removesuffix("ing")
    return any(word in sayings for word in (participle, f"{stem}ed", f"{stem}s", f"{stem}es"))


def _is_claim_of_others(text: str, start: int) -> bool:
    """Whether a piece of a content is what its speaker speaks of: "said of the claim that |"."""
    return _spoken_of().search(text, max(0, start - _REACH), start) is not None


@cache
def _spoken_of() -> re.Pattern[str]:
    noun = data()["parts"]["noun"]
    return re.compile(
        rf"\b(?:of|about|on|to|against) (?:[\w'’-]+ ){{0,4}}?{noun}(?: that)? $", re.IGNORECASE
    )


class Rest(NamedTuple):
    """What a content denies or leaves open, where its own words say so, and the stance to it."""

    stance: Stance
    start: int
    end: int


def within(text: str, spans: Sequence[Span]) -> Rest | None:
    """What is left open in a content that opens so: "there was no evidence | that …".

    `None` where its words carry all of it. Of a content in several pieces only what the last of
    them denies of the first is read: "the claim that he fled was, | Doe said, | a lie". Linear in
    the length of the content.
    """
    start, end = spans[0]
    at = start
    while at < end and text[at] in _MARKS:
        at += 1
    content = text[at:end].replace("’", "'").lower()
    for stance, pattern in openings() if len(spans) == 1 else ():
        if match := pattern.match(content):
            return Rest(stance, at + match.end(), end)
    whole = " ".join([content, *(_plain(text[slice(*span)]) for span in spans[1:])])
    match = closing("denies").match(whole[:_LONGEST])
    if match and match.end("said") <= len(content):
        return Rest(CONTRARY, at + match.start("said"), at + match.end("said"))
    return None


def _frame(text: str, attribution: Attribution) -> tuple[str, str]:
    """The reporting words in lower case, with the auxiliaries before and what leads from them to
    the content, and the content's first words where it follows.
    """
    first, last = attribution.cue[0][0], attribution.cue[-1][1]
    taken = (*attribution.content, *attribution.source)
    floor = max((end for _, end in taken if end <= first), default=0)
    after = [start for start, _ in attribution.content if last <= start <= last + _REACH]
    gap = text[last : min(after)] if after else ""
    if _SENTENCE_END.search(gap):
        after, gap = [], ""
    between = "" if _BREAK.search(gap) else gap
    words = " ".join(text[start:end] for start, end in attribution.cue)
    judged = _judged(text, attribution)
    led = text[slice(*judged)] if judged else _auxiliaries(text[max(floor, first - _REACH) : first])
    words = f"{led} {words} {between}"
    if turned := _turned(text, attribution):
        words = f"not {text[turned[0] : turned[1]].split()[-1]} {words}"
    if attribution.source and _NEGATIVE.match(text[slice(*attribution.source[0])].lower()):
        words = f"not {words}"
    head = text[min(after) : min(after) + _HEAD].lstrip(_MARKS) if after else ""
    return _plain(words), _plain(_SENTENCE_END.split(head, maxsplit=1)[0])


def _auxiliaries(before: str) -> str:
    """The words in front of a cue that belong to its verb: "has not yet |confirmed"."""
    known = listed("auxiliaries")
    words: list[str] = []
    for word in reversed(before.replace("’", "'").split()[-_RUN:]):
        low = word.lower()
        if low not in known and not low.endswith(("n't", "ly")):
            break
        words.append(low)
    return " ".join(reversed(words))


def _turned(text: str, attribution: Attribution) -> Span | None:
    """A negation and an auxiliary that stand before a cue's subject: "Nor does | it mention"."""
    cue = attribution.cue[0][0]
    source = next((s for s in attribution.source if text[s[1] : cue] in (" ", ", ")), None)
    if source is None:
        return None
    match = _inverted().search(text, max(0, source[0] - _REACH), source[0])
    return match.span("led") if match else None


@cache
def _inverted() -> re.Pattern[str]:
    return re.compile(data()["inverting"]["words"], re.IGNORECASE)


def _judged(text: str, attribution: Attribution) -> Span | None:
    """What stands before a cue without a subject: "It is also wrong to | suggest that"."""
    at = attribution.cue[0][0]
    if attribution.source:
        return None
    match = _judging().search(text, max(0, at - _REACH), at)
    return (match.start(), at - 1) if match else None


@cache
def _judging() -> re.Pattern[str]:
    return re.compile(data()["judging"]["words"], re.IGNORECASE)


def _with_turned(text: str, attribution: Attribution) -> Attribution:
    """An attribution with the words before it that turn it round taken into its cue."""
    turned = _turned(text, attribution) or _judged(text, attribution)
    if turned is None:
        return attribution
    return attribution.model_copy(update={"cue": (turned, *attribution.cue)})


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().split())


def bracketed(speaker: Speaker | None, stance: Stance | Literal["concedes"]) -> str:
    """Who takes a stance to what follows, in brackets: "[Halvorsen Logistics denies:]"."""
    name, one = (speaker.name, speaker.count == 1) if speaker else ("somebody", True)
    return f"[{name} {verb(stance, one)}:]"


def verb(stance: Stance | Literal["concedes"], one: bool) -> str:
    """A stance as a verb for one or for several: "denies", "deny"."""
    forms: list[str] = data()["verbs"][stance]
    return forms[0 if one else 1]


def side(claim: Claim) -> int:
    """1 where a claim carries what it states, -1 where it contradicts it, 0 where it leaves it.

    A claim that is told with its reporting words ("Doe denied all charges") states that.
    """
    return 1 if claim.content else side_of(claim.stance)


def side_of(stance: Stance) -> int:
    """1 for a stance that carries a statement, -1 for one that denies it, 0 for one that leaves it
    open.
    """
    return 1 if stance in CARRYING else -1 if stance == CONTRARY else 0
