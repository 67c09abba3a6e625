"""One asserts what the other denies.

Only a plain case counts: one claim negates a predicate, the other uses the same predicate, and
nothing in it weakens or turns it round. Most pairs with one negation more are two ways to say
the same ("rejected claims that", "did nothing wrong"), so the rule asks for much.
"""

from __future__ import annotations

from factcheck.divergence.views import Conflict, View, overlap
from factcheck.records import Claim, Span
from factcheck.slots.polarity import negations
from factcheck.slots.tokens import Token, content, stem, words

# Share of the shorter claim's words that must stand in both before a negation decides.
_SAME = 0.7


def conflicts(a: View, b: View) -> list[Conflict]:
    """Find a predicate that one claim negates and the other asserts."""
    for denier, asserter in ((a, b), (b, a)):
        found = _denied(denier, asserter)
        if found is None:
            continue
        denied, asserted = found
        contested = _is_party(denier.claim)
        reason = (
            f"“{denied.text}” is denied{' by a named party' if contested else ''} in one telling "
            "and asserted in the other"
        )
        values, spans = ("denied", "asserted"), (_span(denied), _span(asserted))
        if denier is b:
            values, spans = (values[1], values[0]), (spans[1], spans[0])
        return [Conflict("polarity", reason, values, spans, contested=contested)]
    return []


def _denied(denier: View, asserter: View) -> tuple[Token, Token] | None:
    weak = words("polarity", "weak")
    found = negations(denier.tokens, hindered=True)
    if len(found) != 1 or negations(asserter.tokens, hindered=True):
        return None
    if any(t.low in weak for t in (*denier.tokens, *asserter.tokens)):
        return None
    target = _target(denier.tokens, found[0].at, found[0].end)
    if target is None or overlap(denier.stems, asserter.stems) < _SAME:
        return None
    key = stem(target.low)
    same = [
        t
        for k, t in enumerate(asserter.tokens)
        if t.is_word and stem(t.low) == key and not _is_noun(asserter.tokens, k)
    ]
    others = (denier.stems & asserter.stems) - {key}
    return (target, same[0]) if same and len(others) >= 2 else None


def _target(tokens: list[Token], at: int, end: int) -> Token | None:
    """The predicate that a negation turns round: the first meaning word, past "seem", "ever"."""
    passed = words("polarity", "raising")
    if tokens[at].low in words("polarity", "nominal"):
        return None
    for k in range(at + 1, end):
        token = tokens[k]
        if not content([token]) or token.low in passed:
            continue
        return None if token.is_capital or not token.is_word or _is_noun(tokens, k) else token
    return None


def _is_noun(tokens: list[Token], k: int) -> bool:
    before = tokens[k - 1].low if k else ""
    return before in (
        "the",
        "a",
        "an",
        "his",
        "her",
        "its",
        "their",
        "of",
        "any",
        "this",
        "no",
        "at",
    )


def _span(token: Token) -> Span:
    return token.start, token.end


def _is_party(claim: Claim) -> bool:
    return claim.speaker is not None and claim.speaker.kind != "unnamed"
