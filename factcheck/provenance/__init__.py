"""Articles and claims → who stands behind a statement, and through how many separate hands."""

from factcheck.provenance.analysis import Provenance, Sources, analyse, pairs
from factcheck.provenance.derivation import Derivation
from factcheck.provenance.voices import undisputed

__all__ = ["Derivation", "Provenance", "Sources", "analyse", "pairs", "undisputed"]
