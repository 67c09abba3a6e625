"""Where this copy of the program comes from, as far as its installation knows."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from importlib import metadata
from typing import Any

from factcheck import installation
from factcheck.reports.view import Source

_PAGE = re.compile(r"(?P<url>https?://[^\s?#]+?)(?:\.git)?/?(?:/tree/(?P<revision>[^\s?#]+))?")


def source() -> Source | None:
    """The repository and revision that the program was installed from, `None` where nothing tells.

    The GitHub Action tells its own in `FACTCHECK_SOURCE`; an installer notes the address of a
    repository that it installed from; a published package names its home.
    """
    if told := os.environ.get("FACTCHECK_SOURCE"):
        return of_page(told)
    noted = installation.noted()
    if noted is None:
        return None
    urls = metadata.metadata(installation.NAME).get_all("Project-URL")
    return of_installation(noted) or of_page(_homepage(urls))


def of_page(address: str) -> Source | None:
    """A repository by its page, at a revision or not; `None` for what is no address."""
    match = _PAGE.fullmatch(address.strip())
    return Source(match["url"], match["revision"] or "HEAD") if match else None


def of_installation(noted: Mapping[str, Any]) -> Source | None:
    """The repository that an installer noted, where the program came from one."""
    try:
        revision = str(noted["vcs_info"]["commit_id"])
        page = of_page(str(noted["url"]))
    except (KeyError, TypeError):
        return None
    return Source(page.url, revision) if page else None


def _homepage(urls: list[str] | None) -> str:
    told = dict(entry.split(", ", 1) for entry in urls or () if ", " in entry)
    return next((told[name] for name in ("Homepage", "Source", "Repository") if name in told), "")
