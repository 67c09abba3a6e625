"""One speaker, quoted with a word and without it: nobody denies anything, two wordings differ.

What turns a statement round is found by rules that ask who asserts and who denies. Of two
quotations of one speaker neither does: one outlet has the words wrong, or each has other words.
"""

from __future__ import annotations

from collections.abc import Sequence

from factcheck.attribution.identity import same_speaker
from factcheck.divergence.views import Conflict, View

_QUOTED = ("direct", "mixed")


def told(a: View, b: View, found: Sequence[Conflict]) -> list[Conflict]:
    """The conflicts of two claims, with a denial of quoted words told as what it is: two wordings
    of them, and only once.
    """
    if not _of_one_speaker(a, b):
        return list(found)
    known = any(one.slot == "quotation" for one in found)
    out: list[Conflict] = []
    for one in found:
        if one.slot != "polarity" or not _inside(a, one, 0) or not _inside(b, one, 1):
            out.append(one)
        elif not known:
            out.append(_wordings(a, b, one))
            known = True
    return out


def _of_one_speaker(a: View, b: View) -> bool:
    one, other = a.claim.speaker, b.claim.speaker
    return one is not None and other is not None and same_speaker(one, other) is True


def _inside(view: View, found: Conflict, side: int) -> bool:
    """Whether the words of a conflict are quoted ones, as far as the telling shows."""
    start, end = found.spans[side]
    inside = [
        quoted
        for token, quoted in zip(view.tokens, view.quoted, strict=True)
        if start < token.end and token.start < end and (token.is_word or token.is_number)
    ]
    return view.claim.quote in _QUOTED and bool(inside) and all(inside)


def _wordings(a: View, b: View, found: Conflict) -> Conflict:
    """A denial as two wordings, each in the words of its telling."""
    one, other = (
        " ".join(view.article.text[start:end].split())
        for view, (start, end) in zip((a, b), found.spans, strict=True)
    )
    reason = f"one speaker is quoted with “{one}” here and with “{other}” there"
    return Conflict("quotation", reason, (one, other), found.spans, found.material)
