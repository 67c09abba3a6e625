"""The measures of a pair of tellings, by the parts that their sum is shown in."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

# The parts in the order in which they are shown, and the measures of each.
PARTS: Mapping[str, tuple[str, ...]] = {
    "relay": (
        "relay",
        "relay-carried",
        "relay-perhaps",
        "relay-other",
        "relay-back",
        "parent-relay",
    ),
    "naming": ("names-here", "named-back"),
    "own reporting": ("first-hand", "parent-first-hand", "first-hand-both"),
    "elsewhere": (
        "local",
        "heard",
        "parent-heard",
        "attended",
        "passed-on",
        "parent-passed-on",
        "filed",
        "own-quotes",
        "parent-own-quotes",
    ),
    "occasion": ("occasion", "occasion-same"),
    "copied text": ("copied", "passages"),
    "rewritten text": ("covered", "beyond", "beyond-few", "alone", "alone-few"),
    "sentences": ("retold", "order"),
    "length": ("longer", "detail"),
    "wording here": ("wording", "row", "beside", "new-here", "figure-new"),
    "rare words here": ("rare-here", "rare-here-few"),
    "voice": ("narrates", "parent-narrates", "quoted", "parent-quoted"),
    "speaker": (
        "unnamed",
        "unplaced",
        "private",
        "parent-private",
        "private-both",
        "same-voice",
        "other-voices",
    ),
    "tellers": ("tellers",),
    "agency": ("agency", "parent-agency"),
    "time": ("earlier", "days-apart"),
}

# All of them, in the order of a row. Those of "few" count where fewer than two other articles tell
# of the event: what two articles alone have, they then have by default.
MEASURES: tuple[str, ...] = tuple(name for names in PARTS.values() for name in names)

# A row: one value for each measure.
Measures = NDArray[np.float64]
