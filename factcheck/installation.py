"""How this copy was installed, as its installer noted it, and what installs what it lacks."""

from __future__ import annotations

import json
import shlex
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

NAME = "factcheck-cli"


def noted() -> dict[str, Any] | None:
    """The `direct_url.json` (PEP 610) of an installation from a folder, a file or a repository.

    Empty for one from an index, `None` where the program runs from its sources without any.
    """
    try:
        told = json.loads(metadata.distribution(NAME).read_text("direct_url.json") or "{}")
    except metadata.PackageNotFoundError:
        return None
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def with_extra(extra: str) -> str:
    """The command that installs an extra of this very copy: from where it was taken itself, so that
    it need not be published.
    """
    told = noted()
    if told is None:
        return f"pip install {shlex.quote(f'{Path(__file__).resolve().parents[1]}[{extra}]')}"
    url, package = str(told.get("url", "")), f"{NAME}[{extra}]"
    if told.get("dir_info", {}).get("editable"):
        return f"pip install -e {shlex.quote(f'{url2pathname(urlsplit(url).path)}[{extra}]')}"
    if repository := told.get("vcs_info"):
        url = f"{repository.get('vcs')}+{url}@{repository.get('commit_id')}"
    return f"pip install {shlex.quote(f'{package} @ {url}' if url else package)}"
