"""The engine that runs the trained models: the one place that loads it, and makes it silent.

onnxruntime 1.30 and later report use to its maker unless they are told not to: they look up a host,
write a device id and queue events below the user's home. The switch is read when the library is
loaded, so it is set before; nothing else in this package may import the library.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import onnxruntime

_A = TypeVar("_A")
_B = TypeVar("_B")
_SWITCH = "ORT_DISABLE_TELEMETRY"
_LOCK = threading.Lock()


def session(model: Path) -> onnxruntime.InferenceSession:
    """A session that runs the model of a file on one thread.

    One thread for each run, so that a result never depends on their number; who wants more runs
    more sessions or more inputs at once. Raises what onnxruntime raises for a file that is no
    model.
    """
    with _LOCK:
        os.environ[_SWITCH] = "1"
        import onnxruntime

        # For a program that had loaded the library before it called this one.
        onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # The graph is made of the fastest operators as it is; more optimisation merges two of them into
    # a slower one.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def in_turn(run: Callable[[_A], _B], inputs: Sequence[_A], threads: int) -> Iterator[_B]:
    """What a function makes of inputs, in their order, with so many of them at once."""
    if threads == 1 or len(inputs) < 2:
        yield from map(run, inputs)
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(run, inputs)
