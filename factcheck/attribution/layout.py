"""An article without what stands before its words: datelines, and the labels of turns."""

from __future__ import annotations

from bisect import bisect_right

from factcheck.attribution.datelines import running
from factcheck.attribution.transcripts import turns, without_labels
from factcheck.records import Article


def without_leads(article: Article) -> Article:
    """The article with its sentences cut to where datelines and labels end.

    No claim begins with "RIVERTON — " or "HOST: ". The text and the blocks stay as they are.
    """
    body = [(block.start, block.end) for block in article.blocks if block.kind == "body"]
    begun = without_labels(running(article.text, body), turns(article.text, body))
    leads = [(old[0], new[0]) for old, new in zip(body, begun, strict=True) if old != new]
    if not leads:
        return article
    starts = [start for start, _ in leads]
    kept = []
    for sentence in article.sentences:
        at = bisect_right(starts, sentence.start) - 1
        begin = max(sentence.start, leads[at][1]) if at >= 0 else sentence.start
        if begin < sentence.end:
            kept.append(sentence.model_copy(update={"start": begin}))
    return article.model_copy(update={"sentences": tuple(kept)})
