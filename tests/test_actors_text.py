"""How names are cut into words and compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.actors.text import fold, name_key, skeleton, words


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("Goïta", "Goita"),
        ("Erdoğan", "Erdogan"),
        ("Ilham Əliyev", "Ilham Əliyev"),  # a letter of its own, not an accent
        ("São Tomé", "Sao Tome"),
        ("Türkiye", "Turkiye"),
        ("Diyarbakır", "Diyarbakir"),
        ("Łódź", "Łodz"),
        ("Wałęsa", "Walesa"),
        ("d’Ivoire", "d'Ivoire"),
        ("Kim Jong‑un", "Kim Jong-un"),
        ("P5–1", "P5-1"),
    ],
)
def test_accents_and_typographic_marks_are_folded(word, plain):
    assert fold(word) == plain


@pytest.mark.parametrize("word", ["US", "us", "Us", "iPhone", "AKP"])
def test_case_is_kept(word):
    assert fold(word) == word


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Xi Jinping", ["Xi", "Jinping"]),
        ("U.S.", ["U", ".", "S", "."]),
        ("al-Shabaab", ["al", "-", "Shabaab"]),
        ("China's", ["China", "'", "s"]),
        ("China’s", ["China", "'", "s"]),
        ("  blanks \n and\tlines ", ["blanks", "and", "lines"]),
        ("", []),
        ("…", ["..."]),
        ("中国", ["中国"]),
    ],
)
def test_text_is_cut_into_words_and_single_marks(text, cut):
    assert [word for word, _, _ in words(text)] == cut


@given(st.text())
def test_offsets_point_into_the_text_in_order(text):
    last = 0
    for word, start, end in words(text):
        assert last <= start < end <= len(text)
        assert fold(text[start:end]) == word
        last = end


@pytest.mark.parametrize(
    ("one", "other"),
    [("Côte d’Ivoire", "Cote d'Ivoire"), ("Kim  Jong-un", "Kim Jong–un"), ("Assimi Goïta", "Assimi Goita")],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("US", "us"), ("Niger", "Nigeria"), ("al-Shabaab", "al Shabaab")])
def test_different_names_have_different_keys(one, other):
    assert name_key(one) != name_key(other)


@given(st.text("aZéİłı3 ’'-–.&中"))
def test_a_key_is_its_own_key(text):
    key = name_key(text)
    assert name_key(key) == key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Bashar al-Assad", "Bashar Assad"),
        ("Mohammed bin Salman", "Muhammad bin Salman"),
        ("Aleksandr Lukashenko", "Alexandr Lukashenka"),
        ("Valery Zaluzhny", "Valerii Zaluzhnyi"),
        ("Hassan Rouhani", "Hasan Rohani"),
    ],
)
def test_transliterations_share_a_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergei Lavrov", "Sergei Shoigu"),
        ("Imran Khan", "Ayub Khan"),
        ("George Bush", "Jeb Bush"),
        ("Hassan Rouhani", "Hassan Nasrallah"),
    ],
)
def test_different_people_have_different_skeletons(one, other):
    assert skeleton(one) != skeleton(other)


@given(st.text())
def test_a_skeleton_of_anything_is_plain(text):
    assert "  " not in skeleton(text)
