"""kg show: the profile of an actor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from kg.commands.actor import layers_of, resolve
from kg.commands.actor_show import shown_row
from kg.commands.answer import HEADINGS, status, triple_row
from kg.commands.complete import actor_names
from kg.commands.covered import covered
from kg.commands.group import Command, Exit
from kg.commands.layout import Block, Column, Heading, Line, Table, Text
from kg.commands.options import (
    Day,
    actors_option,
    bounds_options,
    format_option,
    no_color_option,
    optional_level_option,
    store_option,
)
from kg.commands.output import draw, note, write_rows
from kg.commands.quotes import note_of
from kg.commands.story import dated, event_row
from kg.export.rows import Row
from kg.model import Level
from kg.queries.profile import Profile, Section
from kg.queries.profile import profile as profile_of
from kg.store import Filter, Store, open_store

__all__ = ["about_actor", "profile_blocks", "show"]

LEADERS = ("head_of_state", "head_of_government", "leader", "foreign_minister", "defence_minister", "army_chief")
MOST_NAMES = 8
SHOW_COLUMNS = (
    *("section", "status", "source", "source_name", "relation", "target", "target_name", "weight"),
    *("assertions", "documents", "originals", "outlets", "first", "last"),
    *("verdict", "verdict_date", "claimed_by", "quotes"),
)
TITLES = {
    "by strong": "Backed by: strong backing",
    "to strong": "Backs: strong backing",
    "with tie": "Allied with: ties",
    "by signal": "Backed by: signals",
    "to signal": "Backs: signals",
    "by engaging": "Engaged by",
    "to engaging": "Engages",
    "with engaging": "Engages with",
    "by opposing": "Opposed by",
    "to opposing": "Opposes",
    "with opposing": "At odds with",
    "by fighting": "Fought by",
    "to fighting": "Fights",
    "with fighting": "Fights with",
}


@click.command(
    cls=Command,
    examples=[
        ("kg show Pakistan", "Who it is, who backs and opposes it, whom it backs and opposes, by year and lately."),
        ("kg show 'Imran Khan' --level actor --format json", "One person as named, for a program."),
    ],
    exits="0 when a document names the actor. 1 when none does. 2 for a wrong option or an unknown actor. 3 when the "
    "store cannot be used.",
)
@click.argument("actor", metavar="ACTOR", shell_complete=actor_names)
@click.option(
    "--date", type=Day(), metavar="DATE", help="Offices and roll-up on this day; that of the latest document."
)
@click.option(
    "--quotes", type=click.IntRange(0), default=1, show_default=True, metavar="N", help="Quotes for each row."
)
@click.option(
    "--limit", type=click.IntRange(1), default=3, show_default=True, metavar="N", help="Rows for each heading."
)
@bounds_options
@optional_level_option
@store_option
@actors_option
@format_option()
@no_color_option
@click.pass_context
def show(
    ctx: click.Context,
    actor: str,
    date: str | None,
    quotes: int,
    limit: int,
    bounds: Filter,
    level: Level | None,
    store: str,
    actor_files: tuple[Path, ...],
    format: str,
    no_color: bool,
) -> None:
    """Show the profile of an ACTOR: names, offices, roll-up, blocs, who backs and opposes it, and its years.

    Backing stands in its three tiers. Only facts are shown; what is planned, alleged, hypothetical, ended or denied is
    counted at the end, apart. kg actors show tells more of what is on file about the actor itself.
    """
    with open_store(store) as opened:
        found = resolve(opened, actor, actor_files)
        said = profile_of(opened, found, level=level, bounds=bounds, quotes=quotes, limit=limit)
        about = about_actor(opened, said, actor_files, date)
        period = "" if said.found else covered(opened.coverage())
    if format == "table":
        draw(profile_blocks(about, said), no_color)
    elif format in ("csv", "tsv", "md"):
        write_rows(_lines(said), format, SHOW_COLUMNS)
    else:
        write_rows([{**about, **_row(said)}], format, ())
    if not said.found:
        note(f"No document names {found.name} in {period}.")
        ctx.exit(Exit.NOTHING)


def about_actor(store: Store, said: Profile, actor_files: Sequence[Path] = (), date: str | None = None) -> Row:
    """What is on file about the actor of a profile on a day, else on the day that its verdicts are given for."""
    from kg.actors.details import details
    from kg.store.known import added_layer, catalogue_of

    layers = layers_of(actor_files)
    known = catalogue_of(store, layers)
    layers += [added_layer(one) for one in store.corrections() if one.kind == "add"]
    day = date or said.as_of or ""
    about = shown_row(said.actor, known, details(said.actor.id, known, layers), day, store, said.presence)
    about["links"] = [{**one, "kind": known.actor(one["id"]).kind} for one in about["links"] if one["id"] in known]
    return about


def _row(said: Profile) -> Row:
    return {
        "level": said.level,
        "sections": [
            {"way": section.way, "group": section.group, "more": section.more, "rows": list(_triples(section))}
            for section in said.sections
        ],
        "mutual": [actor.id for actor in said.mutual],
        "years": [{"year": year.year, **year.documents} for year in said.years],
        "latest": [event_row(event) for event in said.latest],
        "not_facts": [{"status": told.kind, "assertions": told.assertions} for told in said.others],
    }


def _triples(section: Section) -> Iterator[Row]:
    return (triple_row(triple) for triple in section.rows)


def _lines(said: Profile) -> Iterator[Row]:
    for section in said.sections:
        yield from ({"section": f"{section.way} {section.group}", **row} for row in _triples(section))


def profile_blocks(about: Mapping[str, Any], said: Profile) -> Iterator[Block]:
    """A profile as tables; `about` is the actor as `about_actor` has it."""
    yield Heading(f"{about['name']} ({about['id']})", main=True)
    yield Table((Column("what", keep=True), Column("value")), tuple(_facts(about, said)))
    for section in said.sections:
        yield from _section(section)
    if said.years:
        yield Heading("Documents by year: facts of each family, whoever acts")
        families = list(said.years[0].documents)
        columns = (Column("year", keep=True), *(Column(family, right=True) for family in families))
        yield Table(
            columns,
            tuple(Line((year.year, *(f"{year.documents[f]:,}" for f in families))) for year in said.years),
        )
    if said.latest:
        yield Heading("Lately")
        yield dated(said.latest)
    if said.others:
        yield Heading("Not facts, and counted nowhere above")
        columns = (Column("status"), Column("times", right=True))
        yield Table(
            columns,
            tuple(Line((HEADINGS[told.kind], f"{told.assertions:,}")) for told in said.others),
        )


def _facts(about: Mapping[str, Any], said: Profile) -> Iterator[Line]:
    kind = about["kind"] + (f", {about['sector']}" if about["sector"] else "")
    names = about["names"][1:]
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    day = about["date"]
    heads = [term for term in about["holders"] if term["role"] in LEADERS]
    blocs = [one["name"] for one in about["links"] if _belongs(one, day)]
    presence = said.presence
    documents = f"{presence.documents:,} document{'' if presence.documents == 1 else 's'}"
    period = f", {presence.first} to {presence.last}" if presence.first else ""
    named = f"{presence.mentions:,} times in {documents}{period}"
    facts = [
        ("kind", kind),
        ("also", ", ".join(names[:MOST_NAMES]) + more),
        ("counts as", f"{about['rolls_up_to_name']} on {day}" if about["rolls_up_to_name"] else ""),
        ("offices", "; ".join(_office(term) for term in about["terms"])),
        (f"on {day}", "; ".join(f"{term['name']}, {term['title']}" for term in heads)),
        ("member of", "; ".join(blocs)),
        ("mutual backing", ", ".join(actor.name for actor in said.mutual)),
        ("named", named if presence.mentions else "in no document"),
    ]
    return (Line((key, value)) for key, value in facts if value)


def _belongs(link: Row, day: str) -> bool:
    """Whether it is an organisation or bloc that the actor belongs to on the day; treaties and regions are none."""
    if link["what"] not in ("member of", "part of") or link["kind"] not in ("organisation", "bloc"):
        return False
    return (link["since"] or "") <= day and (link["until"] is None or day <= link["until"])


def _office(term: Row) -> str:
    return f"{term['title']}, {term['of_name']} ({term['since']} to {term['until'] or 'now'})"


def _section(section: Section) -> Iterator[Block]:
    yield Heading(TITLES[f"{section.way} {section.group}"])
    by = section.way == "by"
    columns = (
        *(Column("actor"), Column("relation", keep=True), Column("docs", right=True)),
        *(Column("first", keep=True), Column("last", keep=True), Column("status")),
    )
    lines = (
        Line(
            (
                *((row.source if by else row.target).name, row.relation, f"{row.figures.documents:,}"),
                *(row.figures.first or "", row.figures.last or "", status(row)),
            ),
            tuple(note_of(quote.assertion, quote.document) for quote in row.quotes),
        )
        for row in section.rows
    )
    yield Table(columns, tuple(lines))
    if section.more:
        yield Text("There are more; --limit shows them.")
