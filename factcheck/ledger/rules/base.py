"""What rules have in common: what they look at, what they find, how they are documented."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from factcheck import safe
from factcheck.ledger.ignores import Ignore
from factcheck.ledger.match import Match
from factcheck.ledger.models import Decision, Entry, Ledger
from factcheck.records import (
    Article,
    Claim,
    FindingLevel,
    Group,
    RelatedPlace,
    Report,
    Rule,
    Span,
)

if TYPE_CHECKING:
    from factcheck.ledger.standing import Standing

# Long enough to recognise a statement, short enough for an annotation.
_EXCERPT = 160


@dataclass(frozen=True)
class Found:
    """What a rule found, before policy and decisions are held against it.

    `sides` are sets of fingerprints: a decision covers the finding if it names one of every
    side. A conflict has a side for each value; other findings have one side.
    `entry` is the entry of the ledger that it is about. `articles` are those whose policy counts
    (ids). `about` are the fingerprints of the claims of
    the group, `values` those that exclude each other, `origins` the number of origins.
    """

    message: str
    sides: tuple[frozenset[str], ...]
    group: str | None = None
    article: str | None = None
    span: Span | None = None
    path: str | None = None
    entry: Entry | None = None
    slot: str | None = None
    related: tuple[RelatedPlace, ...] = ()
    articles: tuple[str, ...] = ()
    about: frozenset[str] = frozenset()
    values: tuple[str, ...] = ()
    origins: int = 0


@dataclass(frozen=True)
class Review:
    """What is under review: ids of claims, paths (as given) of the files they are in.

    `base` is the report without them: of the same other articles, and of what was changed or
    removed as it stood before.
    """

    claims: frozenset[str]
    paths: frozenset[str]
    base: Report


@dataclass(frozen=True)
class Earlier:
    """What an earlier version of an article (id) told: the version's path, the version read as an
    article by itself, and its claims, in offsets of that.
    """

    article: str
    path: str
    read: Article
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Context:
    """What the rules look at.

    `review` is what is under review, `None` where everything is. `ledger_name` is the ledger's
    path as given. `unused` are decisions that nothing in the run needed, `idle` comments in
    articles that did nothing, with what is wrong, `unmatched` the paths of overrides that match no
    article. `standing` is what stood before what is under review. `earlier` are the versions before
    articles that have been changed, by the path of the version.
    """

    report: Report
    ledger: Ledger
    ledger_name: str | None
    matches: Sequence[Match]
    review: Review | None = None
    unused: Sequence[Decision] = ()
    idle: Sequence[tuple[Ignore, str]] = ()
    unmatched: Sequence[str] = ()
    standing: Standing | None = None
    earlier: Sequence[Earlier] = ()

    @cached_property
    def articles(self) -> dict[str, Article]:
        """The articles by id."""
        return {article.id: article for article in self.report.articles}

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The claims by id."""
        return {claim.id: claim for claim in self.report.claims}

    @cached_property
    def groups(self) -> list[Group]:
        """The groups under review: those with a claim that is, or that lost their corroboration."""
        if self.review is None or self.standing is None:
            return list(self.report.groups)
        fresh, bereft = self.review.claims, self.standing.bereft(self.report)
        return [
            group
            for group in self.report.groups
            if not fresh.isdisjoint(group.claims)
            or not bereft.isdisjoint(self.fingerprints(group.claims))
        ]

    @cached_property
    def _groups(self) -> dict[str, Group]:
        return {group.id: group for group in self.report.groups}

    def group(self, name: str | None) -> Group | None:
        """Find a group by its id."""
        return self._groups.get(name) if name is not None else None

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """The articles in an order that who names their files, and in which order, cannot move."""
        ordered = sorted(
            self.report.articles, key=lambda one: (one.outlet, one.published or "", one.text)
        )
        return {article.id: number for number, article in enumerate(ordered)}

    def is_fresh(self, claim: str) -> bool:
        """Whether a claim is under review."""
        return self.review is None or claim in self.review.claims

    def is_fresh_path(self, path: str) -> bool:
        """Whether a file is under review: it is added or changed."""
        return self.review is None or path in self.review.paths

    def fingerprints(self, claims: Iterable[str]) -> frozenset[str]:
        """The fingerprints of claims given by id."""
        return frozenset(self.claims[claim].fingerprint for claim in claims)

    def first(self, claims: Iterable[str]) -> list[str]:
        """Order claim ids as a finding names them: under review first, then by
        outlet, date and place.
        """
        return sorted(
            claims,
            key=lambda claim: (
                not self.is_fresh(claim),
                self._numbers[self.claims[claim].article],
                self.claims[claim].start,
                claim,
            ),
        )

    def judged(self, claims: Iterable[str]) -> tuple[str, ...]:
        """The articles whose policy counts: of the claims under review, else of all."""
        claims = list(claims)
        reviewed = [claim for claim in claims if self.is_fresh(claim)] or claims
        return tuple(sorted({self.claims[claim].article for claim in reviewed}))

    def of_group(self, group: Group, message: str, side: Iterable[str] | None = None) -> Found:
        """Build the finding of a whole group, at its first claim, with the others as related."""
        first, *others = self.first(group.claims)
        claim = self.claims[first]
        return Found(
            message=message,
            sides=(self.fingerprints(group.claims if side is None else side),),
            group=group.id,
            article=claim.article,
            span=(claim.start, claim.end),
            related=tuple(self.related(other) for other in others),
            articles=self.judged(group.claims),
            about=self.fingerprints(group.claims),
            origins=len(group.origins),
        )

    def related(self, claim: str, span: Span | None = None, message: str = "") -> RelatedPlace:
        """Point at another outlet's claim, with who tells it."""
        found = self.claims[claim]
        outlet = self.articles[found.article].outlet
        return RelatedPlace(
            article=found.article,
            span=span or (found.start, found.end),
            message=f"{outlet}: {message or excerpt(found.text)}",
        )


Finder = Callable[[Context], Iterable[Found]]


@dataclass(frozen=True)
class Check:
    """A rule and the function that finds it."""

    rule: Rule
    find: Finder


def rule(id: str, name: str, level: FindingLevel) -> Callable[[Finder], Check]:  # noqa: A002
    """Make a rule of a function whose docstring is its documentation.

    The docstring's first line is the short description, the paragraphs up to `For example:` the
    full one; `For example:` and `To resolve:` follow. `level` is the rule's level where the policy
    does not make it fail.
    """

    def decorate(find: Finder) -> Check:
        text = inspect.cleandoc(find.__doc__ or _written(find))
        short, _, rest = text.partition("\n\n")
        full, _, rest = rest.partition("\n\nFor example:\n")
        example, _, resolve = rest.partition("\n\nTo resolve:\n")
        if not (short and full and example and resolve):
            raise ValueError(f"the documentation of {id} lacks a part")
        page = (
            f"# {id} {name}\n\n{short}\n\n{full}\n\n"
            f"## Example\n\n{inspect.cleandoc(example)}\n\n"
            f"## How to resolve it\n\n{inspect.cleandoc(resolve)}\n"
        )
        flat = " ".join(full.split())
        return Check(Rule(id=id, name=name, short=short, full=flat, help=page, level=level), find)

    return decorate


def _written(find: Finder) -> str:
    """The docstring in the source: `python -OO` takes it out of the program."""
    found = ast.parse(inspect.getsource(find)).body[0]
    return (ast.get_docstring(found) if isinstance(found, ast.FunctionDef) else None) or ""


def excerpt(text: str) -> str:
    """Return a text on one line, shortened at a word."""
    text = " ".join(text.split())
    if len(text) <= _EXCERPT:
        return text
    return safe.closed(text[: text.rfind(" ", _EXCERPT // 2, _EXCERPT)].rstrip() + " …")


def listed(items: Iterable[str], most: int = 4) -> str:
    """Join distinct items with commas, the surplus as a number."""
    words = list(dict.fromkeys(items))
    if len(words) > most:
        words = [*words[:most], f"{len(words) - most} more"]
    return ", ".join(words)
