"""The HTML report in a real browser: it shows the groups and filters them; articles run nothing."""

from __future__ import annotations

import re
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


def _dom(page: Path, profile: Path, fragment: str = "") -> str:
    """The page's document as the browser sees it after its script ran."""
    assert BROWSER is not None
    done = subprocess.run(
        [
            BROWSER,
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            f"--user-data-dir={profile}",
            "--dump-dom",
            page.as_uri() + fragment,
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
    assert dom.count("<script") == 1
    assert "&lt;script&gt;" in dom
    for shown in found.groups[:2]:
        assert shown.id in dom


def _shown(dom: str) -> set[str]:
    """The ids of the statements that are not hidden."""
    found = re.findall("<(?:article|tr) [^>]*data-status[^>]*>", dom)
    return {
        match[1]
        for tag in found
        if " hidden" not in tag and (match := re.search('id="(.*?)"', tag))
    }


def test_the_filter_shows_what_the_address_asks_for(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    page.write_text(REGISTRY["html"](REPORT, View()), encoding="utf-8")
    divergent = {group.id for group in REPORT.groups if group.status == "divergent"}
    everything = {group.id for group in REPORT.groups}
    assert _shown(_dom(page, tmp_path / "profile")) == everything
    assert _shown(_dom(page, tmp_path / "profile", "#?status=divergent")) == divergent
    # A word without its accents, in any case; what it is part of.
    found = _dom(page, tmp_path / "profile", "#?status=divergent&q=SIROCCO+injured")
    assert _shown(found) == {"g1"}
    assert f"1 of {len(everything)} statements shown" in found
