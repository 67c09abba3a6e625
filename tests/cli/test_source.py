"""Where the program comes from, as its installation notes it."""

from __future__ import annotations

from typing import Any

import pytest

from factcheck.cli.source import of_installation, of_page, source
from factcheck.reports.view import Source

HOME = "https://git.example/copy/factcheck"


@pytest.mark.parametrize(
    ("noted", "found"),
    [
        ({}, None),
        ({"url": "file:///home/somebody/factcheck", "dir_info": {}}, None),
        ({"url": "file:///home/x", "vcs_info": {"vcs": "git", "commit_id": "0a"}}, None),
        ({"url": HOME, "vcs_info": []}, None),
        (
            {"url": f"{HOME}.git", "vcs_info": {"vcs": "git", "commit_id": "0a1b"}},
            Source(HOME, "0a1b"),
        ),
    ],
)
def test_what_an_installer_notes(noted: dict[str, Any], found: Source | None) -> None:
    assert of_installation(noted) == found


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (f"{HOME}/tree/v1", Source(HOME, "v1")),
        (f"{HOME}/", Source(HOME, "HEAD")),
        ("factcheck", None),
        ("", None),
    ],
)
def test_the_page_of_a_repository(page: str, found: Source | None) -> None:
    assert of_page(page) == found


def test_what_the_environment_tells_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTCHECK_SOURCE", f"{HOME}/tree/v1")
    assert source() == Source(HOME, "v1")
