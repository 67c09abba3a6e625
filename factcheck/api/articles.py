"""Articles for programs: from text, bytes, pages and files, with offsets into what was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, overload

from factcheck import ingest, outlets, records
from factcheck import ledger as ledgers
from factcheck.config import Settings
from factcheck.errors import UnreadableError, UsageError
from factcheck.ingest.build import article_from_text, read_date, slug
from factcheck.ingest.decode import decode
from factcheck.ingest.files import bounded, read_bytes
from factcheck.ingest.frontmatter import FrontMatter, split
from factcheck.ingest.readers import READERS
from factcheck.records import Skipped

if TYPE_CHECKING:
    from factcheck.intake.drafts import Request


@dataclass(frozen=True, eq=False)
class Article:
    """One text by one outlet. Immutable; may be shared between threads.

    Spans of claims are `(start, end)`, end excluded, in code points of `text`. Made by `from_text`,
    `from_file`, `from_html`, and by `read`.
    """

    record: records.Article

    @classmethod
    def from_text(
        cls,
        text: str | bytes,
        outlet: str | None = None,
        *,
        id: str | None = None,
        title: str | None = None,
        published: str | None = None,
        url: str | None = None,
        byline: str | None = None,
        language: str | None = None,
        markdown: bool = False,
    ) -> Article:
        """Make an article of a text, at most 2 MB in UTF-8.

        Bytes are decoded as files are. `outlet` is who publishes it: articles of one outlet, or of
        one owner, corroborate nothing for each other, so it is asked for unless `url` or front
        matter tells it. `id` (letters, digits, hyphens) names its claims, by default from the
        outlet; two articles that are compared need two. `published` is a date such as `2025-04-11`
        or `2025-04-11T14:54`, `url` the article's address, `title` and `byline` as it has them,
        `language` a tag such as `en`. `markdown` reads headings and lists as such. What is given
        goes before what front matter in the text tells.

        Raises `UnreadableError` where there is no text to measure, or its language is not read, and
        `UsageError` where no outlet is told or `published` is no date.
        """
        decoded = decode(bounded(_bytes(text), Settings().limits))
        meta = split(decoded)
        values = dict(meta.values)
        if language:
            values["language"] = [(language, (0, 0))]
        front = FrontMatter(values, meta.end, meta.notes)
        where = url or meta.get("url")
        told = outlet or meta.get("outlet")
        if not told and not where:
            raise UsageError(
                "no-outlet",
                "nothing tells whose text this is",
                "name its outlet: Article.from_text(text, 'Harbour Courier')",
            )
        name, family = outlets.outlet_of(told, where, "")
        ident = slug(id or name)
        made = article_from_text(decoded, ident, front, markdown=markdown)
        given = {
            "id": ident,
            "outlet": name,
            "family": family,
            "title": title,
            "published": _date(published),
            "url": url,
            "byline": byline,
        }
        return cls(made.model_copy(update={k: v for k, v in given.items() if v}))

    @classmethod
    def from_file(
        cls, path: str | Path, outlet: str | None = None, *, id: str | None = None
    ) -> Article:
        """Read the file at `path`: text and Markdown as they stand, other kinds by their reader.

        HTML, PDF, mail, Word and JSON need the extra `web`, and their offsets count in `text`,
        which is what was extracted. The outlet is told by `outlet`, else by front matter, the
        address or the file's name, the id by `id`, else by the file's name. Raises
        `UnreadableError` where it cannot be read, and `UsageError` where it holds several articles,
        or a package is missing.
        """
        file = Path(path)
        if file.suffix.lower() not in READERS:
            return cls._read_by_kind(file, outlet, id)
        try:
            data = read_bytes(file, Settings().limits)
            text = decode(data)
            reader = READERS[file.suffix.lower()]
            made = reader(text, str(path), {})
        except UnreadableError as error:
            raise UnreadableError(error.code, f"{path}: {error.message}", error.hint) from error
        return cls(made)._named(outlet, id)

    @classmethod
    def from_html(
        cls,
        html: str | bytes,
        *,
        url: str | None = None,
        outlet: str | None = None,
        id: str | None = None,
    ) -> Article:
        """Read the page `html`: its main text, and what it tells machines of outlet and date.

        Needs the extra `web`. Offsets count in `text`, which is what was extracted. `url` is where
        the page is from; nothing is fetched. `outlet` and `id` are those of `from_text`. The page
        is read in a process of its own with bounds on time (60 s) and memory (2 GB). Raises
        `UnreadableError` where there is no article in it, and `UsageError` where the extra is
        missing.
        """
        from factcheck.intake.drafts import Request, Where

        data = _bytes(html)
        charset = "utf-8" if isinstance(html, str) else None
        place = url or "page.html"
        return cls._drafted(Request(Where(place, url, charset), data=data), outlet, id)

    @classmethod
    def _read_by_kind(cls, file: Path, outlet: str | None, ident: str | None) -> Article:
        from factcheck.intake.drafts import Request, Where

        return cls._drafted(Request(Where(str(file)), file), outlet, ident or slug(file.stem))

    @classmethod
    def _drafted(cls, request: Request, outlet: str | None, ident: str | None) -> Article:
        from factcheck.intake.drafts import Left
        from factcheck.intake.once import read as read_source

        place = request.where.place
        found = read_source(request)
        if len(found) > 1:
            raise UsageError(
                "several-articles",
                f"{place} holds {len(found)} articles",
                f"take them in with 'factcheck add {place}', and read the folder",
            )
        draft = found[0] if found else Left(place, "holds no article")
        if isinstance(draft, Left):
            raise UnreadableError("unreadable", f"{place}: {draft.reason}")
        name, _ = outlets.outlet_of(outlet or draft.outlet, draft.url, place)
        article = cls.from_text(
            draft.text,
            name,
            id=ident,
            title=draft.title,
            published=draft.published,
            url=draft.url,
            byline=draft.byline,
            language=draft.language,
            markdown=True,
        )
        credited = [*article.record.credits]
        for credit in draft.credits:
            known = outlets.lookup(credit)
            kind = known.kind if known else "agency"
            credited.append(records.Credit(name=credit, kind=kind, span=None))
        return cls(article.record.model_copy(update={"credits": tuple(credited), "path": place}))

    def _named(self, outlet: str | None, ident: str | None) -> Article:
        """The same article with another outlet or id, where they are given."""
        update: dict[str, str] = {"id": slug(ident)} if ident else {}
        if outlet:
            name, family = outlets.outlet_of(outlet, self.url, self.path)
            update |= {"outlet": name, "family": family}
        return Article(self.record.model_copy(update=update)) if update else self

    @property
    def id(self) -> str:
        """Its id: lower-case letters, digits and hyphens, at most 60; claims are named by it."""
        return self.record.id

    @property
    def path(self) -> str:
        """The path or address that it was read from; of a text its id."""
        return self.record.path

    @property
    def outlet(self) -> str:
        """Who publishes it."""
        return self.record.outlet

    @property
    def family(self) -> str:
        """The owner or desk that its outlet belongs to; the outlet or its domain if unknown."""
        return self.record.family

    @property
    def title(self) -> str | None:
        """Its title, `None` where it has none."""
        return self.record.title

    @property
    def published(self) -> str | None:
        """Its date or date-time in EDTF (`2025-04-11T14:54`, `XXXX-04-11`), `None` if unknown."""
        return self.record.published

    @property
    def url(self) -> str | None:
        """Its address on the web, `None` where none is told."""
        return self.record.url

    @property
    def byline(self) -> str | None:
        """Who wrote it, as the article says, `None` where it does not."""
        return self.record.byline

    @property
    def text(self) -> str:
        """The text that spans count in, in code points; empty in a report loaded without texts."""
        filed = self.record.filed
        return filed.text if filed else self.record.text

    @property
    def notes(self) -> tuple[str, ...]:
        """What of its metadata could not be read, in words."""
        return self.record.notes

    def __repr__(self) -> str:
        return f"<Article {self.id}: {self.outlet}, {len(self.text):,} characters>"


@dataclass(frozen=True, eq=False)
class Articles(Sequence[Article]):
    """Articles in an order, and what could not be read. Immutable.

    `skipped` holds a record with path, code and reason for each input that is no article.
    """

    articles: tuple[Article, ...]
    skipped: tuple[Skipped, ...] = ()

    @overload
    def __getitem__(self, index: int) -> Article: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Article, ...]: ...

    def __getitem__(self, index: int | slice) -> Article | tuple[Article, ...]:
        return self.articles[index]

    def __len__(self) -> int:
        return len(self.articles)

    def __iter__(self) -> Iterator[Article]:
        return iter(self.articles)

    def __repr__(self) -> str:
        left = f", {len(self.skipped)} skipped" if self.skipped else ""
        return f"<{len(self)} articles{left}>"


def read(*paths: str | Path, ledger: str | Path | None = None) -> Articles:
    """Read the files and folders `paths` (recursive, sorted), `.txt` and `.md`, into articles.

    `ledger` puts outlets into families. What cannot be read stops nothing and is in `skipped`.
    Raises `UsageError` for a path that is not there or a folder without articles, and
    `ConfigurationError` for a ledger that cannot be used.
    """
    families = ledgers.load(Path(ledger)).families if ledger else {}
    found, skipped = ingest.load([str(path) for path in paths], Settings().limits, None, families)
    return Articles(tuple(map(Article, found)), tuple(skipped))


def in_family(article: Article, families: Mapping[str, str]) -> Article:
    """The article in the family that a ledger puts its outlet in."""
    if not families:
        return article
    name, family = outlets.outlet_of(article.outlet, article.url, article.path, families)
    return Article(article.record.model_copy(update={"outlet": name, "family": family}))


def _bytes(text: str | bytes) -> bytes:
    if isinstance(text, bytes):
        return text
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise UnreadableError(
            "bad-encoding", f"holds half a character at {error.start:,}", "decode it anew"
        ) from error


def _date(value: str | None) -> str | None:
    if value is None:
        return None
    date = read_date(value)
    if date is None:
        raise UsageError(
            "no-date", f"'{value}' is no date", "write it as 2025-04-11 or 2025-04-11T14:54"
        )
    return date
