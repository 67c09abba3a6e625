"""Fit which lines and sentences of a text are of the page and not of the article.

    python -m training.train_lines [--check]

Reads the pages of `training/lines` and the newsroom events of `train`. `fit`, `held`: pages with
each line labelled; `loose`: lines without a page; `events.tsv`: which pieces of the events are of
the page. The lines of `tests/segment/lines.yaml` are loose ones, too. Into the events, whose own
lines are paragraphs, runs of lines of the pages and loose lines are put at random, so that clutter
is told by itself and not by the page it was seen on.

Writes `factcheck/data/clutter.json`: the weights of a linear-chain CRF. `--check` fits without the
pages of `held` and a quarter of the events, counts on these, and writes nothing. The pages of
`fresh` are for measuring alone.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from ruamel.yaml import YAML

from benchmarks.newsroom import events
from factcheck import clutter, segment
from factcheck.clutter import JOINTS, KINDS
from factcheck.clutter_signs import Piece, signs
from factcheck.ingest.frontmatter import split
from factcheck.ingest.reading import as_read

LINES = Path(__file__).parent / "lines"
TARGET = Path(clutter.__file__).parent / "data" / "clutter.json"
SEED, STEPS = 7, 60
# Penalties on large weights of signs and of moves between kinds.
OF_SIGNS, OF_MOVES = 1.5, 0.1
# A sign seen in fewer texts is left out, and one whose weights are all smaller.
RAREST, SMALLEST = 3, 0.12
# Each page counts as so many texts.
PAGES = 4
# How likely the page must be, for any piece and for a line that may be the title.
LEAST, LEAST_TITLE = 0.6, 0.9
HELD_EVENTS = 4
# The cases of the tests, which have a group where pages have a code.
TESTED = Path(__file__).parents[1] / "tests" / "segment" / "lines.yaml"
_GROUPS = {"news": "b", "captions": "p", "related": "r"} | dict.fromkeys(
    ("authors", "credits", "words_by"), "c"
)
_KIND = {"b": 0, "h": 0, "t": 0, "n": 1, "c": 2, "p": 3, "r": 4, "y": 1, "d": 1}

Line = list[tuple[Piece, int]]
Floats = NDArray[np.float64]


class Text(NamedTuple):
    """A text as pieces with the number of each one's kind, and each one's code or ""."""

    name: str
    pieces: list[Piece]
    kinds: list[int]
    codes: list[str]

    def lines(self) -> list[Line]:
        """The pieces by line."""
        found: list[Line] = []
        for piece, kind in zip(self.pieces, self.kinds, strict=True):
            if piece.opens or not found:
                found.append([])
            found[-1].append((piece, kind))
        return found


def _kind(piece: Piece, code: str) -> int:
    fixed = {"byline": KINDS.index("byline"), "page": KINDS.index("navigation")}
    return fixed.get(piece.fixed, _KIND[code])


def page(path: Path) -> tuple[str, list[str]]:
    """The text of a labelled page, and the code of each of its characters that is no space.

    A line is `code TAB text`; `&code TAB text` goes on in the line before.
    """
    text, codes = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        code, _, told = line.partition("\t")
        if code.startswith("&"):
            text, code = text[:-1] + " ", code[1:]
        codes += [code] * len("".join(told.split()))
        text += told + "\n"
    return text, codes


def pages(part: str) -> Iterator[Text]:
    """The labelled pages of a folder, as the program reads them."""
    for path in sorted((LINES / part).glob("*.txt")):
        filed, codes = page(path)
        text, _ = as_read(filed, 0)
        at = np.cumsum([0, *(not c.isspace() for c in text)])
        assert at[-1] == len(codes), path
        found = segment.pieces(text)
        own = [Counter(codes[at[s] : at[e]]).most_common(1)[0][0] for (s, e), _ in found]
        kinds = [_kind(piece, code) for (_, piece), code in zip(found, own, strict=True)]
        yield Text(path.stem, [piece for _, piece in found], kinds, own)


def loose() -> Iterator[Line]:
    """Lines without a page."""
    for path in sorted((LINES / "loose").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            code, _, told = line.partition("\t")
            yield [(piece, _kind(piece, code)) for _, piece in segment.pieces(told)]
    tested = YAML(typ="safe").load(TESTED.read_text(encoding="utf-8"))
    for group, lines in (*tested["clutter"].items(), ("news", tested["news"])):
        for line in lines:
            code = _GROUPS.get(group, "n")
            yield [(piece, _kind(piece, code)) for _, piece in segment.pieces(line)]


def of_events() -> Iterator[tuple[str, Text]]:
    """The articles of the events for training, with their event; a code where a claim is known."""
    known = {}
    for line in (LINES / "events.tsv").read_text(encoding="utf-8").splitlines():
        name, code, told = line.split("\t")
        known[name, told] = code
    for event in events("train"):
        told = defaultdict(list)
        for statement in (*event.gold.clusters, *event.gold.single):
            for mention in statement.mentions:
                told[mention.outlet] += [telling.span for telling in mention.tellings]
        for outlet, filed in event.texts.items():
            name = f"{event.gold.event}/{outlet}"
            start = split(filed).end
            text, places = as_read(filed, start, markdown=True)
            found = segment.pieces(text, start, markdown=True)
            codes = [known.get((name, piece.text), "b") for _, piece in found]
            kinds = [_kind(piece, code) for (_, piece), code in zip(found, codes, strict=True)]
            spans = [] if places else told[outlet]
            sure = ["b" if any(a < e and s < b for a, b in spans) else "" for (s, e), _ in found]
            yield event.gold.event, Text(name, [piece for _, piece in found], kinds, sure)


class Mixer:
    """Puts runs of lines of pages, and loose lines, between the lines of articles."""

    def __init__(self, texts: Sequence[Text], lines: Sequence[Line]) -> None:
        """Take runs from `texts` and single lines from `lines`."""
        self._draw = random.Random(SEED)
        self._runs = [run for text in texts for run in self._of_page(text)]
        self._loose: dict[int, list[Line]] = defaultdict(list)
        for line in lines:
            self._loose[min(line[0][1], 4)].append(line)

    def _of_page(self, text: Text) -> Iterator[list[Line]]:
        lines = text.lines()
        for start in range(len(lines)):
            run = []
            for line in lines[start : start + self._draw.choice((1, 1, 1, 2, 3, 5))]:
                if any(kind == 0 for _, kind in line):
                    break
                run.append(line)
            if run:
                yield run

    def _some(self) -> list[Line]:
        draw = self._draw
        share = draw.random()
        if share < 0.35:
            return draw.choice(self._runs)
        for top, kind, counts in ((0.6, 1, (1, 1, 1, 2, 3)), (0.7, 2, (1,)), (0.8, 3, (1,))):
            if share < top:
                return [draw.choice(self._loose[kind]) for _ in range(draw.choice(counts))]
        if share < 0.85:
            return [draw.choice(self._loose[4]) for _ in range(draw.choice((1, 2, 4)))]
        return [draw.choice(self._loose[0])]

    def mixed(self, text: Text) -> Text:
        """A text with lines put in, half of the time cut to a few paragraphs."""
        draw = self._draw
        lines = text.lines()
        if draw.random() < 0.5:
            lines = lines[: draw.randint(2, 8)]
        apart = 0.9 if draw.random() < 0.6 else 0.1
        rate = draw.choice((0.15, 0.3, 0.6))
        found: list[Line] = []
        for line in lines:
            found += self._some() if draw.random() < rate else []
            found.append(line)
        for _ in range(draw.choice((0, 1, 2, 4))):
            found += self._some()
        pieces, kinds = [], []
        for line in found:
            gap = draw.random() < apart
            for piece, kind in line:
                pieces.append(replace(piece, gap=gap and piece.opens))
                kinds.append(kind)
        return Text(text.name + "+", pieces, kinds, [])


class Batch(NamedTuple):
    """Texts of like length: their signs as one bag a piece, and what surrounds them."""

    signs: torch.Tensor
    bags: torch.Tensor
    places: torch.Tensor
    there: torch.Tensor
    kinds: torch.Tensor
    joints: torch.Tensor
    allowed: torch.Tensor


def _batch(texts: Sequence[Text], vocabulary: dict[str, int]) -> Batch:
    size, longest = len(texts), max(len(text.pieces) for text in texts)
    places, kinds, joints = (torch.zeros(size, longest, dtype=torch.long) for _ in range(3))
    there = torch.zeros(size, longest, dtype=torch.bool)
    allowed = torch.zeros(size, longest, len(KINDS))
    ids, bags = [], []
    for row, text in enumerate(texts):
        for column, (piece, own) in enumerate(zip(text.pieces, signs(text.pieces), strict=True)):
            places[row, column] = len(bags)
            bags.append(len(ids))
            ids += [vocabulary[sign] for sign in own if sign in vocabulary]
            kinds[row, column] = text.kinds[column]
            joints[row, column] = clutter.joint(piece)
            there[row, column] = True
            if piece.fixed in ("byline", "page"):
                allowed[row, column] = -1e4
                allowed[row, column, text.kinds[column]] = 0
            else:
                allowed[row, column, -1] = -1e4
    return Batch(torch.tensor(ids), torch.tensor(bags), places, there, kinds, joints, allowed)


def _loss(
    batch: Batch, weights: torch.Tensor, moves: torch.Tensor, opens: torch.Tensor
) -> torch.Tensor:
    """How unlikely the kinds of a batch are, in nats."""
    bagged = torch.nn.functional.embedding_bag(batch.signs, weights, batch.bags, mode="sum")
    spoken = bagged[batch.places] + batch.allowed
    rows = torch.arange(len(spoken))
    kinds = batch.kinds
    ahead = opens + spoken[:, 0]
    score = ahead[rows, kinds[:, 0]]
    for n in range(1, spoken.shape[1]):
        there = batch.there[:, n]
        move = moves[batch.joints[:, n]]
        step = torch.logsumexp(ahead[:, :, None] + move, 1) + spoken[:, n]
        ahead = torch.where(there[:, None], step, ahead)
        own = move[rows, kinds[:, n - 1], kinds[:, n]] + spoken[rows, n, kinds[:, n]]
        score = score + torch.where(there, own, torch.zeros(()))
    return (torch.logsumexp(ahead, 1) - score).sum()


def fit(texts: Sequence[Text]) -> clutter.Model:
    """The weights that make the kinds of the texts likeliest, by L-BFGS."""
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    seen: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for own in signs(text.pieces):
            for sign in own:
                seen[sign].add(text.name)
    often = sorted(sign for sign, where in seen.items() if len(where) >= RAREST)
    vocabulary = {sign: number for number, sign in enumerate(often)}
    ordered = sorted(texts, key=lambda text: len(text.pieces))
    batches = [_batch(ordered[n : n + 96], vocabulary) for n in range(0, len(ordered), 96)]
    count = len(KINDS)
    weights = torch.zeros(len(vocabulary), count, requires_grad=True)
    moves = torch.zeros(JOINTS, count, count, requires_grad=True)
    opens = torch.zeros(count, requires_grad=True)
    search = torch.optim.LBFGS(
        [weights, moves, opens], max_iter=STEPS, history_size=12, line_search_fn="strong_wolfe"
    )

    def closure() -> float:
        search.zero_grad()
        total = OF_SIGNS * (weights**2).sum() + OF_MOVES * (moves**2).sum()
        total.backward()
        value = total.item()
        for batch in batches:
            loss = _loss(batch, weights, moves, opens)
            loss.backward()
            value += loss.item()
        return value

    search.step(closure)
    # Only differences count: the article's own text has no weights.
    table = (weights - weights[:, :1]).detach().numpy()[:, 1:-1]
    kept = {
        sign: [round(float(weight), 2) for weight in table[number]]
        for sign, number in vocabulary.items()
        if np.abs(table[number]).max() >= SMALLEST
    }
    return clutter.Model(
        kept,
        np.round(moves.detach().numpy().astype(float), 3),
        np.round(opens.detach().numpy().astype(float), 3),
        LEAST,
        LEAST_TITLE,
    )


def check(model: clutter.Model, held: Sequence[Text], lines: Sequence[Text]) -> None:
    """Print what of held-out pages and events comes out right at several thresholds."""
    for least in (0.5, 0.6, 0.7, 0.8, 0.9):
        counts: Counter[str] = Counter()
        for name, texts in (("page", held), ("event", lines)):
            for text in texts:
                shares = clutter.likely(text.pieces, list(signs(text.pieces)), model)
                for n, piece in enumerate(text.pieces):
                    if piece.fixed:
                        continue
                    taken = 1 - shares[n, 0] > least
                    what = "own" if text.codes[n] == "b" else "clutter" if text.kinds[n] else ""
                    what += " long" if what == "clutter" and len(piece.text.split()) > 4 else ""
                    counts[f"{name}: {what}"] += 1
                    counts[f"{name}: {what}, taken"] += int(taken)
        told = (
            f"{what} {counts[f'{what}, taken']} of {counts[what]}"
            for what in ("page: own", "page: clutter long", "page: clutter", "event: own")
        )
        print(f"{least}: taken for the page: {'; '.join(told)}")


def main() -> None:
    """Fit, and check or write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    checked = parser.parse_args().check
    articles = list(of_events())
    names = sorted({event for event, _ in articles})
    held_events = frozenset(names[HELD_EVENTS - 1 :: HELD_EVENTS]) if checked else frozenset()
    held = list(pages("held"))
    used = [*pages("fit"), *([] if checked else held)]
    mixer = Mixer(used, list(loose()))
    mixed = [mixer.mixed(text) for event, text in articles if event not in held_events]
    model = fit([*(used * PAGES), *mixed])
    if checked:
        check(model, held, [text for event, text in articles if event in held_events])
        return
    parts = {
        "least": model.least,
        "least_title": model.least_title,
        "opens": model.opens.tolist(),
        "moves": model.moves.tolist(),
    }
    head = json.dumps(parts)[:-1].replace(', "', ',\n"')
    rows = (
        f"{json.dumps(k, ensure_ascii=False)}: {json.dumps(v)}" for k, v in model.weights.items()
    )
    TARGET.write_text(head + ',\n"weights": {\n' + ",\n".join(rows) + "\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
