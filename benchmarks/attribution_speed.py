"""Words per second of the attribution stage, beside a spaCy tagger and parser on the same text.

    python -m benchmarks.attribution_speed TEXT_DIR [--rounds N] [--out FILE]

TEXT_DIR holds .txt files (PolNeAR's `dev/text`, say). The quotation extractors in common use run a
spaCy tagger and parser first and can be no faster than that. The pipeline timed here has the
architecture of `en_core_web_sm` and random text as training data, which gives it the same amount of
work. Both run in one process on the same two cores, in turn, and each round counts the words of all
files; the median round is reported.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.attribution import paragraphs
from factcheck.attribution.assembly import extract
from factcheck.attribution.tagger import Tagger

RESULTS = Path(__file__).parent / "results" / "attribution_speed.json"


def spacy_pipeline() -> Any:
    """Return a tagger and a parser on one encoder, sized as in `en_core_web_sm`."""
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("en")
    encoder = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": 96,
            "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
            "rows": [5000, 1000, 2500, 2500, 50, 50],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 96,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    nlp.add_pipe("tok2vec", config={"model": encoder})
    tagger = {
        "@architectures": "spacy.Tagger.v2",
        "nO": None,
        "normalize": False,
        "tok2vec": listener,
    }
    nlp.add_pipe("tagger", config={"model": tagger})
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": listener,
    }
    nlp.add_pipe("parser", config={"model": parser, "min_action_freq": 1})
    chance = random.Random(0)
    examples = []
    for _ in range(200):
        length = chance.randint(5, 30)
        words = ["".join(chance.choices("aeionrst", k=chance.randint(2, 8))) for _ in range(length)]
        heads = [max(0, index - 1) if chance.random() < 0.7 else 0 for index in range(length)]
        reference = {
            "words": words,
            "tags": [f"T{chance.randrange(50)}" for _ in words],
            "heads": heads,
            "sent_starts": [index == 0 for index in range(length)],
            "deps": [
                "ROOT" if index == 0 else f"d{chance.randrange(40)}" for index in range(length)
            ],
        }
        examples.append(Example.from_dict(nlp.make_doc(" ".join(words)), reference))
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(5):
        nlp.update(examples, sgd=optimizer)
    return nlp


def words_per_second(run: Callable[[str], object], texts: list[str]) -> float:
    """Time one round over all texts."""
    began = time.perf_counter()
    for text in texts:
        run(text)
    return sum(len(text.split()) for text in texts) / (time.perf_counter() - began)


def start_up() -> float:
    """Return the seconds that a fresh process takes for one sentence, less bare Python's."""
    code = (
        "from factcheck.attribution.assembly import extract\n"
        "from factcheck.attribution.tagger import Tagger\n"
        "text = 'She said it was late.'\n"
        "extract(text, [(0, len(text))], Tagger())\n"
    )

    def seconds(code: str) -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - began

    return min(seconds(code) for _ in range(3)) - min(seconds("pass") for _ in range(3))


def main() -> None:
    """Measure, print and write the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("texts", type=Path, metavar="TEXT_DIR")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=RESULTS)
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    texts = [path.read_bytes().decode("utf-8") for path in sorted(options.texts.glob("*.txt"))]
    tagger = Tagger(threads=2)
    before = start_up()
    words_per_second(lambda text: extract(text, paragraphs(text), tagger), texts[:5])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    nlp = spacy_pipeline()
    ours, theirs = [], []
    for _ in range(options.rounds):
        ours.append(words_per_second(lambda text: extract(text, paragraphs(text), tagger), texts))
        theirs.append(words_per_second(nlp, texts))
    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    report = {
        "words": sum(len(text.split()) for text in texts),
        "words_per_second": round(statistics.median(ours)),
        "spacy_words_per_second": round(statistics.median(theirs)),
        "ratio": round(statistics.median(ratios), 2),
        "start_up_seconds": round(before, 2),
        "memory_mb": round(memory),
    }
    print(json.dumps(report, indent=1))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
