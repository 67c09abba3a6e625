"""An archive: a folder of articles that is compared window by window, and extended by later runs.

What is made of it lies in a hidden folder inside: an index (SQLite), and shards, each named by a
hash of all that it depends on. Workers read the articles' files and write shards; the one process
that runs them writes the index. So whatever dies in the middle, the next run goes on from there.
"""

from __future__ import annotations

from factcheck.archive.engine import Pool, dask, here, processes
from factcheck.archive.index import Index, Period, Thread
from factcheck.archive.place import Place
from factcheck.archive.update import Outcome, Plan, update

__all__ = [
    "Index",
    "Outcome",
    "Period",
    "Place",
    "Plan",
    "Pool",
    "Thread",
    "dask",
    "here",
    "processes",
    "update",
]
