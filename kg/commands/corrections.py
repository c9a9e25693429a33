"""kg actors merge, split, add, corrections, undo and restore: what a person puts right, kept in the store."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.actor import layers_of, resolve
from kg.commands.group import Command, Exit
from kg.commands.layout import Column, Line, Note, Table, Text
from kg.commands.options import actors_option, format_option, no_color_option, store_option
from kg.commands.output import draw, note, write_rows
from kg.errors import KgError, StoreError
from kg.export.rows import Row
from kg.model import ACTOR_KINDS, SECTORS, Actor, Kind, Sector
from kg.store import Correction, Store, open_store
from kg.store.corrections import correction_from_row, correction_row

if TYPE_CHECKING:
    from kg.actors.catalogue import Catalogue
    from kg.actors.overlay import Layer

__all__ = [
    "CORRECTION_COLUMNS",
    "add",
    "correction_json",
    "corrections",
    "described",
    "merge",
    "restore",
    "split",
    "undo",
]

CORRECTION_COLUMNS = ("number", "time", "kind", "says", "note", "undone")
EXITS = "0 when it is done. 2 for an unknown actor or a wrong option. 3 when the store cannot be used."
why_option = click.option("--note", "why", metavar="TEXT", help="Why, for whoever reads it later.")


def described(correction: Correction) -> str:
    """What a correction says, in words."""
    if correction.kind == "add":
        from kg.store.known import added_layer

        ids = added_layer(correction).actor_ids
        more = f" and {len(ids) - 5:,} more" if len(ids) > 5 else ""
        return f"entries for {', '.join(ids[:5])}{more}" if ids else "phrases that name nobody"
    assert correction.target is not None, "a merge or split has a target"
    parts = [f"{correction.source} is {correction.target.name} ({correction.target.id})"]
    if correction.texts:
        parts.append("where called " + " or ".join(f"“{text}”" for text in correction.texts))
    if correction.documents:
        more = f" and {len(correction.documents) - 3:,} more" if len(correction.documents) > 3 else ""
        parts.append("in " + ", ".join(correction.documents[:3]) + more)
    return " ".join(parts)


def correction_json(correction: Correction) -> Row:
    """A correction whole: what `kg actors restore` reads again."""
    kind, what, why = correction_row(correction)
    return {
        "number": correction.number,
        "time": correction.time,
        "kind": kind,
        "says": described(correction),
        "what": json.loads(what),
        "note": why,
        "undone": correction.undone,
    }


@click.command(
    cls=Command,
    examples=[
        ("kg actors merge 'Ishaq Darr' 'Ishaq Dar' --note 'a misspelling'", "Two actors that are one."),
        ("kg actors merge organisation.foo-brigades hamas", "By id; both can be found by either name afterwards."),
    ],
    exits=EXITS,
)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@why_option
@store_option
@actors_option
@format_option()
@no_color_option
def merge(
    a: str, b: str, why: str | None, store: str, actor_files: tuple[Path, ...], format: str, no_color: bool
) -> None:
    """From now on, and for all that is stored, the actor A is B: in assertions, mentions, edges and names.

    What the documents said is kept beside it, so that `kg actors undo` takes it back without a trace.
    """
    with open_store(store) as opened:
        old, new = resolve(opened, a, actor_files), resolve(opened, b, actor_files)
        if old.id == new.id:
            raise click.UsageError(f"{a} and {b} are the same actor already: {new.name} ({new.id}).")
        known = _catalogue(opened, actor_files)
        names = dict.fromkeys((old.name, *opened.names(old.id), *known.aliases(old.id)))
        correction = Correction(kind="merge", source=old.id, target=new, names=tuple(names), note=why)
        _make(opened, correction, known, format, no_color)


@click.command(
    cls=Command,
    examples=[
        (
            "kg actors split 'Michael Jordan' --new 'Michael Jordan (coach)' --kind person --document news/7.txt",
            "Another in one document.",
        ),
        ("kg actors split hamas --to 'Hamas government' --text 'Gaza authorities'", "Wherever it is called so."),
    ],
    exits=EXITS,
)
@click.argument("a", metavar="A")
@click.option("--to", metavar="ACTOR", help="Who it is instead: an actor that is known.")
@click.option("--new", metavar="NAME", help="Who it is instead: somebody new, of this name.")
@click.option("--kind", type=click.Choice(ACTOR_KINDS), help="What the new actor is.")
@click.option("--sector", type=click.Choice(SECTORS), help="The new actor's sector, if it has one.")
@click.option("--id", "identity", metavar="ID", help="The new actor's id; made of its name by default.")
@click.option("--of", "above", metavar="ACTOR", help="Whom the new actor acts for; itself by default.")
@click.option("--document", "documents", multiple=True, metavar="ID", help="Only in this document; repeatable.")
@click.option("--text", "texts", multiple=True, metavar="TEXT", help="Only where A is called this; repeatable.")
@why_option
@store_option
@actors_option
@format_option()
@no_color_option
def split(
    a: str,
    to: str | None,
    new: str | None,
    kind: Kind | None,
    sector: Sector | None,
    identity: str | None,
    above: str | None,
    documents: tuple[str, ...],
    texts: tuple[str, ...],
    why: str | None,
    store: str,
    actor_files: tuple[Path, ...],
    format: str,
    no_color: bool,
) -> None:
    """In some documents, or where it is called something, the actor A is another: one that is known, or a new one.

    Give --document, --text or both, and --to or --new. It holds for documents read later as well.
    """
    if (to is None) == (new is None):
        raise click.UsageError("Say who it is instead, by --to ACTOR or by --new NAME.")
    if new is None and (kind or sector or identity or above):
        raise click.UsageError("--kind, --sector, --id and --of describe a --new actor.")
    if new is not None and kind is None:
        raise click.UsageError("Say by --kind what the new actor is.")
    if not documents and not texts:
        raise click.UsageError("Say where, by --document or --text; kg actors merge replaces an actor everywhere.")
    with open_store(store) as opened:
        old = resolve(opened, a, actor_files)
        for document in documents:
            if opened.document(document) is None:
                raise click.UsageError(f"There is no document {document!r} in the store.")
        known = _catalogue(opened, actor_files)
        state = None
        if to is not None:
            target = resolve(opened, to, actor_files)
        else:
            assert new is not None, "one of the two is given"
            assert kind is not None, "asked for above"
            target = Actor(_new_id(opened, known, new, kind, identity), new, kind, sector)
            state = resolve(opened, above, actor_files) if above else target
        if old.id == target.id:
            raise click.UsageError(f"{a} is {target.name} ({target.id}) already; name another.")
        correction = Correction(
            kind="split", source=old.id, target=target, state=state, documents=documents, texts=texts, note=why
        )
        _make(opened, correction, known, format, no_color)


def _new_id(store: Store, known: Catalogue, name: str, kind: str, identity: str | None) -> str:
    from kg.actors.schema import slug

    made = identity or (f"person.{slug(name)}" if kind == "person" else slug(name))
    if slug(made.replace(".", "-")) != made.replace(".", "-"):
        raise click.UsageError(f"{made!r} is no id; give one of a-z, 0-9, dots and hyphens by --id.")
    if made in known or store.actor(made) is not None:
        raise click.UsageError(f"There is an actor {made} already; mean it by --to, or give another --id.")
    return made


@click.command(
    cls=Command,
    examples=[
        ("kg actors add --file my.toml", "Actors, offices with their holders, names and phrases of your own."),
        ("kg actors add --file my.toml --store news.db --note 'for the Sahel'", "Into another store, with a note."),
    ],
    exits="0 when it is done. 2 for a wrong entry, which is named with what to do. 3 when the store cannot be used.",
)
@click.option(
    "--file",
    "file",
    required=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TOML with the tables [[actor]], [[office]], [[phrase]] as in kg/data/actors, or [[names]]: of, names.",
)
@why_option
@store_option
@actors_option
@format_option()
@no_color_option
def add(file: Path, why: str | None, store: str, actor_files: tuple[Path, ...], format: str, no_color: bool) -> None:
    """Keep actors of your own in the store, which is made if there is none; a known id replaces what kg ships.

    Names are found at once; what documents say is read with them when they are built the next time.
    """
    from kg.actors.overlay import read_layer

    layer = read_layer(file)
    if not (layer.actors or layer.offices or layer.phrases or layer.names):
        raise click.UsageError(f"{file} holds no entry; write [[actor]] above one.")
    with _checked(store, layers_of(actor_files), layer) as opened:
        entries = json.dumps(layer.content, ensure_ascii=False)
        _make(opened, Correction(kind="add", entries=entries, note=why or file.name), None, format, no_color)


def _checked(store: str, layers: list[Layer], new: Layer) -> Store:
    """The store, made only where all that the new entries refer to is known."""
    from kg.store.known import catalogue_of

    try:
        opened = open_store(store)
    except StoreError:
        catalogue_of(None, [*layers, new])
        return open_store(store, create=True)
    try:
        catalogue_of(opened, layers, [new])
    except BaseException:
        opened.close()
        raise
    return opened


@click.command(
    cls=Command,
    examples=[
        ("kg actors corrections", "Those in force, with the numbers that undo takes."),
        ("kg actors corrections --all --format jsonl", "All that were ever made, whole."),
    ],
    exits="0 when there is one. 1 when there is none. 2 for a wrong option. 3 when the store cannot be used.",
)
@click.option("--all", "undone", is_flag=True, help="Those that were taken back too.")
@store_option
@format_option()
@no_color_option
@click.pass_context
def corrections(ctx: click.Context, undone: bool, store: str, format: str, no_color: bool) -> None:
    """List the corrections of a store, in the order in which they hold."""
    with open_store(store) as opened:
        found = opened.corrections(undone=undone)
    if format != "table":
        write_rows(map(correction_json, found), format, CORRECTION_COLUMNS)
    elif found:
        columns = (Column("no.", right=True), Column("kind", keep=True), Column("what"), Column("made", keep=True))
        lines = [
            Line(
                (str(one.number), one.kind, described(one), (one.time or "")[:10]),
                tuple(Note(text) for text in (one.note, one.undone and f"taken back {one.undone[:10]}") if text),
            )
            for one in found
        ]
        draw([Table(columns, tuple(lines))], no_color)
    if not found:
        note("Nothing has been corrected.")
        ctx.exit(Exit.NOTHING)


@click.command(
    cls=Command,
    examples=[
        ("kg actors undo 3", "Take the third correction back."),
        ("kg actors undo 3 --format json", "What was taken back, for a program."),
    ],
    exits="0 when it is done. 2 when no correction of that number is in force. 3 when the store cannot be used.",
)
@click.argument("number", type=click.IntRange(1))
@store_option
@actors_option
@format_option()
@no_color_option
def undo(number: int, store: str, actor_files: tuple[Path, ...], format: str, no_color: bool) -> None:
    """Take the correction of that NUMBER back: the store is as though it had never been made."""
    from kg.store.known import lookup_in

    with open_store(store) as opened:
        if number not in [one.number for one in opened.corrections()]:
            raise click.UsageError(f"No correction {number} is in force; `kg actors corrections` lists them.")
        done = opened.undo(number, lookup=lookup_in(_catalogue(opened, actor_files)))
    _told(done.correction, done.documents, "taken back", format, no_color)


@click.command(
    cls=Command,
    examples=[
        ("kg export --what corrections > mine.jsonl", "Take the corrections out of a store,"),
        ("kg actors restore mine.jsonl --store new.db", "and make them in another, after its documents are built."),
        ("kg actors restore - --store new.db", "From standard input."),
    ],
    exits="0 when all were made, or there was nothing to make. 2 for a line that is no correction, which is named; then "
    "none is made. 3 when the store cannot be used, or a document that one speaks of is not in it.",
)
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, exists=True, allow_dash=True))
@store_option
@actors_option
@no_color_option
def restore(file: str, store: str, actor_files: tuple[Path, ...], no_color: bool) -> None:
    """Make the corrections that `kg export --what corrections` wrote, in their order; undone ones are left out."""
    wanted = []
    data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    for line, text in enumerate(data.split(b"\n"), 1):
        if not text.strip():
            continue
        try:
            row = json.loads(text)
            one = correction_from_row((0, None, row["kind"], json.dumps(row["what"]), row["note"], row["undone"]))
            described(one)
        except (ValueError, KeyError, TypeError, AttributeError, AssertionError, KgError) as error:
            raise click.UsageError(f"{file}:{line}: this is no correction ({error}); none was made.") from None
        if one.undone is None:
            wanted.append((one, row.get("time")))
    with open_store(store) as opened:
        from kg.store.known import lookup_in

        for one, time in wanted:
            known = _catalogue(opened, actor_files)
            done = opened.correct(one, lookup=lookup_in(known), aliases=known.aliases, time=time)
            note(f"{done.correction.number}: {described(done.correction)}")


def _catalogue(store: Store, files: Sequence[Path]) -> Catalogue:
    from kg.commands.actor import known_actors

    return known_actors(store, files)


def _make(store: Store, correction: Correction, known: Catalogue | None, format: str, no_color: bool) -> None:
    if known is None:
        done = store.correct(correction)
    else:
        from kg.store.known import lookup_in

        done = store.correct(correction, lookup=lookup_in(known), aliases=known.aliases)
    _told(done.correction, done.documents, "made", format, no_color)


def _told(correction: Correction, documents: int, what: str, format: str, no_color: bool) -> None:
    """What was done, as an answer."""
    if format != "table":
        row = {**correction_json(correction), "documents": documents}
        write_rows([row], format, (*CORRECTION_COLUMNS, "documents"))
        return
    changed = f"{documents:,} document{'' if documents == 1 else 's'} changed."
    then = f" `kg actors undo {correction.number}` takes it back." if what == "made" else ""
    if correction.kind == "add":
        changed = "What was read without them is read again when its sources are built the next time."
    draw([Text(f"Correction {correction.number} {what}: {described(correction)}. {changed}{then}")], no_color)
