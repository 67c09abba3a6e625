"""Whom an article as a whole is credited to: byline, dateline, footer, links, metadata.

These are credits of the article. Relays of single statements ("told Ynet") are `relays`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from factcheck import outlets
from factcheck.access.names import mentions
from factcheck.access.same import is_own
from factcheck.access.words import lexicon as words
from factcheck.attribution.lexicon import fold, lexicon
from factcheck.records import Article, Block, Credit, Span

Place = Literal["metadata", "byline", "dateline", "footer", "body", "link"]

# A dateline is short, and so is all that may stand before or after a credit on its line.
_DATELINE_BLOCKS, _DATELINE_LENGTH, _FOOTER_BLOCKS = 4, 120, 12

_DATELINE = re.compile(
    r"[^()\n]{0,90}?\((?P<agency>[^()\n]{2,40})\)\s*(?:--|[-–—―:])"
    r"|[^()/\n]{0,90}?/(?P<slashed>[^()/\n]{2,40})/[.\s]"
    r"|(?P<bare>[A-Z][\w\s-]{1,30}?)\s+(?:--|[–—―])\s"
    r"|[A-Z][^()\n–—-]{2,60}?,\s(?P<last>[A-Z][\w ]{1,30}?)\s?(?:--|[–—―])\s"
)
_HAT_TIP = re.compile(
    r"(?i)(?<![\w/])(?:h/t|hat[ -]tip|via|source|original source)\b"
    r"(?:\s*:|\s+to\b(?:\s+the\b)?)?\s*"
    r"(?P<name>\w[^\n;|()\[\]]{1,60})"
)
_TIP_LINE = re.compile(r"(?i)[\W_]*(?:h/t|hat[ -]tip)\b")
_SOURCE_LINE = re.compile(r"(?i)[\W_]*(?:via|(?:original )?source)\s*:")
_CREDIT_LINE = re.compile(
    r"(?i)contributed\s+(?:\w+\s+)?to\s+this|(?:©|\(c\)|copyright)\s*(?:\d{4})?|material\s+from|used\s+in\s+this\s+report"
    r"|all\s+rights\s+reserved|wire\s+(?:reports?|services?)|news\s+services"
)
_WITH = re.compile(
    r"(?i)^with\s+(?:(?:reporting|files|reports?|inputs?|material|copy)\s+(?:by|from)\s+(?:the\s+)?)?"
)
# What stands around the names in a line of credit, and parts that name nobody.
_RIGHTS = re.compile(r"(?i)^(?:©|\(c\)|copyright|source\s*:)\s*(?:\d{4}\s+)?")
_BEHIND = re.compile(
    r"(?i)(?:\s+contributed(?:\s+to\s+this\s+\w+)?|,?\s+english\s+(?:service|desk)"
    r"|\.\s+(?:all\s+rights|reproduction|no\s+reproduction)\b.*)$"
)
_OR = re.compile(r"\s*/\s*|\s+and\s+|\s*&\s*(?=staff)")
_NOBODY = re.compile(
    r"(?i)\bedition\b|\bdesk$|^translat|\bstaff\b|\breporters?$|\bcorrespondents?$"
    r"|^(?:news\s+)?agenc(?:y|ies)(?:\s+reports?)?$|^wires?(?:\s+reports?)?$|^english$"
)
# What stands in the brackets of a dateline, or behind "with files from".
_AGENCY_NAME = re.compile(r"[^\W\d_a-z][\w.&’'-]*(?: [^\W\d_a-z][\w.&’'-]*){0,3}")
_FILES = re.compile(
    r"\bwith\s+(?:files|reports?|reporting|material|inputs?|copy)\s+(?:from|by)\s+(?:the\s+)?"
    r"([^\W\d_a-z][\w.&’'-]*(?: [^\W\d_a-z][\w.&’'-]*){0,3})"
)
# An agency by its last word, or its ending: "Calder News", "Nordwire".
_AGENCY = (
    r"(?:[^\W\d_a-z][\w.&’'-]* ){1,3}(?:Agency|News|Newswire|Press|Service|Wire)"
    r"|[^\W\d_a-z]\w+(?:wire|presse?)"
)
# "Cody Lane, with Jailoo Wire", "Staff Reporter and AINA": beside a name in a byline, an agency by
# its last word or, behind more than a comma, by letters alone; "Ann Lee, MD" has a degree.
_BESIDE = re.compile(
    r"(?:,|\s/|\b(?:with|and))\s+(?:the\s+)?"
    rf"({_AGENCY})(?!\s?\w)"
    r"|(?:\s/|\b(?:with|and))\s+(?:the\s+)?([A-Z]{3,5})(?!\s?\w)"
)
_LIKE_AGENCY = re.compile(_AGENCY)
# Behind the last sentence of all, an agency signs: "… at first light. (Calder)", "… – Calder News".
_SIGNED = re.compile(
    r"(?:^|[.!?…][\"”’»)]{0,2}\s+)(?:[(\[]([^()\[\]\n]{2,40})[)\]]|(?:--|[-–—])\s?([^()\n–—]{2,40}))\.?$"
)
_SIGN_OFF = re.compile(
    r"(?i)\b(?:reporting|writing)\s+by\b[^\n]{2,300}?;[^\n]{0,200}?\bediting\s+by\b"
)
_BODY = re.compile(
    r"(?i)(?:first|originally|initially)\s+(?:reported|published|appeared|posted|revealed|disclosed"
    r"|printed)\s+(?:\w+\s+){0,4}?(?:by|in|on|at)\s+(?:the\s+)?|republished\s+(?:\w+\s+)?from\s+(?:the\s+)?"
)
_BODY_AFTER = re.compile(
    r"(?i)(?:,?\s+which)?(?:\s+has|\s+had)?\s+first\s+(?:reported|published|revealed)\b"
)
_URL = re.compile(r"https?://[^\s<>\"'()\[\]{}|\\^`]{4,2000}")
_SURROUND = 8
# Fewer capitals are a writer's.
_SHORTEST = 4


class Placed(NamedTuple):
    """A credit with where it stands; `url` for a link, `family` for telling credits apart."""

    credit: Credit
    place: Place
    family: str
    url: str = ""


def credits(article: Article) -> tuple[Credit, ...]:  # noqa: A001 - the word of the report
    """Return the article's credits, those that its metadata states included, each name once.

    Sorted by where they stand; `span` is in code points of `article.text`. The article's own
    outlet is no credit.
    """
    found = [placed.credit for placed in placed_credits(article)]
    return tuple(sorted(found, key=lambda c: (c.span or (-1, -1), c.name)))


def placed_credits(article: Article) -> tuple[Placed, ...]:
    """Return the credits with their places, the strongest place of each name (metadata first)."""
    result: dict[tuple[str, str], Placed] = {}
    for placed in _all(article):
        own = placed.family == article.family or (
            placed.place != "link" and is_own(article, placed.credit.name)
        )
        if not own or (placed.credit.kind == "agency" and not is_own(article, placed.credit.name)):
            kind = "link" if placed.credit.kind == "link" else "credit"
            result.setdefault((kind, placed.url or outlets.key(placed.credit.name)), placed)
    return tuple(result.values())


def credited(line: str) -> tuple[str, ...]:
    """The names in a line of credit: of "With files from Calder Press and staff" only the agency's.

    None where it names nobody: an edition, a desk, a translation, "agencies".
    """
    line = _RIGHTS.sub("", line.strip("()[] "))
    line = _BEHIND.sub("", _WITH.sub("", line, count=1)).strip(" .,;:–—-")
    line = line.split(", ")[0]
    parts = [part.strip() for part in _OR.split(line)]
    kept = tuple(part for part in parts if part and not _NOBODY.search(part))
    apart = len(kept) < len(parts) or all(map(outlets.lookup, parts))
    return kept if apart else (line,)


def _all(article: Article) -> Iterator[Placed]:
    for credit in article.credits:
        for name in credited(credit.name):
            named = credit.model_copy(update={"name": name})
            yield Placed(named, "metadata", outlets.family_of(name))
    if article.byline:
        yield from _byline(article.byline, article.byline_span)
    blocks = [b for b in article.blocks if b.kind not in ("navigation", "related", "title")]
    for block in blocks:
        if block.kind == "byline" and (block.start, block.end) != article.byline_span:
            yield from _byline(article.text[block.start : block.end], (block.start, block.end))
    body = [b for b in blocks if b.kind == "body"]
    for block in body[:_DATELINE_BLOCKS]:
        yield from _dateline(article.text, block)
    footers = {id(b) for b in blocks[-_FOOTER_BLOCKS:]} | {
        id(b) for b in blocks if b.kind == "credit"
    }
    for block in blocks:
        if id(block) in footers:
            yield from _footer(article.text, block)
    for block in {id(b): b for b in (*body[-1:], *blocks[-1:])}.values():
        yield from _signed(article.text, block)
    for block in body:
        yield from _first_reported(article.text, block)
    for block in blocks:
        if block.kind in ("body", "credit", "byline"):
            yield from _links(article.text, block)


def _named(text: str, start: int, end: int, place: Place) -> Iterator[Placed]:
    for mention in mentions(text, start, end):
        if not mention.short:
            info = mention.outlet
            yield Placed(
                Credit(name=info.name, kind=info.kind, span=mention.span), place, info.family
            )


def _unknown(name: str, span: Span | None, place: Place) -> Iterator[Placed]:
    """An agency that no table knows, by the place where only an agency stands."""
    name = name.strip()
    if _AGENCY_NAME.fullmatch(name):
        yield Placed(Credit(name=name, kind="agency", span=span), place, outlets.family_of(name))


def _byline(byline: str, span: Span | None) -> Iterator[Placed]:
    whole = outlets.lookup(re.sub(r"(?i)^by\s+", "", byline.strip()))
    for mention in mentions(byline):
        # Metadata may name the whole byline ambiguously ("AP"); a name inside needs no guess.
        info = mention.outlet
        exact = (span[0] + mention.span[0], span[0] + mention.span[1]) if span else None
        if span and span[1] - span[0] != len(byline):
            exact = span
        yield Placed(Credit(name=info.name, kind=info.kind, span=exact), "byline", info.family)
    for match in itertools.chain(_FILES.finditer(byline), _BESIDE.finditer(byline)):
        # Each way to name one has a group of its own.
        group = match.lastindex or 0
        name, (start, end) = match[group], match.span(group)
        if not outlets.lookup(name) and not any(mentions(name)):
            where = (span[0] + start, span[0] + end) if span else None
            if span and span[1] - span[0] != len(byline):
                where = span
            yield from _unknown(name, where, "byline")
    if whole:
        yield Placed(Credit(name=whole.name, kind=whole.kind, span=span), "byline", whole.family)
        return
    name = re.sub(r"(?i)^by\s+", "", byline.strip())
    if _LIKE_AGENCY.fullmatch(name) and not _of_person(name):
        yield from _unknown(name, span, "byline")


def _dateline(text: str, block: Block) -> Iterator[Placed]:
    end = min(block.end, block.start + _DATELINE_LENGTH)
    match = _DATELINE.match(text, block.start, end)
    if not match:
        return
    for group in ("agency", "slashed"):
        if match.group(group):
            named = list(_named(text, *match.span(group), "dateline"))
            yield from named or _unknown(match.group(group), match.span(group), "dateline")
    for group in ("bare", "last"):
        info = outlets.lookup(match.group(group) or "")
        if info and info.kind == "agency":
            credit = Credit(name=info.name, kind="agency", span=match.span(group))
            yield Placed(credit, "dateline", info.family)


def _footer(text: str, block: Block) -> Iterator[Placed]:
    line = text[block.start : block.end]
    if len(line) > 600:
        return
    if _SIGN_OFF.search(line):
        # "Reporting by …; Editing by …" is how Reuters signs, but not Reuters alone: who is not
        # named is not credited.
        yield from _named(text, block.start, block.end, "footer")
        return
    if _TIP_LINE.match(line) or (_SOURCE_LINE.match(line) and len(line) < 120):
        yield from _tip(text, block)
        return
    bare = outlets.lookup(_WITH.sub("", line.strip("()[]–—-. "))) if len(line) < 60 else None
    if bare and bare.kind == "agency":
        credit = Credit(name=bare.name, kind="agency", span=(block.start, block.end))
        yield Placed(credit, "footer", bare.family)
    elif block.kind == "credit" or (_CREDIT_LINE.search(line) and len(line) < 300):
        yield from _named(text, block.start, block.end, "footer")
    else:
        # "… (With AFP)", "… h/t The Hill" behind the last sentence.
        tail = re.search(
            r"[(\[](?:[Ww]ith|[Vv]ia|[Ss]ource:|©|[Hh]/[Tt])\s[^()\[\]]{2,80}[)\]]\W*$", line
        )
        if tail:
            yield from _named(text, block.start + tail.start(), block.end, "footer")
        for tip in re.finditer(r"(?i)(?<![\w/])(?:h/t|hat tip)\b", line):
            yield from _named(
                text,
                block.start + tip.start(),
                min(block.end, block.start + tip.end() + 50),
                "footer",
            )


def _tip(text: str, block: Block) -> Iterator[Placed]:
    named = list(_named(text, block.start, block.end, "footer"))
    if named:
        yield from named
        return
    match = _HAT_TIP.search(text, block.start, block.end)
    if match:
        name = match.group("name").strip(" .,:–—-")
        info = outlets.lookup(name)
        span = (match.start("name"), match.start("name") + len(name))
        if not info and not _TIP_LINE.match(text, block.start):
            # "Source: NATO" stands under a chart, "Source: Nordwire" does not.
            if _LIKE_AGENCY.fullmatch(name) and not _of_person(name):
                yield from _unknown(name, span, "footer")
            return
        name = info.name if info else name
        credit = Credit(name=name, kind=info.kind if info else "outlet", span=span)
        yield Placed(credit, "footer", info.family if info else name)


def _signed(text: str, block: Block) -> Iterator[Placed]:
    """The agency that signs an article behind its last sentence."""
    match = _SIGNED.search(text, max(block.start, block.end - _DATELINE_LENGTH), block.end)
    if not match:
        return
    # Each way to name one has a group of its own.
    group = match.lastindex or 0
    named = list(_named(text, *match.span(group), "footer"))
    name = match[group]
    # Writers sign by their names and initials, too.
    if not named and not _of_person(name) and (group == 1 or _LIKE_AGENCY.fullmatch(name)):
        initials = name.isupper() and len(name) < _SHORTEST
        if not initials and fold(name) not in words().notes | lexicon().calendar:
            named = list(_unknown(name, match.span(group), "footer"))
    yield from named


def _of_person(name: str) -> bool:
    """Whether a name begins like a person's."""
    first, *more = fold(name).split()
    return bool(more) and first in lexicon().first_names


def _first_reported(text: str, block: Block) -> Iterator[Placed]:
    for match in _BODY.finditer(text, block.start, block.end):
        found = _named(text, match.end(), min(block.end, match.end() + 60), "body")
        first = next(found, None)
        if first and first.credit.span and first.credit.span[0] - match.end() <= _SURROUND:
            yield first
    for placed in _named(text, block.start, block.end, "body"):
        if placed.credit.span and _BODY_AFTER.match(text, placed.credit.span[1], block.end):
            yield placed


def _links(text: str, block: Block) -> Iterator[Placed]:
    for match in _URL.finditer(text, block.start, block.end):
        url = match.group().rstrip(".,;:!?")
        domain = outlets.registrable_domain(outlets.host_of(url))
        if not domain or outlets.is_platform(domain):
            continue
        info = outlets.lookup(domain)
        span = (match.start(), match.start() + len(url))
        credit = Credit(name=info.name if info else domain, kind="link", span=span)
        yield Placed(credit, "link", info.family if info else domain, url.split("#")[0])
