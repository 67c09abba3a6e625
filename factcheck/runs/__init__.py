"""What is asked for → a report, and what the ledger says to it: the same for every way of asking.

The command line, the Python API and the server for assistants decide nothing of this themselves.
"""

from factcheck.runs.inputs import Inputs, Surroundings, compare_inputs, read_inputs

__all__ = ["Inputs", "Surroundings", "compare_inputs", "read_inputs"]
