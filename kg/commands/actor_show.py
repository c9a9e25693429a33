"""kg actors show: all that is known of one actor."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.actor import layers_of, resolve, store_if_any
from kg.commands.complete import actor_names
from kg.commands.corrections import described
from kg.commands.group import Command
from kg.commands.layout import Block, Column, Heading, Line, Table
from kg.commands.options import Day, actors_option, format_option, no_color_option, store_option
from kg.commands.output import draw, write_rows
from kg.errors import UnknownActorError
from kg.export.rows import Row, actor_row
from kg.model import Actor
from kg.store import Correction, Presence, Store

if TYPE_CHECKING:
    from kg.actors.catalogue import Catalogue
    from kg.actors.details import Details, Term

__all__ = ["show", "shown_row"]


@click.command(
    cls=Command,
    short_help="All that is known of one.",
    examples=[
        ("kg actors show Kashmir", "Names, codes, who claims and controls it, how often a store names it."),
        ("kg actors show 'Imran Khan' --date 2019-10 --format json", "What he rolled up to in a month, for a program."),
    ],
    exits="0 when the actor is known. 2 for an unknown actor or a wrong option. 3 when the store cannot be used.",
)
@click.argument("actor", metavar="X", shell_complete=actor_names)
@click.option("--date", type=Day(), metavar="DATE", help="What X rolls up to on this date, and who acts for it; today.")
@store_option
@actors_option
@format_option()
@no_color_option
@click.pass_context
def show(
    ctx: click.Context,
    actor: str,
    date: str | None,
    store: str,
    actor_files: tuple[Path, ...],
    format: str,
    no_color: bool,
) -> None:
    """Show all that is known of the actor X: an id or a name.

    Each term of office tells the source it is from and whether it was checked there.
    """
    day = date or datetime.date.today().isoformat()
    existing = store_if_any(ctx, store)
    try:
        from kg.actors.details import details
        from kg.store.known import added_layer, catalogue_of

        layers = layers_of(actor_files)
        known = catalogue_of(existing, layers)
        if existing is not None:
            layers += [added_layer(one) for one in existing.corrections() if one.kind == "add"]
        found = resolve(existing, actor, actor_files) if existing is not None else _by_name(known, actor)
        row = shown_row(found, known, details(found.id, known, layers), day, existing)
    finally:
        if existing is not None:
            existing.close()
    if format == "table":
        draw(_blocks(row), no_color)
    else:
        write_rows([row], format, tuple(row))


def _by_name(known: Catalogue, name: str) -> Actor:
    found = (known.actor(name),) if name in known else known.lookup(name)
    if not found:
        raise UnknownActorError(name, known.suggest(name))
    states = tuple(actor for actor in found if actor.kind == "state") or found
    if len(states) > 1:
        several = ", ".join(f"{actor.name} ({actor.id})" for actor in states)
        raise click.UsageError(f"{name!r} may be {several}. Ask with the id of the one you mean.")
    return states[0]


def shown_row(
    actor: Actor, known: Catalogue, about: Details, day: str, store: Store | None, presence: Presence | None = None
) -> Row:
    """All that is known of an actor on a day, as one row; counts of mentions are None without a store.

    The store is asked for the `presence` where it is not given.
    """
    names = [*known.aliases(actor.id), *(store.names(actor.id) if store is not None else ())] or [actor.name]
    above = known.state(actor.id, day) if actor.id in known else actor
    touching = [one for one in store.corrections() if _touches(one, actor.id)] if store is not None else []
    if presence is None and store is not None:
        presence = store.presence(actor.id)

    def named(id: str) -> str:
        return known.actor(id).name if id in known else id

    return {
        **actor_row(actor),
        "qid": about.qid,
        "names": list(dict.fromkeys(names)),
        "since": about.since,
        "until": about.until,
        "note": about.note,
        "date": day,
        "rolls_up_to": above.id if above.id != actor.id else None,
        "rolls_up_to_name": above.name if above.id != actor.id else None,
        "terms": [_term_row(term, named(term.of)) for term in about.terms],
        "holders": [_term_row(term, named(term.of)) for term in about.holders if _holds(term, day)],
        "links": [
            {"what": one.what, "id": one.actor, "name": named(one.actor), "since": one.since, "until": one.until}
            for one in about.links
        ],
        "corrections": [{"number": one.number, "what": described(one)} for one in touching],
        "mentions": presence.mentions if presence else None,
        "documents": presence.documents if presence else None,
        "as_source": presence.as_source if presence else None,
        "as_target": presence.as_target if presence else None,
        "first": presence.first if presence else None,
        "last": presence.last if presence else None,
    }


def _touches(correction: Correction, actor: str) -> bool:
    if correction.kind == "add":
        from kg.store.known import added_layer

        return actor in added_layer(correction).actor_ids
    return actor in (correction.source, correction.target and correction.target.id)


def _holds(term: Term, day: str) -> bool:
    return term.since[: len(day)] <= day and (term.until is None or day[: len(term.until)] <= term.until[: len(day)])


def _term_row(term: Term, of: str) -> Row:
    return {
        "person": term.person,
        "name": term.name,
        "title": term.title,
        "role": term.role,
        "of": term.of,
        "of_name": of,
        "since": term.since,
        "until": term.until,
        "source": term.source,
        "verified": term.verified,
    }


def _blocks(row: Row) -> Iterator[Block]:
    yield Heading(f"{row['name']} ({row['id']})", main=True)
    kind = row["kind"] + (f", {row['sector']}" if row["sector"] else "")
    facts = [("kind", kind), ("ISO 3166", row["iso3"]), ("Wikidata", row["qid"])]
    facts += [("since", row["since"]), ("until", row["until"]), ("also", ", ".join(row["names"][1:]))]
    facts += [(f"on {row['date']}", f"rolls up to {row['rolls_up_to_name'] or 'nothing but itself'}")]
    facts += [("note", row["note"]), ("named", _presence(row))]
    yield Table(
        (Column("what", keep=True), Column("value")), tuple(Line((key, value)) for key, value in facts if value)
    )
    if row["terms"]:
        yield Heading("Offices")
        columns = (Column("office"), Column("since", keep=True), Column("until", keep=True), Column("source"))
        yield Table(columns, tuple(_term_line(f"{term['title']}, {term['of_name']}", term) for term in row["terms"]))
    if row["holders"]:
        yield Heading(f"Who acts for it on {row['date']}")
        columns = (Column("who"), Column("since", keep=True), Column("until", keep=True), Column("source"))
        lines = tuple(_term_line(f"{term['name']}, {term['title']}", term) for term in row["holders"])
        yield Table(columns, lines)
    if row["links"]:
        yield Heading("Structure")
        links: dict[str, list[str]] = {}
        for one in row["links"]:
            dates = f" ({one['since'] or ''}–{one['until'] or ''})" if one["since"] or one["until"] else ""
            links.setdefault(one["what"], []).append(one["name"] + dates)
        yield Table(
            (Column("link", keep=True), Column("actors")),
            tuple(Line((what, "; ".join(others))) for what, others in links.items()),
        )
    if row["corrections"]:
        yield Heading("Corrections")
        yield Table(
            (Column("no.", right=True), Column("what")),
            tuple(Line((str(one["number"]), one["what"])) for one in row["corrections"]),
        )


def _presence(row: Row) -> str | None:
    if row["mentions"] is None:
        return None
    documents = f"{row['documents']:,} document{'' if row['documents'] == 1 else 's'}"
    times = f"{row['mentions']:,} times in {documents}"
    period = f", {row['first']} to {row['last']}" if row["first"] else ""
    return f"{times}{period}; source of {row['as_source']:,} assertions, target of {row['as_target']:,}"


def _term_line(what: str, term: Row) -> Line:
    checked = "checked" if term["verified"] else "not checked"
    return Line((what, term["since"], term["until"] or "", f"{term['source']} ({checked})"))
