"""Where this copy of the program comes from, as far as its installation knows."""

from __future__ import annotations

import json
import os
import re
from importlib import metadata

from factcheck.reports.view import Source

_PAGE = re.compile(r"(?P<url>https?://[^\s?#]+?)(?:\.git)?/?(?:/tree/(?P<revision>[^\s?#]+))?")


def source() -> Source | None:
    """The repository and revision that the program was installed from, `None` where nothing tells.

    The GitHub Action tells its own in `FACTCHECK_SOURCE`; an installer notes the address of a
    repository that it installed from; a published package names its home.
    """
    if told := os.environ.get("FACTCHECK_SOURCE"):
        return of_page(told)
    try:
        installed = metadata.distribution("factcheck-cli")
        noted = installed.read_text("direct_url.json")
    except (metadata.PackageNotFoundError, OSError):
        return None
    return of_installation(noted) or of_page(_homepage(installed.metadata.get_all("Project-URL")))


def of_page(address: str) -> Source | None:
    """A repository by its page, at a revision or not; `None` for what is no address."""
    match = _PAGE.fullmatch(address.strip())
    return Source(match["url"], match["revision"] or "HEAD") if match else None


def of_installation(noted: str | None) -> Source | None:
    """The repository of a `direct_url.json` (PEP 610), where the program came from one."""
    try:
        told = json.loads(noted or "null")
        revision = str(told["vcs_info"]["commit_id"])
        page = of_page(str(told["url"]))
    except (ValueError, KeyError, TypeError):
        return None
    return Source(page.url, revision) if page else None


def _homepage(urls: list[str] | None) -> str:
    told = dict(entry.split(", ", 1) for entry in urls or () if ", " in entry)
    return next((told[name] for name in ("Homepage", "Source", "Repository") if name in told), "")
