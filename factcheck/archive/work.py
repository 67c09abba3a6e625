"""The two tasks of an archive: read and extract some files, compare the articles of a window.

A task is a function from a few small values to a small result, and writes one shard. It runs in
any process on any machine that sees the archive's folder, and as often as anybody likes: the shard
is named by what it depends on, and whoever finds it there has nothing left to do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from factcheck import __version__
from factcheck.archive.place import Place
from factcheck.attribution.tagger import Tagger
from factcheck.cache import Cache
from factcheck.config import Limits, Settings
from factcheck.errors import UnreadableError, UsageError
from factcheck.hashing import key
from factcheck.ingest import Input, read, read_bytes
from factcheck.matching import Decisions
from factcheck.matching.profiles import ordinal
from factcheck.matching.stories import story
from factcheck.pipeline import Corpus, Extraction, compare, extract_each, with_access
from factcheck.records import FINGERPRINT_LENGTH, Article, Claim, Inconsistency, Record, Skipped
from factcheck.reports import REGISTRY
from factcheck.reports.view import View


@dataclass(frozen=True)
class Shared:
    """What all tasks of an update have in common.

    `program` names the program that runs it (`cache.program_identity`), `known` are names of
    outlets, `cache` is where readings are kept between runs.
    """

    root: str
    program: str
    version: str
    settings: Settings
    families: tuple[tuple[str, str], ...] = ()
    known: tuple[str, ...] = ()
    decisions: Decisions = field(default_factory=Decisions)
    cache: str | None = None

    @cached_property
    def reading(self) -> str:
        """What extracting depends on beside the files."""
        return key(self.program, "extraction", repr(self.families))

    @cached_property
    def comparing(self) -> str:
        """What comparing depends on beside the extractions."""
        decided = repr((sorted(self.decisions.same), sorted(self.decisions.different)))
        return key(self.reading, self.settings.model_dump_json(), repr(self.known), decided)


class Read(NamedTuple):
    """A file that was read: what the index needs to know of its article.

    `path` is below the archive's folder, `status` what tells the file from a changed one. The
    article stands in line `line` of `shard`. `day` is a proleptic ordinal, `words` its telling
    words with their weights. Where it could not be measured, `code` and `reason` say why.
    """

    path: str
    status: str
    content: str = ""
    shard: str = ""
    line: int = 0
    day: int | None = None
    outlet: str = ""
    title: str = ""
    claims: int = 0
    words: tuple[tuple[str, float], ...] = ()
    code: str = ""
    reason: str = ""


class Part(NamedTuple):
    """An article of a window: its number in the index, its path, the id that it has there, its
    place in a shard, and the hash of its file.
    """

    number: int
    path: str
    id: str
    shard: str
    line: int
    content: str


class Told(NamedTuple):
    """A group of several claims, for the index; `members` are (article's number, claim's) of those
    that tell its statement first of all: what tells two would join the threads of both.
    """

    status: str
    qualifiers: tuple[str, ...]
    statement: str
    name: str
    conflicts: tuple[str, ...]
    outlets: tuple[str, ...]
    members: tuple[tuple[int, int], ...]


class Compared(NamedTuple):
    """What came of a window: the shard of its report, and the groups of several claims."""

    shard: str
    claims: int
    groups: tuple[Told, ...]


def status_of(file: Path) -> str:
    """What tells a file from what it was before. Raises `OSError`."""
    found = file.stat()
    return f"{found.st_size} {found.st_mtime_ns}"


def extract_files(shared: Shared, paths: Sequence[str]) -> tuple[Read, ...]:
    """Read files, and extract what their articles say into one shard.

    Raises `UsageError` where the worker is of another version, `OSError` where no shard can be
    written.
    """
    _same_version(shared)
    place = Place(Path(shared.root))
    contents: list[tuple[str, str, bytes | None]] = []
    for path in paths:
        status, data = _bytes(place.root / path)
        contents.append((path, status, data))
    hashes = [key(data) if data is not None else "" for _, _, data in contents]
    name = key(shared.reading, *(f"{p}\n{h}" for p, h in zip(paths, hashes, strict=True)))
    found = place.read(name)
    if found is None:
        found = "\n".join(_extracted(shared, contents)).encode("utf-8", "surrogatepass")
        place.write(name, found)
    lines = found.decode("utf-8", "surrogatepass").split("\n")
    return tuple(
        _told(Read(path, status, content, name, number), json.loads(line))
        for number, ((path, status, _), content, line) in enumerate(
            zip(contents, hashes, lines, strict=True)
        )
    )


def _same_version(shared: Shared) -> None:
    if shared.version != __version__:
        raise UsageError(
            "other-version",
            f"a worker runs version {__version__}, and this is {shared.version}",
            "install one version on all machines",
        )


def _bytes(file: Path) -> tuple[str, bytes | None]:
    try:
        status = status_of(file)
        return status, read_bytes(file, Limits())
    except OSError:
        return "", None
    except UnreadableError:
        return status, None


def _extracted(shared: Shared, files: Sequence[tuple[str, str, bytes | None]]) -> Iterator[str]:
    """A line for each file: what its article says, or why there is none."""
    for path, _, data in files:
        file = Path(shared.root) / path
        # An id of its own has every article in every window; here it is a placeholder.
        item = Input(path, file, file.suffix.lower(), id="", data=data)
        articles, skipped = read([item], Limits(), None, dict(shared.families))
        found: object = skipped[0] if skipped else None
        if articles:
            (one,) = extract_each(articles, _tagger())
            found = {
                "article": one.article,
                "claims": one.claims,
                "inconsistencies": one.inconsistencies,
            }
        # Not pydantic's own JSON, which leaves out what is no part of the report format.
        yield json.dumps(found, default=vars, ensure_ascii=False)


@cache
def _tagger() -> Tagger:
    # A worker for each core is quicker than several threads in each.
    return Tagger(threads=1)


def _told(read: Read, line: dict[str, Any]) -> Read:
    if "code" in line:
        return read._replace(code=line["code"], reason=line["reason"])
    article = line["article"]
    return read._replace(
        day=ordinal(article["published"]),
        outlet=article["outlet"],
        title=article["title"] or "",
        claims=len(line["claims"]),
        words=tuple(sorted(story(article["text"]).items())),
    )


def compare_window(shared: Shared, parts: Sequence[Part]) -> Compared:
    """Compare the articles of a window as one run, and write its report as a shard.

    The report is, to the byte, what `compare --format json` prints of the articles' files named in
    this order in the archive's folder. Raises `UsageError` for another version, or where an
    extraction is gone.
    """
    _same_version(shared)
    place = Place(Path(shared.root))
    name = window_key(shared, parts)
    found = place.read(name)
    if found is None:
        corpus = Corpus(tuple(with_access(_loaded(place, parts), shared.known)))
        with Cache(Path(shared.cache) if shared.cache else None) as cache:
            report = compare(corpus, shared.settings, shared.decisions, readings=cache.readings)
        found = REGISTRY["json"](report, View()).encode("utf-8")
        place.write(name, found)
    return _groups(name, json.loads(found), parts)


def window_key(shared: Shared, parts: Sequence[Part]) -> str:
    """The name of a window's shard: a hash of all that its report depends on."""
    return key(shared.comparing, *(f"{p.path}\n{p.content}" for p in parts))


class _Stored(Record):
    article: Article
    claims: tuple[Claim, ...]
    inconsistencies: tuple[Inconsistency, ...]


def _loaded(place: Place, parts: Sequence[Part]) -> list[Extraction]:
    wanted: dict[str, dict[int, Part]] = {}
    for part in parts:
        wanted.setdefault(part.shard, {})[part.line] = part
    found: dict[str, Extraction] = {}
    for shard, by_line in wanted.items():
        data = place.read(shard)
        if data is None:
            raise UsageError(
                "shard-gone",
                f"{place.shard(shard)}: it is not there any more, or damaged",
                f"delete {place.index} and run the update again: what is there is used",
            )
        lines = data.split(b"\n")
        for line, part in by_line.items():
            found[part.path] = named(_Stored.model_validate_json(lines[line]), part.id)
    return [found[part.path] for part in parts]


def named(stored: _Stored, name: str) -> Extraction:
    """An extraction under the id that its article has in a run."""
    return Extraction(
        stored.article.model_copy(update={"id": name}),
        (),
        tuple(
            claim.model_copy(update={"id": f"{name}{claim.id}", "article": name})
            for claim in stored.claims
        ),
        tuple(one.model_copy(update={"article": name}) for one in stored.inconsistencies),
    )


def _groups(name: str, report: dict[str, Any], parts: Sequence[Part]) -> Compared:
    numbers = {part.id: part.number for part in parts}
    claims = {claim["id"]: claim for claim in report["claims"]}

    def member(claim: str) -> tuple[int, int]:
        return numbers[claims[claim]["article"]], int(claim.rpartition(":")[2])

    told = tuple(
        Told(
            group["status"],
            tuple(group["qualifiers"]),
            group["statement"],
            claims[own[0]]["fingerprint"][:FINGERPRINT_LENGTH],
            tuple(dict.fromkeys(d["slot"] for d in group["divergences"] if d["material"])),
            tuple(group["outlets"]),
            tuple(map(member, own)),
        )
        for group in report["groups"]
        if len(group["claims"]) > 1
        and (own := [claim for claim in group["claims"] if claim not in group["second"]])
    )
    return Compared(name, len(claims), told)


def skipped(read: Read) -> Skipped:
    """The record of a file that could not be measured."""
    return Skipped(path=read.path, code=read.code, reason=read.reason)
