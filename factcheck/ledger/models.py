"""The ledger as records: what `claims.yaml` may hold, format version 1.

Every key is optional but `version`. Descriptions become the JSON Schema that editors show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from factcheck.config import Provenance, Settings
from factcheck.records import Stance

if TYPE_CHECKING:
    from factcheck.matching import Decisions

FORMAT_VERSION = 1

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
RuleName = Literal[
    "divergent",
    "lost-corroboration",
    "single-sourced",
    "anonymous",
    "unmeasured",
    "inconsistent",
    "corroborated",
    "silent-change",
    "unexpected-status",
    "too-few-origins",
    "not-found",
    "ambiguous",
    "changed-details",
    "changed-source",
    "stale-decision",
    "stale-ignore",
    "unused-override",
]
Expectation = Literal["corroborated", "single-sourced", "divergent", "any"]
DecisionKind = Literal["same", "different", "conflict-accepted", "finding-accepted"]
# An entry of a ledger: the list that holds it, and its number there from 0.
Entry = tuple[Literal["claims", "decisions", "overrides"], int]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, data: Any) -> Any:
        # A key without a value ("claims:" and nothing below) counts as left out.
        if not isinstance(data, dict):
            return data
        fields = cls.model_fields
        return {key: value for key, value in data.items() if value is not None or key not in fields}


class Override(_Entry):
    """A stricter or laxer policy for some articles; the last override that applies wins."""

    path: Word | None = Field(
        default=None, description="Pattern of article paths, such as `corpus/elections/**`."
    )
    outlet: Word | None = Field(default=None, description="Outlet or family the articles are of.")
    fail_on: tuple[RuleName, ...] | None = Field(
        default=None, description="What fails the check for these articles."
    )
    minimum_origins: int | None = Field(
        default=None, ge=1, description="Independent origins that these articles' statements need."
    )

    @model_validator(mode="after")
    def _placed(self) -> Self:
        if (self.path is None) == (self.outlet is None):
            raise PydanticCustomError("place", "an override needs either 'path' or 'outlet'")
        return self


class Policy(_Entry):
    """What fails the check."""

    fail_on: tuple[RuleName, ...] = Field(
        default=("divergent", "lost-corroboration"),
        description="Rules (by name, see `factcheck rules`) that fail a check.",
    )
    minimum_origins: int = Field(
        default=2, ge=2, description="Independent origins that make a statement corroborated."
    )
    independence: Literal["assumed", "likely", "shown"] = Field(
        default="assumed",
        description="How independent origins have to be: `shown` by what the articles say, `likely`"
        " or `assumed` by how probable it is.",
    )
    empty: Literal["error", "ok"] = Field(
        default="error", description="Whether a check without any article is an error."
    )
    overrides: tuple[Override, ...] = Field(
        default=(), description="Other rules for some paths or outlets."
    )


class Outlet(_Entry):
    """Who publishes. Outlets of one owner or desk share a family."""

    name: Word = Field(description="The name that reports use.")
    domains: tuple[Word, ...] = Field(default=(), description="Web domains, such as `bbc.co.uk`.")
    family: Word | None = Field(default=None, description="Owner or desk; the name if left out.")
    kind: Literal["outlet", "agency"] = Field(
        default="outlet", description="Whether others print its stories (a news agency)."
    )


class Tracked(_Entry):
    """A statement that the desk follows, and what it expects the articles to say of it."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")] = Field(
        description="Short name, unique in the ledger."
    )
    statement: Word = Field(description="The statement in a sentence of its own.")
    speaker: Word | None = Field(default=None, description="Who says it, where that matters.")
    stance: Stance = Field(
        default="asserts",
        description="What the speaker does with it: `denies` follows a denial of the statement.",
    )
    slots: Mapping[Word, Word] = Field(
        default={}, description="Details it must have, such as `figure: 12 killed`."
    )
    date: dt.date | None = Field(default=None, description="Day of the event, as YYYY-MM-DD.")
    paths: tuple[Word, ...] = Field(
        default=(), description="Patterns of the articles to look in; all if left out."
    )
    expect: Expectation = Field(default="any", description="The verdict that is expected.")
    minimum_origins: int | None = Field(
        default=None, ge=1, description="Independent origins that this statement needs."
    )
    note: str | None = Field(default=None, description="Anything worth knowing about it.")
    owner: Word | None = Field(default=None, description="Who looks after it.")


class Decision(_Entry):
    """What a person decided, so that it is never asked again.

    `same` and `different` name the fingerprints of two claims. `conflict-accepted` and
    `finding-accepted` name the fingerprints that the finding rested on.
    """

    decision: DecisionKind = Field(description="What was decided.")
    fingerprints: tuple[Word, ...] = Field(min_length=1, description="Of claims, sorted.")
    tellings: tuple[Word, ...] = Field(
        default=(),
        description="Who tells these claims in which words, in the same order: `Outlet: words`.",
    )
    rule: RuleName | None = Field(default=None, description="The finding that is accepted.")
    slot: Word | None = Field(default=None, description="The detail whose conflict is accepted.")
    about: str | None = Field(default=None, description="The finding in words, for people.")
    by: Word | None = Field(default=None, description="Who decided.")
    date: dt.date | None = Field(default=None, description="The day, as YYYY-MM-DD.")
    why: str | None = Field(default=None, description="The reason.")

    @model_validator(mode="before")
    @classmethod
    def _renamed(cls, data: Any) -> Any:
        # YAML 1.1 reads the older name `on` as "true", and so do many tools.
        if isinstance(data, dict) and "on" in data and "date" not in data:
            return {"date" if key == "on" else key: value for key, value in data.items()}
        return data

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes two decisions the same one, whoever took them and when."""
        fingerprints = tuple(sorted(self.fingerprints))
        return (self.decision, fingerprints, self.rule or "", self.slot or "")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.decision in ("same", "different") and len(set(self.fingerprints)) != 2:
            raise PydanticCustomError(
                "pair",
                "'{decision}' needs the fingerprints of two claims",
                {"decision": self.decision},
            )
        if self.tellings and len(self.tellings) != len(self.fingerprints):
            raise PydanticCustomError("tellings", "'tellings' needs one entry for each fingerprint")
        if self.decision == "finding-accepted" and self.rule is None:
            raise PydanticCustomError("rule", "'finding-accepted' needs the rule that it accepts")
        return self


class DecisionFile(_Entry):
    """A file of decisions beside the ledger."""

    version: Literal[1]
    decisions: tuple[Decision, ...] = ()


class Ledger(_Entry):
    """The ledger `claims.yaml`: policy, outlets, tracked claims and human decisions."""

    version: Literal[1] = Field(description="Format version of this file.")
    policy: Policy = Policy()
    outlets: tuple[Outlet, ...] = Field(default=(), description="Outlets and their families.")
    claims: tuple[Tracked, ...] = Field(default=(), description="Tracked statements.")
    decisions: tuple[Decision, ...] = Field(default=(), description="What people decided.")
    decision_files: tuple[Word, ...] = Field(
        default=(), description="Further files of decisions, relative to this one."
    )
    # Where its file lies, as seen from here; empty for one that lies in none.
    _folder: str = PrivateAttr(default="")

    @property
    def folder(self) -> str:
        """The folder of its file, as seen from here: patterns of paths count from there, too."""
        return self._folder

    def lying_in(self, folder: str) -> Ledger:
        """The same ledger in a file of this folder."""
        moved = self.model_copy()
        moved._folder = folder
        return moved

    @property
    def families(self) -> dict[str, str]:
        """Family by outlet name and by domain (lower case), for the outlets that are listed."""
        found: dict[str, str] = {}
        for outlet in self.outlets:
            family = outlet.family or outlet.name
            for key in (outlet.name, *(domain.lower() for domain in outlet.domains)):
                found[key] = family
        return found

    def pairs(self, decision: Literal["same", "different"]) -> frozenset[tuple[str, str]]:
        """Sorted pairs of claim fingerprints that people called `same` or `different`."""
        return frozenset(
            (min(entry.fingerprints), max(entry.fingerprints))
            for entry in self.decisions
            if entry.decision == decision
        )

    def settings(self) -> Settings:
        """Return the settings of a run under this ledger's policy."""
        return Settings(
            provenance=Provenance(
                independence=self.policy.independence,
                minimum_origins=self.policy.minimum_origins,
            )
        )

    def matching_decisions(self) -> Decisions:
        """Return what people decided about pairs of claims, as matching takes it."""
        from factcheck.matching import Decisions

        return Decisions(same=self.pairs("same"), different=self.pairs("different"))


EMPTY = Ledger(version=1)
