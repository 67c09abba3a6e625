"""Who says what in whole texts: the tagger, the grammar and the resolving together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from factcheck.attribution.tagger import Tagger
from factcheck.ingest import article_from_text
from factcheck.pipeline import extract
from tests.known import param

CASES = YAML(typ="safe").load(Path(__file__).with_name("spoken.yaml").read_text(encoding="utf-8"))
FORMS = YAML(typ="safe").load(Path(__file__).with_name("forms.yaml").read_text(encoding="utf-8"))
TAGGER = Tagger()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_who_says_what(case: dict[str, Any]) -> None:
    article = article_from_text(case["text"], "example.md", markdown=True)
    (found,) = extract([article], TAGGER)
    told = [(one.speaker.name if one.speaker else "-", one.text) for one in found.claims]
    assert [name for name, _ in told] == [name for name, _ in case["said"]], told
    for (_, words), (_, begins) in zip(told, case["said"], strict=True):
        assert words.startswith(begins)
    for one, voice in zip(found.claims, case.get("voices", ()), strict=False):
        assert one.voice is not None
        assert one.voice.name == voice


@pytest.mark.parametrize(
    "case",
    [param(case, name=case["text"][:40], known=case.get("known")) for case in FORMS],
)
def test_forms(case: dict[str, Any]) -> None:
    (found,) = extract([article_from_text(case["text"], "example.md", markdown=True)], TAGGER)
    for words, speaker, *stance in case["said"]:
        start = found.article.text.index(words)
        met = {
            (one.speaker.name if one.speaker else "-", one.stance)
            for one in found.claims
            if any(s < start + len(words) and start < e for s, e in one.spans)
        }
        assert met == {(speaker, *(stance or ["asserts"]))}
    if "reads" in case:
        assert [one.reading for one in found.claims] == [case["reads"]]
