"""Which way a day looks: back, or ahead, by the verb that it belongs to.

The verb is looked for in the words before the day ("resigned on Wednesday"), and behind it where
the day opens its clause ("on Wednesday the mayor will"). Words elsewhere in the sentence decide
nothing: "The governor, who is scheduled to speak next week, resigned on Wednesday". Where the tense
tells of no side ("was due to resign on Wednesday"), the day is open.
"""

from __future__ import annotations

from itertools import pairwise

from factcheck.attribution.lexicon import lexicon
from factcheck.lang import words
from factcheck.slots import verbs
from factcheck.slots.tokens import Token, possessor, singular, word_at
from factcheck.slots.verbs import Side

# How many words away the verb may stand.
_REACH = 40
_ASIDE = 25
_PLACE = 6
_OPENING, _CLOSING = frozenset("“„«"), frozenset("”»")
_STOPS = frozenset(";:—–.!?")
_LEADS = words("tense", "in_tense", "leads")
_NAMING = _LEADS | words("tense", "in_tense", "naming")
_BEGINS = words("tense", "in_tense", "begins")
_BOUNDS = words("tense", "in_tense", "bounds")
_CAUSES = frozenset(
    {("because", "of"), ("account", "of"), ("thanks", "to"), ("owing", "to"), ("due", "to")}
)
_RELATIVES = words("tense", "in_tense", "relatives")
_PAST = words("words", "common", "past")
_PRESENT = words("words", "common", "present")
_LISTED = words("tense", "in_tense", "listed")
_BACK = words("tense", "in_tense", "back")
_ARTICLES = words("words", "common", "articles")
_PLACED = words("tense", "in_tense", "placed")


def side(tokens: list[Token], first: int, last: int) -> Side | None:
    """Which way the day at `tokens[first:last]` looks; `None` where nothing tells."""
    return _Day(tokens, first, last).side()


class _Day:
    """A day in its clause."""

    def __init__(self, tokens: list[Token], first: int, last: int) -> None:
        self.tokens = tokens
        self.first = first
        self.last = last
        # Whether it names something: "Monday's vote", "the Monday vote".
        after = tokens[last] if last < len(tokens) else None
        self.names = tokens[last - 1].low.endswith("'s") or (
            word_at(tokens, first - 1) in _ARTICLES
            and after is not None
            and after.is_word
            and not after.is_capital
            and after.low not in words("words", "function")
            and not self._is_verb(last)
        )
        self.start = first  # with the words that lead to it
        leads = _NAMING if self.names else _LEADS
        while self.start:
            if word_at(tokens, self.start - 1) in leads:
                self.start -= 1
            elif [t.low for t in tokens[max(0, self.start - 2) : self.start]] == ["at", "least"]:
                self.start -= 2  # "until at least Saturday"
            elif (
                word_at(tokens, self.start - 1) == "the"
                and word_at(tokens, self.start - 2) in leads
            ):
                self.start -= 1  # "till the end of May"
            else:
                break
        self.leads = {t.low for t in tokens[self.start : first]}
        self.before = self._before()

    def side(self) -> Side | None:
        """Which way it looks."""
        begun = "after" in self.leads and self.leads & _BEGINS  # "after beginning on Monday"
        if "since" in self.leads or begun or self._is_of_what_happened():
            return "back"
        if "of" in self.leads and word_at(self.tokens, self.start - 1) == "ahead":
            return "ahead"
        found = self._found()
        if found == "ahead" and self._was_told():
            return "open"
        bounded = self._bounded(found or "back")
        # "Wants the wall finished by May", "was finished by May": the bound is on either side.
        untold = found is None or "by" in self.leads or not self._has_past()
        return None if bounded == "back" and untold else bounded

    def _has_past(self) -> bool:
        """Whether the verb it belongs to is one of the past, as far as the next ones tell."""
        last = min(len(self.tokens), self.last + _REACH)
        at = range(self.last, last) if self._opens() or self.before is None else (self.before[0],)
        return any(verbs.is_participle(self.tokens, k) or _is_past(self.tokens[k]) for k in at)

    def _was_told(self) -> bool:
        """Whether it had been told what was to come: "had said it would leave on Sunday"."""
        if self.before is None:
            return False
        k = self.before[0]
        if "would" not in (self.tokens[k].low, *verbs.chain(self.tokens, k)[0]):
            return False
        for j in range(max(0, k - _REACH), k):
            n = j + 1
            while verbs.is_adverb(word_at(self.tokens, n)):
                n += 1
            if self.tokens[j].low == "had" and word_at(self.tokens, n) in lexicon().sayings:
                return True
        return False

    def _found(self) -> Side | None:
        if self._opens():
            return self._behind() or (self.before[1] if self.before else None)
        if self.before is None:
            return self._behind()
        if self._is_told(self.before[0]) or self._is_apart(self.before[0]):
            return self._behind() or self.before[1]
        return self.before[1]

    def _bounded(self, found: Side) -> Side:
        """What leads to the day tells too: "a strike for Wednesday", "adjourned until Friday"."""
        if self.names or found != "back":
            return found
        if self.leads & _BEGINS:
            return "open"
        bound = self.leads & _BOUNDS
        if not bound or self.before is None:
            return found
        k = self.before[0]
        if verbs.is_present(self.tokens, k) and self.tokens[k].low not in lexicon().sayings:
            return "ahead"
        chain = verbs.chain(self.tokens, k)[0]
        if bound & {"until", "till"} and chain[:1] and chain[0] in _PRESENT:
            return "ahead"  # "are shut till Wednesday"
        past = _PAST & set(chain)
        if "for" in bound or verbs.defers(self.tokens[k].low):
            return "open" if past else "ahead"
        return "open" if bound & {"until", "till"} else found

    def _is_of_what_happened(self) -> bool:
        """Whether a noun beside it tells that it is past: "Monday's storm", "a fire on Monday"."""
        if self.names:
            for token in self.tokens[self.last : self.last + 4]:
                if not token.is_word or token.low in words("words", "function"):
                    return False
                if _has_happened(token):
                    return True
            return False
        k = self._behind_place(self.start - 1)
        if k >= 0 and _has_happened(self.tokens[k]):
            # "Will fire on Wednesday" is a verb.
            lead, to = verbs.chain(self.tokens, k)
            return not lead and to < 0
        if self.before is not None or self._opens():
            return False
        # "Her victories in Tarn, Orlin and Kelmar on Tuesday will".
        return any(_has_happened(t) for t in self.tokens[max(0, k - _ASIDE) : k])

    def _behind_place(self, k: int) -> int:
        """Where the words before a place end: "the fire in Orlin on Monday"."""
        j = k
        while (
            j > k - _PLACE and j > 0 and (self.tokens[j].is_capital or self.tokens[j].text == ",")
        ):
            j -= 1
        return j - 1 if j < k and self.tokens[j].low in _PLACED else k

    def _opens(self) -> bool:
        """Whether it opens its clause, or stands apart between commas with no verb before it."""
        if not self.start:
            return True
        before = self.tokens[self.start - 1]
        if before.low in _LISTED and self._is_listed():
            return False
        if before.text == ",":
            return self.before is None or word_at(self.tokens, self.last) != ","
        return (
            before.low in words("tense", "clauses", "openers")
            or before.text in _STOPS
            or before.text in _OPENING
            or before.text in '"('
        )

    def _is_listed(self) -> bool:
        """Whether another day stands right before it: "on Monday, Tuesday and Friday"."""
        near = (possessor(word_at(self.tokens, self.start - n)) for n in (2, 3))
        return self.start == self.first and any(day in words("dates", "weekdays") for day in near)

    def _before(self) -> tuple[int, Side] | None:
        """The nearest verb before it, and the side that looks to."""
        k = self.start - 1
        least = max(0, k - _REACH)
        while k >= least:
            token = self.tokens[k]
            if token.text in _CLOSING or self._closes(k):
                opening = _OPENING if token.text in _CLOSING else '"'
                k = next((j for j in range(k - 1, least, -1) if self.tokens[j].text in opening), k)
            elif token.text in ";—–":
                return None
            else:
                found = verbs.verb(self.tokens, k)
                if found:
                    return k, self._at_hand(k, found)
            k -= 1
        return None

    def _closes(self, k: int) -> bool:
        """Whether a straight mark at `k` closes what is quoted."""
        tokens = self.tokens
        return tokens[k].text == '"' and k > 0 and tokens[k - 1].end == tokens[k].start

    def _at_hand(self, k: int, found: Side) -> Side:
        """The side of a verb, where what lies between it and the day tells another.

        "Is in hospital after a fall on Wednesday", "will be late because of the snow on Wednesday".
        """
        between = [t.low for t in self.tokens[k + 1 : self.start]]
        if any(pair in _CAUSES for pair in pairwise(between)):
            return "back"
        if verbs.auxiliary(self.tokens[k].low) not in _PRESENT:
            return found
        return "back" if _BACK & set(between) else found

    def _is_told(self, k: int) -> bool:
        """Whether a statement begins between a verb of saying and the day, and its verb follows.

        "Officials said the council on Wednesday will vote", "said Wednesday's vote will".
        """
        if self.tokens[k].low not in lexicon().sayings:
            return False
        if self.names:
            return self.start == k + 1 or word_at(self.tokens, k + 1) == "that"
        told = self.tokens[k + 1] if self.start - k > 1 else None
        return (
            told is not None
            and (told.is_capital or told.low in words("tense", "clauses", "determiners"))
            and self._is_verb(self.last)
        )

    def _is_apart(self, k: int) -> bool:
        """Whether a comma parts the verb at `k` from the day, and another verb follows the day.

        "After a day spent trying to win votes, Holt on Monday gave up".
        """
        between = self.tokens[k + 1 : self.start]
        return any(t.text == "," for t in between) and self._is_verb(self.last)

    def _is_verb(self, k: int) -> bool:
        if k >= len(self.tokens) or not self.tokens[k].is_word or self.tokens[k].is_capital:
            return False
        return (
            verbs.auxiliary(self.tokens[k].low) != ""
            or verbs.is_participle(self.tokens, k)
            or verbs.is_present(self.tokens, k)
        )

    def _behind(self) -> Side | None:
        """The side of the first verb behind it that is of its own clause."""
        k = self.last
        most = min(len(self.tokens), k + _REACH)
        if self.names and self.leads:
            # "In Monday's vote, the council will": the comma ends what leads in.
            near = range(k, min(most, k + 8))
            k = next((j for j in near if self.tokens[j].text == ","), k)
        if word_at(self.tokens, k) == ",":
            k += 1
        relative = False
        while k < most:
            token = self.tokens[k]
            if token.text == ",":
                ends = (
                    j for j in range(k + 1, min(most, k + _ASIDE)) if self.tokens[j].text == ","
                )
                k = next(ends, most)
            elif token.text in _STOPS or token.text in _CLOSING or token.low in ("but", "and"):
                return None
            elif token.low in _RELATIVES:
                relative = True
            elif self._is_verb(k) and not self._is_reduced(k, most):
                if not relative:
                    return self._finite(k)
                relative = False
                while k + 1 < most and self._is_verb(k + 1):
                    k += 1
            k += 1
        return None

    def _is_reduced(self, k: int, most: int) -> bool:
        """Whether a participle only tells of its noun: "the man accused of murder will"."""
        if not verbs.is_participle(self.tokens, k) or any(verbs.chain(self.tokens, k)[0]):
            return False
        if word_at(self.tokens, k + 1) not in words("tense", "clauses", "prepositions"):
            return False
        for token in self.tokens[k + 1 : most]:
            if token.text in _STOPS or token.text == "," or token.low in _CLAUSE_BREAKS:
                return False
            if verbs.auxiliary(token.low):
                return True
        return False

    def _finite(self, k: int) -> Side:
        """The side of a clause whose first verb stands at `k`."""
        low = self.tokens[k].low
        lead = verbs.auxiliary(low)
        if lead in verbs.modals():
            return verbs.modal(self.tokens, k, lead)
        j = k + 1
        while verbs.is_adverb(word_at(self.tokens, j)):
            j += 1
        follows = word_at(self.tokens, j)
        awaited = follows == "to" or follows in words("tense", "ahead", "awaits")
        if lead in _PRESENT:
            if k == self.last and not self.names:
                return "open"  # "Wednesday is the day"
            return "ahead" if awaited or verbs.is_timetabled(follows) else "back"
        if lead:
            return "open" if awaited and lead in ("was", "were") else "back"
        if verbs.is_participle(self.tokens, k):
            return "back"
        if k == self.last:
            return "open"
        found = verbs.present(self.tokens, k)
        return "back" if self.names and found == "open" else found


def _is_past(token: Token) -> bool:
    """Whether a word is an auxiliary of the past."""
    return verbs.auxiliary(token.low) in words("tense", "verbs", "past")


def _has_happened(token: Token) -> bool:
    """Whether a noun names what nobody sets a day for."""
    low = singular(possessor(token.low))
    return not token.is_capital and low in words("tense", "nouns", "happened")


_CLAUSE_BREAKS = words("tense", "in_tense", "clause_breaks")
