"""Verbs as far as word forms and the words before them tell, and which way their tense looks.

There is no parser: a participle is told from an adjective by what stands around it, and the plain
form of a verb is seen only by its auxiliary.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from factcheck.attribution.lexicon import lexicon
from factcheck.lang import listed, table, words
from factcheck.slots.tokens import Token, word_at

Side = Literal["back", "ahead", "open"]

# How many words away what governs an infinitive may stand: "asked all the men there to stay".
_GOVERNOR = 12
_CONTRACTED = {"wo": "will", "ca": "can", "sha": "shall"}
_ENDINGS = {"'ll": "will", "'re": "are", "'ve": "have", "'m": "am"}
_SUBJECTS = words("tense", "in_verbs", "subjects")
_PLURALS = words("tense", "in_verbs", "plurals")
_BE = words("tense", "in_verbs", "be")
_ARTICLES = words("tense", "in_verbs", "articles")
# Behind these "to" begins no infinitive, unless a verb says so.
_FIXED = words("tense", "in_verbs", "fixed")
_TO_WHOM = words("tense", "in_verbs", "to_whom")
# Said of what is told, and of much else.
_LIGHT = words("tense", "in_verbs", "light")
_BOUND = words("tense", "in_verbs", "bound")
_ENDS = frozenset('.!?”"')
_BREAKS = frozenset(';—–:“”"„«»')
_AUXILIARIES = words("tense", "in_verbs", "auxiliaries")
_PRESENT = words("words", "common", "present")
_PAST = words("words", "common", "past")
_AWAITS_TO = words("tense", "in_verbs", "awaits_to")
_PAST_FORMS = words("tense", "in_verbs", "past")
_SAYING = words("tense", "in_verbs", "saying")
_SIBILANTS = listed("tense", "in_verbs", "sibilants")
_ABOUT_TO = words("tense", "in_verbs", "about_to")
_NEGATED = words("tense", "in_verbs", "negated")
_CONDITIONS = words("tense", "in_verbs", "conditions")
_CLAUSES = words("tense", "in_verbs", "clauses")


def auxiliary(low: str) -> str:
    """The plain auxiliary in a word: "won't" → "will", "they're" → "are"; empty for others."""
    if low.endswith("n't"):
        low = _CONTRACTED.get(low[:-3], low[:-3])
    elif low[-3:] in _ENDINGS or low[-2:] in _ENDINGS:
        low = _ENDINGS.get(low[-3:]) or _ENDINGS[low[-2:]]
    elif low.endswith("'s") and low[:-2] in _SUBJECTS:
        low = "is"
    return low if low in _auxiliaries() else ""


def _auxiliaries() -> frozenset[str]:
    return modals() | words("tense", "verbs", "present") | words("tense", "verbs", "past")


def modals() -> frozenset[str]:
    """Auxiliaries that tell of no time of their own: "will", "may"."""
    return words("tense", "verbs", "modals")


def is_adverb(low: str) -> bool:
    """Whether a word may stand between an auxiliary and its verb."""
    return low in words("tense", "verbs", "adverbs") or (low.endswith("ly") and len(low) > 4)


def chain(tokens: list[Token], k: int) -> tuple[list[str], int]:
    """The auxiliaries before the verb at `k`, in order, and where a "to" before it stands (or -1).

    "Will not be" + "held" → `["will", "be"]`.
    """
    found: list[str] = []
    for j in range(k - 1, max(-1, k - 9), -1):
        low = _inner(tokens, j)
        name = auxiliary(low) or (low if low in _BE else "")
        if name:
            found.append(name)
        elif low == "to":
            return found[::-1], j
        elif not is_adverb(low):
            break
    return found[::-1], -1


def is_participle(tokens: list[Token], k: int) -> bool:
    """Whether a past form stands at `k` that is a verb: no adjective ("the flooded valley")."""
    low = tokens[k].low
    past = low in words("tense", "verbs", "irregular") or (
        low.endswith("ed") and len(low) > 4 and low not in words("tense", "verbs", "never")
    )
    if not past:
        return False
    auxiliaries, to = chain(tokens, k)
    if auxiliaries or to >= 0:
        return True
    before = word_at(tokens, k - 1)
    if before in _ARTICLES or before.endswith("'s"):
        return False
    governed = _inner(tokens, k - 2)
    if governed in modals() or governed == "to":
        return False  # "will meet injured workers", "to remain closed"
    return before not in _closed() or not _is_plain(tokens, k + 1)  # "with injured workers"


def _inner(tokens: list[Token], k: int) -> str:
    """The word at `k`, empty for a capital inside a sentence: "May", "Will" are names there."""
    return "" if k > 0 and tokens[k].is_capital else word_at(tokens, k)


def _closed() -> frozenset[str]:
    return words("tense", "clauses", "determiners") | words("tense", "clauses", "prepositions")


def _is_plain(tokens: list[Token], k: int) -> bool:
    """Whether a lower-case word that is no function word stands at `k`."""
    if k >= len(tokens) or not tokens[k].is_word or tokens[k].is_capital:
        return False
    low = tokens[k].low
    return low not in _closed() and low not in words("words", "function") and not is_adverb(low)


def is_noun(tokens: list[Token], k: int) -> bool:
    """Whether a plain word at `k` may be a noun: no function word, and no verb that is known."""
    return (
        _is_plain(tokens, k)
        and not is_participle(tokens, k)
        and tokens[k].low not in lexicon().finite
        and tokens[k].low not in lexicon().sayings
    )


def verb(tokens: list[Token], k: int) -> Side | None:
    """The side that the verb at token `k` looks to; `None` where no verb stands that tells it."""
    token = tokens[k]
    low = token.low
    if not token.is_word or (token.is_capital and k):
        return None
    if low == "to":
        return _infinitive(tokens, k)
    if low == "according":
        return "back"
    lead = auxiliary(low)
    if lead:
        return _alone(tokens, k, lead)
    if low in words("tense", "ahead", "awaits"):
        found = _awaited(tokens, k)
        if found:
            return found
    if is_participle(tokens, k):
        return _past(tokens, k)
    if low.endswith("ing") and len(low) > 5:
        return _progressive(tokens, k)
    return _present(tokens, k)


def modal(tokens: list[Token], k: int, lead: str) -> Side:
    """The side of a modal verb at `k`: "will go", but "would have gone", "could not land"."""
    negated = tokens[k].low.endswith("n't")
    j = k + 1
    while j < len(tokens) and (is_adverb(tokens[j].low)) and j < k + 4:
        negated = negated or tokens[j].low in _NEGATED
        j += 1
    follows = word_at(tokens, j)
    if follows == "have" and word_at(tokens, j + 1) != "to" and lead not in ("will", "shall"):
        # "Would have turned 90 in May" tells of what did not happen, on either side.
        return "open" if lead == "would" else "back"
    saying = f"{follows}s" in lexicon().sayings or follows in _SAYING
    if negated and (lead == "could" or (lead == "would" and saying)):
        return "back"
    return "ahead"


def _alone(tokens: list[Token], k: int, lead: str) -> Side | None:
    """An auxiliary whose verb was not seen: "will march", "is a vote", "have to leave"."""
    if lead in modals():
        return modal(tokens, k, lead)
    governing = chain(tokens, k)[0][:1]
    if governing and governing[0] in modals():
        return modal(tokens, _position(tokens, k, governing[0]), governing[0])
    if lead in _AUXILIARIES:
        return "ahead" if word_at(tokens, k + 1) == "to" else "back"
    return "ahead" if lead in _PRESENT else "back"


def _past(tokens: list[Token], k: int) -> Side | None:
    """The side of a past form or participle, by its auxiliaries."""
    low = tokens[k].low
    auxiliaries, to = chain(tokens, k)
    if to >= 0:
        return _infinitive(tokens, to) or ("back" if "have" in auxiliaries else None)
    lead = auxiliaries[0] if auxiliaries else ""
    if lead in modals():
        return modal(tokens, _position(tokens, k, lead), lead)
    if lead in _PRESENT:
        return "ahead" if _in(low, "timetabled") else "back"
    if lead == "be":
        return "ahead"  # "ordered that the men be freed by Thursday"
    if lead in ("has", "have") and "been" not in auxiliaries and _in(low, "intends"):
        return "open"  # "have called a strike on Wednesday"
    if lead in _PAST:
        return "open" if low in words("tense", "ahead", "awaits") else "back"
    return "open" if not lead and _is_condition(tokens, k) else "back"


def _position(tokens: list[Token], k: int, lead: str) -> int:
    return next(j for j in range(k - 1, -1, -1) if auxiliary(_inner(tokens, j)) == lead)


def _is_condition(tokens: list[Token], k: int) -> bool:
    """Whether a past form tells of what may be: "if it won control in May"."""
    return any(word_at(tokens, j) in _CONDITIONS for j in range(k - 1, k - 6, -1))


def is_timetabled(low: str) -> bool:
    """Whether a verb tells of what is done at an hour known before."""
    return _in(low, "timetabled")


def defers(low: str) -> bool:
    """Whether a verb reaches to a day that is to come: "adjourned until Monday"."""
    return _in(low, "defers")


def _in(low: str, name: str) -> bool:
    """Whether a word is a form of a verb under `name`."""
    return low in _forms(name) or table("words")["irregular"].get(low) in _forms(name)


@cache
def _forms(name: str) -> frozenset[str]:
    """The forms of the verbs under `name`: "plan", "plans", "planned", "planning"."""
    found = set()
    for verb in words("tense", "ahead", name):
        root = verb.removesuffix("e")
        sibilant = verb.endswith(_SIBILANTS)
        found |= {verb, verb + ("es" if sibilant else "s"), f"{root}ed", f"{root}ing"}
        found |= {f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"}
        if verb.endswith("y"):
            found |= {f"{verb[:-1]}ies", f"{verb[:-1]}ied"}
    return frozenset(found)


def _awaited(tokens: list[Token], k: int) -> Side | None:
    """The side of "due to meet", "scheduled for Wednesday"; `None` where the words mean another."""
    low, follows = tokens[k].low, word_at(tokens, k + 1)
    auxiliaries, to = chain(tokens, k)
    lead = auxiliaries[0] if auxiliaries else ""
    if low in _ABOUT_TO and (follows != "to" or not auxiliaries):
        return None
    if low in _AWAITS_TO:
        if follows not in ("to", "for"):
            return None
    elif follows not in _BOUND and follows not in words("dates", "weekdays"):
        return None
    if low == "due" and follows == "to" and not auxiliaries and not _may_be_verb(tokens, k + 2):
        return None  # "closed due to snow"
    active = low in ("planned", "prepared") and follows == "to" and word_at(tokens, k - 1) != ","
    if lead in _PAST or (active and not lead):
        return "open"
    return "ahead" if to < 0 or not lead else _infinitive(tokens, to)


def _may_be_verb(tokens: list[Token], k: int) -> bool:
    """Whether the word at `k` is known as the plain form of a verb."""
    low = word_at(tokens, k)
    thirds = (f"{low}s", f"{low}es", f"{low[:-1]}ies")
    return (
        low in _BE
        or low == "have"
        or _in(low, "timetabled")
        or any(third in lexicon().finite for third in thirds)
    )


def _infinitive(tokens: list[Token], k: int) -> Side | None:
    """The side of "to meet" with "to" at `k`, by what governs it.

    `None` where that is a verb that looks nowhere: "gathered to mourn", "was rushed to hospital".
    """
    after = tokens[k + 1] if k + 1 < len(tokens) else None
    before = word_at(tokens, k - 1)
    if after is None or not after.is_word or after.is_capital or after.low in _TO_WHOM:
        return None
    if after.low in _closed() or after.low.endswith("ing"):
        return None
    for j in range(k - 1, max(-1, k - _GOVERNOR), -1):
        token = tokens[j]
        low = token.low
        if token.text in _BREAKS or low in _CLAUSES:
            return None
        if token.is_capital and j:
            continue
        if low in words("tense", "ahead", "awaits"):
            return _awaited(tokens, j)
        lead = auxiliary(low)
        if lead:
            return _governed_by(tokens, j, k, lead)
        if _in(low, "intends"):
            return _intended(tokens, j)
        if is_participle(tokens, j):
            return None
    # A heading: "Two sides to meet on Wednesday".
    return "ahead" if k < _GOVERNOR and before not in _FIXED else None


def _governed_by(tokens: list[Token], j: int, k: int, lead: str) -> Side | None:
    """The side of an infinitive with "to" at `k` behind an auxiliary at `j`: "is to", "had to"."""
    if lead in modals():
        return modal(tokens, j, lead)
    if any(not is_adverb(tokens[n].low) for n in range(j + 1, k)):
        return None
    if lead in ("was", "were"):
        return "open"
    return "back" if lead in ("had", "did") else "ahead"


def _intended(tokens: list[Token], j: int) -> Side | None:
    """The side of an infinitive that "plans", "agreed" or "a plan" at `j` governs."""
    low, before = tokens[j].low, word_at(tokens, j - 1)
    auxiliaries, _ = chain(tokens, j)
    lead = auxiliaries[0] if auxiliaries else ""
    if lead in _PAST_FORMS:
        return "open"
    if lead or low.endswith("ing"):
        return "ahead"
    if is_participle(tokens, j):
        return "open"
    noun = before in _closed() or (j and is_participle(tokens, j - 1))
    if not noun:
        return "ahead"
    near = range(j - 1, max(-1, j - _GOVERNOR), -1)
    return "open" if any(is_participle(tokens, n) for n in near) else "ahead"


def _progressive(tokens: list[Token], k: int) -> Side | None:
    """The side of "is meeting"; `None` for a participle without auxiliary."""
    auxiliaries, _ = chain(tokens, k)
    lead = auxiliaries[0] if auxiliaries else ""
    if lead in _PRESENT:
        near = _in(tokens[k].low, "timetabled") or _in(tokens[k].low, "intends")
        return "ahead" if near else "open"
    if lead in modals():
        return "ahead"
    if lead:
        return "back"
    return "back" if word_at(tokens, k - 1) in ("after", "since") else None


def is_present(tokens: list[Token], k: int) -> bool:
    """Whether the word at `k` is a verb in the present tense: "opens", "the talks begin"."""
    low, before = tokens[k].low, word_at(tokens, k - 1)
    if not k or before in _closed() or tokens[k - 1].is_number:
        return False
    if low.endswith("s") and not low.endswith("ss"):
        ahead = _in(low, "timetabled") or _in(low, "intends")
        noun = is_participle(tokens, k - 1) or (ahead and before.endswith("ing"))
        return not noun and (ahead or low in lexicon().finite)
    plural = len(before) > 3 and before[-1] == "s" and before[-2] not in "'’suia"
    known = words("tense", "ahead", "timetabled") | words("tense", "ahead", "intends")
    return (plural or before in _PLURALS) and low in known


def _present(tokens: list[Token], k: int) -> Side | None:
    """The side of a verb in the present: of what is timetabled, and behind "if" and "when"."""
    if not is_present(tokens, k):
        return None
    for j in range(k - 1, max(-1, k - _GOVERNOR), -1):
        before = tokens[j].low
        if before in words("tense", "clauses", "conditions"):
            return "ahead"
        if before in words("tense", "clauses", "openers") or before in _BREAKS or before == ",":
            break
        saying = before in lexicon().sayings and before not in _LIGHT
        if not saying and (auxiliary(_inner(tokens, j)) or is_participle(tokens, j)):
            return None  # "lost crucial votes"
    return present(tokens, k)


def present(tokens: list[Token], k: int) -> Side:
    """The side of a verb of the present tense at `k`.

    Headings tell in it what has happened ("Mayor resigns on Friday"), sentences what will or did.
    """
    low = tokens[k].low
    if low in lexicon().sayings:
        return "back"
    if _in(low, "timetabled") or _in(low, "intends"):
        return "ahead"
    return "open" if tokens[-1].text in _ENDS else "back"
