"""Every threshold and policy of the program, in one validated model."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Limits(_Section):
    """Bounds on input, so that a hostile or mistaken file cannot exhaust the machine.

    A file of two megabytes is some 300,000 words, twice the longest judgments of courts, and even
    the dearest text of that size is done within ten minutes on one core.
    """

    file_bytes: int = Field(default=2_000_000, gt=0)
    articles: int = Field(default=100_000, gt=0)


class Matching(_Section):
    """When two claims state the same.

    `candidates` claims are scored for each claim, of articles at most `window` days apart whose
    telling words have a cosine of at least `story`.
    The cross-encoder reads at most `read` uncertain pairs. A group's mean probability over its
    pairs is at least `link`; two groups with a pair of at least `disputed` are one where that pair
    tells one thing in two figures; and a claim belongs to a second group where its mean there is at
    least `second` (and `link`).
    """

    candidates: int = Field(default=30, gt=0)
    window: int = Field(default=30, ge=0)
    story: float = Field(default=0.07, ge=0, le=1)
    read: int = Field(default=20_000, ge=0)
    link: float = Field(default=0.4, ge=0, le=1)
    disputed: float = Field(default=0.25, ge=0, le=1)
    second: float = Field(default=0.5, ge=0, le=1)


class Provenance(_Section):
    """What counts as corroboration: how independent its origins have to be.

    `assumed`: there are at least two with a probability of `independent` or more; `likely`: with
    one of `likely` or more; `shown`: they name different relays, or show their own reporting.
    Two origins count together where claims of theirs state the same with a probability of at least
    `same`.
    """

    independence: Literal["assumed", "likely", "shown"] = "assumed"
    minimum_origins: int = Field(default=2, ge=2)
    same: float = Field(default=0.7, ge=0, le=1)
    independent: float = Field(default=0.8, ge=0, le=1)
    likely: float = Field(default=0.95, ge=0, le=1)


class Settings(_Section):
    """All settings of a run; printed in every report."""

    limits: Limits = Limits()
    matching: Matching = Matching()
    provenance: Provenance = Provenance()
