"""Blocks -> trees, with the model: offsets hold, names and titles are one word each, lemmas those of the triggers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from golden_cases import load_cases, triple
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import KgError
from kg.extract import Extractor
from kg.extract.blocks import blocks, capitalised_names
from kg.extract.lexicon import lexicon
from kg.extract.pipeline import Parser
from kg.extract.tree import Token, Tree
from kg.extract.vocabulary import vocabulary
from kg.model import Document


def parse(extractor: Extractor, text: str) -> list[Tree]:
    found = blocks(text)
    keep = capitalised_names(text, found)
    jobs = [(text[b.start : b.end], b.start, b.headline, keep) for b in found]
    return [tree for trees in extractor.parser.parse(jobs) for tree in trees]


def tokens(extractor: Extractor, text: str) -> Iterator[Token]:
    for tree in parse(extractor, text):
        yield from tree.tokens


def names(extractor: Extractor, text: str) -> list[tuple[str, list[str]]]:
    """The tokens that hold names, each with the ids that its names can mean."""
    return [(t.text, [actor for hit in t.hits for actor, _ in hit.meanings]) for t in tokens(extractor, text) if t.hits]


ODD_TEXTS = [
    "Ghana’s “friend”, Togo—its neighbour—left…",
    "  Ghana\u00a0thanked Togo.\r\n\r\n\tMali did not.  ",
    "Côte d'Ivoire thanked São Tomé and Príncipe 🙂 on Monday.",
    "GHANA THANKS TOGO\nBy A. Writer\n\n# Title\n- item one\n",
    "e\u0301lite troops of Ghana (and Togo's) met U.S.-backed men at 5p.m.",
    "Ghana-Togo-Mali talks; India/Pakistan; US–China; pro-Iranian; Iran-\nbacked.",
    "don't can't won't U.N.'s the U.S.'s Ghana's' '''' \"\"",
    "مرحبا Ghana 中国 Togo",
    "a\u2028b\x0bGhana\x0cTogo\x85Mali",
]


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_offsets_slice_to_the_words_as_they_stand(extractor: Extractor, text: str) -> None:
    for tree in parse(extractor, text):
        assert text[tree.start : tree.end] == tree.text
        for token in tree.tokens:
            assert text[token.start : token.end] == token.text
            for hit in token.hits:
                assert hit.text in token.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.sampled_from(
            [
                "Ghana",
                "the",
                "United States",
                "North and South Korea",
                "Iran-backed",
                "India-Pakistan",
                "foreign minister",
                "Prime Minister",
                "thanked",
                ",",
                "'s",
                "-",
                "“",
                ".",
                "\n",
                "  ",
                "pro-",
                "Xi Jinping",
                "’",
                "(",
                "US",
                "\t",
            ]
        ),
        max_size=25,
    )
)
def test_whatever_is_put_together_offsets_hold(extractor: Extractor, words: list[str]) -> None:
    text = " ".join(words)
    position = 0
    for token in tokens(extractor, text):
        assert position <= token.start < token.end
        assert text[token.start : token.end] == token.text
        position = token.end


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Israel began a ground operation near the Ta Muen Thom temple on Saturday.", 1),
        ("Chad left on Friday. Togo stayed.", 2),
        ("Chad left! togo.example stayed.", 2),
    ],
)
def test_a_name_is_in_one_sentence(extractor: Extractor, text: str, sentences: int) -> None:
    assert len(parse(extractor, text)) == sentences


def test_nothing_of_a_sentence_is_lost(extractor: Extractor) -> None:
    text = "\n".join(case.document.text for case in load_cases()[::5])
    kept = "".join(t.text for t in tokens(extractor, text))
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The United Arab Emirates thanked Togo.", ["United Arab Emirates", "Togo"]),
        ("Papua New Guinea and Timor-Leste left.", ["Papua New Guinea", "Timor-Leste"]),
        ("India-Pakistan talks began.", ["India-Pakistan"]),
        ("North and South Korea left.", ["North", "South Korea"]),
        ("The Iran-backed group left.", ["Iran-backed"]),
        ("The pro-Iranian group left.", ["pro-Iranian"]),
    ],
)
def test_a_name_is_one_word(extractor: Extractor, text: str, expected: list[str]) -> None:
    assert [word for word, _ in names(extractor, text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("India-Pakistan talks began.", ["India", "Pakistan"]),
        ("US–China tensions grew.", ["United States", "China"]),
        ("North and South Korea left.", ["North Korea", "South Korea"]),
        ("North or South Korea left.", ["North Korea", "South Korea"]),
    ],
)
def test_pairs_hold_both(extractor: Extractor, text: str, expected: list[str]) -> None:
    found = [extractor.catalogue.actor(actor).name for _, actors in names(extractor, text) for actor in actors]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("The Iran-backed group left.", "backed"),
        ("The Turkish-occupied north froze.", "occupied"),
        ("The pro-Iranian group left.", "pro"),
        ("The anti-French crowd left.", "anti"),
    ],
)
def test_compounds_with_a_name_keep_their_other_part(extractor: Extractor, text: str, joined: str) -> None:
    assert [t.joined for t in tokens(extractor, text) if t.joined] == [joined]


@pytest.mark.parametrize(
    "text",
    ["Ghana backed Togo.", "India-Pakistan talks began.", "A well-armed group left.", "Ghana - backed by Togo - left."],
)
def test_other_words_are_no_compounds(extractor: Extractor, text: str) -> None:
    assert [t.joined for t in tokens(extractor, text) if t.joined] == []


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("The foreign minister left.", ["foreign minister"]),
        ("The Foreign Ministers of Ghana and Togo left.", ["foreign minister"]),
        ("The secretary-general left.", ["secretary-general"]),
        ("The minister left.", []),
        ("Foreign affairs are a minister's work.", []),
    ],
)
def test_a_title_of_several_words_is_one_word(extractor: Extractor, text: str, titles: list[str]) -> None:
    assert [t.title for t in tokens(extractor, text) if t.title] == titles


def test_a_plural_title_stays_plural(extractor: Extractor) -> None:
    (title,) = [t for t in tokens(extractor, "The foreign ministers of Ghana and Togo met on Monday.") if t.title]
    assert title.is_plural
    assert title.text == "foreign ministers"


def test_headlines_have_verbs(extractor: Extractor) -> None:
    found = {t.text: t.tag for t in tokens(extractor, "China Praises Pakistan After Long Talks")}
    assert found["Praises"].startswith("VB")
    assert found["China"].startswith("NNP")


def test_a_quotation_that_runs_on_is_marked(extractor: Extractor) -> None:
    first, second, third = parse(
        extractor, '"We thank Togo. It helped us when nobody did," the minister said. Rain fell on Lomé.'
    )
    assert (first.quoted, second.quoted, third.quoted) == (False, True, False)


# --- lemmas -----------------------------------------------------------------------------------------------------------

VOWELS = "aeiou"


def regular_forms(verb: str) -> list[tuple[str, str]]:
    """The forms of a regular verb as (form, tag); those in which the last letter may double are left out."""
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb.endswith(("ee", "oe", "ye")):
        return [(verb + "s", "VBZ"), (verb + "d", "VBD"), (verb + "ing", "VBG")]
    if verb.endswith("ie"):
        return [(verb + "s", "VBZ"), (verb + "d", "VBD")]
    if verb.endswith("e"):
        return [(verb + "s", "VBZ"), (verb + "d", "VBD"), (stem + "ing", "VBG")]
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return [(verb[:-1] + "ies", "VBZ"), (verb[:-1] + "ied", "VBD"), (verb + "ing", "VBG")]
    if verb.endswith(("s", "x", "z", "ch", "sh")):
        return [(verb + "es", "VBZ"), (verb + "ed", "VBD"), (verb + "ing", "VBG")]
    if verb[-1] not in VOWELS and verb[-2] in VOWELS and verb[-3:-2] not in tuple(VOWELS):
        return [(verb + "s", "VBZ")]
    return [(verb + "s", "VBZ"), (verb + "ed", "VBD"), (verb + "ing", "VBG")]


IRREGULAR = frozenset(
    [
        "be",
        "have",
        "do",
        "go",
        "can",
        "undergo",
        "forego",
        "forgo",
        "could",
        "see",
        "say",
        "pay",
        "lay",
        "lead",
        "feed",
        "meet",
        "read",
        "deal",
        "mean",
        "leave",
        "feel",
        "keep",
        "sleep",
        "sweep",
        "creep",
        "weep",
        "spend",
        "send",
        "lend",
        "bend",
        "build",
        "rebuild",
        "hold",
        "withhold",
        "uphold",
        "behold",
        "stand",
        "withstand",
        "understand",
        "find",
        "bind",
        "wind",
        "grind",
        "bring",
        "think",
        "seek",
        "buy",
        "fight",
        "catch",
        "teach",
        "tell",
        "sell",
        "foretell",
        "outsell",
        "strike",
        "stick",
        "swing",
        "cling",
        "fling",
        "sting",
        "string",
        "make",
        "take",
        "undertake",
        "overtake",
        "retake",
        "mistake",
        "shake",
        "forsake",
        "give",
        "forgive",
        "speak",
        "break",
        "steal",
        "freeze",
        "choose",
        "weave",
        "write",
        "rewrite",
        "ride",
        "drive",
        "strive",
        "rise",
        "arise",
        "know",
        "grow",
        "throw",
        "overthrow",
        "blow",
        "show",
        "draw",
        "withdraw",
        "fly",
        "swear",
        "wear",
        "bear",
        "tear",
        "lose",
        "come",
        "become",
        "overcome",
        "run",
        "overrun",
        "begin",
        "sing",
        "sink",
        "drink",
        "ring",
        "spring",
        "shrink",
        "swim",
        "win",
        "put",
        "cut",
        "set",
        "hit",
        "let",
        "shut",
        "quit",
        "bid",
        "forbid",
        "cast",
        "broadcast",
        "forecast",
        "burst",
        "cost",
        "hurt",
        "spread",
        "thrust",
        "upset",
        "offset",
        "sit",
        "get",
        "forget",
        "beget",
        "shoot",
        "hang",
        "hear",
        "fall",
        "eat",
        "lie",
        "die",
        "tie",
        "vie",
        "lend",
        "bleed",
        "breed",
        "speed",
        "flee",
        "light",
        "slide",
        "hide",
        "bite",
        "sew",
        "sow",
        "mow",
        "saw",
        "awake",
        "wake",
        "wet",
        "wed",
        "rid",
        "split",
    ]
)
"""Verbs whose regular forms are no English; their own are below."""


def test_every_verb_that_counts_is_found_again_in_its_forms(extractor: Extractor) -> None:
    words = vocabulary()
    verbs = {t.words[t.at] for t in lexicon().triggers if t.part == "verb"}
    verbs |= {lemma for part, lemma in words.cues if part in ("verb", "clause_verb")}
    verbs |= words.says | words.light | words.receiving | words.object_control
    lemma = extractor.parser._lemma
    wrong = [
        f"{form}/{tag} -> {lemma(form, tag)}"
        for verb in sorted(verbs)
        if len(verb) > 2 and verb.isalpha() and verb not in IRREGULAR
        for form, tag in regular_forms(verb)
        if lemma(form, tag) != verb and lemma(form, tag) + "e" != verb  # "lambast" and "lambaste" are both verbs
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("form", "tag", "lemma"),
    [
        *(
            (form, "VBD", lemma)
            for form, lemma in (
                pair.split(":")
                for pair in [
                    "sent:send",
                    "gave:give",
                    "held:hold",
                    "met:meet",
                    "struck:strike",
                    "sold:sell",
                    "bought:buy",
                    "lent:lend",
                    "fought:fight",
                    "broke:break",
                    "sought:seek",
                    "withdrew:withdraw",
                    "withheld:withhold",
                    "upheld:uphold",
                    "led:lead",
                    "hit:hit",
                    "said:say",
                    "forbade:forbid",
                    "swore:swear",
                    "flew:fly",
                    "froze:freeze",
                    "overthrew:overthrow",
                    "overran:overrun",
                    "sank:sink",
                    "stole:steal",
                    "fled:flee",
                    "dealt:deal",
                    "expelled:expel",
                    "rebuffed:rebuff",
                    "cancelled:cancel",
                    "canceled:cancel",
                    "barred:bar",
                    "banned:ban",
                    "rammed:ram",
                    "snubbed:snub",
                    "allied:ally",
                    "vetoed:veto",
                    "hoped:hope",
                    "waged:wage",
                    "staged:stage",
                    "fined:fine",
                ]
            )
        ),
        ("given", "VBN", "give"),
        ("sworn", "VBN", "swear"),
        ("withdrawn", "VBN", "withdraw"),
        ("overthrown", "VBN", "overthrow"),
        ("shelling", "VBG", "shell"),
        ("vetoes", "VBZ", "veto"),
        ("armies", "NNS", "army"),
        ("allies", "NNS", "ally"),
        ("foes", "NNS", "foe"),
        ("bases", "NNS", "base"),
        ("doses", "NNS", "dose"),
        ("ties", "NNS", "tie"),
        ("crises", "NNS", "crisis"),
        ("hostilities", "NNS", "hostility"),
    ],
)
def test_lemmas_of_words_that_are_not_regular(extractor: Extractor, form: str, tag: str, lemma: str) -> None:
    assert extractor.parser._lemma(form, tag) == lemma


# --- the model --------------------------------------------------------------------------------------------------------


def test_a_model_that_is_not_installed_is_named_with_what_to_do(extractor: Extractor) -> None:
    with pytest.raises(KgError, match="'no_such_model' is not installed; install it"):
        Parser(extractor.catalogue, extractor.words, model="no_such_model")


def test_the_version_names_the_model(extractor: Extractor) -> None:
    assert extractor.parser.version.startswith("en_core_web_sm")
    assert extractor.parser.version.split("-")[-1][0].isdigit()


def test_fast_and_plain_arithmetic_read_the_same(extractor: Extractor) -> None:
    documents = [Document(id=case.id, text=case.document.text, date=case.document.date) for case in load_cases()[::4]]
    plain = Extractor(extractor.catalogue, fast=False)

    def triples(reader: Extractor) -> list[list[object]]:
        return [
            [
                (triple(a.source.actor.name, a.relation, a.target.actor.name, a.polarity, a.status), a.id)
                for a in r.assertions
            ]
            for r in reader.read(documents, [])
        ]

    assert triples(plain) == triples(extractor)


def test_words_that_are_new_late_are_forgotten(extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    vocab = extractor.parser._nlp.vocab
    parse(extractor, "Ghana thanked the qzorvish envoy.")
    monkeypatch.setattr("kg.extract.pipeline.WORDS", 0)
    text = "Ghana thanked the vrelkish envoy."
    first, again = parse(extractor, text), parse(extractor, text)
    assert [t.text for t in first[0].tokens] == [t.text for t in again[0].tokens]
    assert "qzorvish" in vocab
    assert "vrelkish" not in vocab
    assert "vrelkish" not in vocab.strings
