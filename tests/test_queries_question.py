"""Questions: the grammar knows who does what to whom in every form, and says how far it got with others."""

import pytest
from builders import CN, HAMAS, IN, IR, PK, RU, US, actor, fact, person, reading, state
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import KgError, QuestionError, UnknownActorError
from kg.model import FAMILIES, Actor
from kg.queries.grammar import tokens
from kg.queries.lexicon import predicates, verb_forms
from kg.queries.parsing import EXAMPLES, NotUnderstoodError, parse
from kg.queries.qualifiers import Qualifiers
from kg.queries.question import answer, resolve, understand
from kg.relations import ontology
from kg.store import open_store

WORDS = ["who", "whom", "is", "does", "backed", "backs", "by", "China", "'s", "the", "at", "war", "with"]
BACKING = tuple(card.id for card in ontology().family("backing"))


def clauses(text):
    """The readings that are one clause without bounds."""
    return [r.clauses[0] for r in parse(text) if len(r.clauses) == 1 and r.qualifiers == Qualifiers() and not r.without]


def first(text):
    (clause,) = parse(text)[0].clauses
    return clause.source, " ".join(clause.predicate.words), clause.target


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # active
        ("who backs Pakistan", (None, "back", "Pakistan")),
        ("Who backs Pakistan?", (None, "back", "Pakistan")),
        ("WHO BACKS PAKISTAN ??", (None, "back", "PAKISTAN")),
        ("who backed the Taliban", (None, "back", "the Taliban")),
        ("who is backing Pakistan", (None, "back", "Pakistan")),
        ("who has backed Pakistan", (None, "back", "Pakistan")),
        ("who has been backing Pakistan", (None, "back", "Pakistan")),
        ("who did back Pakistan", (None, "back", "Pakistan")),
        ("who openly still backs Pakistan", (None, "back", "Pakistan")),
        ("which countries back Pakistan", (None, "back", "Pakistan")),
        ("what country backs Pakistan", (None, "back", "Pakistan")),
        ("who backs whom", (None, "back", None)),
        ("who backs who", (None, "back", None)),
        ("who backs anyone", (None, "back", None)),
        ("China backs whom", ("China", "back", None)),
        ("China backs Pakistan", ("China", "back", "Pakistan")),
        # the other end
        ("whom does China back", ("China", "back", None)),
        ("who does China back", ("China", "back", None)),
        ("who did China back", ("China", "back", None)),
        ("whom has China backed", ("China", "back", None)),
        ("whom is China backing", ("China", "back", None)),
        ("which states has China been backing", ("China", "back", None)),
        ("whom do the United States back", ("the United States", "back", None)),
        # whether
        ("does China back Pakistan", ("China", "back", "Pakistan")),
        ("did China back Pakistan?", ("China", "back", "Pakistan")),
        ("has China backed Pakistan", ("China", "back", "Pakistan")),
        ("is China backing Pakistan", ("China", "back", "Pakistan")),
        ("has China been backing Pakistan", ("China", "back", "Pakistan")),
        ("does anybody back Hamas", (None, "back", "Hamas")),
        ("does Bosnia and Herzegovina trade with Haiti", ("Bosnia and Herzegovina", "trade with", "Haiti")),
        # passive
        ("who is backed by China", ("China", "back", None)),
        ("who was backed by China", ("China", "back", None)),
        ("who has been backed by China", ("China", "back", None)),
        ("who is being backed by China", ("China", "back", None)),
        ("Pakistan is backed by whom", (None, "back", "Pakistan")),
        ("who is Pakistan backed by", (None, "back", "Pakistan")),
        ("who was Pakistan backed by", (None, "back", "Pakistan")),
        ("whom has Pakistan been backed by", (None, "back", "Pakistan")),
        ("by whom is Pakistan backed", (None, "back", "Pakistan")),
        ("by which countries is Pakistan backed", (None, "back", "Pakistan")),
        ("is Pakistan backed by China", ("China", "back", "Pakistan")),
        ("was Pakistan ever backed by China", ("China", "back", "Pakistan")),
        ("has Pakistan been backed by China", ("China", "back", "Pakistan")),
        ("is anyone backed by China", ("China", "back", None)),
        # be with a noun or adjective, and prepositions left behind
        ("who is allied with Russia", (None, "be allied with", "Russia")),
        ("whom is Russia allied with", ("Russia", "be allied with", None)),
        ("with whom is Russia allied", ("Russia", "be allied with", None)),
        ("with whom does Russia trade", ("Russia", "trade with", None)),
        ("who are the allies of Russia", (None, "be ally of", "Russia")),
        ("who is an ally of Russia", (None, "be ally of", "Russia")),
        ("who are Russia's allies?", (None, "be ally of", "Russia")),
        ("who are the United States’ enemies?", (None, "be enemy of", "the United States")),
        ("is Iran an ally of Russia", ("Iran", "be ally of", "Russia")),
        ("is Pakistan a member of the SCO", ("Pakistan", "be member of", "the SCO")),
        ("who has been at war with Ukraine", (None, "be at war with", "Ukraine")),
        ("who is against the deal", (None, "be against", "the deal")),
        # said by the other end
        ("who buys weapons from Russia", ("Russia", "buy weapons from", None)),
        ("whom does India buy arms from", (None, "buy arms from", "India")),
        ("does India get weapons from Russia", ("Russia", "get weapons from", "India")),
        # names that need care
        ("who backs the People's Liberation Army", (None, "back", "the People's Liberation Army")),
        ("who backs 'South Africa'?", (None, "back", "South Africa")),
        ("who backs “South Africa”?", (None, "back", "South Africa")),
        ("  who   backs\tSouth  Africa ", (None, "back", "South  Africa")),
        ("who backs Back", (None, "back", "Back")),
        ("what does India claim", ("India", "claim", None)),
    ],
)
def test_every_form_has_its_direction(text, expected):
    assert first(text) == expected


@pytest.mark.parametrize("card", ontology().relations.values(), ids=lambda card: card.id)
def test_every_relation_can_be_asked_for(card):
    phrases = [p for p in predicates() if p.relations == (card.id,) and p.family is None]
    assert phrases


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_can_be_asked_for(family):
    phrases = [p for p in predicates() if p.family == family]
    assert phrases
    assert {p.relations for p in phrases} == {tuple(card.id for card in ontology().family(family))}


@pytest.mark.parametrize("predicate", predicates(), ids=lambda p: " ".join(p.words))
def test_every_phrase_is_read_in_every_form(predicate):
    """Active, past, whether, and from either end: the same triple, or the inverted one, whatever the verb."""
    rest = " ".join(predicate.rest)
    ends = ("B", "C") if predicate.inverted else ("C", "B")

    def meant(text):
        return {(c.source, c.target) for c in clauses(text) if c.predicate.relations == predicate.relations}

    def only(**known):
        return tuple(known.get(end) for end in ends)

    if predicate.verb == "be":
        assert only(B="B") in meant(f"who is {rest} B")
        assert only(B="B") in meant(f"who were {rest} B?")
        assert only(C="C") in meant(f"whom is C {rest}")
        assert only(C="C", B="B") in meant(f"is C {rest} B")
        return
    forms = {form: word for word, found in verb_forms().items() for p, form in found if p == predicate}
    assert set(forms) == {"base", "third", "past", "participle", "ing"}
    assert only(B="B") in meant(f"who {forms['third']} {rest} B")
    assert only(B="B") in meant(f"who {forms['past']} {rest} B")
    assert only(B="B") in meant(f"who is {forms['ing']} {rest} B")
    assert only(B="B") in meant(f"who has {forms['participle']} {rest} B")
    assert only(C="C") in meant(f"whom does C {forms['base']} {rest}")
    assert only(C="C", B="B") in meant(f"does C {forms['base']} {rest} B?")
    if not rest:
        assert only(B="B") in meant(f"who is B {forms['participle']} by")
        assert only(C="C") in meant(f"who is {forms['participle']} by C")
        assert only(C="C", B="B") in meant(f"was B {forms['participle']} by C")


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("supply", "supply supplies supplied supplied supplying"),
        ("ally", "ally allies allied allied allying"),
        ("deploy", "deploy deploys deployed deployed deploying"),
        ("clash", "clash clashes clashed clashed clashing"),
        ("embargo", "embargo embargoes embargoed embargoed embargoing"),
        ("invade", "invade invades invaded invaded invading"),
        ("agree", "agree agrees agreed agreed agreeing"),
        ("strike", "strike strikes struck struck striking"),
        ("cut", "cut cuts cut cut cutting"),
        ("expel", "expel expels expelled expelled expelling"),
        ("fight", "fight fights fought fought fighting"),
    ],
)
def test_inflection(verb, forms):
    order = ("base", "third", "past", "participle", "ing")
    known = {form: word for word, found in verb_forms().items() for p, form in found if p.verb == verb}
    assert [known[form] for form in order] == forms.split()


@pytest.mark.parametrize(
    ("text", "read", "rest"),
    [
        ("", "", ""),
        ("   ?", "", ""),
        ("who", "who", ""),
        ("who backs", "who backs", ""),
        ("who bakcs Pakistan", "who", "bakcs Pakistan"),
        ("whom does China bakc?", "whom does China", "bakc"),
        ("hello there", "", "hello there"),
        ("who is Pakistan", "who is", "Pakistan"),
        ("backs Pakistan", "", "backs Pakistan"),
        ("does back Pakistan", "does", "back Pakistan"),
        ("who doesn't back Pakistan", "who", "doesn't back Pakistan"),
        ("who will back Pakistan", "who", "will back Pakistan"),
        ("who back by China", "who back", "by China"),
        ("China Pakistan", "", "China Pakistan"),
        ("whom does China back Pakistan", "whom does China back", "Pakistan"),
    ],
)
def test_what_is_no_question_says_how_far_it_was_read(text, read, rest):
    with pytest.raises(NotUnderstoodError) as caught:
        parse(text)
    assert (caught.value.read, caught.value.rest) == (read, rest)
    assert caught.value.nearest
    assert all(question in str(caught.value) for question in caught.value.nearest)
    assert isinstance(caught.value, QuestionError)


def test_the_nearest_questions_can_be_asked():
    with pytest.raises(NotUnderstoodError) as caught:
        parse("who bakcs Pakistan?")
    assert caught.value.nearest[0] == "who backs Pakistan"
    for question in (*caught.value.nearest, *EXAMPLES):
        assert parse(question)


@given(st.text(max_size=60) | st.lists(st.sampled_from(WORDS)).map(" ".join))
@settings(deadline=None)
def test_whatever_is_typed_is_read_or_refused(text):
    try:
        readings = parse(text)
    except NotUnderstoodError:
        return
    assert readings
    for one in readings:
        names = [*one.ends, *(end for c in (*one.clauses, *one.without) for end in (c.source, c.target))]
        assert all(name is None or name in text for name in names)


def test_tokens_know_their_place():
    text = "Who are “Russia’s” allies?"
    assert [text[t.start : t.end] for t in tokens(text)] == ["Who", "are", "Russia", "’s", "allies"]


# -- actors


@pytest.fixture
def store(tmp_path):
    north, south = state("kp", "North Korea"), state("kr", "South Korea")
    names = {
        "us": ["USA", "U.S.", "America", "Washington"],
        "kp": ["Korea"],
        "kr": ["Korea"],
        "person.w": ["Washington"],
    }
    with open_store(tmp_path / "news.db", create=True) as store:
        store.write(
            [
                reading(
                    "a",
                    fact(CN, "supports", PK),
                    fact(US, "sanctions", IR),
                    fact(north, "opposes", south),
                    fact(person("person.w", "George Washington"), "praises", HAMAS),
                    fact(PK, "allied_with", CN),
                    fact(RU, "arms", IN, status="planned"),
                )
            ],
            aliases=lambda identity: names.get(identity, ()),
        )
        yield store


@pytest.mark.parametrize(
    ("text", "source", "target", "asks"),
    [
        ("who backs pakistan?", None, PK, "source"),
        ("whom does the USA sanction", US, None, "target"),
        ("is Iran sanctioned by the U.S.?", US, IR, "whether"),
        ("who is sanctioned by America", US, None, "target"),
        ("who backs whom", None, None, "pairs"),
        ("does anyone back Pakistan", None, PK, "whether"),
        ("who opposes kr", None, state("kr", "South Korea"), "source"),
        ("who backs Washington", None, US, "source"),
    ],
)
def test_actors_are_looked_up(store, text, source, target, asks):
    question = understand(text, store)
    assert (question.source, question.target, question.asks) == (source, target, asks)


def test_families_and_relations_are_told_apart(store):
    back, support = understand("who backs Pakistan", store), understand("who supports Pakistan", store)
    assert (back.family, back.relations) == ("backing", BACKING)
    assert (support.family, support.relations) == (None, ("supports",))


def test_unknown_actors_come_with_suggestions(store):
    with pytest.raises(UnknownActorError, match="Did you mean Pakistan") as caught:
        understand("who backs Pakistn?", store)
    assert caught.value.name == "Pakistn"
    with pytest.raises(UnknownActorError):
        understand("who backs Wakanda", store)


def test_the_fallback_knows_actors_the_store_has_not_seen(store):
    chad = state("td", "Chad", "TCD")
    catalogue = {"Chad": [chad]}

    def lookup(name):
        return catalogue.get(name, [])

    question = understand("who backs Chad", store, lookup)
    assert question.target == chad
    assert not answer(store, question).found
    assert understand("who backs Pakistan", store, lookup).target == PK
    with pytest.raises(UnknownActorError):
        understand("who backs Wakanda", store, lookup)


def test_a_name_that_several_share_is_not_guessed(store):
    with pytest.raises(QuestionError, match=r"North Korea \(kp\), South Korea \(kr\)") as caught:
        understand("who opposes Korea", store)
    assert not isinstance(caught.value, NotUnderstoodError)
    assert isinstance(caught.value, KgError)


def test_an_own_name_goes_before_an_alias(store):
    jordan, player = state("jo", "Jordan"), Actor("person.mj", "Michael Jordan", "person")
    store.write([reading("b", fact(jordan, "praises", player))], aliases=lambda i: ["Jordan"])
    assert resolve("jordan", store) == jordan
    assert resolve("michael jordan", store) == player
    two = actor("x1", "Front"), actor("x2", "Front")
    store.write([reading("c", fact(two[0], "fights", two[1]))])
    with pytest.raises(QuestionError):
        resolve("Front", store)
    assert resolve("x2", store) == two[1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("who backs Pakistan", [("cn", "supports", "pk"), ("cn", "allied_with", "pk")]),
        ("whom does China back", [("cn", "supports", "pk"), ("cn", "allied_with", "pk")]),
        ("whom does Pakistan back", [("pk", "allied_with", "cn")]),
        ("who supports China", []),
        ("does China back Pakistan", [("cn", "supports", "pk"), ("cn", "allied_with", "pk")]),
        ("does Pakistan support China", []),
        ("who arms India", []),
        ("who is America sanctioned by", []),
        ("who is sanctioned by America", [("us", "sanctions", "ir")]),
    ],
)
def test_answers_follow_the_question(store, text, expected):
    found = answer(store, understand(text, store))
    assert [(row.source.id, row.relation, row.target.id) for row in found.facts] == expected
