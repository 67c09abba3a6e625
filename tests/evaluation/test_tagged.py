"""Tags and what is told beside them: what is taken out, and every mistake that can be made."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.errors import UsageError
from factcheck.evaluation.tagged import compile_event, strip

TRUTH = """\
id: fire
genre: accident
statements:
  s1:
    statement: Nine people died.
    verdict: divergent
    origins: {Wire: [courier], own (post): [post]}
    conflict: {slot: figure, values: {a: "9", b: "12"}}
  s2:
    statement: The mill will be rebuilt, the mayor said.
    kind: utterance
    verdict: single-sourced
    qualifiers: [echoed]
    origins: {Courier: [courier, post]}
"""
COURIER = """\
---
outlet: Courier
---
<s id="s1" v="a" via="Wire"><v>Nine</v> people died</s>, a doctor said. “<s id="s2" by="Ann Orde"
q="direct">We will build the mill again</s>,” Ann Orde told the Courier.
"""
POST = """\
<s id="s1" v="b">At least <v>a dozen</v> died</s>. <s id="s2" by="the mayor" via="Courier">It will
be built again</s>, she told the Courier.
"""


def event(folder: Path, truth: str = TRUTH, courier: str = COURIER, post: str = POST) -> Path:
    folder = folder / "fire"
    folder.mkdir()
    (folder / "event.yaml").write_text(truth, encoding="utf-8")
    (folder / "courier.tagged.md").write_text(courier, encoding="utf-8")
    (folder / "post.tagged.md").write_text(post, encoding="utf-8")
    return folder


def test_tags_go_and_spans_stay(tmp_path: Path) -> None:
    compiled = compile_event(event(tmp_path))
    text = compiled.texts["courier"]
    assert "<" not in text
    first, second = compiled.gold.clusters
    assert [text[slice(*span)] for span in first.mentions[0].spans] == ["Nine people died"]
    assert [text[slice(*span)] for span in first.mentions[0].value_spans] == ["Nine"]
    assert first.conflict is not None
    assert first.conflict.values == {"a": "9", "b": "12"}
    told = second.mentions[0].tellings[0]
    assert (told.attributed_to, told.quote, told.via) == ("Ann Orde", "direct", None)
    assert second.mentions[1].tellings[0].via == "Courier"
    compiled.write(tmp_path / "out")
    assert (tmp_path / "out" / "courier.md").read_text(encoding="utf-8") == text


MISTAKES = {
    "a statement nobody knows": (
        {"post": POST.replace('"s2"', '"s3"')},
        "'s3' is not in event.yaml",
    ),
    "nested": ({"post": '<s id="s1" v="b"><s id="s2">x</s></s>'}, "inside another <s>"),
    "never closed": ({"post": POST + '<s id="s2">the end'}, "never closed"),
    "closed twice": ({"post": POST + "</s>"}, "</s> without <s>"),
    "a value outside": ({"post": POST + "<v>12</v>"}, "<v> without <s>"),
    "no text": ({"post": POST + '<s id="s2"></s>'}, "holds no text"),
    "no id": ({"post": POST + "<s>word</s>"}, "has no id"),
    "an unknown attribute": ({"post": POST.replace("via=", "from=")}, "unknown from"),
    "a stray tag": ({"post": POST + "<s id=s2>"}, "stray tag"),
    "a value nobody knows": (
        {"post": POST.replace('v="b"', 'v="c"')},
        "has tags with values ['c']",
    ),
    "a verdict without its conflict": (
        {"truth": TRUTH.replace("verdict: single-sourced", "verdict: divergent")},
        "divergent without a material conflict",
    ),
    "an unknown verdict": ({"truth": TRUTH.replace("single-sourced", "likely")}, "verdict"),
    "an unknown slot": ({"truth": TRUTH.replace("slot: figure", "slot: number")}, "slot"),
    "an origin that is not there": (
        {"truth": TRUTH.replace("own (post): [post]", "own (post): [post, gazette]")},
        "that are not there",
    ),
    "an origin too few": (
        {"truth": TRUTH.replace("Courier: [courier, post]", "Courier: [courier]")},
        "but is told in",
    ),
    "a statement nobody tells": (
        {"truth": TRUTH + "  s3: {statement: No., verdict: corroborated}\n"},
        "told nowhere",
    ),
    "another name": ({"truth": TRUTH.replace("id: fire", "id: flood")}, "calls it 'flood'"),
    "a front matter that is no YAML": (
        {"courier": COURIER.replace("outlet: Courier", "outlet: Courier: late edition")},
        "front matter cannot be read",
    ),
    "no YAML": ({"truth": "id: [fire"}, "event.yaml"),
    "no keys": ({"truth": "- fire"}, "holds no keys"),
}


@pytest.mark.parametrize("case", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named(case: tuple[dict[str, str], str], tmp_path: Path) -> None:
    changed, message = case
    with pytest.raises(UsageError) as caught:
        compile_event(event(tmp_path, **changed))
    assert message in caught.value.message
    assert "fire" in caught.value.message


@given(st.lists(st.tuples(st.sampled_from(["", "s", "v"]), st.text("ab “”\n", max_size=9))))
def test_what_is_between_the_tags_is_all_that_is_left(parts: list[tuple[str, str]]) -> None:
    tagged = "".join(
        f'<s id="x"><v>{text}</v></s>' if kind == "v" else f'<s id="x">{text}</s>' if kind else text
        for kind, text in parts
    )
    reading = strip(tagged, "here", [])
    assert reading.text == "".join(text for _, text in parts)
    told = [text for kind, text in parts if kind]
    assert [reading.text[slice(*telling["span"])] for _, telling in reading.tellings] == told
