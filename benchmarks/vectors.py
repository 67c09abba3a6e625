"""Whether static word vectors find candidates that rarity-weighted terms do not.

    python -m benchmarks.vectors EVAL_DIR [--minilm FOLDER]

For every claim, the best claims of the other articles of its event by the cosine of rarity-weighted
terms (as the program finds candidates), by the cosine of vectors, and by both at the same number
of candidates. A claim's vector is the sum of its words' vectors, each with the weight that the word
has as a term, without the component that all claims have in common (Arora et al., ICLR 2017).
Word vectors are the embeddings that the cross-encoder begins with and, with `--minilm` (a folder
with all-MiniLM-L6-v2), its output for each word alone (as model2vec distils them) and its vectors
of whole claims, which are no static ones. Needs `onnx`; `--minilm` needs torch and transformers.

How much the vectors weigh in the sum of both is chosen on `EVAL_DIR/basil-statements`;
`EVAL_DIR/basil` is measured alone. *links* are the figures of the whole matcher without its
cross-encoder, cross-validated on `basil-statements`: as it is, with the candidates of both, with
the vectors' cosine as one more feature, and with both; needs scikit-learn.
"""

from __future__ import annotations

import argparse
import importlib
import itertools
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.events import Event, overlaps, right_pairs
from benchmarks.matching import Extracted, by_outlet, extracted
from factcheck.config import Matching
from factcheck.matching.candidates import searched
from factcheck.matching.features import Rivals, measure, worthwhile
from factcheck.matching.profiles import Profile, profiles
from factcheck.matching.reader import MODEL, Reader
from factcheck.matching.score import probability
from factcheck.matching.terms import term, tokens
from factcheck.records import Article, Claim

RESULT = Path(__file__).parent / "results" / "vectors.json"
LIMITS = (5, 10, 20, 30)
SHARES = (0.1, 0.25, 0.5, 1.0)
CHOSEN = 0.25

Matrix = npt.NDArray[np.float64]
Embed = Callable[[list[str]], Matrix]
Pair = tuple[int, int]


class Case:
    """An event's claims, which of their pairs are allowed, and the pairs that tell a gold link."""

    def __init__(self, event: Event, articles: list[Article], claims: list[Claim]) -> None:
        by_id = {article.id: article for article in articles}
        self.claims, self.profiles = claims, profiles(by_id, claims)
        self.sentences = [
            by_id[c.article].text[slice(*_span(by_id[c.article], c.sentence))] for c in claims
        ]
        home = np.array([claim.article for claim in claims])
        self.allowed = home[:, None] != home[None, :]
        self.gold = _gold(event, by_outlet(articles, claims))
        self.terms = self._cosines()

    def _cosines(self) -> Matrix:
        vectors = [searched(profile) for profile in self.profiles]
        vocabulary = {w: n for n, w in enumerate(dict.fromkeys(w for v in vectors for w in v))}
        rows = np.zeros((len(vectors), len(vocabulary)))
        for row, vector in zip(rows, vectors, strict=True):
            for word, value in vector.items():
                row[vocabulary[word]] = value / (vector.length or 1.0)
        return rows @ rows.T

    def candidates(self, scores: Sequence[Matrix], limits: Sequence[int]) -> set[Pair]:
        """For each claim the `limits[0]` best by `scores[0]`, of the others the `limits[1]` best
        by `scores[1]`, and so on.
        """
        found: set[Pair] = set()
        for here in range(len(self.claims)):
            taken: list[int] = []
            for score, limit in zip(scores, limits, strict=True):
                row = np.where(self.allowed[here] & (score[here] > 0), score[here], -1.0)
                row[taken] = -1.0
                best = np.argsort(-row, kind="stable")[:limit]
                taken += [int(n) for n in best if row[n] > 0]
            found |= {(min(here, there), max(here, there)) for there in taken}
        return found


def _span(article: Article, number: int) -> tuple[int, int]:
    sentence = article.sentences[number]
    return sentence.start, sentence.end


def _gold(event: Event, claims: list[Claim]) -> list[set[Pair]]:
    """For each gold link, the pairs of claims that tell it."""
    links = []
    for cluster in event.clusters:
        touched = [
            [
                n
                for n, c in enumerate(claims)
                if c.article == mention.article and overlaps((c.start, c.end), mention.spans)
            ]
            for mention in cluster
        ]
        for one, other in itertools.combinations(range(len(cluster)), 2):
            if cluster[one].article != cluster[other].article:
                links.append({(min(a, b), max(a, b)) for a in touched[one] for b in touched[other]})
    return links


def static(embed: Embed) -> Callable[[list[Case]], list[Matrix]]:
    """Claims by the vectors of their words, weighted as their terms are."""

    def vectors(cases: list[Case]) -> list[Matrix]:
        words: dict[str, str] = {}
        for case in cases:
            for text in (*case.sentences, *(p.text for p in case.profiles)):
                for token in tokens(text):
                    words.setdefault(term(token), token.lower())
        table = dict(zip(words, embed(list(words.values())), strict=True))
        return [np.array([_weighted(p, table) for p in case.profiles]) for case in cases]

    return vectors


def _weighted(profile: Profile, table: dict[str, Matrix]) -> Matrix:
    weights = searched(profile)
    known = [(value, table[word]) for word, value in weights.items() if word in table]
    width = len(next(iter(table.values())))
    return np.asarray(sum((value * vector for value, vector in known), np.zeros(width)))


def cosines(vectors: list[Matrix]) -> list[Matrix]:
    """Cosines within each case, without the first component of all vectors together."""
    unit = [v / np.maximum(np.linalg.norm(v, axis=1, keepdims=True), 1e-9) for v in vectors]
    common = np.linalg.svd(np.vstack(unit), full_matrices=False)[2][0]
    left = [v - np.outer(v @ common, common) for v in unit]
    unit = [v / np.maximum(np.linalg.norm(v, axis=1, keepdims=True), 1e-9) for v in left]
    return [v @ v.T for v in unit]


def reader_words() -> Embed:
    """The embeddings that the cross-encoder begins with; a word is the mean of its pieces."""
    onnx = importlib.import_module("onnx")
    graph = onnx.load(str(MODEL)).graph
    stored = {i.name: onnx.numpy_helper.to_array(i) for i in graph.initializer}
    table = stored["words_q"].astype(float) * stored["words_s"]
    tokenizer = Reader.load().tokenizer

    def embed(words: list[str]) -> Matrix:
        pieces = (tokenizer.encode(word).ids for word in words)
        return np.array([table[ids].mean(axis=0) for ids in pieces])

    return embed


def minilm(folder: Path) -> Embed:
    """Mean-pooled vectors of texts, by all-MiniLM-L6-v2."""
    torch: Any = importlib.import_module("torch")
    torch.set_num_threads(1)
    tokenizers = importlib.import_module("tokenizers")
    model = importlib.import_module("transformers").BertModel.from_pretrained(str(folder)).eval()
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()

    def embed(texts: list[str]) -> Matrix:
        ids = [tokenizer.encode(text).ids[:256] for text in texts]
        found: dict[int, Matrix] = {}
        by_length = sorted(range(len(ids)), key=lambda n: len(ids[n]))
        for _, some in itertools.groupby(by_length, key=lambda n: len(ids[n])):
            alike = list(some)
            for numbers in (alike[at : at + 64] for at in range(0, len(alike), 64)):
                with torch.inference_mode():
                    output = model(input_ids=torch.tensor([ids[n] for n in numbers]))
                vectors = output.last_hidden_state.mean(1).double().numpy()
                found.update(zip(numbers, vectors, strict=True))
        return np.array([found[n] for n in range(len(ids))])

    return embed


def _ways(cases: list[Case], vectors: list[Matrix], shares: Sequence[float]) -> dict[str, Any]:
    """Recall by number of candidates, for the vectors alone and for both together."""
    terms = [case.terms for case in cases]
    rows = {
        "vectors": _curve(cases, [vectors], lambda limit: (limit,)),
        "half terms, half vectors": _curve(
            cases, [terms, vectors], lambda limit: (limit - limit // 2, limit // 2)
        ),
        "three quarters terms": _curve(
            cases, [terms, vectors], lambda limit: (limit - limit // 4, limit // 4)
        ),
    }
    for share in shares:
        summed = [t + share * v for t, v in zip(terms, vectors, strict=True)]
        rows[f"terms + {share} vectors"] = _curve(cases, [summed], lambda limit: (limit,))
    return rows


def _curve(
    cases: list[Case], scores: list[list[Matrix]], limits: Callable[[int], tuple[int, ...]]
) -> list[dict[str, float]]:
    wanted = sum(len(case.gold) for case in cases)
    rows = []
    for limit in LIMITS:
        pairs = right = 0
        for number, case in enumerate(cases):
            found = case.candidates([score[number] for score in scores], limits(limit))
            pairs += len(found)
            right += sum(not link.isdisjoint(found) for link in case.gold)
        rows.append(
            {
                "limit": limit,
                "pairs_per_claim": round(pairs / sum(len(c.claims) for c in cases), 1),
                "recall": round(right / wanted, 4),
            }
        )
    return rows


def curves_of(events: list[Extracted], folder: Path | None) -> dict[str, Any]:
    """All curves on one set of events."""
    cases = [Case(*event) for event in events]
    spaces = {"reader's words": static(reader_words())}
    if folder:
        whole = minilm(folder)
        spaces["MiniLM's words"] = static(whole)
        spaces["MiniLM's claims"] = lambda cases: [
            whole([profile.text for profile in case.profiles]) for case in cases
        ]
    table: dict[str, Any] = {
        "terms": _curve(cases, [[case.terms for case in cases]], lambda limit: (limit,))
    }
    for name, space in spaces.items():
        table[name] = _ways(cases, cosines(space(cases)), SHARES)
    return table


def links(events: list[Extracted]) -> dict[str, Any]:
    """Average precision of pairs and link figures, with the vectors in one place or the other."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "training"))
    training: Any = importlib.import_module("train_matcher")
    cases = [Case(*event) for event in events]
    alike = cosines(static(reader_words())(cases))
    table = {}
    for name, share, feature in (
        ("terms", 0.0, False),
        ("candidates of both", CHOSEN, False),
        ("vectors as a feature", 0.0, True),
        ("both", CHOSEN, True),
    ):
        rows = [
            _row(training, event, case, vectors, share, feature)
            for event, case, vectors in zip(events, cases, alike, strict=True)
        ]
        odds, _ = training.cross_validated(rows, rows[0].features[:0])
        scores = [probability(values) for values in odds]
        table[name] = {
            "average_precision": round(training.ranking(rows, odds, "exact"), 4),
            **{
                str(threshold): training.links(rows, scores, threshold).figures()
                for threshold in training.THRESHOLDS
            },
        }
    return table


def _row(
    training: Any, extraction: Extracted, case: Case, vectors: Matrix, share: float, feature: bool
) -> Any:
    event, articles, claims = extraction
    found = sorted(case.candidates([case.terms + share * vectors], [Matching().candidates]))
    pairs = worthwhile(case.profiles, found)
    features = measure(case.profiles, pairs, Rivals(case.profiles, found))
    if feature:
        features = np.column_stack([features, [vectors[pair] for pair in pairs]])
    named = by_outlet(articles, claims)
    exact, near = right_pairs(event, named, True), right_pairs(event, named, False)
    return training.Case(
        event,
        named,
        case.profiles,
        pairs,
        features,
        np.array([pair in exact for pair in pairs]),
        np.array([pair in near for pair in pairs]),
        {article.id: article for article in articles},
    )


def main() -> None:
    """Measure and write the curves."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("eval", type=Path)
    parser.add_argument("--minilm", type=Path)
    options = parser.parse_args()
    events = {name: extracted(options.eval / name) for name in ("basil-statements", "basil")}
    table = {name: curves_of(some, options.minilm) for name, some in events.items()}
    table["links"] = links(events["basil-statements"])
    RESULT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
