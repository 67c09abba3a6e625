"""A folder of articles: one Markdown file each, none ever lost, the same article known again."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from factcheck import hashing
from factcheck.config import Limits
from factcheck.errors import UnreadableError, UsageError
from factcheck.ingest import STDIN
from factcheck.ingest.build import slug
from factcheck.ingest.decode import decode
from factcheck.ingest.files import read_bytes
from factcheck.ingest.frontmatter import FrontMatter, split
from factcheck.ingest.kept import VERSIONS
from factcheck.ingest.readers import READERS
from factcheck.intake.changes import Change, changes
from factcheck.intake.document import document
from factcheck.intake.drafts import Draft, moment
from factcheck.ledger.files import write_atomically
from factcheck.outlets import key, lookup, outlet_of

_TRACKING = re.compile(
    r"(?i)utm_.*|(?:fb|g|ms|y|d)clid|mc_[ce]id|igshid|at_.*|cmpid|ref|ref_src|smid"
)
_MOBILE = re.compile(r"^(?:www|m|mobile|amp)\.")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:-|$)")
# What of its front matter tells an article from others.
_NAMING = ("outlet", "url", "entry")
_TITLE = 60
_OUTLET = 40


@dataclass(frozen=True)
class Filed:
    """What became of a draft: where it is now, and how it differs from what was there.

    `before` is the file that holds the version it replaced.
    """

    draft: Draft
    file: Path
    state: Literal["new", "updated", "unchanged"]
    changes: tuple[Change, ...] = ()
    before: Path | None = None


class Folder:
    """The articles of a folder, which need not be there yet."""

    def __init__(self, path: Path, limits: Limits, now: str | None = None) -> None:
        """Read what is there. Raises `UsageError` where it is no folder.

        `now` is when what is filed was taken in, where its source does not tell.
        """
        self._path = path
        self._limits = limits
        self._now = now
        self._by_url: dict[str, Path] = {}
        self._by_content: dict[str, Path] = {}
        try:
            path.mkdir(parents=True, exist_ok=True)
            files = sorted(file for file in path.iterdir() if not file.name.startswith("."))
        except OSError as error:
            raise UsageError(
                "unwritable",
                f"{path}: cannot be used as a folder: {error.strerror or error}",
                "name another folder with --to",
            ) from error
        self._names = {file.name.casefold() for file in files}
        for file in files:
            if file.suffix.lower() in READERS:
                with contextlib.suppress(UnreadableError):
                    text, meta = self._read(file)
                    self._know(file, *map(meta.get, _NAMING), text=text[meta.end :])

    def put(self, draft: Draft) -> Filed:
        """File an article that `compare` can read, or bring the one that is there up to date.

        Raises `UnreadableError` where that one cannot be read, `UsageError` where it cannot be
        written.
        """
        draft = replace(draft, retrieved=draft.retrieved or self._now)
        outlet, _ = outlet_of(draft.outlet, draft.url, draft.place)
        if draft.outlet in (None, STDIN) and not draft.url:
            draft = _with_stand_in(draft, outlet)
        file = self._known(draft)
        if file is None:
            file = self._new(draft, outlet)
            self._write(file, document(draft))
            self._know(file, draft.outlet, draft.url, draft.entry, text=draft.text)
            return Filed(draft, file, "new")
        return self._renew(file, draft)

    def unchanged(self, file: Path) -> Filed:
        """What is told of an article of the folder whose source has not changed."""
        text, meta = self._read(file)
        draft = Draft(
            str(file),
            text[meta.end :],
            title=meta.get("title"),
            outlet=meta.get("outlet"),
            published=meta.get("published"),
        )
        return Filed(draft, file, "unchanged")

    def _renew(self, file: Path, draft: Draft) -> Filed:
        old, meta = self._read(file)
        if _is_before(draft.retrieved, meta.get("retrieved")):
            return self._behind(file, draft, old, meta)
        found = changes(meta.get("title"), old[meta.end :], draft.title, draft.text)
        known = {value for value, _ in meta.values.get("correction", ())}
        found += tuple(Change("added", "", one) for one in draft.corrections if one not in known)
        if not found:
            return Filed(draft, file, "unchanged")
        draft = _with_kept(draft, meta)
        before = self._keep(file, old)
        self._write(file, document(draft))
        self._know(file, draft.outlet, draft.url, draft.entry, text=draft.text)
        return Filed(draft, file, "updated", found, before)

    def _behind(self, file: Path, draft: Draft, now: str, meta: FrontMatter) -> Filed:
        """Keep what is older than the article that is there, as an archive's copy, as its version
        before.
        """
        found = changes(draft.title, draft.text, meta.get("title"), now[meta.end :])
        text = document(draft)
        if not found or any(file.read_text("utf-8") == text for file in self._versions(file)):
            return Filed(draft, file, "unchanged")
        return Filed(draft, file, "updated", found, self._keep(file, text))

    def _versions(self, file: Path) -> list[Path]:
        return sorted((self._path / VERSIONS / file.stem).glob("*.md"))

    def _read(self, file: Path) -> tuple[str, FrontMatter]:
        text = decode(read_bytes(file, self._limits))
        return text, split(text)

    def _known(self, draft: Draft) -> Path | None:
        by_url = self._by_url.get(_address(draft.url, draft.entry)) if draft.url else None
        return by_url or self._by_content.get(_content(draft.outlet, draft.url, draft.text))

    def _know(
        self, file: Path, outlet: str | None, url: str | None, entry: str | None, *, text: str
    ) -> None:
        if url:
            self._by_url.setdefault(_address(url, entry), file)
        self._by_content.setdefault(_content(outlet, url, text), file)

    def _new(self, draft: Draft, outlet: str) -> Path:
        stem = file_stem(draft, outlet)
        name, number = f"{stem}.md", 2
        while name in self._names:
            name, number = f"{stem}-{number}.md", number + 1
        self._names.add(name)
        file = self._path / name
        try:
            # What somebody else has put there since is not replaced.
            file.open("x").close()
        except FileExistsError:
            return self._new(draft, outlet)
        except OSError as error:
            raise _unwritable(file, error) from error
        return file

    def _keep(self, file: Path, text: str) -> Path:
        """Put the version that is there beside the others of its article."""
        folder = self._path / VERSIONS / file.stem
        try:
            folder.mkdir(parents=True, exist_ok=True)
            number = 1
            while (kept := folder / f"{number}.md").exists():
                number += 1
        except OSError as error:
            raise _unwritable(folder, error) from error
        self._write(kept, text)
        return kept

    def _write(self, file: Path, text: str) -> None:
        try:
            write_atomically(file, text)
        except OSError as error:
            raise _unwritable(file, error) from error


def _address(url: str, entry: str | None) -> str:
    """What tells an article by its address: an entry of a page by its name there, too."""
    return f"{normal_url(url)}#{entry}" if entry else normal_url(url)


def _unwritable(file: Path, error: OSError) -> UsageError:
    return UsageError(
        "unwritable",
        f"{file}: cannot be written: {error.strerror or error}",
        "name another folder with --to",
    )


def _with_stand_in(draft: Draft, outlet: str) -> Draft:
    """A draft that goes by the name of its source, where that has one, as nothing tells its outlet.

    With a note: what else came from that source would be of one outlet.
    """
    if draft.place == STDIN:
        note = "no outlet is told: say it with --outlet NAME"
        return replace(draft, outlet=None, notes=(*draft.notes, note))
    note = f"no outlet is told, '{outlet}' stands in its place: say it with --outlet NAME"
    notes = () if lookup(outlet) else (note,)
    return replace(draft, outlet=outlet, notes=(*draft.notes, *notes))


def _is_before(one: str | None, other: str | None) -> bool:
    """Whether a moment is known to be before another."""
    left, right = moment(one), moment(other)
    return bool(left and right and left < right)


def _with_kept(draft: Draft, meta: FrontMatter) -> Draft:
    """A draft with what its file tells and its source does not: somebody may have added it."""

    def with_told(own: tuple[str, ...], name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*own, *(value for value, _ in meta.values.get(name, ())))))

    return replace(
        draft,
        outlet=draft.outlet or meta.get("outlet"),
        url=draft.url or meta.get("url"),
        title=draft.title or meta.get("title"),
        byline=draft.byline or meta.get("byline"),
        published=draft.published or meta.get("published"),
        language=draft.language or meta.get("language"),
        credits=with_told(draft.credits, "credit"),
        corrections=with_told(draft.corrections, "correction"),
    )


def file_stem(draft: Draft, outlet: str) -> str:
    """A readable name: day, outlet and title in lower-case ASCII, harmless on every system."""
    day = (draft.published or "")[:10]
    title = slug(draft.title)[:_TITLE] if draft.title else ""
    parts = (day if day[:4].isdigit() else "", slug(outlet)[:_OUTLET].strip("-"), title)
    stem = "-".join(filter(None, parts))
    return f"article-{stem}" if _RESERVED.match(stem) else stem


def normal_url(url: str) -> str:
    """An address without what does not tell articles apart: scheme, "www.", marks of campaigns."""
    try:
        parts = urlsplit(url)
        query = [pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])]
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url
    host = _MOBILE.sub("", (parts.hostname or "").lower())
    told = f"?{urlencode(sorted(query))}" if query else ""
    return f"{host}{port}{parts.path.rstrip('/')}{told}"


def _content(outlet: str | None, url: str | None, text: str) -> str:
    """One text by one outlet: a copy in another outlet is another article."""
    name, _ = outlet_of(outlet, url, "")
    return hashing.key(key(name), " ".join(re.findall(r"\w+", text.casefold())))
