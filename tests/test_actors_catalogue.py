"""The catalogue: names found in a text, people by surname and office, what rolls up to what on a day."""

import pytest

from kg.actors.catalogue import Catalogue, catalogue
from kg.actors.compiler import compile_files

SMALL = """
[[actor]]
id = "au"
name = "Australia"
kind = "state"
names = ["AUS"]
demonyms = ["Australian", "Australians"]
seats = ["Canberra"]
[[actor]]
id = "gh"
name = "Ghana"
kind = "state"
[[actor]]
id = "org.au"
name = "African Union"
kind = "organisation"
names = ["AU", "A.U."]
members = ["gh"]
dated_members = [{ id = "au", since = "2001", until = "2002" }]
[[actor]]
id = "org.au-council"
name = "African Union Council"
kind = "organisation"
rolls_up_to = "org.au"
part_of = ["org.au"]
[[actor]]
id = "gh.army"
name = "Ghana Army"
kind = "organisation"
sector = "military"
rolls_up_to = "gh"
[[actor]]
id = "gh.brigade"
name = "First Brigade"
kind = "organisation"
sector = "military"
rolls_up_to = "gh.army"
[[actor]]
id = "person.double"
name = "Jo Double"
kind = "person"
sector = "opposition"
names = ["The Twin"]
[[actor]]
id = "org.twin"
name = "Twin Peaks"
kind = "organisation"
[[phrase]]
why = "seas"
texts = ["Ghana Sea", "Australian Alps"]
[[office]]
of = "gh"
title = "President"
role = "head_of_state"
source = "x"
verified = false
holders = [
    { name = "Ann Mensah", since = "2001-01-07", until = "2009-01-07" },
    { name = "Bob Owusu", since = "2009-01-07", until = "2013" },
    { name = "Cid Boateng", since = "2013" },
]
[[office]]
of = "gh"
title = "Foreign Minister"
role = "foreign_minister"
source = "x"
verified = false
holders = [
    { name = "Dan Mensah", since = "2005", until = "2010" },
    { name = "Eve Adu", names = ["Eva Adoo"], since = "2010", until = "2014" },
    { name = "Sergei Petrovich Lavrow", since = "2014" },
]
[[office]]
of = "org.au"
title = "Chairperson"
role = "secretary_general"
source = "x"
verified = false
holders = [{ name = "Bob Owusu", since = "2014", until = "2018" }]
[[office]]
of = "au"
title = "King"
role = "head_of_state"
source = "x"
verified = false
holders = [{ name = "Rex Mensah", since = "2001", until = "2003" }]
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    path = tmp_path_factory.mktemp("actors") / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    return Catalogue(compile_files([path]))


@pytest.fixture(scope="module")
def world():
    return catalogue()


def found(names, text):
    return [(hit.text, [actor for actor, _ in hit.meanings]) for hit in names.find(text)]


# --- names in a text --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the African Union Council met", [("African Union Council", ["org.au-council"])]),
        ("the African Union met", [("African Union", ["org.au"])]),
        ("African union", []),
        ("AU, not au, met", [("AU", ["org.au"])]),
        ("the A.U. met", [("A.U.", ["org.au"])]),
        ("Australia's Canberra", [("Australia", ["au"]), ("Canberra", ["au"])]),
        ("Australians met Ghana", [("Australians", ["au"]), ("Ghana", ["gh"])]),
        ("the Ghana Sea near Ghana", [("Ghana Sea", []), ("Ghana", ["gh"])]),
        ("the Australian Alps", [("Australian Alps", [])]),
        ("the Australian alps", [("Australian", ["au"])]),
        ("AUSTRALIA AND GHANA MEET", [("AUSTRALIA", ["au"]), ("GHANA", ["gh"])]),
        ("Mail us@Ghana or #Ghana or x.Ghana", []),
        ("Write to ghana. Ghana answers.", [("Ghana", ["gh"])]),
        ("Ghanaland and Austral", []),
        ("Ghana-Australia talks", [("Ghana", ["gh"]), ("Australia", ["au"])]),
        ("Ann Mensah", [("Ann Mensah", ["person.ann-mensah"])]),
        ("Mensah alone", []),
        ("", []),
        ("...", []),
    ],
)
def test_the_longest_name_in_its_own_case_is_found(small, text, expected):
    assert found(small, text) == expected


@pytest.mark.parametrize("text", ["Ghana  Army", "Ghana\nArmy", "Ghana\tArmy"])
def test_blanks_of_any_kind_stand_between_the_words_of_a_name(small, text):
    (hit,) = small.find(text)
    assert (hit.start, hit.end, hit.text, hit.meanings) == (0, len(text), text, (("gh.army", "name"),))


@pytest.mark.parametrize(
    "text",
    [
        "China backs Pakistan in the South China Sea, Xi Jinping said.",
        "“Türkiye” and Côte d’Ivoire met the U.S. – twice.",
        "中国 US",
    ],
)
def test_hits_are_quoted_from_the_text_in_order_and_do_not_overlap(world, text):
    last = 0
    for hit in world.find(text):
        assert last <= hit.start < hit.end
        assert text[hit.start : hit.end] == hit.text
        last = hit.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Xi Jinping", [("Xi Jinping", ["person.xi-jinping"])]),
        ("the New Mexico senate", ["nothing"]),
        ("Guinea-Bissau", [("Guinea-Bissau", ["gw"])]),
        ("Papua New Guinea", [("Papua New Guinea", ["pg"])]),
        ("the Republic of the Congo", [("Republic of the Congo", ["cg"])]),
        ("the Democratic Republic of the Congo", [("Democratic Republic of the Congo", ["cd"])]),
        ("South Sudan", [("South Sudan", ["ss"])]),
        ("Niger and Nigeria", [("Niger", ["ne"]), ("Nigeria", ["ng"])]),
        ("Dominica, not the Dominican Republic", [("Dominica", ["dm"]), ("Dominican Republic", ["do"])]),
        ("Iran and Iraq", [("Iran", ["ir"]), ("Iraq", ["iq"])]),
        ("Austria, Australia", [("Austria", ["at"]), ("Australia", ["au"])]),
        ("Slovakia, Slovenia", [("Slovakia", ["sk"]), ("Slovenia", ["si"])]),
        ("Mauritania, Mauritius", [("Mauritania", ["mr"]), ("Mauritius", ["mu"])]),
        ("Latvia, Lithuania", [("Latvia", ["lv"]), ("Lithuania", ["lt"])]),
        ("told us that it is in the can", []),
    ],
)
def test_names_that_hold_or_resemble_each_other_are_told_apart(world, text, expected):
    got = found(world, text)
    if expected == ["nothing"]:
        assert [actors for _, actors in got] == [[]]
    else:
        assert got == expected


# --- who a name can mean ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("African Union", ["org.au"]),
        ("african union", ["org.au"]),
        ("the African Union", ["org.au"]),
        ("AU", ["org.au"]),
        ("au", ["org.au"]),
        ("Canberra", ["au"]),
        ("Nowhere", []),
        ("", []),
    ],
)
def test_lookup_takes_any_case_but_prefers_the_exact_one(small, name, ids):
    assert [actor.id for actor in small.lookup(name)] == ids


def test_names_near_to_an_unknown_one_are_suggested(world):
    assert "Pakistan" in world.suggest("Pakistn")
    assert world.suggest("Kazakstan")[0] == "Kazakhstan"
    assert len(world.suggest("Irann", n=2)) <= 2
    assert world.suggest("qqqqqqqqqq") == ()


def test_an_unknown_id_is_a_key_error(small):
    with pytest.raises(KeyError):
        small.actor("xx")
    assert "xx" not in small
    assert small.aliases("xx") == ()


def test_aliases_begin_with_the_usual_name(small):
    assert small.aliases("au")[0] == "Australia"
    assert set(small.aliases("au")) >= {"AUS", "Canberra"}


# --- time -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actor", "day", "state"),
    [
        ("person.ann-mensah", "2001-01-06", "person.ann-mensah"),
        ("person.ann-mensah", "2001-01-07", "gh"),
        ("person.ann-mensah", "2009-01-07", "gh"),
        ("person.ann-mensah", "2009-01-08", "person.ann-mensah"),
        ("person.ann-mensah", "2009", "gh"),
        ("person.ann-mensah", "2009-02", "person.ann-mensah"),
        ("person.bob-owusu", "2013-12-31", "gh"),  # a term until 2013 holds the whole year
        ("person.bob-owusu", "2014-05-05", "org.au"),
        ("person.bob-owusu", "2019-05-05", "person.bob-owusu"),
        ("person.bob-owusu", None, "person.bob-owusu"),  # two offices: no day, no choice
        ("person.ann-mensah", None, "gh"),
        ("person.cid-boateng", "2030-01-01", "gh"),
        ("person.double", "2010-01-01", "person.double"),
        ("gh.army", None, "gh"),
        ("gh.brigade", "2010-01-01", "gh"),
        ("org.au-council", None, "org.au"),
        ("org.au", None, "org.au"),
        ("gh", "1900-01-01", "gh"),
    ],
)
def test_an_actor_rolls_up_to_what_its_office_says_on_the_day(small, actor, day, state):
    assert small.state(actor, day).id == state


@pytest.mark.parametrize(
    ("day", "persons"),
    [
        ("2004-06-01", ["person.ann-mensah"]),
        ("2007-06-01", ["person.ann-mensah"]),  # the president before her minister
        ("2009-06-01", ["person.dan-mensah"]),
        ("2002-06-01", ["person.ann-mensah", "person.rex-mensah"]),
        ("2020-06-01", []),
        ("1990-06-01", []),
    ],
)
def test_a_surname_means_the_most_senior_in_office(small, day, persons):
    assert sorted(small.surname("Mensah", day)) == persons


def test_all_bearers_of_a_surname_are_known(small):
    assert sorted(small.surname_bearers("Mensah")) == ["person.ann-mensah", "person.dan-mensah", "person.rex-mensah"]
    assert small.surname_bearers("Nobody") == []
    assert small.surnames_of("person.eve-adu") == ["Adu", "Adoo"] or set(small.surnames_of("person.eve-adu")) == {
        "Adu",
        "Adoo",
    }


@pytest.mark.parametrize(
    ("surname", "day", "who"),
    [
        ("Boateng", "2015-01-01", "person.cid-boateng"),
        ("Boateng", "2010-01-01", None),
        ("Mensah", "2002-01-01", None),
        ("Adu", "2012-01-01", None),
        ("Nobody", "2012-01-01", None),
    ],
)
def test_a_head_alone_of_his_surname_needs_no_state_beside_it(small, surname, day, who):
    assert small.only_bearer(surname, day) == who


@pytest.mark.parametrize(
    ("of", "roles", "day", "who"),
    [
        ("gh", ["head_of_state"], "2005-01-01", "person.ann-mensah"),
        ("gh", ["foreign_minister"], "2012-01-01", "person.eve-adu"),
        ("gh", ["defence_minister"], "2012-01-01", None),
        ("gh", ["head_of_state"], "1990-01-01", None),
        ("gh", ["head_of_state"], None, None),
        ("gh", ["head_of_state", "foreign_minister"], "2012-01-01", None),
        ("gh", ["head_of_state"], "2009-01-07", None),
        ("xx", ["head_of_state"], "2005-01-01", None),
    ],
)
def test_an_office_has_one_holder_or_none_is_given(small, of, roles, day, who):
    assert small.holder(of, roles, day) == who


@pytest.mark.parametrize(
    ("of", "title", "day", "who"),
    [
        ("au", "king", "2002-01-01", "person.rex-mensah"),
        ("au", "king", "2012-01-01", None),
        ("gh", "king", "2002-01-01", None),
        ("gh", "president", "2002-01-01", "person.ann-mensah"),
        ("gh", "president", None, None),
    ],
)
def test_a_title_has_one_holder_or_none_is_given(small, of, title, day, who):
    assert small.title_holder(of, title, day) == who


@pytest.mark.parametrize(
    ("name", "day", "who"),
    [
        ("Sergey Petrovich Lavrov", "2020-01-01", "person.sergei-petrovich-lavrow"),
        ("Sergey Petrovich Lavrov", "2001-01-01", None),
        ("Lavrov", "2020-01-01", None),
        ("Eve Ady", "2012-01-01", None),
        ("", "2012-01-01", None),
    ],
)
def test_another_spelling_means_the_one_in_office(small, name, day, who):
    assert small.respelt(name, day) == who


def test_offices_come_most_senior_first(world):
    roles = [office.role for office in world.offices("person.xi-jinping", "2019-10-09")]
    assert roles[0] == "head_of_state"


def test_members_are_those_with_and_without_dates(small):
    assert small.members("org.au") == ["gh", "au"]
    assert small.members("gh") == []
    assert small.part_of("org.au-council") == ["org.au"]


def test_a_demonym_stands_for_the_state_or_its_name(small):
    assert small.demonym("au") == "Australian"
    assert small.demonym("gh") == "Ghana"


def test_actors_carry_kind_sector_and_code(world):
    china = world.actor("cn")
    assert (china.name, china.kind, china.iso3) == ("China", "state", "CHN")
    assert world.actor("il.idf").sector == "military"
    assert world.actor("il.idf").iso3 is None
    assert world.actor("cn") is china


def test_the_shipped_catalogue_is_loaded_once():
    assert catalogue() is catalogue()


def test_whom_somebody_led_before_a_day() -> None:
    actors = catalogue()
    obama = actors.lookup("Barack Obama")[0].id
    assert actors.led(obama, "2023-01-01") == "us"
    assert actors.led(obama, "2012-01-01") is None  # he still does
    assert actors.led(obama, None) is None
