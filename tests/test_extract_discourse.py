"""What a document remembers, and whom a phrase can mean by it; nothing where two fit equally well."""

from __future__ import annotations

from kg.extract.discourse import Discourse, Seen
from kg.model import Actor

GHANA = Actor("gh", "Ghana", "state")
TOGO = Actor("tg", "Togo", "state")
MALI = Actor("ml", "Mali", "state")
OSEI = Actor("person.osei", "Abena Osei", "person")
ABLE = Actor("person.able", "Yaw Able", "person")
BLOC = Actor("bloc", "The Bloc", "bloc")


def seen(
    actor: Actor,
    sentence: int,
    position: int,
    *,
    subject: bool = False,
    together: bool = False,
    state: Actor | None = None,
) -> Seen:
    return Seen(actor, state or actor, sentence, position, subject, together)


def discourse(*named: Seen, sentence: int) -> Discourse:
    found = Discourse("2015-06-01", sentence=sentence)
    found.remember(named)
    return found


def actors(found: list[Seen]) -> list[str]:
    return sorted(s.state.name for s in found)


# --- one actor --------------------------------------------------------------------------------------------------------


def test_nobody_was_named() -> None:
    empty = Discourse(None)
    assert empty.recent(100, "state") is None
    assert empty.nearest(100, "state") is None
    assert empty.states_before(100, 2) == []


def test_the_subject_of_the_last_sentence_is_meant() -> None:
    told = discourse(seen(GHANA, 1, 0, subject=True), seen(TOGO, 1, 20), sentence=2)
    found = told.recent(50, "state")
    assert found is not None
    assert found.actor == GHANA


def test_only_the_kinds_asked_for_are_meant() -> None:
    told = discourse(seen(GHANA, 1, 0, subject=True), seen(OSEI, 1, 20), sentence=2)
    found = told.recent(50, "person")
    assert found is not None
    assert found.actor == OSEI
    assert told.recent(50, "bloc") is None


def test_what_follows_is_not_meant() -> None:
    told = discourse(seen(GHANA, 1, 60, subject=True), sentence=1)
    assert told.recent(50, "state") is None
    assert told.nearest(50, "state") is None


def test_what_was_said_long_ago_is_not_meant() -> None:
    told = discourse(seen(GHANA, 1, 0, subject=True), sentence=9)
    assert told.recent(500, "state") is None
    assert told.nearest(500, "state") is None
    assert told.recent(500, "state", window=8) is not None


def test_whom_the_caller_rules_out_is_passed_over() -> None:
    told = discourse(seen(TOGO, 1, 0), seen(GHANA, 1, 20, subject=True), sentence=2)
    found = told.recent(50, "state", skip=frozenset(("gh",)))
    assert found is not None
    assert found.actor == TOGO


def test_nearest_does_not_ask_for_subjects() -> None:
    told = discourse(seen(GHANA, 1, 0, subject=True), seen(TOGO, 1, 20), sentence=1)
    found = told.nearest(50, "state")
    assert found is not None
    assert found.actor == TOGO


# --- two or more ------------------------------------------------------------------------------------------------------


def test_the_two_countries_are_the_two_of_the_sentence_before() -> None:
    told = discourse(seen(GHANA, 1, 0), seen(TOGO, 1, 20), sentence=2)
    assert actors(told.states_before(50, 2)) == ["Ghana", "Togo"]


def test_two_are_not_found_where_one_was_named() -> None:
    told = discourse(seen(GHANA, 1, 0), sentence=2)
    assert told.states_before(50, 2) == []


def test_two_are_not_picked_out_of_three() -> None:
    told = discourse(seen(GHANA, 1, 0), seen(TOGO, 1, 20), seen(MALI, 1, 40), sentence=2)
    assert told.states_before(90, 2) == []


def test_of_three_the_two_named_in_one_breath_are_meant() -> None:
    told = discourse(seen(MALI, 1, 0), seen(GHANA, 1, 20, together=True), seen(TOGO, 1, 30, together=True), sentence=2)
    assert actors(told.states_before(90, 2)) == ["Ghana", "Togo"]


def test_three_are_found_where_three_were_named() -> None:
    told = discourse(seen(GHANA, 1, 0), seen(TOGO, 1, 20), seen(MALI, 1, 40), sentence=2)
    assert actors(told.states_before(90, 3)) == ["Ghana", "Mali", "Togo"]


def test_people_count_as_their_states_and_each_state_once() -> None:
    told = discourse(seen(OSEI, 1, 0, state=GHANA), seen(GHANA, 1, 10), seen(ABLE, 1, 20, state=TOGO), sentence=2)
    assert actors(told.states_before(50, 2)) == ["Ghana", "Togo"]


def test_both_sides_are_those_between_whom_something_was_read_last() -> None:
    told = discourse(seen(GHANA, 1, 0), seen(TOGO, 1, 20), seen(MALI, 1, 40), sentence=2)
    told.dyads.append((1, GHANA, MALI))
    assert actors(told.states_before(90, 2)) == ["Ghana", "Mali"]


def test_what_was_read_between_three_does_not_say_who_the_two_are() -> None:
    told = discourse(seen(GHANA, 1, 0), seen(TOGO, 1, 20), seen(MALI, 1, 40), sentence=2)
    told.dyads += [(1, GHANA, MALI), (1, GHANA, TOGO)]
    assert told.states_before(90, 2) == []


def test_the_two_of_this_sentence_go_first() -> None:
    told = discourse(seen(GHANA, 1, 0), seen(TOGO, 1, 20), seen(MALI, 2, 40), seen(GHANA, 2, 50), sentence=2)
    assert actors(told.states_before(90, 2)) == ["Ghana", "Mali"]


def test_a_bloc_is_no_country() -> None:
    told = discourse(seen(GHANA, 1, 0), seen(BLOC, 1, 20), sentence=2)
    assert told.states_before(50, 2) == []


def test_two_documents_share_nothing() -> None:
    first, second = Discourse(None), Discourse(None)
    first.remember([seen(GHANA, 0, 0)])
    first.people["osei"] = OSEI
    first.dyads.append((0, GHANA, TOGO))
    assert (second.seen, second.people, second.dyads) == ([], {}, [])
