"""The checks of the actor data: what each finds in a bad file, and that the shipped files pass them all."""

import collections

import pytest

from kg.actors.check import HEADS, Gap, gaps, problems, read_entries
from kg.actors.compiler import shipped_files

GHANA = '[[actor]]\nid = "gh"\nname = "Ghana"\nkind = "state"\n'
OFFICE = (
    '[[office]]\nof = "gh"\ntitle = "President"\nrole = "head_of_state"\nsource = "x"\nverified = false\nholders = ['
)
WITHOUT_A_HEAD = {
    "iq": "administered by the coalition that had invaded it, 2003 and 2004",
    "af": "no head is recognised since the Taliban took Kabul; theirs stand under the Taliban",
    "ss": "independent in 2011",
    "tl": "independent in 2002",
    "xk": "had no president before 2002",
}

DISPUTED = """
    xk tw ps eh somaliland northern-cyprus abkhazia south-ossetia transnistria hk
    territory.kashmir territory.crimea territory.gaza territory.west-bank territory.golan territory.nagorno-karabakh
    territory.aksai-chin territory.gilgit-baltistan territory.xinjiang territory.tibet territory.donbas
    territory.essequibo
"""
IN_THE_NEWS = """
    ar au br ca cn fr de in id it jp mx ru sa za kr tr gb us kz kg tj tm uz af pk bd np lk ir iq sy lb jo il ps ae qa kw
    bh om ye eg kp ua pl by ro hu sk md ml ne bf td mr sn ng et er dj so ke sd ss
"""


@pytest.fixture
def file(tmp_path):
    """Writes a TOML file and gives the list of files."""

    def write(text):
        (tmp_path / "my.toml").write_text(text, encoding="utf-8")
        return [tmp_path / "my.toml"]

    return write


@pytest.fixture(scope="module")
def shipped():
    return read_entries(shipped_files())


def actor(**fields):
    return "[[actor]]\n" + "".join(f"{key} = {value!r}\n" for key, value in fields.items())


# --- what the checks find ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GHANA + GHANA, ("'gh'", "stands also in")),
        (actor(id="Gh", name="Ghana", kind="state"), ("'Gh'", "an id is made of")),
        (actor(id="gh", name="Ghana", kind="state", qid="117"), ("'gh'", "`qid`")),
        (actor(id="gh", name="Ghana", kind="state", iso3="gha"), ("'gh'", "`iso3`")),
        (actor(id="org.x", name="X Y", kind="organisation"), ("'org.x'", "`sector`")),
        (actor(id="person.x", name="X Y", kind="person"), ("'person.x'", "`sector`")),
        (actor(id="gh", name="Ghana", kind="state", names=["Gold  Coast"]), ("'gh'", "blanks")),
        (actor(id="gh", name="Ghana", kind="state", since="1957-3"), ("'1957-3'", "no date")),
        (actor(id="gh", name="Ghana", kind="state", since="1957-02-30"), ("'1957-02-30'", "no date")),
        (actor(id="gh", name="Ghana", kind="state", since="1957", until="1956"), ("ends 1956", "1957")),
        (actor(id="b", name="B C", kind="bloc", members=["gh"]), ("'b'", "'gh'")),
        (actor(id="b", name="B C", kind="bloc", members=["b"]), ("'b'", "its own")),
        (GHANA + actor(id="b", name="B C", kind="bloc", members=["gh", "gh"]), ("'b'", "twice")),
        (actor(id="gh", name="Ghana", kind="state", rolls_up_to="gh"), ("'gh'", "its own")),
        (
            actor(id="a", name="A A", kind="bloc", rolls_up_to="b")
            + actor(id="b", name="B B", kind="bloc", rolls_up_to="a"),
            ("'a'", "circle"),
        ),
        (GHANA + actor(id="tg", name="Togo", kind="state", names=["Ghana"]), ("'Ghana'", "'gh'", "'tg'")),
        (GHANA + '[[phrase]]\nwhy = "x"\ntexts = ["Ghana"]\n', ("'Ghana'", "phrase")),
        (OFFICE + "]", ("'President' of 'gh'", "no actor has the id")),
        (GHANA + OFFICE + '{name = "Ann", since = "2001"}, {name = "Bob", since = "2005"}]', ("Ann", "no end", "Bob")),
        (
            GHANA + OFFICE + '{name = "Ann", since = "2001", until = "2006"}, {name = "Bob", since = "2005"}]',
            ("Ann", "overlaps", "Bob"),
        ),
        (GHANA + OFFICE + '{name = "Ann", since = "2001", until = "2000"}]', ("Ann", "ends 2000")),
        (GHANA + OFFICE + '{name = "中国", since = "2001"}]', ("中国", "slug")),
        (
            GHANA
            + OFFICE.replace("head_of_state", "envoy")
            + '{name = "Ann", since = "2001"}, {name = "Ann", since = "2003"}]',
            ("Ann", "twice at once"),
        ),
        (GHANA + "[[ofice]]\n", ("'ofice'", "unknown table")),
        ("[[actor]\n", ("not valid TOML",)),
        ('[[actor]]\nid = "gh"\n', ("'gh'", "missing")),
    ],
)
def test_a_wrong_entry_is_named_with_its_file(file, text, words):
    found = problems(file(text))
    assert any("my.toml" in line and all(word in line for word in words) for line in found), found


@pytest.mark.parametrize(
    "text",
    [
        GHANA,
        GHANA + OFFICE + '{name = "Ann", since = "2001", until = "2005"}, {name = "Bob", since = "2005-03"}]',
        GHANA + OFFICE + '{name = "Ann", since = "2001", until = "2002"}, {name = "Ann", since = "2002"}]',
        GHANA + '[[phrase]]\nwhy = "x"\ntexts = ["Ghana Sea"]\n',
        actor(id="gh", name="Ghana", kind="state", since="1957-03-06", qid="Q117", iso3="GHA"),
        "",
    ],
)
def test_nothing_is_found_in_good_entries(file, text):
    assert problems(file(text)) == []


def test_all_wrong_entries_are_told_at_once(file):
    text = (
        actor(id="gh", name="Ghana", kind="planet")
        + actor(id="tg", kind="state")
        + actor(id="B", name="B", kind="bloc")
    )
    assert len(problems(file(text))) == 3


@pytest.mark.parametrize(
    ("holders", "expected"),
    [
        ('{name = "Ann", since = "1999", until = "2004"}, {name = "Bob", since = "2004"}', []),
        (
            '{name = "Ann", since = "1999", until = "2001-06"}, {name = "Bob", since = "2003"}',
            [("2001-06-30", "2003-01-01")],
        ),
        ('{name = "Ann", since = "1999", until = "2002-05"}, {name = "Bob", since = "2003-04"}', []),
        ('{name = "Ann", since = "2003"}', [("1999-12-31", "2003-01-01")]),
        ('{name = "Ann", since = "1999", until = "2001"}', [("2001-12-31", "2006-01-01")]),
    ],
)
def test_gaps_longer_than_a_year_are_found(file, holders, expected):
    entries = read_entries(file(GHANA + OFFICE + holders + "]"))
    assert gaps(entries, until="2005-12-31") == [Gap("gh", after, before) for after, before in expected]


# --- the shipped data -------------------------------------------------------------------------------------------------


def test_every_shipped_entry_passes_every_check():
    assert problems(shipped_files()) == []


def test_every_state_and_territory_of_iso_3166_is_there_under_its_code(shipped):
    pycountry = pytest.importorskip("pycountry")
    have = {a.iso3: a.id for _, a in shipped.actors if a.iso3}
    assert {c.alpha_3: c.alpha_2.lower() for c in pycountry.countries}.items() <= have.items()


def test_codes_outside_iso_3166_are_those_of_former_states_and_kosovo(shipped):
    pycountry = pytest.importorskip("pycountry")
    former = {c.alpha_3 for c in pycountry.historic_countries}
    ours = {a.iso3 for _, a in shipped.actors if a.iso3} - {c.alpha_3 for c in pycountry.countries}
    assert ours - former == {"XKX"}


@pytest.mark.parametrize("actor_id", DISPUTED.split())
def test_disputed_places_are_actors_of_their_own(shipped, actor_id):
    found = [a for _, a in shipped.actors if a.id == actor_id]
    assert len(found) == 1
    assert found[0].kind in ("state", "territory")
    assert found[0].rolls_up_to is None
    if found[0].kind == "territory" and actor_id != "hk":
        assert found[0].claimed_by or found[0].controlled_by, "say who claims or controls it"


def test_no_two_actors_share_a_wikidata_id(shipped):
    owners = collections.defaultdict(list)
    for _, a in shipped.actors:
        if a.qid:
            owners[a.qid].append(a.id)
    assert {qid: ids for qid, ids in owners.items() if len(ids) > 1} == {}


def test_every_state_has_a_wikidata_id(shipped):
    assert [a.id for _, a in shipped.actors if a.kind == "state" and not a.qid] == []


def test_heads_of_states_are_known_without_a_gap_since_2000(shipped):
    assert {gap.state for gap in gaps(shipped)} == set(WITHOUT_A_HEAD)
    states = {a.id for _, a in shipped.actors if a.kind == "state"}
    assert len({o.of for _, o in shipped.offices if o.of in states and o.role in HEADS} - set(WITHOUT_A_HEAD)) >= 80


@pytest.mark.parametrize("state", IN_THE_NEWS.split())
def test_a_state_that_news_is_about_has_ministers_forces_and_a_ministry(shipped, state):
    assert {"foreign_minister"} <= {o.role for _, o in shipped.offices if o.of == state}
    bodies = [a for _, a in shipped.actors if a.rolls_up_to == state]
    assert any(a.sector == "military" for a in bodies)
    assert any("inistry" in a.name or "Department" in a.name or "Office" in a.name for a in bodies)


def test_organisations_and_groups_are_many(shipped):
    kinds = collections.Counter()
    for where, a in shipped.actors:
        if a.kind in ("organisation", "bloc") and ("organisations.toml" in where or "blocs.toml" in where):
            kinds["organisations and blocs"] += a.sector != "business"
        if a.kind == "armed group" or a.id.startswith("party."):
            kinds["groups and parties"] += 1
    assert kinds["organisations and blocs"] >= 120
    assert kinds["groups and parties"] >= 150


@pytest.mark.parametrize(
    "body", ["org.un-security-council", "org.european-commission", "org.eeas", "org.shape", "org.unifil"]
)
def test_bodies_of_the_un_the_eu_and_nato_roll_up_to_them(shipped, body):
    (found,) = [a for _, a in shipped.actors if a.id == body]
    assert found.rolls_up_to in ("org.un", "org.eu", "org.nato")


def test_every_office_names_a_source_and_says_whether_it_was_checked(shipped):
    assert all(o.source and o.verified in (True, False) for _, o in shipped.offices)
    assert any(h.verified for _, o in shipped.offices for h in o.holders)


def test_members_of_well_known_organisations_are_as_many_as_they_should_be(shipped):
    actors = {a.id: a for _, a in shipped.actors}

    def now(organisation):
        entry = actors[organisation]
        dated = {m.id for m in entry.dated_members if m.until is None}
        return len(set(entry.members) | dated)

    assert now("org.un") == 193
    assert now("org.eu") == 27
    assert now("org.nato") == 32
    assert now("org.asean") in (10, 11)
    assert now("bloc.g7") == 7
    assert now("org.gcc") == 6
    assert now("org.saarc") == 8
    assert now("org.sco") == 10
    assert now("org.au") == 55
    assert now("org.arab-league") == 22
    assert now("org.oic") == 57
