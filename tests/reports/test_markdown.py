"""The Markdown of a large report is as long as a comment may be, and tells what it leaves out."""

from __future__ import annotations

import re

import pytest

from factcheck.records import Group, Report
from factcheck.reports import REGISTRY
from factcheck.reports.view import View

from .fixture import REPORT

LIMIT = 65_536


def repeated(times: int) -> Report:
    """The report of the fixture with its statements so many times."""

    def again(group: Group, number: int) -> Group:
        return group.model_copy(update={"id": f"{group.id}x{number}"})

    groups = [again(group, number) for number in range(times) for group in REPORT.groups]
    return REPORT.model_copy(update={"groups": tuple(groups)})


@pytest.mark.parametrize("times", [1, 5, 20, 100])
def test_it_is_as_long_as_a_comment_may_be(times: int) -> None:
    told = REGISTRY["markdown"](repeated(times), View())
    assert len(told) < LIMIT
    anchors = set(re.findall(r'<a id="([^"]+)">', told))
    links = set(re.findall(r'href="#([^"]+)"', told))
    assert links <= anchors, "nothing links to what is left out"
    left = re.findall(r"([\d,]+) statements? more, not told in detail", told)
    once = len(re.findall('<a id="', REGISTRY["markdown"](REPORT, View())))
    assert len(anchors) + sum(int(n.replace(",", "")) for n in left) == once * times
    assert bool(left) == (times > 5)
    assert told.rstrip().endswith((".", "_", "*")), "it ends as a whole report does"


def test_all_of_it_is_told_where_that_is_asked_for() -> None:
    told = REGISTRY["markdown"](repeated(100), View(verbosity=1))
    assert len(told) > 3 * LIMIT
    assert "not told in detail" not in told
