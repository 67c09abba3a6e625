"""Articles made to be dear: each generator takes a size in characters and gives the texts.

What may grow faster than its input is something that is met again and again within a text: marks,
numbers, names, reporting words, pronouns, white space, paragraphs, articles. Each generator repeats
one of them, with enough plain English around it for the text to pass as English. `GENERATORS` maps
the names to functions from a size to the texts, one per article; sizes are met to within a few
hundred characters.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator

Generator = Callable[[int], list[str]]

_LEAD = (
    "The mayor said that it was closed and the people of the town were not in it and that they "
    "had been told of it. "
)
_STORY = """The mayor of Harlow said on Monday that 12 people were hurt when a ferry hit the pier. \
“We do not know why it came in so fast,” Jane Whitfield told reporters at the harbour. \
According to two officials with knowledge of the inquiry, the captain had reported a fault in the \
steering a day earlier. The operator denied this and said that the ship had been inspected in \
March. A spokesman for the coastguard, who asked not to be named, told the Harlow Courier that the \
fault was known, and the ministry announced a review.

The prime minister said the families would be told first. She called it “a dark day for the \
town”, and her deputy, Tom Arlen, said 3 of the hurt were still in hospital. He added that the \
pier would stay shut until May 5, while the union argued that nobody had listened to its warnings.

"""

# What is repeated within one paragraph, behind a sentence that says who speaks.
_WITHIN = {
    "quotes-open": "“",
    "quotes-straight": '" ',
    "quotes-nested": "“a ‘b ",
    "quote-pairs": "“Yes,” he said. ",
    "quotes-of-the": "“the ",
    "single-quotes": "' ",
    "apostrophes": "a'",
    "possessives": "the man's ",
    "number-words": "one hundred million and ",
    "numbers-of": "the 12 of the 15 people and 3 of ",
    "number-ranges": "between 5 and 6 of the ",
    "percent": "5% of the ",
    "money": "$5 million of the ",
    "fractions": "1/",
    "digits": "9",
    "dates": "on May 5, ",
    "weekdays": "on Monday and on Tuesday, ",
    "times": "at 5 p.m. and at 6:30 of the ",
    "capitals": "A",
    "initials": "J. ",
    "names": "the Aaa Bbb of the ",
    "names-of": "the Bank of the ",
    "names-comma": "Jane Smith, and the ",
    "ministries": "the Ministry of the Ministry of ",
    "places": "in Paris and in London, ",
    "roles": "the former deputy prime minister of the ",
    "brackets": "(",
    "square-brackets": "[",
    "brackets-of": "the (a ",
    "dashes": "— ",
    "dashes-of": "the — a ",
    "hyphens": "-",
    "hyphenated": "a-",
    "pipes": "a | ",
    "colons": "the a: ",
    "commas": "the a, ",
    "semicolons": "it was; ",
    "said": "he said ",
    "said-that": "he said that ",
    "told": "he told the Courier that ",
    "told-and": "told the Courier and ",
    "according": "according to the ",
    "pronouns": "he and she and they and it ",
    "who": "the man who ",
    "and": "and ",
    "and-verbs": "and was ",
    "negations": "it was not and never no ",
    "not": "not ",
    "may": "it may and might and could be ",
    "citing": "citing the ",
    "words": "the a of to ",
    "spaces": " ",
    "tabs": "\t",
    "spaced-words": "the" + " " * 40,
    "line-breaks": "\n",
    "broken-lines": " \n",
    "no-break-spaces": "\u00a0",
    "marks": "\u0301",
    "zero-width": "\u200b",
    "dots": ".",
    "ellipses": "the a... ",
    "stops": "the a. ",
    "questions": "is it? ",
    "shouts": "it is! ",
    "emphasis": "*_",
    "hashes": "#",
    "thai": "ก",
    "emoji": "😀",
    "addresses": "http://a.b/c of the ",
    "mails": "a@b.c of the ",
}

# What is repeated as a paragraph of its own; `%d` counts, `%s` is a name of its own.
_PARAGRAPHS = {
    "tiny-paragraphs": "The mayor said no to %d people.",
    "tiny-same": "He said.",
    "tiny-reports": "The road was closed to %d people.",
    "tiny-pronouns": "He told them that he was with her.",
    "tiny-nouns": "The official said that the source was in the ministry.",
    "tiny-they": "They said that the two were there.",
    "tiny-plural": "Officials said it was so, and officials said it was not.",
    "speakers": "Mr. %s said so.",
    "full-names": "Jane %s said that it was so.",
    "same-family": "%s Smith said that it was so.",
    "roles-each": "The mayor of the town, Jane %s, said that she was the mayor.",
    "two-offices": "Prime Minister Jane Doe and President Jane Doe of %s were there.",
    "organisations": "The %s Ministry said that the %s Bank was in it.",
    "unnamed": "A source close to the %s said that it was so.",
    "relays": "A source told the %s Courier that it was so.",
    "relays-same": "The sources told Reuters that it was so.",
    "quoted": "“It is so, and the people of the town are with us,” she said.",
    "quoted-open": "“It is so, and the people are in it",
    "quoted-numbers": "“We were %d of the people in it,” he said.",
    "headings": "About It",
    "captions": "Photo: 5 people of the %d",
    "figures": "%d people were hurt in the fire.",
    "figures-same-words": "The fire in the old town hall hurt %d people and it was put out.",
    "dated": "He said on May 5, %d, that it was so.",
    "related": "Related: a",
    "same-role": "Mayor Jane Smith said that it was in the %s.",
    "said-in": "The mayor said in Paris, and in the town of Lyon, that it was the %d.",
    "footnotes": "[%d] The report of the ministry said that it was so.",
    "table-rows": "the town | %d | of the",
    "list-items": "- the town of %s has %d people in it",
    "credits": "With reporting by %s",
    "not-each": "The mayor did not say that it was the %s.",
    "denials": "The %s denied that it was in the fire.",
    "places-each": "It was in %s and the town of %s that the fire was.",
    "questions-each": "Was it the %d of them?",
    "after-colon": "He said: “It was the %d.”",
    "urls-each": "It was on http://%s.example/a that he said so.",
    "citing-each": "The Courier reported it, citing a statement by the %s.",
    "story": "The mayor said on May 5 that %d of the people told Reuters in %s that it was so.",
}


def _name(number: int) -> str:
    """The `number`-th of names that are all different, each one capitalised word."""
    letters = []
    for _ in range(4):
        number, at = divmod(number, 19)
        letters.append("bcdfghjklmnpqrstvwz"[at] + "aeiou"[(at + number) % 5])
    return "".join(letters).capitalize()


def _filled(line: str, number: int) -> str:
    return line.replace("%d", str(number)).replace("%s", _name(number))


def _paragraphs(line: str, size: int) -> str:
    length = 0
    parts = [_LEAD]
    for number in itertools.count(1):
        part = _filled(line, number)
        length += len(part) + 2
        if length > size:
            return "\n\n".join(parts)
        parts.append(part)
    raise AssertionError


def _within(unit: str) -> Generator:
    return lambda size: [f"{_LEAD}{unit * (size // len(unit))}x"]


def _apart(line: str) -> Generator:
    return lambda size: [_paragraphs(line, size)]


def _sentences(line: str) -> Generator:
    """The same lines, as sentences of one paragraph."""
    return lambda size: [_paragraphs(line, size).replace("\n\n", " ")]


def _stories(size: int) -> Iterator[str]:
    while size > 0:
        yield _STORY
        size -= len(_STORY)


def counted_numbers(size: int) -> list[str]:
    """All numbers from 0 on in one sentence."""
    return [_LEAD + " of the ".join(str(i) for i in range(size // 12))]


def long_sentence(size: int) -> list[str]:
    """News prose with commas where its sentences end."""
    text = "".join(_stories(size))
    return [_LEAD + text.replace(".", ",").replace("\n\n", " ")]


def prose(size: int) -> list[str]:
    """One story told again and again in one article."""
    return ["".join(_stories(size))]


def shuffled_prose(size: int) -> list[str]:
    """The words of news prose in random order, so that nothing recurs."""
    words = "".join(_stories(size)).split()
    random.Random(1).shuffle(words)
    return [" ".join(words)]


def indented(size: int) -> list[str]:
    """News prose with a long run of blanks after each word."""
    words = "".join(_stories(size // 6)).split()
    return [(" " * 25).join(words)]


def opening_blanks(size: int) -> list[str]:
    """A line of one word, blanks and one sentence."""
    return ["x" + "\t" * size + "y " + _LEAD]


def date_line(size: int) -> list[str]:
    """Capitals before the first sentence, where a date line would stand."""
    return ["A " * (size // 2) + _LEAD]


def two_articles(size: int) -> list[str]:
    """Two articles of the same short claims, alike but for a number."""
    text = _paragraphs("The mayor said no to %d people.", size // 2)
    return [text, text.replace("said no", "said never")]


def two_reversed(size: int) -> list[str]:
    """Two articles that tell the same in opposite order."""
    parts = _paragraphs("The mayor said that %d people of %s were hurt.", size // 2).split("\n\n")
    return ["\n\n".join(parts), "\n\n".join(reversed(parts))]


def two_same_claim(size: int) -> list[str]:
    """Two articles that tell one claim again and again."""
    text = _paragraphs("The fire in the old town hall was put out by the crew.", size // 2)
    return [text, text]


def two_figures(size: int) -> list[str]:
    """Two articles that give other figures for the same thing, again and again."""
    line = "The fire in the old town hall hurt %d people and it was put out."
    return [_paragraphs(line, size // 2), _paragraphs(line.replace("hurt", "hurt 1"), size // 2)]


def two_stories(size: int) -> list[str]:
    """Two articles of news prose."""
    return ["".join(_stories(size // 2)), "".join(_stories(size // 2))]


def copies(size: int) -> list[str]:
    """Very many copies of one article."""
    return list(_stories(size))


def one_liners(size: int) -> list[str]:
    """Very many articles of one claim each."""
    line = "The mayor of %s said that the road was closed to %d people."
    return [_filled(line, number) for number in range(size // 65)]


def tellings(size: int) -> list[str]:
    """Very many articles that give other figures for one thing."""
    line = "The fire in the old town hall hurt %d people, the mayor said on Monday."
    return [_filled(line, number) for number in range(size // 72)]


def told_by_each(size: int) -> list[str]:
    """Very many articles in which others say the same."""
    line = "Jane %s told the %s Courier that the road was closed. The mayor denied it."
    return [_filled(line, number) for number in range(size // 82)]


def crediting_each_other(size: int) -> list[str]:
    """Very many articles, each of which credits an agency and the one before."""
    line = "The road to the port was closed, Reuters reported, citing the %s Courier."
    return [_filled(line, number) for number in range(size // 76)]


_OWN = (
    counted_numbers,
    long_sentence,
    prose,
    shuffled_prose,
    indented,
    opening_blanks,
    date_line,
    two_articles,
    two_reversed,
    two_same_claim,
    two_figures,
    two_stories,
    copies,
    one_liners,
    tellings,
    told_by_each,
    crediting_each_other,
)

# One paragraph of many short sentences is another matter than many paragraphs.
_IN_ONE = (
    "tiny-paragraphs",
    "tiny-pronouns",
    "tiny-nouns",
    "speakers",
    "full-names",
    "figures",
    "relays-same",
    "denials",
    "two-offices",
    "quoted-numbers",
)

GENERATORS: dict[str, Generator] = {
    **{name: _within(unit) for name, unit in _WITHIN.items()},
    **{name: _apart(line) for name, line in _PARAGRAPHS.items()},
    **{f"{name}-in-one": _sentences(_PARAGRAPHS[name]) for name in _IN_ONE},
    **{make.__name__.replace("_", "-"): make for make in _OWN},
}
