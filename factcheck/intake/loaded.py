"""The readers with their libraries, loaded once for all processes that read.

Imported by the process that starts them; a library that is missing is asked for by the reader.
"""

from __future__ import annotations

import contextlib
import importlib

from factcheck.intake.worker import quiet

with quiet():
    for _name in ("factcheck.intake.readers", "trafilatura", "lxml.html", "warcio.archiveiterator"):
        with contextlib.suppress(ImportError):
            importlib.import_module(_name)
