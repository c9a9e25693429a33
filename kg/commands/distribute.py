"""kg distribute: shards of documents into shards of readings, over processes or machines."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from kg.actors.overlay import read_layer
from kg.commands.build import count
from kg.commands.group import Command, Exit
from kg.commands.options import actors_option, date_option, jobs_option, model_option
from kg.commands.output import note, problems_told
from kg.commands.terminal import progress_shown
from kg.parallel.distribute import Engine, Progress
from kg.parallel.distribute import distribute as distribute_shards
from kg.store import open_store
from kg.store.known import added_layers

__all__ = ["distribute"]


@click.command(
    cls=Command,
    examples=[
        ("kg distribute news/*.jsonl --out read/ --jobs 4", "Read shards with four processes of this machine."),
        ("kg build --from-shards read/ --store news.db", "Load what was read into a store."),
        (
            "kg distribute s3://news/ --out s3://read/ --scheduler tcp://10.0.0.1:8786",
            "Read with the workers of a Dask cluster, each of which has kg installed.",
        ),
    ],
    exits="0 when every shard is done; what had to be passed over in them is named and counted on standard error. 2 "
    "for a wrong option. 3 when a shard could not be done, an input names nothing or the cluster cannot be used: the "
    "same command again goes on from there.",
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--out", required=True, metavar="DIR", help="Where the shards of readings and their manifest go.")
@click.option("--scheduler", metavar="URL", help="The Dask scheduler of a cluster, as tcp://HOST:PORT.")
@click.option(
    "--engine",
    type=click.Choice(("dask", "pool")),
    default="dask",
    show_default=True,
    help="Without --scheduler: who runs the processes of this machine, Dask or kg.",
)
@click.option("--actors-of", "corrected", metavar="STORE", help="Read with the actors that were added to a store, too.")
@jobs_option
@date_option
@model_option
@actors_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something was passed over.")
@click.pass_context
def distribute(
    ctx: click.Context,
    inputs: tuple[str, ...],
    out: str,
    scheduler: str | None,
    engine: str,
    corrected: str | None,
    jobs: int,
    date: str | None,
    model: str | None,
    actor_files: tuple[Path, ...],
    quiet: bool,
) -> None:
    """Read INPUT shards into shards of readings, which kg build --from-shards loads and DuckDB can query.

    INPUT are JSON Lines (.jsonl, also packed as .gz, .bz2 or .xz) and Parquet files, folders and patterns of them, on
    any file system that fsspec knows. Each becomes one Parquet file in DIR; one that is there is not read again, so a
    run that was stopped goes on where it was. Needs the packages of the extra "cluster".
    """
    layers = [read_layer(path) for path in actor_files]
    if corrected is not None:
        with open_store(corrected) as opened:
            layers += added_layers(opened)
    shown = _shown if progress_shown() and not quiet else None
    try:
        state = distribute_shards(
            inputs,
            out,
            jobs=jobs,
            engine=cast("Engine", engine),
            scheduler=scheduler,
            layers=layers,
            model=model,
            date=date,
            progress=shown,
        )
    finally:
        if shown:
            click.echo("\r\x1b[K", nl=False, err=True)
    problems_told(state.problems)
    if not quiet or state.problems:
        note(_summary(state, out))
    if state.failed:
        ctx.exit(Exit.UNUSABLE)


def _summary(state: Progress, out: str) -> str:
    before = f" ({state.before:,} there already)" if state.before else ""
    failed = f", {state.failed:,} failed" if state.failed else ""
    passed = f", {count(len(set(state.problems)), 'problem')}" if state.problems else ""
    held = f"{count(state.documents, 'document')}, {count(state.assertions, 'assertion')}"
    return f"{count(state.done - state.failed, 'shard')} done{before}{failed}{passed}; {held} -> {out}"


def _shown(state: Progress) -> None:
    line = f"{state.done:,} of {count(state.shards, 'shard')}  {count(state.assertions, 'assertion')}"
    click.echo(f"\r\x1b[K{line[:79]}", nl=False, err=True)
