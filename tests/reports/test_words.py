"""How relays and venues are told."""

from __future__ import annotations

import pytest

from factcheck.records import Via, ViaKind
from factcheck.reports.words import via_words


@pytest.mark.parametrize(
    ("name", "kind", "carried", "words"),
    [
        ("Reuters", "agency", False, "via Reuters"),
        ("Reuters", "agency", True, "via Reuters (named earlier)"),
        ("reporters", "venue", False, "to reporters"),
        ("rally", "venue", False, "at rally"),
        ("letter", "document", False, "in letter"),
    ],
)
def test_relays_in_words(name: str, kind: ViaKind, carried: bool, words: str) -> None:
    assert via_words(Via(name=name, kind=kind, span=(0, 1), carried=carried)) == words
