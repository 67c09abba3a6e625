"""Outlets that nothing names: articles whose file is called by a number or a checksum.

Such an outlet goes by the name of its file, which no reader takes for an outlet's: "000_218b….txt".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath

from factcheck.outlets import plain_stem
from factcheck.records import Article, DivergenceValue, Group, Origin, Pair, Report

# A part of a name that may be an outlet's: letters, with a number before or behind them at most.
_WORD = re.compile(r"\d*[^\W\d_]{2,}\d*")
_OF_FILES = re.compile(r"(?i)\d*(?:article|copy|doc|document|file|page|source|story|text|txt)\d*")
# A file's name of more characters is shortened to these at least.
_LONGEST, _LEAST = 16, 8


def nameless(articles: Sequence[Article]) -> dict[str, str]:
    """Outlet → its file's name, shortened, for the outlets that nothing names, as they come."""
    files: dict[str, str] = {}
    for article in articles:
        stem = plain_stem(article.path)
        parts = re.split(r"[\W_]+", stem)
        if article.outlet == stem and not any(
            _WORD.fullmatch(part) and not _OF_FILES.fullmatch(part) for part in parts
        ):
            files.setdefault(article.outlet, PurePath(article.path).name)
    return {outlet: _shortened(name, list(files.values())) for outlet, name in files.items()}


def stand_ins(articles: Sequence[Article]) -> list[str]:
    """The files' names that stand for outlets in a report that `named` made."""
    before = [one.model_copy(update={"outlet": plain_stem(one.path)}) for one in articles]
    files = nameless(before)
    return [one.outlet for one in articles if one.outlet == files.get(plain_stem(one.path))]


def _shortened(name: str, names: Sequence[str]) -> str:
    path = PurePath(name)
    if len(name) <= _LONGEST:
        return name
    others = [other for other in names if other != name]
    for length in range(_LEAST, len(path.stem)):
        head = path.stem[:length]
        if not any(other.startswith(head) for other in others):
            return f"{head}…{path.suffix}"
    return name


def named(report: Report) -> Report:
    """The report with the files' names for the outlets that nothing names, wherever they stand."""
    files = nameless(report.articles)
    if not files:
        return report
    words = "|".join(map(re.escape, sorted(files, key=len, reverse=True)))
    pattern = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")

    def told(text: str) -> str:
        return pattern.sub(lambda found: files[found.group()], text)

    return report.model_copy(
        update={
            "articles": tuple(
                one.model_copy(update={"outlet": files.get(one.outlet, one.outlet)})
                for one in report.articles
            ),
            "groups": tuple(_group(group, files, told) for group in report.groups),
        }
    )


def _all(names: Sequence[str], files: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(files.get(name, name) for name in names)


def _group(group: Group, files: Mapping[str, str], told: Callable[[str], str]) -> Group:
    def origin(one: Origin) -> Origin:
        changed = {"name": files.get(one.name, one.name), "outlets": _all(one.outlets, files)}
        reasons = {name: told(getattr(one, name)) for name in ("reason", "apart", "doubt")}
        return one.model_copy(update=changed | reasons)

    def pair(one: Pair) -> Pair:
        names = ("child", "parent", "reason")
        return one.model_copy(update={name: told(getattr(one, name)) for name in names})

    def value(one: DivergenceValue) -> DivergenceValue:
        return one.model_copy(update={"origins": _all(one.origins, files)})

    return group.model_copy(
        update={
            "outlets": _all(group.outlets, files),
            "reason": told(group.reason),
            "origins": tuple(map(origin, group.origins)),
            "pairs": tuple(map(pair, group.pairs)),
            "divergences": tuple(
                one.model_copy(
                    update={"reason": told(one.reason), "values": tuple(map(value, one.values))}
                )
                for one in group.divergences
            ),
        }
    )
