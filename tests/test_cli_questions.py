"""Every form of question as a real process: who stands in the answer, and what is said to what cannot be read."""

import dataclasses
import json

import pytest

from kg.model import Original
from tests.builders import CN, IN, IR, PK, RU, TR, US, actor, fact, person, reading
from tests.cli_runs import kg, store_of

KASHMIR = actor("territory.kashmir", "Kashmir", "territory")
JANE = person("person.jane-doe", "Jane Doe", sector=None)
WIRE = Original(publisher="Wire", title="T", url="https://wire.example/1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("questions")
    store_of(
        folder / "kg.db",
        reading(
            "d2019",
            fact(CN, "supports", PK, about=("Kashmir",), against=("India",)),
            fact(US, "sanctions", IR),
            fact(CN, "opposes", IN),
            fact(IN, "fights", PK),
            publisher="Daily",
            date="2019-10-09",
        ),
        reading("d2021", fact(CN, "supports", PK), fact(TR, "allied_with", PK), publisher="Post", date="2021-05-02"),
        reading("copy", fact(CN, "supports", PK), fact(TR, "allied_with", PK), publisher="Echo", date="2021-05-02"),
        reading("told", fact(TR, "supports", PK), publisher="kg brief", based_on=WIRE, date="2022-01-01"),
        reading(
            "d2023",
            fact(TR, "allied_with", CN),
            fact(TR, "supports", PK, attributed_to="Imran Khan", voice="target"),
            fact(IR, "arms", RU, attributed_to="United States", voice="opponent"),
            fact(US, "supports", PK, status="planned"),
            fact(JANE, "criticizes", CN),
            fact(KASHMIR, "borders", PK),
            publisher="Daily",
            date="2023-06-01",
        ),
        reading(
            "no", fact(IR, "arms", RU, polarity="negated", attributed_to="Iran"), publisher="Post", date="2023-06-20"
        ),
        reading("end", fact(US, "recognizes", TR), fact(IN, "supports", RU, status="ended"), date="2023-07-01"),
        reading("old", fact(IN, "supports", RU), date="2018-01-01"),
    )
    return folder


def asked(folder, question, *options):
    shown = kg("query", question, "--format", "jsonl", *options, cwd=folder)
    return shown.returncode, [json.loads(line) for line in shown.stdout.splitlines()], shown.stderr


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("who backs Pakistan", {"cn supports pk", "tr supports pk", "tr allied_with pk"}),
        ("Who is Pakistan supported by?", {"cn supports pk", "tr supports pk"}),
        ("whom does China back", {"cn supports pk", "cn allied_with tr"}),
        ("who is sanctioned by the United States", {"us sanctions ir"}),
        ("who fought Pakistan", {"in fights pk"}),
        ("does China support Pakistan", {"cn supports pk"}),
        ("is Pakistan supported by China", {"cn supports pk"}),
        ("does Pakistan support China", set()),
        ("who recognizes whom", {"us recognizes tr"}),
        ("what borders Pakistan", {"territory.kashmir borders pk"}),
        ("who backs Pakistan but opposes India", {"cn supports pk", "cn opposes in"}),
        ("who is allied with both Pakistan and China", {"tr allied_with pk", "tr allied_with cn"}),
        ("who supports Pakistan but is not allied with Pakistan", {"cn supports pk"}),
        ("who supports Pakistan since 2022", {"tr supports pk"}),
        ("who supported Pakistan before 2020", {"cn supports pk"}),
        ("who supported Pakistan in May 2021", {"cn supports pk"}),
        ("who supported Pakistan between 2020 and 2021", {"cn supports pk"}),
        ("who supports Pakistan as of 2022-06-01", {"cn supports pk", "tr supports pk"}),
        ("who supports Pakistan according to the Post", {"cn supports pk"}),
        ("who supports Pakistan according to Wire", {"tr supports pk"}),
        ("who supports Pakistan according to Imran Khan", {"tr supports pk"}),
        ("who supports Pakistan in at least 2 sources", {"cn supports pk", "tr supports pk"}),
        ("who supports Pakistan in at least 3 sources", set()),
        ("who is allied with Pakistan in at least 2 sources", set()),
        ("who supports Pakistan on Kashmir", {"cn supports pk"}),
        ("who supports Pakistan against India", {"cn supports pk"}),
    ],
)
def test_a_question_is_answered_by_these_facts(question, facts, folder):
    code, rows, _ = asked(folder, question)
    found = {f"{row['source']} {row['relation']} {row['target']}" for row in rows if row["status"] == "actual"}
    assert found == facts
    assert code == (0 if rows else 1)


@pytest.mark.parametrize(
    ("question", "options", "verdict"),
    [
        ("does China support Pakistan", (), "stale"),
        ("does China support Pakistan", ("--as-of", "2022"), "reported"),
        ("who supported Pakistan until 2022", (), "reported"),
        ("does Iran arm Russia", (), "contested"),
        ("does Iran arm Russia", ("--as-of", "2023-06-10"), "claimed"),
        ("did India support Russia", (), "reversed"),
        ("did India support Russia", ("--as-of", "2019"), "reported"),
    ],
)
def test_a_row_has_its_verdict_as_the_sources_stood(question, options, verdict, folder):
    _, rows, _ = asked(folder, question, *options)
    assert {row["verdict"] for row in rows if row["status"] == "actual"} == {verdict}


def test_whether_it_is_so_is_said_first(folder):
    for question, lead in (
        ("did the United States sanction Iran", "Once, and not reported since: sanctions – stale since 2019-10-09"),
        ("does Iran arm Russia", "Contested: arms – contested 2023-06-20, claimed only by an opponent"),
        ("did India support Russia", "No longer: supports – reversed 2023-07-01"),
        ("does the United States support Pakistan", "Not reported as a fact; planned (supports)."),
        ("did the United States recognize Türkiye", "Yes: recognizes – reported"),
    ):
        shown = kg("query", question, cwd=folder)
        assert shown.returncode == 0
        assert lead in " ".join(shown.stdout.split())


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        ((), {"actual", "planned"}),
        (("--include", "none"), {"actual"}),
        (("--include", "planned,alleged"), {"actual", "planned"}),
        (("--include", "denied"), {"actual"}),
    ],
)
def test_what_is_no_fact_is_shown_as_asked(options, kinds, folder):
    _, rows, _ = asked(folder, "who supports Pakistan", *options)
    assert {row["status"] for row in rows} == kinds
    assert kg("query", "who supports Pakistan", "--include", "rumours", cwd=folder).returncode == 2


def test_rows_are_ranked_by_independent_originals(folder):
    _, rows, _ = asked(folder, "who supports Pakistan", "--include", "none")
    assert [(row["source"], row["documents"], row["originals"]) for row in rows] == [("tr", 2, 2), ("cn", 3, 2)]
    shown = kg("query", "who supports Pakistan", cwd=folder)
    assert "ORIG" in shown.stdout


@pytest.mark.parametrize("question", ["how are China and Iran connected", "what connects China and Iran"])
def test_what_connects_two_is_a_path(question, folder):
    code, paths, _ = asked(folder, question)
    assert (code, paths[0]["actors"][0], paths[0]["actors"][-1]) == (0, "China", "Iran")


def test_what_is_between_two_is_their_story(folder):
    shown = kg("query", "what is between China and Pakistan since 2020", cwd=folder)
    assert shown.returncode == 0
    assert "2021-05-02" in shown.stdout
    assert "2019" not in shown.stdout.partition("Only")[0].partition("Between China and Pakistan")[2]
    assert kg("query", "what is between China and Haiti", cwd=folder).returncode == 1


def test_an_answer_is_drawn_as_a_map(folder, tmp_path):
    target = tmp_path / "answer.html"
    shown = kg("query", "who supports Pakistan", "--map", target, cwd=folder)
    assert shown.returncode == 0
    page = target.read_text(encoding="utf-8")
    assert "Türkiye" in page
    assert "Iran" not in page.partition('id="data"')[2].partition("</script>")[0]
    assert kg("query", "who supports Pakistan", "--map", "kg.db", cwd=folder).returncode == 2


def test_what_people_without_office_do_to_others_is_told_only_when_asked_for(folder):
    code, rows, told = asked(folder, "who criticizes China")
    assert (code, rows) == (1, [])
    assert "--private-people" in told
    code, rows, _ = asked(folder, "who criticizes China", "--private-people")
    assert [row["source"] for row in rows] == ["person.jane-doe"]


def test_nothing_found_quotes_what_names_both_and_was_not_read(folder):
    shown = kg("query", "does India arm Pakistan", cwd=folder)
    assert shown.returncode == 1
    assert shown.stdout == ""
    assert "India is named in 3 documents." in shown.stderr
    assert "India – fights – Pakistan" in shown.stderr
    assert all(len(line) <= 80 for line in shown.stderr.splitlines())


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("who supports Pakistan in 2021", "Only in 2021."),
        ("who supports Pakistan on 2 May 2021", "Only on 2021-05-02."),
        ("who supports Pakistan between 2019 and 2021", "Only since 2019, until 2021."),
        ("who supports Pakistan but is not allied with Pakistan", "Left out is whoever is allied with Pakistan"),
        ("who supports Pakistan but opposes India", "\nsupports Pakistan\n"),
        ("who is allied with both Pakistan and China", "\nis allied with Pakistan\n"),
    ],
)
def test_an_answer_says_what_it_was_asked_in_words(question, words, folder):
    assert words in kg("query", question, cwd=folder).stdout


@pytest.fixture(scope="module")
def unread(tmp_path_factory):
    """China and Pakistan stand in sentences that say no triple; between China and India something was read in 2019."""
    folder = tmp_path_factory.mktemp("unread")
    said = [reading(f"d{n}", fact(CN, "supports", PK), fact(IR, "borders", PK), date=f"202{n}-01-01") for n in range(5)]
    bare = [dataclasses.replace(one, assertions=()) for one in said]
    store_of(folder / "kg.db", *bare, reading("old", fact(CN, "opposes", IN), date="2019-10-09"))
    return folder


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("query", "does China back Pakistan"), "Nothing found for “does China back Pakistan”"),
        (("query", "what is between China and Pakistan"), "Nothing found for “what is between China and Pakistan”"),
        (("query", "how are China and Pakistan connected"), "Nothing found for “how are China and Pakistan connected”"),
        (("between", "China", "Pakistan"), "Nothing between China and Pakistan"),
        (("between", "Pakistan", "China", "--format", "csv"), "Nothing between Pakistan and China"),
        (("timeline", "China", "Pakistan"), "No event of China and Pakistan"),
        (("path", "China", "Pakistan"), "No path of at most 4 hops from China to Pakistan"),
    ],
)
def test_where_nothing_is_found_of_two_the_sentences_that_name_both_are_quoted(arguments, what, unread):
    shown = kg(*arguments, cwd=unread)
    assert shown.returncode == 1
    assert "China supports Pakistan" not in shown.stdout
    told = " ".join(shown.stderr.split())
    assert told.startswith(f"{what} in 6 documents by 1 outlet, 2019-10-09 to 2024-01-01.")
    assert "were not read as a triple: “China supports Pakistan.” Daily; 2024-01-01; d4:0-24" in told
    assert told.count("“China supports Pakistan.”") == 3
    assert told.endswith("and 2 more.")
    assert "Iran" not in told
    assert all(len(line) <= 80 for line in shown.stderr.splitlines())


@pytest.mark.parametrize("command", ["between", "timeline", "path"])
def test_only_sentences_of_the_time_asked_about_are_quoted(command, unread):
    told = " ".join(kg(command, "China", "Pakistan", "--since", "2024", cwd=unread).stderr.split())
    assert "(since 2024) in 6 documents" in told
    assert (told.count("“China supports Pakistan.”"), "more." in told) == (1, False)


def test_what_was_read_of_two_at_another_time_is_named(unread):
    told = kg("between", "China", "India", "--since", "2020", cwd=unread).stderr
    assert "Read between the two: China – opposes – India." in told
    assert "not read as a triple" not in told


def test_of_one_actor_without_an_event_no_sentence_is_quoted(unread):
    shown = kg("timeline", "Iran", cwd=unread)
    assert (shown.returncode, shown.stderr.count("\n")) == (1, 1)
    assert "No event of Iran in 6 documents" in shown.stderr


def test_what_was_accepted_of_people_without_office_is_told(tmp_path):
    """Nobody else's acts are, nor others of the same person, until they are accepted too."""
    joe = person("person.joe-bloggs", "Joe Bloggs", sector=None)
    written = reading("d1", fact(JANE, "criticizes", CN), fact(joe, "criticizes", CN), fact(JANE, "attacks", PK))
    store_of(tmp_path / "kg.db", written)
    accepted, *others = (one.id for one in written.assertions)

    def told():
        code, rows, _ = asked(tmp_path, "who criticizes China")
        return code, [row["source"] for row in rows], [quote["id"] for row in rows for quote in row["quotes"]]

    assert told() == (1, [], [])
    assert kg("review", "accept", accepted, "--reviewer", "ada", cwd=tmp_path).returncode == 0
    assert told() == (0, [JANE.id], [accepted])
    assert "Jane Doe" in kg("timeline", "China", cwd=tmp_path).stdout
    assert "Jane Doe" in kg("between", "China", "Jane Doe", cwd=tmp_path).stdout
    assert kg("cite", accepted, cwd=tmp_path).returncode == 0
    for id in others:
        assert kg("cite", id, cwd=tmp_path).returncode == 1
    assert asked(tmp_path, "who attacks Pakistan")[0] == 1
    assert kg("review", "undo", "1", cwd=tmp_path).returncode == 0
    assert told() == (1, [], [])


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("who bakcs Pakistan", ("I read 'who'", "'bakcs Pakistan'", "who backs Pakistan")),
        (
            "who backs Pakistan sinc 2020",
            ("I read 'who backs Pakistan'", "'sinc 2020'", "who backs Pakistan since 2020"),
        ),
        ("how are China and Iran conected", ("how are China and Iran connected",)),
        ("who backs Pakistan but opposes Indai", ("No actor is called 'Indai'", "India")),
        ("who backs Pakistan on trade", ("'trade' is none",)),
        ("China and Pakistan", ("does China back Pakistan", "what is between China and Pakistan")),
        ("how are China and China connected", ("name two actors",)),
    ],
)
def test_what_cannot_be_read_says_how_far_it_got_and_what_could_be_asked(question, words, folder):
    code, rows, told = asked(folder, question)
    assert (code, rows) == (2, [])
    assert all(word in told for word in words)
