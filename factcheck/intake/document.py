"""A draft → the file of its article, and whether `compare` can read that."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from factcheck.config import Limits
from factcheck.errors import UnreadableError
from factcheck.ingest.build import measurable
from factcheck.ingest.decode import decode
from factcheck.ingest.readers import refuse_other
from factcheck.intake.drafts import Draft, Left, Taken
from factcheck.safe import yaml_text


def document(draft: Draft) -> str:
    """The file of an article: front matter, and the text."""
    lines = [f"{name}: {_yaml(value)}" for name, value in _told(draft)]
    return "---\n" + "".join(f"{line}\n" for line in lines) + f"---\n\n{draft.text}\n"


def readable(found: Iterable[Taken], limits: Limits) -> Iterator[Taken]:
    """What was found; in the place of a draft that `compare` could not read, the reason."""
    for taken in found:
        if isinstance(taken, Draft):
            try:
                _check(taken, limits)
            except UnreadableError as error:
                yield Left(taken.place, error.message)
                continue
        yield taken


def _check(draft: Draft, limits: Limits) -> None:
    text = document(draft)
    data = text.encode()
    if len(data) > limits.file_bytes:
        raise UnreadableError(
            "too-large", f"holds more than {limits.file_bytes / 1e6:g} MB of text"
        )
    decode(data)
    refuse_other(text)
    # Its sentences, which cost as much again, are cut where it is compared.
    measurable(text, len(text) - len(draft.text) - 1, draft.language, markdown=True)


def _told(draft: Draft) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    for name in ("outlet", "url", "entry", "title", "byline", "published", "language", "retrieved"):
        if value := getattr(draft, name):
            yield name, value
    for name, values in (
        ("credit", draft.credits),
        ("correction", draft.corrections),
        ("links", draft.links),
    ):
        if values:
            yield name, values


def _yaml(value: str | tuple[str, ...]) -> str:
    """A value in double quotes, in which YAML reads JSON's escapes."""
    return yaml_text(json.dumps(value, ensure_ascii=False))
