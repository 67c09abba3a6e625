"""The HTML report in a real browser: it shows what the terminal shows, and runs nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from factcheck.reports import REGISTRY
from factcheck.reports.view import View
from tests.reports.fixture import REPORT

BROWSER = next(
    (path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None
)
HOSTILE = "<script>document.title='owned'</script>"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="no Chromium or Chrome on the path"),
]


def _dom(page: Path, profile: Path) -> str:
    """The page's document as the browser sees it after its scripts, if any, ran."""
    assert BROWSER is not None
    done = subprocess.run(
        [
            BROWSER,
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            f"--user-data-dir={profile}",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        timeout=120,
        check=True,
    )
    return done.stdout.decode()


def test_the_browser_shows_the_groups_and_runs_no_text_of_an_article(tmp_path: Path) -> None:
    found = REPORT
    group = found.groups[0].model_copy(update={"statement": HOSTILE})
    hostile = found.model_copy(update={"groups": (group, *found.groups[1:])})
    page = tmp_path / "report.html"
    page.write_text(REGISTRY["html"](hostile, View()), encoding="utf-8")
    dom = _dom(page, tmp_path / "profile")
    assert "<title>owned" not in dom
    assert "<script" not in dom
    assert "&lt;script&gt;" in dom
    for shown in found.groups[:2]:
        assert shown.id in dom
