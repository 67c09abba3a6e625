"""One asserts what the other denies.

Only a plain case counts: one claim negates a predicate, the other uses the same predicate, and
nothing in it weakens or turns it round. Most pairs with one negation more are two ways to say
the same ("rejected claims that", "did nothing wrong"), so the rule asks for much.
"""

from __future__ import annotations

from itertools import pairwise

from factcheck.access import is_party
from factcheck.attribution.identity import same_speaker
from factcheck.claims.stance import side, verb
from factcheck.divergence import nothing, opposites, scope
from factcheck.divergence.quotation import align
from factcheck.divergence.views import Conflict, View, overlap
from factcheck.lang import words
from factcheck.records import Span
from factcheck.slots.polarity import is_weak, negations
from factcheck.slots.tokens import Token, content, stem

_NEGATOR = words("conflicts", "polarity", "negator")
# What denies at the start of a clause what its subject did; so many words may stand before it.
_NO_SUBJECT = words("conflicts", "polarity", "no_subject")
_OPENING = 2
# Share of the words of the shorter that a denial and what it denies have in common.
_OF_DENIED = 0.4
# Plain words of a denial that tell what is denied: the verb and its object, perhaps its subject.
_PREDICATE = 3
_BESIDE = words("conflicts", "polarity", "beside")
# Share of the words that must be equal where one "not" is all the difference.
_VERBATIM = 0.9
# Share of the shorter claim's words that must stand in both before a negation decides.
_SAME = 0.7
# ... and share of the words of both together.
_OF_ALL = 0.45
_BEFORE_NOUN = words("conflicts", "polarity", "before_noun")
_MERELY = words("conflicts", "polarity", "merely")


def conflicts(a: View, b: View) -> list[Conflict]:
    """Find a predicate that one claim negates and the other asserts, or what one denies of it.

    Reporting words that deny turn a claim round: "denied that they fired" agrees with "said that
    they did not fire", and contradicts "said that they fired".
    """
    sides = side(a.claim), side(b.claim)
    if not all(sides):
        return []
    if sides[0] == sides[1]:
        return nothing.conflicts(a, b) or _negated(a, b)
    if _turned_round(a, b) or not _of_one_thing(a, b) or _same_speaker(a, b):
        return []
    denial, assertion = (a, b) if sides[0] < 0 else (b, a)
    if not of_what_is_denied(denial, assertion):
        return []
    return [_denial(a, b)]


def agree(denial: View, assertion: View) -> bool:
    """Whether a denial says what an assertion says: "denied firing", "said it did not fire"."""
    return _turned_round(denial, assertion) and _of_one_thing(denial, assertion)


def _turned_round(a: View, b: View) -> bool:
    odd = len(negations(a.tokens)) % 2 != len(negations(b.tokens)) % 2
    return odd or bool(_negated(a, b))


def _of_one_thing(a: View, b: View) -> bool:
    return overlap(a.stems, b.stems) >= _OF_DENIED


def of_what_is_denied(denial: View, assertion: View) -> bool:
    """Whether an assertion has one of the words with which a denial begins: what somebody did.

    Who "denied that he used his phone before the crash" does not deny what he drank before it.
    """
    told = denial.tokens
    end = next((k for k, t in enumerate(told) if k and t.low in _BESIDE), len(told))
    plain = [t for t in content(told[:end]) if _is_plain(t)][:_PREDICATE]
    return not plain or any(stem(t.low) in assertion.stems for t in plain)


def _same_speaker(a: View, b: View) -> bool:
    one, other = a.claim.speaker, b.claim.speaker
    return one is not None and other is not None and same_speaker(one, other) is True


def _denial(a: View, b: View) -> Conflict:
    """The conflict of a denial and an assertion, whose words are the denying ones and a predicate
    that both have, or all that is asserted.
    """
    denier, asserter = (a, b) if side(a.claim) < 0 else (b, a)
    common = denier.stems & asserter.stems
    shared = [t for t in content(asserter.tokens) if stem(t.low) in common and _is_plain(t)]
    asserted = _span(shared[0]) if shared else asserter.claim.spans[0]
    told = [(denier, denier.claim.cue_spans[0], "denied"), (asserter, asserted, "asserted")]
    values, spans = zip(*((v, s) for _, s, v in sorted(told, key=lambda t: t[0] is b)), strict=True)
    denies = verb("denies", _is_one(denier))
    reason = f"{_who(denier)} {denies} what {_who(asserter)} {verb('asserts', _is_one(asserter))}"
    contested = is_contested(denier, asserter)
    return Conflict("polarity", reason, values, spans, contested=contested)


def is_contested(denier: View, asserter: View) -> bool:
    """Whether one party denies what another, or the outlet itself, asserts.

    Where both tellings are of one speaker's words, one has them wrong: nobody contests anything.
    """
    return is_party(denier.claim.speaker) and not _same_speaker(denier, asserter)


def _who(view: View) -> str:
    speaker = view.claim.speaker
    return speaker.name if speaker else view.article.outlet


def _is_one(view: View) -> bool:
    return view.claim.speaker is None or view.claim.speaker.count == 1


def _negated(a: View, b: View) -> list[Conflict]:
    for denier, asserter in ((a, b), (b, a)):
        found = _denied(denier, asserter) or _one_word_more(denier, asserter)
        if found is None:
            continue
        first, denied, asserted = found
        contested = is_contested(denier, asserter)
        reason = (
            f"“{denied.text}” is denied{' by a named party' if contested else ''} in one telling "
            "and asserted in the other"
        )
        # The negating word belongs to what is denied: "No weapons were found", "not guilty".
        told = (min(first.start, denied.start), max(first.end, denied.end))
        values, spans = ("denied", "asserted"), (told, _span(asserted))
        if denier is b:
            values, spans = (values[1], values[0]), (spans[1], spans[0])
        return [Conflict("polarity", reason, values, spans, contested=contested)]
    return []


def _denied(denier: View, asserter: View) -> tuple[Token, Token, Token] | None:
    """The negating word, what it negates, and the same in the other telling."""
    found = negations(denier.tokens, hindered=True)
    held = negations(asserter.tokens, hindered=True)
    if opposites.conflicts(denier, asserter):
        return None  # "opposes" stands against "supports", whatever else it turns round
    # What both negate ("did not rule out" / "ruled out") cancels.
    common = {stem(asserter.tokens[n.at].low) for n in held}
    more = [n for n in found if stem(denier.tokens[n.at].low) not in common]
    if len(more) != 1 or len(found) != len(held) + 1:
        return None
    if is_weak((*denier.tokens, *asserter.tokens)):
        return None
    target = _target(denier.tokens, more[0].at, more[0].end)
    shared = denier.stems & asserter.stems
    if target is None or overlap(denier.stems, asserter.stems) < _SAME:
        return None
    if len(shared) < _OF_ALL * len(denier.stems | asserter.stems):
        return None
    key = stem(target.low)
    same = [
        t
        for k, t in enumerate(asserter.tokens)
        if t.is_word
        and stem(t.low) == key
        and not _is_noun(asserter.tokens, k)
        and not (t.low.endswith("ing") and k and asserter.tokens[k - 1].low in _BY)
    ]
    others = (denier.stems & asserter.stems) - {key}
    first = denier.tokens[more[0].at]
    if first.low in _NO_SUBJECT and scope.elsewhere(denier, asserter):
        return None  # no mould in the kitchen, mould in the cellar
    return (first, target, same[0]) if same and len(others) >= 2 else None


def _one_word_more(denier: View, asserter: View) -> tuple[Token, Token, Token] | None:
    """Find the negation that is all that two texts differ in, with the word behind it in both."""
    if overlap(denier.stems, asserter.stems) < _VERBATIM:
        return None
    aligned = align(denier.tokens, asserter.tokens)
    equal = sum(len(x) for op, x, _ in aligned if op == "equal")
    more = sum(len(x) for op, x, _ in aligned if op == "left")
    exactly = equal == len(asserter.tokens) == len(denier.tokens) - more
    if not exactly and equal < _VERBATIM * max(len(denier.tokens), len(asserter.tokens)):
        return None
    for (op, left, _), (_, after, same) in pairwise(aligned):
        negator = op == "left" and " ".join(t.low for t in left) in _NEGATOR
        if negator and after[0].low not in _MERELY:
            return left[0], after[0], same[0]
    return None


def _target(tokens: list[Token], at: int, end: int) -> Token | None:
    """The predicate that a negation turns round: the first meaning word, past "seem", "ever".

    "No" in front of an object turns round the verb before it ("found no traces").
    """
    if tokens[at].low == "no" and at and _is_plain(tokens[at - 1]):
        return tokens[at - 1]
    # "No officer fired": of a subject, what it did is denied.
    subject = tokens[at].low in _NO_SUBJECT and at < _OPENING
    if tokens[at].low in words("polarity", "nominal") and not subject:
        return None
    passed = words("polarity", "raising")
    for k in range(at + 1, end):
        token = tokens[k]
        if token.low in passed or not (content([token]) or token.low in _VERBS):
            continue
        if subject and tokens[at].low == "no" and k == at + 1:
            continue
        return None if not _is_plain(token) or _is_noun(tokens, k) else token
    return None


# "By opening the gate" does not say that anybody does.
_BY = words("conflicts", "polarity", "by")
# Reporting verbs are no content elsewhere, but can be denied: "was not told".
_VERBS = words("conflicts", "polarity", "verbs")


def _is_plain(token: Token) -> bool:
    meant = bool(content([token])) or token.low in _VERBS
    return meant and token.is_word and not token.is_capital


def _is_noun(tokens: list[Token], k: int) -> bool:
    before = tokens[k - 1].low if k else ""
    return before in _BEFORE_NOUN


def _span(token: Token) -> Span:
    return token.start, token.end
