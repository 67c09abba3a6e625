"""What installs an extra: from wherever this copy was taken."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

import factcheck
from factcheck import installation

HOME = "https://git.example/copy/factcheck"


class Installed:
    """An installation of which the installer noted this."""

    def __init__(self, noted: str | None) -> None:
        self.noted = noted

    def read_text(self, name: str) -> str | None:
        return self.noted if name == "direct_url.json" else None


@pytest.mark.parametrize(
    ("noted", "command"),
    [
        ({}, "'factcheck-cli[mcp]'"),
        (
            {"url": "file:///home/x/factcheck", "dir_info": {}},
            "'factcheck-cli[mcp] @ file:///home/x/factcheck'",
        ),
        (
            {"url": "file:///home/x/my%20copy", "dir_info": {"editable": True}},
            "-e '/home/x/my copy[mcp]'",
        ),
        (
            {"url": "file:///home/x/factcheck_cli-1-py3-none-any.whl", "archive_info": {}},
            "'factcheck-cli[mcp] @ file:///home/x/factcheck_cli-1-py3-none-any.whl'",
        ),
        (
            {"url": f"{HOME}.git", "vcs_info": {"vcs": "git", "commit_id": "0a1b"}},
            f"'factcheck-cli[mcp] @ git+{HOME}.git@0a1b'",
        ),
    ],
)
def test_an_extra_comes_from_where_the_program_does(
    monkeypatch: pytest.MonkeyPatch, noted: dict[str, Any], command: str
) -> None:
    monkeypatch.setattr(metadata, "distribution", lambda name: Installed(json.dumps(noted)))
    assert installation.with_extra("mcp") == f"pip install {command}"


@pytest.mark.parametrize("noted", [None, "", "{", "[]"])
def test_what_tells_nothing_is_an_index(monkeypatch: pytest.MonkeyPatch, noted: str | None) -> None:
    monkeypatch.setattr(metadata, "distribution", lambda name: Installed(noted))
    assert installation.noted() == {}


def test_sources_that_are_not_installed_are_a_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", missing)
    checkout = Path(factcheck.__file__).parents[1]
    assert f"{checkout}[web]" in installation.with_extra("web")
