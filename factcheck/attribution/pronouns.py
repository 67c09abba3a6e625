"""The pronouns of English, by whom they can mean."""

from __future__ import annotations

MALE = frozenset(("he", "him", "his", "himself"))
FEMALE = frozenset(("she", "her", "hers", "herself"))
THING = frozenset(("it", "its", "itself"))
PLURAL = frozenset(("they", "them", "their", "themselves"))
FIRST = frozenset(("i", "me", "my", "we", "us", "our"))
RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
PRONOUNS = MALE | FEMALE | THING | PLURAL | FIRST | RELATIVE
