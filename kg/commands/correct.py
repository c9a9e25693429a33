"""kg actors merge, split and add: what a person puts right, kept in the store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.actor import known_actors, layers_of, resolve
from kg.commands.complete import actor_names, document_ids
from kg.commands.corrections import told
from kg.commands.group import Command
from kg.commands.options import Known, actors_option, format_option, no_color_option, store_option
from kg.errors import StoreError
from kg.model import ACTOR_KINDS, SECTORS, Actor, Kind, Sector
from kg.store import Correction, Store, open_store

if TYPE_CHECKING:
    from kg.actors.catalogue import Catalogue
    from kg.actors.overlay import Layer

__all__ = ["add", "merge", "split"]

EXITS = "0 when it is done. 2 for an unknown actor or a wrong option. 3 when the store cannot be used."
why_option = click.option("--note", "why", metavar="TEXT", help="Why, for whoever reads it later.")


@click.command(
    cls=Command,
    short_help="Make two actors one.",
    examples=[
        ("kg actors merge 'Ishaq Darr' 'Ishaq Dar' --note 'a misspelling'", "Two actors that are one."),
        ("kg actors merge organisation.foo-brigades hamas", "By id; both can be found by either name afterwards."),
    ],
    exits=EXITS,
)
@click.argument("a", metavar="A", shell_complete=actor_names)
@click.argument("b", metavar="B", shell_complete=actor_names)
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
        known = known_actors(opened, actor_files)
        names = dict.fromkeys((old.name, *opened.names(old.id), *known.aliases(old.id)))
        correction = Correction(kind="merge", source=old.id, target=new, names=tuple(names), note=why)
        _make(opened, correction, known, format, no_color)


@click.command(
    cls=Command,
    short_help="Make another actor of some mentions of one.",
    examples=[
        (
            "kg actors split Khan --new 'Khan (poet)' --kind person --document 7.txt",
            "Another in one document.",
        ),
        ("kg actors split hamas --to 'Hamas government' --text 'Gaza authorities'", "Wherever it is called so."),
    ],
    exits=EXITS,
)
@click.argument("a", metavar="A", shell_complete=actor_names)
@click.option("--to", metavar="ACTOR", shell_complete=actor_names, help="Who it is instead: an actor that is known.")
@click.option("--new", metavar="NAME", help="Who it is instead: somebody new, of this name.")
@click.option(
    "--kind", type=Known(ACTOR_KINDS), metavar="KIND", help=f"What the new actor is: {', '.join(ACTOR_KINDS)}."
)
@click.option(
    "--sector",
    type=Known(SECTORS),
    metavar="SECTOR",
    help=f"The new actor's sector, if it has one: {', '.join(SECTORS)}.",
)
@click.option("--id", "identity", metavar="ID", help="The new actor's id; made of its name by default.")
@click.option(
    "--of", "above", metavar="ACTOR", shell_complete=actor_names, help="Whom the new actor acts for; itself by default."
)
@click.option(
    "--document",
    "documents",
    multiple=True,
    metavar="ID",
    shell_complete=document_ids,
    help="Only in this document; repeatable.",
)
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
        known = known_actors(opened, actor_files)
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
    short_help="Keep actors of your own in the store.",
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


def _make(store: Store, correction: Correction, known: Catalogue | None, format: str, no_color: bool) -> None:
    if known is None:
        done = store.correct(correction)
    else:
        from kg.store.known import lookup_in

        done = store.correct(correction, lookup=lookup_in(known), aliases=known.aliases)
    told(done.correction, done.documents, "made", format, no_color)
