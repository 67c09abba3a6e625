"""Where a text names an outlet, an occasion or a document, and with which words around it.

A trace is a candidate only: "the Post Office reported a loss" leaves one too. What is said of its
form (does the name look like an outlet's?) and of its cue (did somebody tell it, does it report?)
is weighed by `model`.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, get_args

from factcheck import outlets
from factcheck.access.cues import US, Weak, cue, to_us
from factcheck.access.namings import MOST, Form, namings
from factcheck.access.same import is_own, same_outlet
from factcheck.access.words import DOCUMENTS, lexicon
from factcheck.attribution.lexicon import fold
from factcheck.records import Article, Span, ViaKind

# Traces of one sentence that are looked at.
_DENSE = 40
_WEAK: frozenset[str] = frozenset(get_args(Weak))


class Trace(NamedTuple):
    """A place of the text that may tell of an access. `form` and `cue` say how it looks."""

    name: str
    kind: ViaKind
    span: Span
    sentence: int
    cue: str
    form: frozenset[str]
    written: str = ""

    @property
    def whole(self) -> bool:
        """Whether it is a credit of the whole article."""
        return self.cue == "credit"

    @property
    def strong(self) -> bool:
        """Whether somebody told it, or it tells."""
        return self.cue not in _WEAK


@dataclass
class Traces:
    """The traces of one article, by the key of their name, in the order of the text."""

    article: Article
    relays: dict[str, list[Trace]] = field(default_factory=dict)
    occasions: dict[str, list[Trace]] = field(default_factory=dict)
    # Sentences in which the outlet tells that it was told, or saw, itself.
    own: list[tuple[int, Span]] = field(default_factory=list)

    def add(self, trace: Trace) -> None:
        """Add a trace of an outlet."""
        self.relays.setdefault(outlets.key(trace.name), []).append(trace)

    @property
    def credit(self) -> Trace | None:
        """The agency that the article as a whole is credited to."""
        whole = (t for found in self.relays.values() for t in found if t.whole)
        return min((t for t in whole if t.kind == "agency"), key=lambda t: t.span, default=None)

    @property
    def all(self) -> list[Trace]:
        """All traces of outlets, in the order of the text."""
        return sorted((t for found in self.relays.values() for t in found), key=lambda t: t.span)


def traces(
    article: Article,
    names: Iterable[str] = (),
    nobody: Iterable[str] = (),
    things: frozenset[str] = frozenset(),
) -> Traces:
    """Find the traces of an article.

    `names` are outlets known by other means than the text (the articles of the run, the ledger),
    `nobody` names that are people's or bodies', `things` those that other articles say are ships'.
    """
    found = Traces(article)
    if not article.sentences:
        return found
    starts = [sentence.start for sentence in article.sentences]
    there: Counter[int] = Counter()
    for span, name, kind, form in namings(article, names, frozenset(map(fold, nobody)), things):
        number = bisect_right(starts, span[0]) - 1
        if number < 0 or article.sentences[number].end <= span[0] or there[number] >= _DENSE:
            continue
        there[number] += 1
        found.add(_trace(article, number, span, name, kind, form))
    _credits(article, found)
    for number, sentence in enumerate(article.sentences):
        told = US.finditer(article.text, sentence.start, sentence.end)
        for match in itertools.islice(told, _DENSE):
            found.own.append((number, match.span()))
            form = {"own", f"own {match[0].lower().split()[-1]}"}
            found.add(
                Trace(
                    article.outlet,
                    "outlet",
                    match.span(),
                    number,
                    to_us(match[0]),
                    frozenset(form),
                )
            )
        words = lexicon().occasions.finditer(article.text, sentence.start, sentence.end)
        for match in itertools.islice(words, _DENSE):
            name = lexicon().named[match[0].lower()]
            kind = "document" if name in DOCUMENTS else "venue"
            form = {f"word {match[0].lower()}"}
            trace = _trace(article, number, match.span(), name, kind, form)
            found.occasions.setdefault(name, []).append(trace)
    for named in (*found.relays.values(), *found.occasions.values()):
        named.sort(key=lambda trace: (trace.sentence, trace.span))
    return found


def _trace(
    article: Article, number: int, span: Span, name: str, kind: ViaKind, form: Iterable[str]
) -> Trace:
    told = cue(article, number, span)
    return Trace(name, kind, span, number, told, frozenset(form), article.text[slice(*span)])


def _credits(article: Article, found: Traces) -> None:
    names = [named[0].name for named in found.relays.values()][:MOST]
    for credit in article.credits:
        if credit.kind == "link" or is_own(article, credit.name):
            continue
        name = next((n for n in names if same_outlet(credit.name, n)), credit.name)
        form = frozenset({"agency"} if credit.kind == "agency" else ())
        found.add(Trace(name, credit.kind, credit.span or (0, 0), 0, "credit", form))


# Forms that a name of an outlet has, and those that others' names have.
_LIKE: frozenset[Form] = frozenset(
    ("known", "run", "word", "lone word", "ending", "noun", "generic", "agency", "and", "own")
)
_UNLIKE: frozenset[Form] = frozenset(("person", "body", "place", "nobody"))
# Forms of the outlet's own name, and of names that are no outlet's whatever is done with them.
NAMED_OTHERWISE: frozenset[Form] = frozenset(("own", "person", "body", "place"))


def plausible(found: Sequence[Trace]) -> bool:
    """Whether a name may be an outlet's at all, by its form or by what is done with it."""
    forms = frozenset[str]().union(*(trace.form for trace in found))
    if forms & _LIKE or any(trace.whole for trace in found):
        return True
    return not forms & _UNLIKE and any(trace.strong for trace in found)
