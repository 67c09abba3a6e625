"""Articles that carry their truth as tags → plain articles and an `EventGold`; and what is wrong.

An event's folder holds `event.yaml` and one `OUTLET.tagged.md` an article; `docs/benchmark.md`
tells the format. A tag `<s id="…">…</s>` encloses the words that make a statement, `<v>…</v>` in it
those that carry the value in conflict. Tags never overlap, and `<s>` tags never nest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from factcheck.config import Limits
from factcheck.errors import UnreadableError, UsageError
from factcheck.evaluation.gold import OUTLET_VOICE, EventGold
from factcheck.ingest import read_bytes

ENDING = ".tagged.md"
_TAG = re.compile(r'<s((?:\s+[a-z]+="[^"]*")*)\s*>|</s>|<v>|</v>')
_STRAY = re.compile(r"</?s\b|</?v>")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?\n)---[ \t]*\r?\n", re.DOTALL)
_KNOWN = frozenset(("id", "v", "by", "voice", "via", "q"))


@dataclass(frozen=True)
class Compiled:
    """An event without its tags: the articles' texts by outlet, and what is true of them."""

    texts: dict[str, str]
    gold: EventGold

    def write(self, folder: Path) -> None:
        """Write `OUTLET.md` files and `gold.json`. Raises `OSError`."""
        folder.mkdir(parents=True, exist_ok=True)
        for outlet, text in self.texts.items():
            (folder / f"{outlet}.md").write_bytes(text.encode("utf-8"))
        text = self.gold.model_dump_json(indent=1) + "\n"
        (folder / "gold.json").write_text(text, encoding="utf-8")


@dataclass
class _Reading:
    """One tagged text as it is read: what came out so far, and the tag that is open."""

    where: str
    mistakes: list[str]
    text: str = ""
    tellings: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    open_tag: tuple[str, dict[str, Any]] | None = None
    open_value: int | None = None

    def take(self, tag: str, attributes: str | None) -> None:
        """Act on one tag."""
        if tag.startswith("<s"):
            self._begin(tag, dict(_ATTRIBUTE.findall(attributes or "")))
        elif self.open_tag is None:
            near = self.text[-40:]
            self.mistakes.append(f"{self.where}: {tag} without <s> after {near!r}")
        elif tag == "</s>":
            name, telling = self.open_tag
            telling["span"] = (telling["span"][0], len(self.text))
            if telling["span"][0] == len(self.text):
                self.mistakes.append(f"{self.where}: <s id={name}> holds no text")
            self.tellings.append(self.open_tag)
            self.open_tag = self.open_value = None
        elif tag == "<v>":
            self.open_value = len(self.text)
        elif self.open_value is not None:
            self.open_tag[1]["value_spans"].append((self.open_value, len(self.text)))
            self.open_value = None

    def _begin(self, tag: str, found: dict[str, str]) -> None:
        if self.open_tag is not None:
            self.mistakes.append(f"{self.where}: {tag} inside another <s>")
        if unknown := sorted(set(found) - _KNOWN):
            self.mistakes.append(f"{self.where}: unknown {', '.join(unknown)} in {tag}")
        if "id" not in found:
            self.mistakes.append(f"{self.where}: {tag} has no id")
        telling: dict[str, Any] = {
            "span": (len(self.text), len(self.text)),
            "attributed_to": found.get("by") or OUTLET_VOICE,
            "voice": found.get("voice"),
            "via": found.get("via"),
            "quote": found.get("q", "none"),
            "value": found.get("v"),
            "value_spans": [],
        }
        self.open_tag = (found.get("id", ""), telling)


def strip(tagged: str, where: str, mistakes: list[str]) -> _Reading:
    """Take the tags out of one text; `mistakes` takes what is wrong with them, with `where`."""
    reading, at = _Reading(where, mistakes), 0
    for match in _TAG.finditer(tagged):
        reading.text += tagged[at : match.start()]
        at = match.end()
        reading.take(match.group(), match.group(1))
    reading.text += tagged[at:]
    if reading.open_tag is not None:
        mistakes.append(f"{where}: <s id={reading.open_tag[0]}> is never closed")
    if _STRAY.search(reading.text):
        mistakes.append(f"{where}: a stray tag is left in the text")
    return reading


def compile_event(folder: Path) -> Compiled:
    """Read one event's folder.

    Raises `UsageError` that lists every mistake: of the tags, of `event.yaml`, and between the two.
    """
    mistakes: list[str] = []
    told = _yaml(folder / "event.yaml")
    statements: dict[str, dict[str, Any]] = told.get("statements") or {}
    texts: dict[str, str] = {}
    mentions: dict[str, dict[str, list[dict[str, Any]]]] = {name: {} for name in statements}
    for file in sorted(folder.glob(f"*{ENDING}")):
        outlet = file.name.removesuffix(ENDING)
        where = f"{folder.name}/{file.name}"
        try:
            tagged = read_bytes(file, Limits()).decode("utf-8")
        except (UnreadableError, UnicodeDecodeError) as error:
            mistakes.append(f"{where}: {error}")
            continue
        reading = strip(tagged, where, mistakes)
        texts[outlet] = reading.text
        if fault := _front_fault(reading.text):
            mistakes.append(f"{reading.where}: its front matter cannot be read: {fault}")
        for name, telling in reading.tellings:
            if name not in statements:
                mistakes.append(f"{reading.where}: statement '{name}' is not in event.yaml")
            else:
                mentions[name].setdefault(outlet, []).append(telling)
    rows = []
    for name, statement in statements.items():
        where = f"{folder.name}: {name}"
        mistakes += (f"{where} {fault}" for fault in _faults(statement, mentions[name], texts))
        rows.append(_row(name, statement, mentions[name]))
    gold = {
        "event": told.get("id", folder.name),
        "genre": told.get("genre", "other"),
        "clusters": [row for row in rows if len(row["mentions"]) > 1],
        "single": [row for row in rows if len(row["mentions"]) == 1],
    }
    try:
        compiled = Compiled(texts, EventGold.model_validate(gold))
    except ValidationError as error:
        for detail in error.errors():
            place = ".".join(map(str, detail["loc"]))
            mistakes.append(f"{folder.name}: {place}: {detail['msg']}")
    if told.get("id") != folder.name:
        mistakes.append(f"{folder.name}: event.yaml calls it '{told.get('id')}'")
    if mistakes:
        raise UsageError("broken-event", "; ".join(mistakes), "repair the event first")
    return compiled


def _row(
    name: str, statement: Mapping[str, Any], mentions: Mapping[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    conflict = statement.get("conflict")
    return {
        **{key: statement[key] for key in ("statement", "verdict") if key in statement},
        "id": name,
        "kind": statement.get("kind", "report"),
        "doubtful": bool(statement.get("doubtful")),
        "qualifiers": statement.get("qualifiers") or (),
        "origins": [
            {"name": origin, "outlets": outlets}
            for origin, outlets in (statement.get("origins") or {}).items()
        ],
        "mentions": [
            {"outlet": outlet, "file": f"{outlet}.md", "tellings": tellings}
            for outlet, tellings in mentions.items()
        ],
        "divergence": [
            {
                "slot": conflict.get("slot"),
                "material": conflict.get("material", True),
                "values": {str(k): str(v) for k, v in (conflict.get("values") or {}).items()},
            }
        ]
        if conflict
        else [],
    }


def _faults(
    statement: Mapping[str, Any],
    mentions: Mapping[str, list[dict[str, Any]]],
    texts: Iterable[str],
) -> Iterable[str]:
    """What of a statement does not agree with the tags, or with its own verdict."""
    conflict = statement.get("conflict") or {}
    material = bool(conflict) and conflict.get("material", True)
    if (statement.get("verdict") == "divergent") != material:
        yield "is divergent without a material conflict, or the other way round"
    labels = {str(label) for label in conflict.get("values") or {}}
    used = {t["value"] for tellings in mentions.values() for t in tellings if t["value"]}
    if used - labels:
        yield f"has tags with values {sorted(used - labels)} that event.yaml does not have"
    if labels - used:
        yield f"has values {sorted(labels - used)} that no tag has"
    told = {outlet for outlets in (statement.get("origins") or {}).values() for outlet in outlets}
    if told - set(texts):
        yield f"has origins of articles {sorted(told - set(texts))} that are not there"
    if told != set(mentions):
        yield f"has origins for {sorted(told)}, but is told in {sorted(mentions)}"
    if not mentions:
        yield "is told nowhere"


def _front_fault(text: str) -> str | None:
    """What is wrong with an article's front matter, by any YAML reader."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    front = _FRONT.match(text)
    try:
        found = YAML(typ="safe").load(front[1]) if front else {}
    except (ValueError, YAMLError) as error:
        return " ".join(str(error).split())
    return None if isinstance(found, dict) else "it holds no keys"


def _yaml(file: Path) -> dict[str, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        found = YAML(typ="safe").load(read_bytes(file, Limits()).decode("utf-8"))
    except (UnreadableError, ValueError, YAMLError) as error:
        detail = " ".join(str(error).split())
        raise UsageError("broken-event", f"{file}: {detail}", "repair the event first") from error
    if not isinstance(found, dict):
        raise UsageError("broken-event", f"{file}: holds no keys", "repair the event first")
    return found
