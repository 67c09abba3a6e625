"""Who publishes: outlets, agencies and the families they belong to.

A curated table (`data/outlets.json`) knows the news agencies and the largest publisher groups.
What it does not know falls back to the registrable domain, then to the file name.
"""

from __future__ import annotations

import contextlib
import functools
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import PurePath
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

from factcheck.records import Article

OutletKind = Literal["agency", "outlet"]


class OutletInfo(NamedTuple):
    """A known agency or outlet. `names` are its name and unambiguous aliases, as written."""

    name: str
    kind: OutletKind
    family: str
    domains: tuple[str, ...]
    names: tuple[str, ...]


class _Table(NamedTuple):
    outlets: tuple[OutletInfo, ...]
    by_key: Mapping[str, OutletInfo]
    by_domain: Mapping[str, OutletInfo]
    platforms: frozenset[str]


def key(name: str) -> str:
    """Return the form under which names are compared: no case, accents, article, punctuation.

    Nor what nobody sees: invisible characters, and letters of other scripts that look like Latin
    ones (the idea of the skeletons of Unicode TR 39, for the letters that newspapers' names have).
    """
    visible = (c for c in name if unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cn"))
    plain = unicodedata.normalize("NFKD", "".join(visible).translate(_look_alikes()))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    words = re.findall(r"[\w!]+", re.sub(r"['’]s\b|[.'’]", "", plain))
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


@functools.cache
def _look_alikes() -> dict[int, str]:
    text = resources.files("factcheck").joinpath("data/look_alikes.json").read_text("utf-8")
    return {ord(other): latin for latin, others in json.loads(text).items() for other in others}


def known() -> tuple[OutletInfo, ...]:
    """Return every agency and outlet of the table, agencies first."""
    return _table().outlets


def is_platform(domain: str) -> bool:
    """Whether a registrable domain carries everybody's posts or documents, as no outlet does."""
    return domain in _table().platforms


def lookup(name_or_domain: str) -> OutletInfo | None:
    """Find an outlet by name, alias, host or URL; `None` where the table does not know it."""
    text = name_or_domain.strip()
    table = _table()
    found = table.by_key.get(key(text))
    if found is None and "." in text and " " not in text:
        host = host_of(text)
        found = next((table.by_domain[d] for d in _parents(host) if d in table.by_domain), None)
    return found


def registrable_domain(host: str) -> str:
    """Return the domain that somebody registered: `news.bbc.co.uk` gives `bbc.co.uk`.

    Uses the bundled public suffix list, never the network. A host without a public suffix
    (an address, `localhost`) comes back as it is, in lower case.
    """
    host = host.strip().strip(".").lower()
    for domain in _parents(host):
        if domain in _table().by_domain:
            return domain
    if not re.search(r"\.[a-z]", host):
        return host
    return _suffixes(host.rpartition(".")[2]).privatesuffix(host) or host


def host_of(url: str) -> str:
    """Return the host of a URL or of a bare domain in lower case; empty where there is none."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").lower()


def outlet_of(
    outlet: str | None,
    url: str | None,
    path: str,
    families: Mapping[str, str] | None = None,
) -> tuple[str, str]:
    """Return outlet and family of an article.

    `outlet` is the front matter's word, `url` the article's address; then the file name speaks.
    A name with the address of another publisher is another outlet of like name: the table's word
    for the address, else the name as written. `families` (outlet or domain to family, from the
    ledger) wins over the table.
    """
    domain = registrable_domain(host_of(url)) if url else ""
    if outlet and outlet.strip():
        info = lookup(outlet)
        if info and domain and _elsewhere(info, domain):
            info = lookup(domain)
            named = info is not None and _of_like_name(outlet, info)
            name = info.name if info and named else outlet.strip()
        else:
            name = info.name if info else outlet.strip()
    else:
        info = lookup(domain) if domain else _from_file_name(path)
        name = info.name if info else domain or plain_stem(path) or path
    if info is None and domain:
        info = lookup(domain)
    return name, _declared(name, domain, info, families or {}) or (
        info.family if info else domain or name
    )


def _elsewhere(info: OutletInfo, domain: str) -> bool:
    """Whether an address is not an outlet's own.

    An agency's texts, and what is posted on a platform, stand at others' addresses.
    """
    if info.kind == "agency" or is_platform(domain) or domain in info.domains:
        return False
    there = lookup(domain)
    return there is None or there.family != info.family


def _of_like_name(name: str, info: OutletInfo) -> bool:
    """Whether a name shares a telling word with those of a known outlet: "ABC News", "ABC"."""
    told = set(key(name).split()) - _GENERAL
    return any(told & set(key(known).split()) for known in info.names)


def unified(articles: Sequence[Article]) -> list[Article]:
    """Give outlets that are one by their `key` one name and one family.

    "HARBOUR COURIER", "The Harbour Courier" and one with an invisible character in it would else be
    three hands; so would files that a number tells apart. Two that have addresses of different
    domains are two publishers of like name, and are told by their domains. The result does not
    depend on the order of `articles`, which is kept.
    """
    result = _uncounted(articles)
    alike: dict[str, list[int]] = {}
    for number, article in enumerate(result):
        alike.setdefault(_told_apart(article.outlet), []).append(number)
    for name, numbers in alike.items():
        group = [result[number] for number in numbers]
        told = Counter((article.outlet, article.family) for article in group)
        domains = {registrable_domain(host_of(article.url)) for article in group if article.url}
        if name and len(told) > 1 and len(domains) < 2:
            outlet, family = _plainest(told)
            update = {"outlet": outlet, "family": family}
            group = [article.model_copy(update=update) for article in group]
        elif len({article.family for article in group}) > 1:
            group = [_by_domain(article) for article in group]
        for number, article in zip(numbers, group, strict=True):
            result[number] = article
    return result


def _told_apart(name: str) -> str:
    """A name without what tells no outlets apart: "TarnPost", "tarn_post", "Tarn Post Online"."""
    words = key(_CAMEL.sub(" ", name).replace("_", " ")).split()
    while len(words) > 1 and words[-1] in _EDITIONS:
        words = words[:-1]
    return "".join(words)


def _by_domain(article: Article) -> Article:
    """An article whose outlet is told by its domain, where the table does not know it there."""
    domain = registrable_domain(host_of(article.url)) if article.url else ""
    info = lookup(article.outlet)
    if not domain or (info and not _elsewhere(info, domain)):
        return article
    return article.model_copy(update={"outlet": f"{article.outlet} ({domain})"})


def _uncounted(articles: Sequence[Article]) -> list[Article]:
    """Take the numbers of files for those of articles of one outlet, where they are.

    They are beside a file without a number, or counted from one. "channel-4" and "channel-9" are
    two channels.
    """
    counted: dict[str, set[str]] = {}
    for article in articles:
        if (plain := _COUNTED.sub("", article.outlet)) != article.outlet:
            counted.setdefault(plain, set()).add(article.outlet)
    names = {article.outlet for article in articles}
    taken = {
        outlet: plain
        for plain, outlets in counted.items()
        if plain in names or f"{plain}-1" in outlets
        for outlet in outlets
        if _named(plain) and plain.split("-")[-1].casefold() not in _NUMBERED
    }
    result = []
    for article in articles:
        plain = taken.get(article.outlet, "")
        if plain and plain_stem(article.path) == article.outlet == article.family:
            article = article.model_copy(update={"outlet": plain, "family": plain})
        result.append(article)
    return result


def _plainest(told: Counter[tuple[str, str]]) -> tuple[str, str]:
    """The spelling that most have, of equals the plainest; a family that is more than a name."""

    def rank(name: str) -> tuple[object, ...]:
        count = sum(number for (outlet, _), number in told.items() if outlet == name)
        return (-count, not name.isascii(), name.isupper() or name.islower(), name)

    outlet = min({name for name, _ in told}, key=rank)
    families = {family for _, family in told}
    return outlet, min(
        families, key=lambda family: (key(family) == key(outlet), family != outlet, family)
    )


def family_of(name: str, families: Mapping[str, str] | None = None) -> str:
    """Return the family of an outlet or agency name; the name itself where nothing is known."""
    info = lookup(name)
    return _declared(name, "", info, families or {}) or (info.family if info else name)


def _declared(
    name: str, domain: str, info: OutletInfo | None, families: Mapping[str, str]
) -> str | None:
    if not families:
        return None
    wanted = {key(name), *([key(domain)] if domain else [])}
    if info:
        wanted.update(map(key, (*info.names, *info.domains)))
    return next((families[f] for f in sorted(families) if key(f) in wanted), None)


_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DAY = (
    rf"(?:\d{{4}}[-_.]\d\d[-_.]\d\d|\d{{8}}|\d{{1,2}}[-_.]\d{{1,2}}[-_.]\d{{4}}"
    rf"|\d{{1,2}}[-_ .]{_MONTH}(?:[-_ .]\d{{4}})?)"
)
_COPY = re.compile(r"(?i)^(?:copy of|kopie von)\s+|\s*\(\d{1,3}\)$|[-_ ]+copy(?:[-_ ]?\d{1,2})?$")
_DATED = re.compile(rf"(?i)^{_DAY}(?:[-_ T]?\d{{4}})?[-_ ]+(?=.)|(?<=.)[-_ ]+{_DAY}$")
_VERSION = re.compile(
    r"(?i)(?<=.)(?:[-_ ]+|\s*\()(?:final|draft|updated?|corrected|v\d{1,2}"
    r"|(?:part|page|version)[-_ ]?\d{1,2})\)?$"
)
_COUNTED = re.compile(r"(?<=[^\W\d])-\d{1,2}$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# What names an outlet's edition behind its name.
_EDITIONS = frozenset("digital edition epaper online print web website".split())
# Numbers behind these tell articles of any outlets apart, or outlets.
_GENERAL = frozenset("article doc document file news page source story text".split())
_NUMBERED = frozenset("canal channel fm kanal radio tv".split())


def plain_stem(path: str) -> str:
    """A file's name without what tells several files of one outlet apart.

    A number in brackets ("bbc (1)"), a date, that it is a copy, a part or a version. Where nothing
    else is left, the name as it is.
    """
    stem = PurePath(path).stem
    plain, before = stem, ""
    while plain != before:
        before = plain
        for pattern in (_COPY, _DATED, _VERSION):
            plain = pattern.sub("", plain).strip()
    return plain if _named(plain) else stem


def _named(stem: str) -> bool:
    """Whether a file's name may be an outlet's."""
    return bool(re.search(r"[^\W\d]", stem)) and key(stem) not in _GENERAL


def _from_file_name(path: str) -> OutletInfo | None:
    """Read an outlet off names such as `reuters-2025-04-11.txt` or `nytimes.com_syria.md`."""
    stem = plain_stem(path)
    lead = re.split(r"_|[-.]?(?=\d{4})", stem, maxsplit=1)[0]
    return lookup(stem) or lookup(_COUNTED.sub("", stem)) or (lookup(lead) if lead else None)


def _parents(host: str) -> list[str]:
    labels = host.split(".")
    return [".".join(labels[i:]) for i in range(min(len(labels) - 1, 8))]


@functools.cache
def _table() -> _Table:
    text = resources.files("factcheck").joinpath("data/outlets.json").read_text(encoding="utf-8")
    data = json.loads(text)
    outlets: list[OutletInfo] = []
    by_key: dict[str, OutletInfo] = {}
    by_domain: dict[str, OutletInfo] = {}

    def add(entry: Mapping[str, Any], kind: OutletKind, family: str) -> None:
        names = (entry["name"], *entry.get("aliases", ()))
        info = OutletInfo(entry["name"], kind, family, tuple(entry["domains"]), names)
        outlets.append(info)
        for name in (*names, *entry.get("ambiguous", ())):
            by_key.setdefault(key(name), info)
        for domain in info.domains:
            by_domain.setdefault(domain, info)

    for agency in data["agencies"]:
        add(agency, "agency", agency.get("family", agency["name"]))
    for family in data["families"]:
        for outlet in family["outlets"]:
            add(outlet, "outlet", family["family"])
    return _Table(tuple(outlets), by_key, by_domain, frozenset(data["platforms"]))


@functools.cache
def _suffixes(top: str) -> Any:
    """The public suffixes below one top-level domain: to parse all takes a tenth of a second."""
    from publicsuffixlist import PublicSuffixList

    written = top
    with contextlib.suppress(UnicodeError):
        written = top.encode("ascii").decode("idna")
    ends = (f".{top}", f".{written}")
    return PublicSuffixList([rule for rule in _rules() if f".{rule}".endswith(ends)])


@functools.cache
def _rules() -> list[str]:
    data = resources.files("publicsuffixlist").joinpath("public_suffix_list.dat")
    return data.read_text(encoding="utf-8").splitlines()
