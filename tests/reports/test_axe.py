"""The page held against axe in a real browser: every width, scheme and colours that are forced."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from factcheck.reports import REGISTRY
from factcheck.reports.view import Note, View
from tests.reports import browser
from tests.reports.fixture import REPORT

WIDTHS = (320, 820, 1440)
MEDIA = {
    "light": {"prefers-color-scheme": "light", "forced-colors": "none"},
    "dark": {"prefers-color-scheme": "dark", "forced-colors": "none"},
    "forced colours": {"prefers-color-scheme": "light", "forced-colors": "active"},
}
AXE = find_spec("axe_core_python")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browser.PATH is None, reason="no Chromium or Chrome on the path"),
    pytest.mark.skipif(
        AXE is None or find_spec("websockets") is None, reason="axe or websockets are missing"
    ),
]


@pytest.fixture(name="page", scope="module")
def page_fixture(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Browser]:
    """The page of the fixture's report, with all that a page may hold, folds open."""
    folder = tmp_path_factory.mktemp("page")
    view = View(notes=(Note(REPORT.groups[0].id, "Watch it."),), unread=("scan.pdf",))
    file = folder / "report.html"
    file.write_text(REGISTRY["html"](REPORT, view), encoding="utf-8")
    with browser.browser(folder / "profile") as found:
        found.open(file)
        found.run("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
        found.run(axe())
        yield found


def axe() -> str:
    """The script of axe."""
    assert AXE is not None and AXE.origin is not None
    return Path(AXE.origin).with_name("axe.min.js").read_text(encoding="utf-8") + "; 0"


def violations(page: browser.Browser) -> list[str]:
    """What axe finds wrong: the rule, and where."""
    found: list[dict[str, Any]] = page.run(
        "axe.run(document, {resultTypes: ['violations']}).then((found) => found.violations.map("
        "(one) => ({id: one.id, at: one.nodes.map((node) => node.target.join(' '))})))"
    )
    return [f"{one['id']}: {', '.join(one['at'][:5])}" for one in found]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("media", MEDIA)
def test_nothing_is_wrong(page: browser.Browser, width: int, media: str) -> None:
    page.show(width, MEDIA[media])
    assert page.run("document.documentElement.clientWidth") <= width
    for feature, value in MEDIA[media].items():
        assert page.run(f"matchMedia('({feature}: {value})').matches")
    assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_cut_off_or_scrolls_the_whole_page(page: browser.Browser, width: int) -> None:
    page.show(width, MEDIA["light"])
    assert page.run("document.documentElement.scrollWidth") <= width


def test_the_first_screen_holds_the_summary(page: browser.Browser) -> None:
    page.show(1440, MEDIA["light"])
    ends = page.run("document.querySelector('.brief').getBoundingClientRect().bottom + scrollY")
    assert 300 < ends <= 900


def test_axe_sees_what_is_wrong(page: browser.Browser) -> None:
    """A test that cannot fail would be none."""
    page.run("document.body.insertAdjacentHTML('beforeend', '<img id=wrong src=x>')")
    try:
        assert any(found.startswith("image-alt: #wrong") for found in violations(page))
    finally:
        page.run("document.getElementById('wrong').remove()")
