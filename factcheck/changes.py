"""What a git branch adds or changes, and which claims are new by it."""

from __future__ import annotations

import os
import re
import subprocess
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from factcheck.errors import UnreadableError, UsageError
from factcheck.ingest.decode import decode
from factcheck.paths import is_folder
from factcheck.records import Article, Claim, Report, Span

_SECONDS = 60
_SENTENCE = re.compile(r"(?<=[.!?”\"’])\s+|\n\s*\n")


@dataclass(frozen=True)
class Changes:
    """The files that differ from a revision.

    `base` is the commit compared with: where the branch left the revision. `old` maps a file
    (absolute) that was added or changed to its path at `base`, `None` where it is new. `gone`
    are the files (absolute) that the base has and the branch has not.
    """

    root: Path
    base: str
    old: Mapping[Path, str | None]
    gone: tuple[Path, ...]
    _folders: dict[str, Path] = field(default_factory=dict, repr=False, compare=False)

    def includes(self, path: str) -> bool:
        """Whether a file, by its path as given, was added or changed."""
        return self._absolute(path) in self.old

    def before(self, path: str) -> str | None:
        """Return the text of a changed file at the base, `None` where there was none.

        Raises `UsageError` where git fails.
        """
        name = self.old[self._absolute(path)]
        return self._text(name) if name is not None else None

    def dropped(self, paths: Sequence[str]) -> list[str]:
        """Sentences below `paths` that stood at the base and that the branch has no more.

        Raises `UsageError` where git fails.
        """
        below = [Path(os.path.realpath(path)) for path in paths if path != "-"]
        sentences: list[str] = []
        for file, name in [
            *self.old.items(),
            *((f, str(f.relative_to(self.root))) for f in self.gone),
        ]:
            if name is None or not any(file.is_relative_to(folder) for folder in below):
                continue
            now = _flat(_read(file))
            before = _SENTENCE.split(self._text(name) or "")
            sentences += [text for text in map(_flat, before) if text and text not in now]
        return sentences

    def _absolute(self, path: str) -> Path:
        # The folder's links are followed as git does it; a file that is a link stays itself.
        folder, name = os.path.split(path)
        if folder not in self._folders:
            self._folders[folder] = Path(os.path.realpath(folder))
        return self._folders[folder] / name

    def _text(self, name: str) -> str | None:
        try:
            return decode(_git(self.root, "cat-file", "blob", f"{self.base}:{name}"))
        except UnreadableError:
            return None


def since(revision: str, paths: Sequence[str]) -> Changes:
    """Ask git what was added or changed since a branch left `revision`, committed or not.

    The repository is that of the first path. Raises `UsageError` where there is no git, no
    repository, or no such revision.
    """
    start = Path(next((path for path in paths if path != "-"), "."))
    folder = start if is_folder(start) else start.parent
    root = Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel")).rstrip("\n"))
    commit = _commit(root, revision)
    base = _merge_base(root, commit) or commit
    names = _git(root, "diff", "--name-status", "-z", "--find-renames", "--no-ext-diff", base, "--")
    old: dict[Path, str | None] = {}
    gone: list[Path] = []
    fields = iter(os.fsdecode(names).split("\0"))
    for status in fields:
        if not status:
            break
        first = next(fields)
        match status[0]:
            case "D":
                gone.append(root / first)
            case "A":
                old[root / first] = None
            case "R" | "C":
                old[root / next(fields)] = first
            case _:
                old[root / first] = first
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    old.update({root / name: None for name in os.fsdecode(untracked).split("\0") if name})
    return Changes(root, base, old, tuple(gone))


def new_claims(report: Report, changes: Changes) -> frozenset[str]:
    """Ids of the claims that changed files introduce.

    Every claim of an added file; of a changed one those that touch a sentence (of their words
    or of their source) that did not stand in it before, wherever it stood.
    """
    found: set[str] = set()
    articles = {article.id: article for article in report.articles}
    by_article: dict[str, list[Claim]] = {}
    for claim in report.claims:
        if changes.includes(articles[claim.article].path):
            by_article.setdefault(claim.article, []).append(claim)
    for name, claims in by_article.items():
        article = articles[name]
        before = changes.before(article.path)
        known = None if before is None else _flat(before)
        found.update(
            claim.id
            for claim in claims
            if known is None or any(text not in known for text in _sentences(article, claim))
        )
    return frozenset(found)


def _sentences(article: Article, claim: Claim) -> Iterable[str]:
    """The sentences that a claim or its source stands in, on one line each."""
    spans: list[Span] = [*claim.spans, *claim.source_spans]
    ends = [sentence.end for sentence in article.sentences]
    for start, end in spans:
        first = bisect_left(ends, start + 1)
        touched = [s for s in article.sentences[first:] if s.start < end]
        for sentence in touched:
            yield _flat(article.text[sentence.start : sentence.end])
        if not touched:
            yield _flat(article.text[start:end])


def _read(file: Path) -> str:
    try:
        return decode(file.read_bytes())
    except (OSError, UnreadableError):
        return ""


def _flat(text: str) -> str:
    return " ".join(text.split())


def _commit(root: Path, revision: str) -> str:
    try:
        found = _git(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
    except UsageError:
        raise UsageError(
            "no-revision",
            f"git knows no revision '{revision}'",
            "Fetch it first; in CI a shallow clone lacks it (fetch-depth: 0).",
        ) from None
    return found.decode().strip()


def _merge_base(root: Path, commit: str) -> str | None:
    try:
        return _git(root, "merge-base", commit, "HEAD").decode().strip()
    except UsageError:
        return None


def _git(folder: Path, *arguments: str) -> bytes:
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            env=environment,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        raise UsageError("no-git", "there is no git on this machine", "Install git.") from None
    except subprocess.TimeoutExpired:
        raise UsageError("git", f"git {arguments[0]} took over {_SECONDS} s") from None
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        message = words[0].removeprefix("fatal: ") if words else f"exit status {done.returncode}"
        raise UsageError("git", f"git {arguments[0]}: {message}", "--new-from needs git.")
    return done.stdout
