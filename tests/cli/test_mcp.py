"""`factcheck mcp` where it cannot serve; tests/mcp has the rest."""

from __future__ import annotations

import sys

import pytest

from factcheck.installation import with_extra

from .desk import factcheck


def test_without_the_extra_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "mcp"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "factcheck.mcp.server", raising=False)
    monkeypatch.setitem(sys.modules, "mcp", None)
    done = factcheck("mcp")
    assert done.status == 2
    assert "not installed: mcp" in done.err and with_extra("mcp") in done.err


def test_a_folder_that_is_not_there() -> None:
    pytest.importorskip("mcp")
    done = factcheck("mcp", "no/such/folder")
    assert done.status == 2 and "no/such/folder" in done.err
