"""What a reader asked to see: the options of a rendering, and the choice of groups they make."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from factcheck import verdict
from factcheck.records import Claim, Finding, Group, Independence, Report, Rule

# The order in which a report tells its groups: what matters first.
SECTIONS = ("divergent", "corroborated", "unsure", "echoed", "single-sourced")


@dataclass(frozen=True)
class Note:
    """What a person decided or wrote: `told` in words, `about` a claim's fingerprint or a group's
    id.
    """

    about: str
    told: str


@dataclass(frozen=True)
class Source:
    """The repository of the program's own code, by its page, and the revision that runs."""

    url: str
    revision: str

    @property
    def page(self) -> str:
        """The page of the repository at the revision."""
        return self.url if self.revision == "HEAD" else f"{self.url}/tree/{self.revision}"

    def rule(self, name: str) -> str:
        """The page that documents a rule, by its id."""
        return f"{self.url}/blob/{self.revision}/docs/rules/{name}.md"


@dataclass(frozen=True)
class View:
    """How a report is shown.

    `width` is in columns. `colour` allows terminal styles, `unicode` symbols beyond ASCII.
    `statuses` limits the groups (`divergent`, `corroborated`, `unsure`, `echoed`,
    `single-sourced`); empty means all, with those of one outlet alone folded to a count.
    `verbosity`: -1 quiet (the summary alone), 0 normal, 1 everything. `title` is the report's own,
    else that of an article. `with_text` puts the articles' texts into what programs read, `notes`
    are what people wrote of claims, `unread` the files in its folders that are no articles.
    `hints` name options of the command line that show more, with the paths that were `asked` for.
    `findings` and `rules` are what a check found; the formats made for CI show these. `source` is
    where the program itself comes from, `None` where nothing tells.
    """

    width: int = 100
    colour: bool = False
    unicode: bool = True
    statuses: tuple[str, ...] = ()
    min_outlets: int = 1
    speaker: str | None = None
    verbosity: int = 0
    findings: tuple[Finding, ...] = ()
    rules: tuple[Rule, ...] = ()
    title: str = ""
    with_text: bool = False
    notes: tuple[Note, ...] = ()
    unread: tuple[str, ...] = ()
    source: Source | None = None
    hints: bool = True
    asked: str = ""

    @property
    def asks(self) -> bool:
        """Whether a part of the statements was asked for, or all of them, to be told in full."""
        chosen = self.statuses or self.speaker is not None or self.min_outlets > 1
        return bool(chosen) or self.verbosity > 0


def section(group: Group) -> str:
    """The one of `SECTIONS` that a group is told in.

    `unsure`: several outlets tell it, but that they do so separately is not sure enough.
    """
    if group.status != "single-sourced" or len(group.outlets) < 2:
        return group.status
    return "echoed" if "echoed" in group.qualifiers else "unsure"


def kind_of(group: Group) -> str:
    """The key of a group's sign and style: its section; of what is corroborated, how independent
    its origins are, or `said` where one voice is behind all.
    """
    if group.status != "corroborated":
        return section(group)
    return "said" if "one-voice" in group.qualifiers else grade(group)


def grade(group: Group) -> Independence:
    """How independent a group's origins are: by the surest of them, where it is not told."""
    return group.independence or verdict.grade(group.origins) or "assumed"


def narrow(report: Report, view: View) -> Report:
    """The report with the groups the view asks for, the claims they name, and all the rest.

    Groups come in the order of `SECTIONS`, in each the ones with most outlets first. The
    summary stays that of the whole run.
    """
    claims = {claim.id: claim for claim in report.claims}

    def wanted(group: Group) -> bool:
        if view.statuses and not {group.status, section(group)} & set(view.statuses):
            return False
        if len(group.outlets) < view.min_outlets:
            return False
        return view.speaker is None or any(
            speaks(claims[claim], view.speaker) for claim in group.claims
        )

    groups = sorted(
        (group for group in report.groups if wanted(group)),
        key=lambda group: (SECTIONS.index(section(group)), -len(group.outlets)),
    )
    kept = {claim for group in groups for claim in _named(group)}
    return report.model_copy(
        update={
            "groups": tuple(groups),
            "claims": tuple(claim for claim in report.claims if claim.id in kept),
        }
    )


def _named(group: Group) -> Iterator[str]:
    """The claims of a group, and those of others that its divergences hold against them."""
    yield from group.claims
    for divergence in group.divergences:
        for value in divergence.values:
            yield from value.claims


def speaks(claim: Claim, wanted: str) -> bool:
    """Whether this text is part of what is known of the claim's speaker or voice, in any case."""
    names = [
        name
        for speaker in (claim.speaker, claim.voice)
        if speaker
        for name in (speaker.name, speaker.as_written, speaker.organisation, speaker.role)
    ]
    return any(wanted.casefold() in (name or "").casefold() for name in names)
