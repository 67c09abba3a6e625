"""Two wordings of one quotation: harmless, or altered in meaning."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from factcheck.attribution.lexicon import lexicon
from factcheck.divergence import opposites
from factcheck.divergence.views import Conflict, View, other_speaker, overlap
from factcheck.lang import table, words
from factcheck.slots.tokens import Token, content, stem

_LONGEST = 300
_SHORTEST = 4
# Share of the shorter quotation's words, and of those with meaning, that must be aligned, and
# the longest run of equal words.
_SAME, _MEANT, _RUN = 0.5, 0.6, 3
# A longer run that differs is another sentence of the speech, not a changed word.
_LONGEST_CHANGE = 4
# Words that two wordings share which differ in one word that changes the meaning.
_ELSE_SAME = 4
_ADVERB = "ly"
# Share of the words with meaning of the shorter that both have where only their order differs.
_SAME_WORDS = 0.8
_MODALS = words("conflicts", "quotation", "modals")
Op = Literal["equal", "left", "right", "both"]


class Piece(NamedTuple):
    """A run of words of an alignment: in both, only in one, or different in the two."""

    op: Op
    left: tuple[str, ...]
    right: tuple[str, ...]


def align(left: list[Token], right: list[Token]) -> list[tuple[Op, list[Token], list[Token]]]:
    """Align two quotations word by word."""
    matcher = SequenceMatcher(
        None, [t.low for t in left[:_LONGEST]], [t.low for t in right[:_LONGEST]], autojunk=False
    )
    names: dict[str, Op] = {
        "equal": "equal",
        "delete": "left",
        "insert": "right",
        "replace": "both",
    }
    return [(names[op], left[i:j], right[k:m]) for op, i, j, k, m in matcher.get_opcodes()]


def diff(left: list[Token], right: list[Token]) -> list[Piece]:
    """The alignment as words, for reports: (op, left words, right words)."""
    return [
        Piece(op, tuple(t.text for t in a), tuple(t.text for t in b))
        for op, a, b in align(left, right)
    ]


def conflicts(a: View, b: View) -> list[Conflict]:
    """Find two direct quotations of one utterance whose meaning differs."""
    left, right = quoted(a), quoted(b)
    if len(left) < _SHORTEST or len(right) < _SHORTEST:
        return []
    if other_speaker(a.claim, b.claim):
        return []
    round_ = _turned_round(a, left, b, right)
    aligned = align(left, right)
    if round_ or not _one_utterance(left, right, aligned):
        return round_
    cut = any(t.text in ("…", "...") for v in (a, b) for t in v.tokens)
    for k, (op, x, y) in enumerate(aligned):
        if op == "equal" or (cut and op != "both") or (op != "both" and k in (0, len(aligned) - 1)):
            continue
        what = altered(x, y)
        if what and max(len(x), len(y)) <= _LONGEST_CHANGE:
            ends = _span(x, aligned, k, 1), _span(y, aligned, k, 2)
            values = " ".join(t.text for t in x), " ".join(t.text for t in y)
            reason = f"one quotation in two wordings with another meaning ({what})"
            return [Conflict("quotation", reason, values, ends)]
    return _replaced(aligned)


def _replaced(aligned: list[tuple[Op, list[Token], list[Token]]]) -> list[Conflict]:
    """One word with meaning that stands for another, in wordings that are else the same."""
    inner = [
        (op, x, y)
        for k, (op, x, y) in enumerate(aligned)
        if (op != "left" and op != "right") or 0 < k < len(aligned) - 1
    ]
    changed = [(x, y) for op, x, y in inner if op != "equal"]
    same = sum(len(x) for op, x, _ in inner if op == "equal")
    if len(changed) != 1 or same < _ELSE_SAME:
        return []
    x, y = changed[0]
    if len(x) != len(y) or len(content(x)) != 1 or len(content(y)) != 1:
        return []
    one, other = content(x)[0], content(y)[0]
    if stem(_spelt(one.low)) == stem(_spelt(other.low)) or _is_harmless(one) or _is_harmless(other):
        return []
    spans = (one.start, one.end), (other.start, other.end)
    reason = f"one quotation with another word: “{one.text}”, “{other.text}”"
    return [Conflict("quotation", reason, (one.text, other.text), spans)]


def _spelt(low: str) -> str:
    """A word in one of its spellings: "modernisation", "modernization"."""
    return lexicon().spellings.get(low, low).replace("z", "s").replace("our", "or")


def _is_harmless(token: Token) -> bool:
    """Whether a word may stand for another in a quotation: a name, a number, "greatly", "can't"."""
    counts = token.is_number or token.low in table("figures")["cardinals"]
    return counts or token.is_capital or token.low.endswith(_ADVERB) or _negative({token.low})


def _turned_round(a: View, left: list[Token], b: View, right: list[Token]) -> list[Conflict]:
    """What the one denies and the other asserts of the same words: "a paper, not a promise"."""
    one, other = _reached(a, left), _reached(b, right)
    if overlap(frozenset(one), frozenset(other)) < _SAME_WORDS:
        return []
    denied = {w for w in one.keys() & other.keys() if one[w][1] and not other[w][1]}
    asserted = {w for w in one.keys() & other.keys() if other[w][1] and not one[w][1]}
    if not denied or not asserted:
        return []
    x, y = one[min(denied)][0], other[min(asserted)][0]
    values = x.text, y.text
    reason = f"one quotation in two wordings with another meaning (not “{x.text}”, not “{y.text}”)"
    return [Conflict("quotation", reason, values, ((x.start, x.end), (y.start, y.end)))]


def _reached(view: View, told: list[Token]) -> dict[str, tuple[Token, bool]]:
    """By stem the meaningful words of a quotation, and whether a negation reaches them."""
    turned = {t.start: reached for t, reached in zip(view.tokens, view.turned, strict=True)}
    return {stem(t.low): (t, turned[t.start]) for t in content(told)}


def _one_utterance(
    left: list[Token], right: list[Token], aligned: list[tuple[Op, list[Token], list[Token]]]
) -> bool:
    """Whether most words of the shorter quotation, of those with meaning too, are in both."""
    equal = [x for op, x, _ in aligned if op == "equal"]
    same = [t for run in equal for t in run]
    shorter = min(left, right, key=len)
    meant = len(content(shorter))
    return (
        len(same) >= max(_SHORTEST, _SAME * len(shorter))
        and len(content(same)) >= max(2, _MEANT * meant)
        and max(map(len, equal)) >= _RUN
    )


def _span(
    own: list[Token], aligned: list[tuple[Op, list[Token], list[Token]]], k: int, side: int
) -> tuple[int, int]:
    """The span of the differing words; where a side has none, of the word before or after."""
    near = own
    step = k
    while not near and step:
        step -= 1
        near = aligned[step][1:][side - 1][-1:]
    if not near:
        near = aligned[k + 1][1:][side - 1][:1]
    return near[0].start, near[-1].end


def quoted(view: View) -> list[Token]:
    """The quoted words of a claim without bracketed insertions, marks and ellipses."""
    out, depth = [], 0
    for token, inside in zip(view.tokens, view.quoted, strict=True):
        if token.text in "[(":
            depth += 1
        if inside and not depth and (token.is_word or token.is_number):
            out.append(token)
        if token.text in "])" and depth:
            depth -= 1
    return out


def altered(left: list[Token], right: list[Token]) -> str:
    """What a difference of wording changes in meaning; empty where it is harmless."""
    a, b = {t.low for t in left}, {t.low for t in right}
    if _negative(a) != _negative(b):
        return "a negation"
    numbers = {t.low for t in left if t.is_number}, {t.low for t in right if t.is_number}
    cardinals = table("figures")["cardinals"]
    numbers[0].update(str(cardinals[w]) for w in a if w in cardinals)
    numbers[1].update(str(cardinals[w]) for w in b if w in cardinals)
    if numbers[0] and numbers[1] and numbers[0] != numbers[1]:
        return "a figure"
    certain = _certainty(a), _certainty(b)
    if certain[0] and certain[1] and certain[0] != certain[1]:
        return "how certain it is"
    stems = {stem(w) for w in a}, {stem(w) for w in b}
    if any(opposites.opposed().get(x, frozenset()) & stems[1] for x in stems[0]):
        return "an opposite word"
    return ""


def _certainty(lows: set[str]) -> set[str]:
    """What modal words say: "may" and "might" are one."""
    possible = words("polarity", "certainty", "possible")
    return {"may" if w in possible else w for w in lows if w in possible or w in _MODALS}


def _negative(lows: set[str]) -> bool:
    negators = words("polarity", "negators")
    return any(w in negators or w.endswith("n't") for w in lows)
