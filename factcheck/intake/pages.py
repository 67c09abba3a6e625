"""HTML pages → drafts: main text by trafilatura, the rest by what pages embed for machines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from factcheck.intake.beside import Links, corrections
from factcheck.intake.drafts import Left, Taken, Where, draft, moment, one_line, web_address
from factcheck.intake.fields import fields_of, values_of
from factcheck.intake.live import entries
from factcheck.intake.lookup import library, table
from factcheck.intake.markup import of_fragment, paragraphs, parsed
from factcheck.intake.prune import prune
from factcheck.intake.refresh import leads_to
from factcheck.intake.speech import join_turns
from factcheck.outlets import host_of, registrable_domain

# Where browsers and their extensions write the address of a page that they save.
_SAVED = re.compile(
    r"(?:saved from url=\(\d{1,6}\)|saved with SingleFile\s+url:\s*)(https?://[^\s\"'<>]{4,2000})"
)
# Copies in archives, whose outlet is that of the original.
_ARCHIVED = re.compile(
    r"https?://(?:web\.archive\.org/web/(?P<day>\d{4,14})[a-z_]*|archive\.(?:today|ph|is|li|vn|fo|md)"
    r"/(?:o/\w{1,12}|(?P<time>\d{4}[\d.-]{0,16})))/(?P<url>https?:/{1,2}.+)"
)
_ARCHIVE = re.compile(r"(?i)(?:web\.)?archive\.(?:org|today|ph|is|li|vn|fo|md)")
_META = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "publisher"),
    "published": (
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "date",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
    ),
    "byline": ("author", "article:author", "parsely-author", "dc.creator", "byl"),
    "language": ("og:locale",),
    "url": ("og:url",),
}
_ARTICLE = re.compile(r"(?:Article|Posting|Reportage|Report|Review)$")
# Only then is it worth a second look.
_LIVE = re.compile(r"(?i)live-?(?:blog|post|entry|update)")
_TAIL = re.compile(r"\s[-–—|·]\s(?P<outlet>[A-Z][^-–—|·]{1,40})$")
_MOST_NODES = 2_000
_FEW, _HARDLY_ANY = 120, 40
_NAVIGATED = re.compile(r"(?i)https?:|[@|]")


def read_pages(text: str, where: Where) -> Iterator[Taken]:
    """The articles of a page's markup, one but for the entries of a live blog; or why there is
    none.
    """
    tree = parsed(text)
    node = next(_articles(tree), {}) if tree is not None else {}
    # Entries are looked for in a copy: looking takes them apart.
    found = entries(node, deepcopy(tree)) if tree is not None and _LIVE.search(text) else []
    whole = _read(text, tree, node, where, [line for entry in found for line in entry.lines])
    if not found or isinstance(whole, Left):
        yield whole
        return
    for entry in found:
        one = draft(
            where.place,
            entry.lines,
            title=entry.title,
            dates=[entry.published],
            entry=entry.name,
        )
        yield replace(
            whole,
            text=one.text,
            title=one.title or whole.title,
            published=one.published,
            entry=one.entry,
            notes=one.notes,
        )


def read_page(text: str, where: Where) -> Taken:
    """The article of a page's markup, or why there is none."""
    tree = parsed(text)
    return _read(text, tree, next(_articles(tree), {}) if tree is not None else {}, where)


def _read(
    text: str, tree: Any, node: Mapping[str, Any], where: Where, known: Sequence[str] = ()
) -> Taken:
    """The article of a page; `known` are paragraphs that are surely of it."""
    if tree is None:
        return Left(where.place, "holds no page")
    meta = _meta(tree)
    told = {**meta, **fields_of(node)}
    address, credit = _address(text, tree, told, where)
    links, corrected = Links(tree), corrections(tree)
    prune(tree)
    join_turns(tree)
    document = library("trafilatura").bare_extraction(
        tree,
        url=address,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    body = list(paragraphs(document.body)) if document else []
    embedded = [line for value in told.pop("text", ()) for line in of_fragment(value)]
    if _words(embedded) > 1.5 * _words(body):
        body = embedded
    body = list(known) or body
    if document:
        told = {**_guessed(document), **told}
    if "outlet" not in told and not address and (tail := _TAIL.search(document_title(tree))):
        told["outlet"] = [tail[1]]
    title = one_line(next(iter(told.get("title", ())), None))
    body = [line for line in body if not title or line.removeprefix("## ") != title]
    if _words(body) < _FEW and (there := leads_to(text, address)):
        return Left(where.place, "only leads to another page", there if "://" in there else None)
    notes: list[str] = []
    if problem := _stub(title or "", body, node):
        if "subscribers" not in problem or _words(body) < _HARDLY_ANY:
            return Left(where.place, problem)
        notes.append(problem)
    if not body:
        return Left(where.place, "holds no text of an article")
    values = values_of(told) | {"url": address, "links": links.of(body, address)}
    values["bylines"] = [name for name in values["bylines"] if not _NAVIGATED.search(name)]
    values["credited"] = [*values["credited"], *credit]
    values["corrections"] = [*values["corrections"], *corrected]
    values["retrieved"] = captured(where.url or _saved_from(text))
    return draft(where.place, body, notes=notes, **values)


def document_title(tree: Any) -> str:
    """The title of a page's window: often the article's with the outlet behind it."""
    return " ".join((tree.findtext(".//title") or "").split())


def original(url: str) -> str:
    """The address of a page; of a copy in an archive that of the original."""
    match = _ARCHIVED.match(url)
    return re.sub(r"^(https?):/+", r"\1://", match["url"]) if match else url


def _saved_from(text: str) -> str | None:
    """The address that a page was saved from, where the browser wrote it into the file."""
    saved = _SAVED.search(text[:5_000])
    return saved[1] if saved else None


def captured(url: str | None) -> str | None:
    """When an archive made its copy of a page, as the address of the copy tells."""
    match = _ARCHIVED.match(url or "")
    digits = re.sub(r"\D", "", (match["day"] or match["time"] or "") if match else "")
    whole = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(?:\d\d)?", digits)
    return moment("{}-{}-{}T{}:{}Z".format(*whole.groups())) if whole else None


def _address(
    text: str, tree: Any, told: Mapping[str, Sequence[str]], where: Where
) -> tuple[str | None, list[str]]:
    """The page's own address, and whom it names as the place of the original.

    A page of one publisher whose canonical address is another's is a copy of it.
    """
    links = tree.xpath("//link[@rel='canonical']/@href")[:3]
    named = [original(url) for one in (*links, *told.get("url", ())) if (url := web_address(one))]
    own = where.url or _saved_from(text)
    if own is None:
        return next(iter(named), None), []
    own = original(own)
    if named and _ARCHIVE.fullmatch(host_of(own)):
        # A short address, as archive.today gives them: the copy says of what it is one.
        own = named[0]
    domain = registrable_domain(host_of(own))
    for url in named:
        if registrable_domain(host_of(url)) == domain:
            return url, []
    others = [registrable_domain(host_of(url)) for url in named]
    return own, [other for other in others[:1] if other]


def _meta(tree: Any) -> dict[str, list[str]]:
    """What the tags `meta`, `html` and `time` tell."""
    by_name: dict[str, list[str]] = {}
    for tag in tree.iterfind(".//meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        if content := tag.get("content"):
            by_name.setdefault(name.strip().lower(), []).append(content)
    found = {
        name: by_name[key]
        for name, keys in _META.items()
        if (key := next((key for key in keys if key in by_name), None))
    }
    if any(map(_ARCHIVE.fullmatch, found.get("outlet", ()))):
        del found["outlet"]
    if (root := tree.getroottree().getroot()).get("lang"):
        found["language"] = [root.get("lang")]
    if "published" not in found and (
        times := tree.xpath("(//article//time|//header//time|//time[@itemprop])/@datetime")
    ):
        found["published"] = times[:1]
    return found


def _articles(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The articles among the embedded JSON-LD."""
    for script in tree.iterfind(".//script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            loaded = json.loads((script.text or "").strip(" \n\r\t;"), strict=False)
        except (ValueError, RecursionError):
            continue
        queue, seen = [loaded], 0
        while queue and seen < _MOST_NODES:
            node, seen = queue.pop(0), seen + 1
            if isinstance(node, list):
                queue += node[:_MOST_NODES]
            elif isinstance(node, dict):
                kinds = node.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in kinds):
                    yield node
                queue += [node[key] for key in ("@graph", "mainEntity") if key in node]


def _guessed(document: Any) -> dict[str, list[str]]:
    """What trafilatura and htmldate make of a page, for where it tells nothing itself."""
    names = (document.author or "").split(";")
    site = document.sitename or ""
    guessed = {
        "title": document.title,
        "outlet": site if "." not in site else None,
        "published": document.date,
        "language": document.language,
    }
    found = {name: [value] for name, value in guessed.items() if value}
    return found | ({"byline": names} if any(names) else {})


def _stub(title: str, body: Sequence[str], node: Mapping[str, Any]) -> str | None:
    """Why a page is not the whole article, `None` where it may be."""
    words = _words(body)
    if words >= _FEW:
        return None
    said = "\n".join((title, *body)).casefold().replace("’", "'")
    for stub in table("stubs").values():
        if any(phrase in said for phrase in stub["says"]):
            return str(stub["reason"])
    if str(node.get("isAccessibleForFree", "")).casefold() == "false":
        return str(table("stubs")["paywall"]["reason"])
    return None


def _words(lines: Sequence[str]) -> int:
    return sum(len(line.split()) for line in lines)
