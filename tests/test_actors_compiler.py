"""TOML -> the compiled catalogue: what lands in it, what overrides what, and errors that name the entry."""

import json

import pytest

from kg.actors.catalogue import Catalogue
from kg.actors.compiler import COMPILED, FORMAT, compile_files, shipped_files, write_compiled
from kg.actors.overlay import overlaid, read_layer
from kg.errors import DataError

GHANA = """
[[actor]]
id = "gh"
name = "Ghana"
kind = "state"
iso3 = "GHA"
demonyms = ["Ghanaian"]
seats = ["Accra"]
places = ["Kumasi"]

[[office]]
of = "gh"
title = "President"
role = "head_of_state"
source = "a list"
verified = false
holders = [
    { name = "Jane Mensah", since = "2001-01-07", until = "2009-01-07", names = ["Janet Mensah"] },
    { name = "Kofi Two Names", surname = "Two Names", since = "2009-01-07" },
]
"""


@pytest.fixture
def compiled(tmp_path):
    """Compiles the texts of TOML files, in order."""

    def make(*texts):
        paths = []
        for n, text in enumerate(texts):
            paths.append(tmp_path / f"{n}.toml")
            paths[-1].write_text(text, encoding="utf-8")
        return compile_files(paths)

    return make


def test_the_shipped_file_is_what_the_shipped_toml_compiles_to():
    shipped = json.loads(COMPILED.read_text("utf-8"))
    assert shipped["version"] == compile_files(shipped_files())["version"], "run `python scripts/build_actors.py`"


def test_what_is_written_reads_back_as_the_same(compiled, tmp_path):
    made = compiled(GHANA)
    write_compiled(made, tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text("utf-8")) == made


def test_equal_files_have_equal_versions_and_others_have_not(compiled):
    assert compiled(GHANA)["version"] == compiled(GHANA)["version"]
    assert compiled(GHANA)["version"] != compiled(GHANA.replace("Kumasi", "Tamale"))["version"]


def test_names_demonyms_seats_and_places_find_their_actor(compiled):
    found = Catalogue(compiled(GHANA)).find("Ghana, Ghanaian, Accra, Kumasi")
    assert [hit.meanings for hit in found] == [(("gh", sort),) for sort in ("name", "demonym", "seat", "place")]


def test_holders_become_people_by_every_name_and_surname(compiled):
    catalogue = Catalogue(compiled(GHANA))
    assert catalogue.actor("person.jane-mensah").sector == "government"
    assert catalogue.aliases("person.jane-mensah") == ("Jane Mensah", "Janet Mensah")
    assert catalogue.surname("Mensah", "2005-01-01") == ["person.jane-mensah"]
    assert catalogue.surname("Two Names", "2010-01-01") == ["person.kofi-two-names"]
    assert catalogue.surname("Names", "2010-01-01") == []


def test_an_entry_with_a_known_id_replaces_it(compiled):
    mine = '[[actor]]\nid = "gh"\nname = "Republic of Ghana"\nkind = "state"\nnames = ["Gold Coast"]\n'
    catalogue = Catalogue(compiled(GHANA, mine))
    assert catalogue.actor("gh").name == "Republic of Ghana"
    assert [actor.id for actor in catalogue.lookup("Gold Coast")] == ["gh"]
    assert catalogue.find("Ghanaian") == []
    assert catalogue.state("person.jane-mensah", "2005-01-01").id == "gh"


def test_a_user_s_file_adds_to_the_shipped_ones(tmp_path):
    path = tmp_path / "my.toml"
    path.write_text(
        '[[actor]]\nid = "org.bakers"\nname = "Bakers Abroad"\nkind = "organisation"\nsector = "business"\n'
        '[[office]]\nof = "gh"\ntitle = "Chief Baker"\nrole = "official"\nsource = "me"\nverified = true\n'
        'holders = [{ name = "Zuzu Zazu", since = "2001", until = "2002" }]\n'
    )
    catalogue = overlaid([read_layer(path)])
    assert [hit.meanings for hit in catalogue.find("Bakers Abroad met China")] == [
        (("org.bakers", "name"),),
        (("cn", "name"),),
    ]
    assert catalogue.state("person.zuzu-zazu", "2001-05-05").id == "gh"
    assert catalogue.state("person.zuzu-zazu", "2003-05-05").id == "person.zuzu-zazu"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[actor]]\nid = "gh"\nname = "Ghana"\n', ("0.toml", "'gh'", "`kind`")),
        (
            '[[office]]\nof = "gh"\ntitle = "King"\nrole = "leader"\nsource = "x"\nverified = false\n',
            ("'King'", "'gh'"),
        ),
        ('[[phrase]]\ntexts = ["x"]\n', ("0.toml", "[[phrase]]", "`why`")),
    ],
)
def test_errors_name_file_and_entry(compiled, text, words):
    with pytest.raises(DataError) as error:
        compiled(text)
    assert all(word in str(error.value) for word in words)


def test_another_version_is_refused(compiled):
    with pytest.raises(DataError, match=r"build_actors"):
        Catalogue(compiled(GHANA) | {"format": FORMAT - 1})


def test_a_lower_case_name_may_begin_a_sentence(compiled):
    text = '[[actor]]\nid = "group.x"\nname = "al-Xayy"\nkind = "armed group"\nsector = "opposition"\n'
    catalogue = Catalogue(compiled(text))
    assert [len(catalogue.find(name)) for name in ("al-Xayy", "Al-Xayy", "al-xayy")] == [1, 1, 0]


def test_one_word_for_name_and_demonym_is_a_name(compiled):
    text = (
        '[[actor]]\nid = "group.x"\nname = "Xayy"\nkind = "armed group"\ndemonyms = ["Xayy"]\nsector = "opposition"\n'
    )
    assert Catalogue(compiled(text)).find("Xayy")[0].meanings == (("group.x", "name"),)
