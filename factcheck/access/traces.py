"""Where a text names an outlet, an occasion or a document, and with which words around it.

A trace is a candidate only: "the Post Office reported a loss" leaves one too. What is said of its
form (does the name look like an outlet's?) and of its cue (did somebody tell it, does it report?)
is weighed by `model`.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from factcheck import outlets
from factcheck.access.crediting import placed_credits
from factcheck.access.names import mentions
from factcheck.access.same import in_text, is_own, same_outlet
from factcheck.access.words import DOCUMENTS, lexicon
from factcheck.attribution.lexicon import fold
from factcheck.attribution.lexicon import lexicon as people
from factcheck.records import Article, Span, ViaKind

_BEFORE, _AFTER = 80, 90
# Names and their words that one article is searched for.
_MOST, _LONGEST = 400, 80
# Traces of one sentence that are looked at.
_DENSE = 40
_TOKEN = re.compile(r"[\w!](?:[\w’'.&-]*\w)?|&")
_JOINS = frozenset(
    "of de da do du des del della di la le el los las les y e et & und van der den".split()
)
_OPENS = frozenset(
    "a an and as at but by for from he her his how i if in it its my no not of on one or our she so"
    " that the their then there they this those to two we what when where while who why with yet"
    " you".split()
)
_ARTICLE = re.compile(r"(?:^|[^\w])([Tt]he|[Aa]n?) $")

_SKIP = (
    r"(?:(?!(?:that|which|who|and|but|when|after|in|on|at|of|for|from|by|to|with|said|as|had|has"
    r"|is|was)\b)[\w’'&-]+\s+){0,4}?[«\"“‘'(*_]{0,2}$"
)


def _before(*cues: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{'|'.join(cues)})\s+{_SKIP}")


_SAID = (
    r"said|says|say|added|adds|wrote|writes|explained|admitted|confirmed|revealed|disclosed|related"
    r"|described|complained|conceded|put|insisted|reported|repeated|recalled|gave|gives|opened|sent"
)
# The first cue that fits is the one: what stands nearest to what it means.
_CUES_BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("told", _before(r"told", r"tells", r"telling", r"informed", r"assured", r"assures")),
    (
        "spoke",
        _before(
            r"(?:spoke|spoken|speaks|speaking|talked|talking|talks)(?:\s+\w+){0,2}?\s+(?:to|with|on)",
            r"interviews?(?:\s+\w+){0,4}?\s+(?:with|to|for|on|by|in)",
            r"interviewed(?:\s+\w+)?\s+(?:by|on|for)",
            r"(?:conversation|appearance|chat)\s+(?:with|on)",
            r"appear(?:ed|ing|s)\s+on",
        ),
    ),
    (
        "reported by",
        _before(
            r"(?:reported|obtained|reviewed|seen|published|revealed|disclosed|carried|uncovered|aired"
            r"|broadcast|leaked|quoted|cited|shown|printed|recorded|broken)(?:\s+\w+){0,2}?"
            r"\s+(?:by|in|on|to)",
            r"(?:reports?|article|story|stories|investigation|editorial|column|piece|account|scoop"
            r"|reporting|reporters?|correspondent|journalists?)"
            r"(?:\s+\w+){0,2}?\s+(?:in|by|from|for|on|of|with|at)",
            r"citing",
            r"quoting",
            r"quotes",
            r"via",
            r"h/t",
            r"writ(?:es|ing|ten)\s+in",
        ),
    ),
    ("according", _before(r"according\s+to", r"per", r"thanks\s+to", r"credit\s+to")),
    ("to", _before(rf"(?:{_SAID})(?:\s+[^\s.;:]+){{0,6}}?\s+to", r"[Tt]o")),
    (
        "says",
        _before(
            r"(?:reports?|reported|learns|learned|writes|wrote|reveals|revealed|says|said|adds|claims"
            r"|understands|notes)"
        ),
    ),
    ("as", _before(r"as")),
    ("in", _before(r"in", r"on", r"by", r"from", r"with", r"at")),
)
_ASIDE = re.compile(r"\($")
_FILL = (
    r"(?:['’]s)?(?:,\s[^,.;]{2,60},|\s+\([^()]{1,30}\))?(?:,?\s+(?:magazine|newspaper|news\s+agency"
    r"|news|agency|website|site|portal|channel|network|newsletter|radio|tv|which|who|has|had|have"
    r"|also|then|first|since|now|today|earlier|later|only|is|was|are|been|\w+ly"
    r"|on\s+\w+day|this\s+\w+|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)){0,4}\s+"
)
_CUES_AFTER: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "reports",
        re.compile(
            _FILL + r"(?:reports?|reported|reporting|reveal(?:s|ed)|learn(?:s|ed|t)|understands?"
            r"|understood|broke|quot(?:es|ed|ing)|cit(?:es|ed|ing)|published|uncovered|broadcast"
            r"|aired|disclos(?:es|ed)|headlined|carried|printed)\b"
        ),
    ),
    ("seen", re.compile(_FILL + r"(?:seen|saw|read|reviewed|obtained|heard|viewed|shown)\b")),
    (
        "wrote",
        re.compile(
            _FILL + r"(?:said|says|wrote|writes|found|finds|notes?|noted|puts?|claims?|claimed"
            r"|describ(?:es|ed)|calls|called|confirm(?:s|ed)|has\s+it|counts|counted|estimat\w+"
            r"|gives|gave|tells|told)\b"
        ),
    ),
    (
        "its report",
        re.compile(
            r"(?:['’]s?)?\s+(?:(?:newspaper|magazine|news)\s+)?(?:reports?|article|story|investigation"
            r"|interview|editorial|column|exclusive|account|survey|reporters?|correspondent|host"
            r"|journalists?|version|website|studio|microphones?)\b"
        ),
    ),
    ("to which", re.compile(r",?\s+(?:to|with)\s+(?:which|whom)\b")),
)
_NOUN_AFTER = re.compile(
    r"(?:['’]s)?(?:,\s+(?:an?|the|its)\s+(?:[\w’'-]+\s+){0,4}?|\s+|\s+\(an?\s+(?:[\w’'-]+\s+){0,3}?)"
    r"(\w+)\b"
)
_US = re.compile(
    r"(?i)\b(?:told|tells|telling|assured|answered|wrote\s+to|said\s+to|says\s+to|spoke\s+(?:to|with)"
    r"|speaking\s+(?:to|with)|talked\s+to|admitted\s+to|explained\s+to|receives?|received|shows?"
    r"|showed|denied\s+to|interview\s+with|(?:seen|read|reviewed|obtained)\s+by)\s+"
    r"(?:us|me|our\s+\w+|this\s+\w+)\b"
    r"|\bthis\s+(?:news)?(?:paper|reporter|correspondent|site|station|magazine|website|blog|agency)\b"
    r"|\bour\s+(?:own\s+)?(?:reporter|reporters|correspondent|newsroom|microphone|studio|source)\b"
    r"|\b(?:[Ww]e|I)\s+(?:asked|reached|spoke|met|visited|have\s+seen|saw|read|have\s+read|obtained"
    r"|found|counted|watched)\b"
)
_GENERIC = re.compile(
    r"(?i)(?<![\w-])(?:an?|the|another|one|local|state|its|same|several|two|three|other)\s+"
    r"(?:(?!(?:told|and|of|in|that|by|to|the)\b)[\w’'-]+\s+){0,2}?"
    r"(agency\s+reports?|news\s+agency|newspapers?|broadcaster|(?:radio|tv|television)\s+station"
    r"|station|radio|television|website|news\s+site|site|magazine|tabloid|weekly|daily|newsletter"
    r"|paper|outlets?|portal|blog|media|channel|wire|press)(?![\w-])"
    r"|(?<![\w-])(?:local|state|agency|news|wire)\s+(?:media|radio|television|tv|reports)(?![\w-])"
)
_SINGLE = frozenset(
    "newspaper broadcaster station radio website site magazine tabloid weekly daily newsletter"
    " paper outlet portal blog channel wire agency".split()
)


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
        return self.cue not in ("bare", "in", "as", "to", "credit")


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


def traces(article: Article, names: Iterable[str] = (), nobody: Iterable[str] = ()) -> Traces:
    """Find the traces of an article.

    `names` are outlets known by other means than the text (the articles of the run, the ledger),
    `nobody` names that are people's or bodies'.
    """
    found = Traces(article)
    if not article.sentences:
        return found
    starts = [sentence.start for sentence in article.sentences]
    there: Counter[int] = Counter()
    for span, name, kind, form in _relays(article, names, frozenset(map(fold, nobody))):
        number = bisect_right(starts, span[0]) - 1
        if number < 0 or article.sentences[number].end <= span[0] or there[number] >= _DENSE:
            continue
        there[number] += 1
        found.add(_trace(article, number, span, name, kind, form))
    _credits(article, found)
    for number, sentence in enumerate(article.sentences):
        told = _US.finditer(article.text, sentence.start, sentence.end)
        for match in itertools.islice(told, _DENSE):
            found.own.append((number, match.span()))
            form = {"own", f"own {match[0].lower().split()[-1]}"}
            found.add(
                Trace(
                    article.outlet,
                    "outlet",
                    match.span(),
                    number,
                    _us(match[0]),
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
    cue = _cue(article, number, span)
    return Trace(name, kind, span, number, cue, frozenset(form), article.text[slice(*span)])


def _credits(article: Article, found: Traces) -> None:
    names = [named[0].name for named in found.relays.values()][:_MOST]
    for placed in placed_credits(article):
        credit = placed.credit
        if credit.kind == "link" or is_own(article, credit.name):
            continue
        name = next((n for n in names if same_outlet(credit.name, n)), credit.name)
        form = frozenset({"agency"} if credit.kind == "agency" else ())
        found.add(Trace(name, credit.kind, credit.span or (0, 0), 0, "credit", form))


# Forms that a name of an outlet has, and those that others' names have.
_LIKE = frozenset("known run word ending noun generic agency and own".split()) | {"lone word"}
_UNLIKE = frozenset("person body place nobody".split())


def plausible(found: Sequence[Trace]) -> bool:
    """Whether a name may be an outlet's at all, by its form or by what is done with it."""
    forms = frozenset[str]().union(*(trace.form for trace in found))
    if forms & _LIKE or any(trace.whole for trace in found):
        return True
    return not forms & _UNLIKE and any(trace.strong for trace in found)


def _us(words: str) -> str:
    """What is done to "us": "told", "spoke", or what we did ourselves."""
    first = words.lower().split()[0]
    if first in ("this", "our"):
        return "this"
    if first in ("we", "i"):
        return "we"
    return "spoke" if first in ("spoke", "speaking", "talked", "interview") else "told us"


_Raw = tuple[Span, str, ViaKind, set[str]]


def _relays(article: Article, names: Iterable[str], nobody: frozenset[str]) -> list[_Raw]:
    raw: list[_Raw] = []
    text = article.text
    taken = bytearray(len(text))

    def take(span: Span, name: str, kind: ViaKind, form: set[str]) -> None:
        start, end = span
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            raw.append((span, name, kind, form))

    for mention in mentions(text):
        form = {"known"} | ({"short"} if mention.short else set())
        take(mention.span, mention.outlet.name, mention.outlet.kind, form)
    for name, span in _written(text, names):
        take(span, name, "outlet", {"run"})
    for span in _runs(text):
        if span[1] - span[0] > _LONGEST:
            continue
        name = text[slice(*span)]
        form = _form(text, span, nobody)
        if form:
            kind: ViaKind = "agency" if "agency" in form else "outlet"
            take(span, name, kind, form)
    for match in _GENERIC.finditer(text):
        word = " ".join(match[0].split())
        kind = "agency" if "agency" in word else "outlet"
        take(match.span(), word, kind, {"generic"})
    return _one_name(article, _named_behind(sorted(raw, key=lambda one: one[0])))


def _named_behind(raw: Sequence[_Raw]) -> list[_Raw]:
    """Leave out "the broadcaster" where its name stands right behind it: that is one outlet."""
    named = {span[0] for span, _, _, form in raw if "noun" in form}
    return [one for one in raw if "generic" not in one[3] or one[0][1] + 1 not in named]


def _one_name(article: Article, raw: Sequence[_Raw]) -> list[_Raw]:
    """Give what is named shortly its full name, and "the paper" that of the outlet before it."""
    result: list[_Raw] = []
    named: dict[str, tuple[ViaKind, set[str]]] = {}
    for _, name, kind, form in raw:
        if len(named) < _MOST and not form & {"generic", "body", "person"}:
            named[name] = (kind, form)
    longer = {name: _longer(name, named) for name in named}
    last: str | None = None
    for span, name, kind, form in raw:
        if "generic" in form:
            words = name.lower().split()
            back = words[0] in ("the", "same") and words[-1] in _SINGLE and len(words) <= 3
            if back and last:
                result.append((span, last, named[last][0], named[last][1] | {"back"}))
            else:
                result.append((span, name, kind, form))
            continue
        if is_own(article, name):
            result.append((span, article.outlet, kind, form | {"own"}))
            continue
        if full := longer.get(name):
            name, kind, form = full, named[full][0], named[full][1] | {"short"}
        result.append((span, name, kind, form))
        if name in named and form & {"known", "run", "word", "noun", "ending"}:
            last = name
    return result


def _longer(name: str, named: Iterable[str]) -> str | None:
    """The shortest name of an article that another is short for."""
    words = len(outlets.key(name).split())
    found = (
        other
        for other in named
        if len(outlets.key(other).split()) > words and same_outlet(name, other)
    )
    return min(found, key=lambda other: (len(other), other), default=None)


def _written(text: str, names: Iterable[str]) -> Iterator[tuple[str, Span]]:
    for name in sorted(set(names), key=lambda n: (-len(n), n)):
        plain, bare = in_text(name)
        if len(bare) < 3:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(bare)}(?!\w)", text):
            yield plain, match.span()


def _runs(text: str) -> Iterator[Span]:
    """Runs of capitalised words, joined by small ones: "El Heraldo del Sur"."""
    start = end = last = -1
    pending = False
    for match in _TOKEN.finditer(text):
        word = match[0]
        bare = re.sub(r"['’]s$", "", word)
        capital = bare[0].isupper() or (len(bare) > 2 and bare[1] in "'’" and bare[2].isupper())
        gap = text[last : match.start()] if last >= 0 else ""
        if start >= 0 and gap not in (" ", "\n"):
            yield start, end
            start = -1
        if capital and not (start < 0 and word.lower() in _OPENS):
            if start < 0:
                start = match.start()
            end = match.start() + len(bare)
            pending = False
        elif start >= 0:
            if (word in _JOINS or word == "&") and not pending:
                pending = True
            else:
                yield start, end
                start = -1
        last = match.end()
        if start >= 0 and bare != word:
            yield start, end
            start = -1
    if start >= 0:
        yield start, end


def _form(text: str, span: Span, nobody: frozenset[str]) -> set[str]:
    """What the form of a name tells: an outlet's word in it, a noun beside it, or a person's."""
    lex = lexicon()
    name = text[slice(*span)]
    words = [fold(word) for word in name.split()]
    form: set[str] = set()
    if words[-1] in lex.bodies or words[0] in lex.bodies:
        form.add("body")
    if fold(name) in nobody:
        form.add("nobody")
    if words[0] in people().first_names and len(words) > 1:
        form.add("person")
    if fold(name) in people().countries or fold(name) in people().calendar:
        form.add("place")
    if (
        len(words) > 1
        and not form & {"body"}
        and (words[-1] in lex.outlet or words[0] in lex.outlet)
    ):
        form.add("word")
    elif len(words) == 1 and words[0] in lex.outlet:
        form.add("lone word")
    if any(w in lex.agency for w in words):
        form.add("agency")
    if any(w.endswith(lex.endings) and w not in lex.endings for w in words):
        form.add("ending")
    if len(words) == 1 and name.isupper() and 2 <= len(name) <= 6:
        form.add("initials")
    if "&" in name:
        form.add("and")
    before = text[max(0, span[0] - 40) : span[0]]
    told = re.search(r"(\w+)[\s,]+[«\"“‘'(]?$", before)
    if told and fold(told[1]) in lex.nouns and not told[1].isupper():
        form.add("noun")
        if fold(told[1]) in lex.agency_nouns:
            form.add("agency")
    after = _NOUN_AFTER.match(text, span[1], min(len(text), span[1] + 70))
    if after and fold(after[1]) in lex.nouns:
        form.add("noun")
    if _ARTICLE.search(before):
        form.add("article")
    form.add("one word" if len(words) == 1 else "words")
    return form


def _cue(article: Article, number: int, span: Span) -> str:
    sentence = article.sentences[number]
    text = article.text
    before = text[max(sentence.start, span[0] - _BEFORE) : span[0]]
    before = re.sub(r"(?:[Tt]he|[Aa]n?)\s+$", "", before) if before else before
    after = text[span[1] : min(sentence.end, span[1] + _AFTER)]
    for name, pattern in _CUES_BEFORE[:4]:
        if pattern.search(before):
            return name
    for name, pattern in _CUES_AFTER:
        if pattern.match(after):
            return name
    for name, pattern in _CUES_BEFORE[4:]:
        if pattern.search(before):
            return name
    return "aside" if _ASIDE.search(before) else "bare"
