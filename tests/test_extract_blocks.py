"""Where a text is cut before it is parsed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.blocks import blocks, capitalised_names


def cut(text: str) -> list[str]:
    return [text[b.start : b.end] for b in blocks(text)]


def test_a_line_break_ends_a_block() -> None:
    assert cut("Ghana Thanks Togo\nGhana thanked Togo on Monday.") == [
        "Ghana Thanks Togo",
        "Ghana thanked Togo on Monday.",
    ]


def test_wrapped_text_is_put_together_again() -> None:
    text = (
        "The foreign minister of Ghana, who had arrived in the\n"
        "morning, thanked the government of Togo for the help it\n"
        "had given to the towns along the river after the floods.\n"
        "\n"
        "The two of them will meet again before the rains begin."
    )
    first, second = cut(text)
    assert first.startswith("The foreign")
    assert first.endswith("floods.")
    assert second.startswith("The two")


def test_lines_that_each_end_a_sentence_are_not_wrapped() -> None:
    text = "Ghana thanked Togo for the help after the floods of May.\nMali thanked nobody for any of it.\nChad slept."
    assert len(cut(text)) == 3


def test_headlines_one_a_line_are_not_wrapped() -> None:
    text = (
        "Ghana summons Togolese envoy over river pact signed in Lome\n"
        "Mali to quit the bloc, its premier tells lawmakers on Monday\n"
        "Chad police land in Niger next week, says the interior minister\n"
        "Benin, Gabon ink deal on defence"
    )
    assert len(cut(text)) == 4


def test_a_list_in_wrapped_text_stays_a_list() -> None:
    text = (
        "The ministers who came to the capital on Monday agreed on\n"
        "three things that had been left open for years, namely the\n"
        "following ones, which they all signed on the same evening\n"
        "- Ghana reopens the bridge to lorries and to buses of all kinds\n"
        "- Togo lowers the toll"
    )
    assert cut(text)[-2:] == ["Ghana reopens the bridge to lorries and to buses of all kinds", "Togo lowers the toll"]


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("# Ghana thanks Togo", "Ghana thanks Togo"),
        ("### Ghana thanks Togo", "Ghana thanks Togo"),
        ("- Ghana thanked Togo.", "Ghana thanked Togo."),
        ("* Ghana thanked Togo.", "Ghana thanked Togo."),
        ("• Ghana thanked Togo.", "Ghana thanked Togo."),
        ("> Ghana thanked Togo.", "Ghana thanked Togo."),
        ("2. Ghana thanked Togo.", "Ghana thanked Togo."),
        ("   Ghana thanked Togo.   ", "Ghana thanked Togo."),
    ],
)
def test_marks_belong_to_no_block(line: str, rest: str) -> None:
    assert cut(line) == [rest]


@pytest.mark.parametrize("line", ["2010 was a wet year in Ghana.", "#ghana is a tag.", "-3 degrees were felt in Oslo."])
def test_what_only_looks_like_a_mark_stays(line: str) -> None:
    assert cut(line) == [line]


@pytest.mark.parametrize(
    "dateline",
    [
        "ACCRA (Agency) - ",
        "ACCRA, Ghana (Agency) — ",
        "ACCRA — ",
        "Accra (Agency) – ",
        "LOMÉ - ",
        "ACCRA, June 3 (Agency) - ",
        "ACCRA, June 3 — ",
        "Accra, 3 June 1982 — ",
        "ACCRA, June 3. ",
        "ACCRA, Ghana — ",
        "CAPE COAST: ",
    ],
)
def test_a_dateline_belongs_to_no_block(dateline: str) -> None:
    assert cut(f"{dateline}Ghana thanked Togo on Monday.") == ["Ghana thanked Togo on Monday."]


@pytest.mark.parametrize(
    "line",
    [
        "Ghana (with Togo) - both of them poor - thanked Mali.",
        "NATO thanked Ghana - and Togo - on Monday.",
        "Ghana - a friend - left.",
    ],
)
def test_a_dash_inside_a_sentence_is_no_dateline(line: str) -> None:
    assert cut(line) == [line]


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Ghana Thanks Togo After Floods", True),
        ("Ghana's President Thanks Togo", True),
        ("Ghana thanks Togo after floods", False),
        ("Ghana thanked Togo on Monday.", False),
        ("President Kwame Nkrumah Met President Modibo Keita.", False),
        ("Ghana", False),
    ],
)
def test_headlines_are_known_by_their_capitals(text: str, headline: bool) -> None:
    (block,) = blocks(text)
    assert block.headline is headline


def test_names_keep_their_capitals_in_headlines() -> None:
    text = "Osei Thanks Togo\nIn Lome, the minister Osei thanked Togo, a Friend."
    assert "Osei" in capitalised_names(text, blocks(text))
    assert "Thanks" not in capitalised_names(text, blocks(text))


@pytest.mark.parametrize("text", ["", "\n", "  \n\t\n ", "# ", "- "])
def test_nothing_gives_nothing(text: str) -> None:
    assert [part.strip("#- ") for part in cut(text) if part.strip("#- ")] == []


@given(st.text(alphabet=st.sampled_from("aB .,-#*>\n\t\r1)(—’\u00a0\u2028"), max_size=300))
def test_blocks_are_in_order_apart_and_hold_every_word(text: str) -> None:
    found = blocks(text)
    position = 0
    for block in found:
        assert position <= block.start < block.end <= len(text)
        assert not text[block.end - 1].isspace()
        position = block.end
    inside = sum(sum(c.isalpha() for c in text[b.start : b.end]) for b in found)
    assert sum(c.isalpha() for c in text) - inside <= sum(c.isalpha() for c in text)
