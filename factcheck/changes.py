"""What a git branch adds or changes, and which claims are new by it."""

from __future__ import annotations

import os
import subprocess
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from factcheck.errors import UnreadableError, UsageError
from factcheck.ingest import is_article
from factcheck.ingest.decode import decode
from factcheck.paths import is_folder
from factcheck.records import Article, Claim, Report, Span

_SECONDS = 60
# What git calls a state in which nothing is there yet.
_UNBORN = ("HEAD", "@")


@dataclass(frozen=True)
class OldFile:
    """A file as it stood at the base: the path that it had there, as a run would give it."""

    path: str
    file: Path
    data: bytes


@dataclass(frozen=True)
class Changes:
    """The files that differ from a revision.

    `base` is the commit compared with: where the branch left the revision (before the first
    commit: the empty tree). `old` maps a file
    (absolute) that was added or changed to its path at `base`, `None` where it is new. `gone`
    are the files (absolute) that the base has and the branch has not.
    """

    root: Path
    base: str
    old: Mapping[Path, str | None]
    gone: tuple[Path, ...]
    _folders: dict[str, Path] = field(default_factory=dict, repr=False, compare=False)
    _blobs: dict[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    def includes(self, path: str) -> bool:
        """Whether a file, by its path as given, was added or changed."""
        return self._absolute(path) in self.old

    def before(self, path: str) -> str | None:
        """Return the text of a changed file at the base, `None` where there was none.

        Raises `UsageError` where git fails.
        """
        name = self.old[self._absolute(path)]
        return self._text(name) if name is not None else None

    def replaced(self, paths: Sequence[str]) -> list[OldFile]:
        """The articles below `paths` that were changed or removed, as they stood at the base.

        Raises `UsageError` where git fails.
        """
        below = [Path(os.path.realpath(path)) for path in paths if path != "-"]
        names = [name for name in self.old.values() if name is not None]
        names += [str(file.relative_to(self.root)) for file in self.gone]
        found = []
        for name in sorted(set(names)):
            file = self.root / name
            if is_article(file) and any(file.is_relative_to(folder) for folder in below):
                shown = os.path.relpath(file).replace(os.sep, "/")
                found.append(OldFile(shown, file, self._bytes(name)))
        return found

    def _absolute(self, path: str) -> Path:
        # The folder's links are followed as git does it; a file that is a link stays itself.
        folder, name = os.path.split(path)
        if folder not in self._folders:
            self._folders[folder] = Path(os.path.realpath(folder))
        return self._folders[folder] / name

    def _text(self, name: str) -> str | None:
        try:
            return decode(self._bytes(name))
        except UnreadableError:
            return None

    def _bytes(self, name: str) -> bytes:
        if name not in self._blobs:
            self._blobs[name] = _git(self.root, "cat-file", "blob", f"{self.base}:{name}")
        return self._blobs[name]


def since(revision: str, paths: Sequence[str]) -> Changes:
    """Ask git what was added or changed since a branch left `revision`, committed or not.

    The repository is that of the first path. Before its first commit everything is new since
    HEAD. Raises `UsageError` where there is no git, no repository, or no such revision.
    """
    start = Path(next((path for path in paths if path != "-"), "."))
    folder = start if is_folder(start) else start.parent
    root = Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel")).rstrip("\n"))
    base = _base(root, revision)
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


def _flat(text: str) -> str:
    return " ".join(text.split())


def _base(root: Path, revision: str) -> str:
    """The state to compare with: the commit at which the branch left `revision`."""
    commit = _commit(root, revision)
    if commit is None and revision in _UNBORN and _commit(root, "HEAD") is None:
        return _git(root, "hash-object", "-t", "tree", "--stdin").decode().strip()
    if commit is None:
        raise UsageError(
            "no-revision",
            f"git knows no revision '{revision}'",
            "Fetch it first; in CI a shallow clone lacks it (fetch-depth: 0).",
        )
    try:
        return _git(root, "merge-base", commit, "HEAD").decode().strip()
    except UsageError:
        if _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
            # What others did since would be taken for the branch's own.
            raise UsageError(
                "shallow",
                f"this shallow clone does not reach back to where the branch left '{revision}'",
                "Fetch the whole history: 'git fetch --unshallow', in CI fetch-depth: 0.",
            ) from None
        return commit


def _commit(root: Path, revision: str) -> str | None:
    try:
        found = _git(
            root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
    except UsageError:
        return None
    return found.decode().strip()


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
