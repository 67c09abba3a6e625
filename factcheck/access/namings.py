"""Names in a text that may be outlets', and what their form tells of that."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from factcheck import lang, outlets
from factcheck.access.names import mentions
from factcheck.access.same import in_text, is_own, same_outlet
from factcheck.access.words import lexicon
from factcheck.attribution.lexicon import fold
from factcheck.attribution.lexicon import lexicon as people
from factcheck.records import Article, Span, ViaKind
from factcheck.things import named_things

# Names and their words that one article is searched for.
MOST, _LONGEST = 400, 80
_TOKEN = re.compile(r"[\w!](?:[\w’'.&-]*\w)?|&")
_JOINS = lang.words("access", "namings", "joins")
_OPENS = lang.words("access", "namings", "opens")
# A name of words written as one: "TechCrunch".
_COMPOUND, _PART = re.compile(r"(?:[A-Z][a-z]+){2,}"), re.compile(r"[A-Z][a-z]+")
_ARTICLE = re.compile(r"(?:^|[^\w])([Tt]he|[Aa]n?) $")
# "Anvil magazine"; "Anvil, a trade magazine", "Anvil (a monthly)", not "Aho, a newspaper editor".
_NOUN_AFTER = re.compile(r"(?:['’]s)?\s+(\w+)\b")
_CALLED = re.compile(
    r"(?:,|\s+\()\s*(?:an?|the|its)\s+"
    r"((?:(?!(?:and|at|by|for|from|in|of|on|that|to|which|who|with)\b)[\w’'-]+\s+){0,4}?[\w’'-]+)"
    r"(?=[^\w\s]|$|\s+(?:and|at|based|for|from|had|has|in|is|of|on|published|read|run|that|was|which)\b)"
)
_OF_PRESS = lang.words("access", "namings", "of_press")
_GENERIC = re.compile(
    r"(?i)(?<![\w-])(?:an?|the|another|one|local|state|its|same|several|two|three|other)\s+"
    r"(?:(?!(?:told|and|of|in|that|by|to|the)\b)[\w’'-]+\s+){0,2}?"
    r"(agency\s+reports?|news\s+agency|newspapers?|broadcaster|(?:radio|tv|television)\s+station"
    r"|station|radio|television|website|news\s+site|site|magazine|tabloid|weekly|daily|newsletter"
    r"|paper|outlets?|portal|blog|media|channel|wire"
    rf"|press(?!\s+(?:{'|'.join(sorted(_OF_PRESS))})s?\b))(?![\w-])"
    r"|(?<![\w-])(?:local|state|agency|news|wire)\s+(?:media|radio|television|tv|reports)(?![\w-])"
)
_DIGITS = "0123456789"
_SINGLE = lang.words("access", "namings", "single")

# What the form of a name tells, of an outlet's and of another's. Where an outlet speaks of itself,
# the word that it does so by stands beside "own".
Form = Literal[
    "known",
    "run",
    "word",
    "lone word",
    "one word",
    "words",
    "initials",
    "ending",
    "noun",
    "article",
    "agency",
    "and",
    "own",
    "short",
    "generic",
    "back",
    "person",
    "body",
    "place",
    "nobody",
]
# Where a name stands, how it is written, and what its form tells.
Naming = tuple[Span, str, ViaKind, set[str]]


def namings(
    article: Article, names: Iterable[str], nobody: frozenset[str], things: frozenset[str]
) -> list[Naming]:
    """The names of an article that may be outlets', in the order of the text.

    `names` are outlets known by other means, `nobody` folded names of people and bodies, `things`
    names of ships and the like in other articles.
    """
    raw: list[Naming] = []
    text = article.text
    taken = bytearray(len(text))

    def take(span: Span, name: str, kind: ViaKind, form: set[str]) -> None:
        start, end = span
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            raw.append((span, name, kind, form))

    things |= named_things(text)
    for mention in mentions(text):
        if text[slice(*mention.span)] in things or _is_given(text, mention.span):
            continue
        form = {"known", "word", "words" if " " in mention.outlet.name else "one word"}
        form |= {"short"} if mention.short else set()
        take(mention.span, mention.outlet.name, mention.outlet.kind, form)
    for name, span in _written(text, names):
        take(span, name, "outlet", {"run"})
    for span in _runs(text):
        if span[1] - span[0] > _LONGEST:
            continue
        name = text[slice(*span)]
        form = set() if name in things else _form(text, span, nobody)
        if form:
            kind: ViaKind = "agency" if "agency" in form else "outlet"
            take(span, name, kind, form)
    for match in _GENERIC.finditer(text):
        word = " ".join(match[0].split())
        kind = "agency" if "agency" in word else "outlet"
        take(match.span(), word, kind, {"generic"})
    return _one_name(article, _named_behind(sorted(raw, key=lambda one: one[0])))


def _is_given(text: str, span: Span) -> bool:
    """Whether what an agency is called is somebody's given name: "Petra Lund", and Petra then."""
    name = text[slice(*span)]
    if fold(name) not in people().first_names:
        return False
    lex = lexicon()
    behind = re.finditer(rf"(?<!\w){re.escape(name)} ([A-Z][\w’'-]+)", text)
    family = next((fold(re.sub(r"['’]s$", "", match[1])) for match in behind), None)
    return family is not None and family not in lex.outlet | lex.agency | lex.nouns


def _named_behind(raw: Sequence[Naming]) -> list[Naming]:
    """Leave out "the broadcaster" where its name stands right behind it: that is one outlet."""
    named = {span[0] for span, _, _, form in raw if "noun" in form}
    return [one for one in raw if "generic" not in one[3] or one[0][1] + 1 not in named]


def _one_name(article: Article, raw: Sequence[Naming]) -> list[Naming]:
    """Give what is named shortly its full name, and "the paper" that of the outlet before it."""
    result: list[Naming] = []
    named: dict[str, tuple[ViaKind, set[str]]] = {}
    for _, name, kind, form in raw:
        if len(named) < MOST and not form & {"generic", "body", "person"}:
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
    # "TV9", "Radio1": a station's word with its number.
    bare = [word.rstrip(_DIGITS) or word for word in words]
    numbered = len(words) == 1 and bare != words and bare[0] in lex.outlet
    form: set[str] = set()
    # "Calder Agency" has news to sell, a "Food Safety Agency" has not.
    public = words[-1] == "agency" and not lex.matters.isdisjoint(words[:-1])
    if words[-1] in lex.bodies or words[0] in lex.bodies or public:
        form.add("body")
    if words[0] in people().first_names and len(words) > 1:
        form.add("person")
    if fold(name) in people().countries or fold(name) in people().calendar:
        form.add("place")
    if numbered or (
        len(words) > 1
        and not form & {"body"}
        and (bare[-1] in lex.outlet or words[0] in lex.outlet)
    ):
        form.add("word")
    elif len(words) == 1 and words[0] in lex.outlet:
        form.add("lone word")
    elif _COMPOUND.fullmatch(name) and fold(_PART.findall(name)[-1]) in lex.compounds:
        form.add("word")
    if any(w in lex.agency for w in words) and not public:
        form.add("agency")
    if any(w.endswith(lex.endings) and w not in lex.endings for w in words):
        form.add("ending")
    if len(words) == 1 and name.isupper() and 2 <= len(name) <= 6:
        form.add("initials")
    if "&" in name:
        form.add("and")
    before = text[max(0, span[0] - 40) : span[0]]
    # "Reached by the radio, Nils Aho said": he is not the radio.
    apart = r"\s+" if fold(name) in nobody else r"[\s,]+"
    told = re.search(rf"(\w+){apart}[«\"“‘'(]?$", before)
    if told and fold(told[1]) in lex.nouns and not told[1].isupper():
        form.add("noun")
        if fold(told[1]) in lex.agency_nouns:
            form.add("agency")
    for pattern in (_NOUN_AFTER, _CALLED):
        after = pattern.match(text, span[1], min(len(text), span[1] + 70))
        if after and fold(after[1].split()[-1]) in lex.nouns:
            form.add("noun")
    if _ARTICLE.search(before):
        form.add("article")
    # Judith Post, who speaks, is no paper.
    if fold(name) in nobody and "person" in form and not form & {"article", "noun"}:
        form -= {"word", "agency"}
    # Who is named as a speaker is a person or body, unless the name is like an outlet's.
    if fold(name) in nobody and not form & {"word", "noun", "ending"}:
        form.add("nobody")
    form.add("one word" if len(words) == 1 else "words")
    return form
