"""kg build: sources into a store, and what a store holds anew."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

import click

from kg.build import Report, load, outdated
from kg.build import build as build_store
from kg.commands.group import Command, Exit
from kg.commands.options import (
    actors_option,
    date_option,
    encoding_option,
    jobs_option,
    model_option,
    store_option,
)
from kg.commands.output import note, problems_told
from kg.commands.terminal import progress_shown
from kg.documents import count_documents
from kg.errors import KgError
from kg.store import store_name

__all__ = ["build"]


@click.command(
    cls=Command,
    examples=[
        ("kg build seeds", "Read the briefs of a checkout into kg.db."),
        ("kg build news/ more.jsonl --store news.db", "Read folders and JSON Lines into a store of their own."),
        ("kg build news/ --jobs 4", "Read with four processes; the store is the same."),
        ("kg build --refresh", "Read again what an older kg has read, from the text in the store."),
        ("kg build --from-shards out/", "Load what kg distribute has read."),
        ("curl -s https://example.org/feed.jsonl | kg build - --date 2024-05-01", "Read standard input."),
    ],
    exits="0 when at least one document was read or was there already: what had to be passed over is named and "
    "counted on standard error. 2 for a wrong option. 3 when nothing could be read or the store cannot be used; with "
    "--strict, when anything was passed over.",
)
@click.argument("sources", nargs=-1, metavar="[SOURCES]...", type=click.Path())
@click.option("--from-shards", "shards", metavar="DIR", help="Load what kg distribute left in DIR, instead of SOURCES.")
@click.option("--refresh", is_flag=True, help="Read documents of the store that are out of date again, after SOURCES.")
@store_option
@date_option
@encoding_option
@model_option
@actors_option
@jobs_option
@click.option("--strict", is_flag=True, help="Leave with 3 if anything was passed over.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something was passed over.")
@click.pass_context
def build(
    ctx: click.Context,
    sources: tuple[str, ...],
    shards: str | None,
    refresh: bool,
    store: str,
    date: str | None,
    encoding: str,
    model: str | None,
    actor_files: tuple[Path, ...],
    jobs: int,
    strict: bool,
    quiet: bool,
) -> None:
    """Read SOURCES into a store, which is made if there is none.

    SOURCES are text, Markdown and JSON Lines files, folders of them, or - for standard input. A document that is in
    the store already is not read again; one that has changed replaces what was read from it. A run that is stopped
    goes on where it was when it is started again. Corrections of actors (kg actors) hold for all that is read.

    Every document is marked with what read it: the version of kg's rules, the model, the catalogue with --actors and
    the entries added to the store. Where one of these is another now, a document of SOURCES is read again. With
    --refresh so is every other document of the store, from the text that the store keeps, and SOURCES need not be
    named; kg doctor says how many there are.

    With --from-shards what kg distribute has read is loaded, and nothing is read anew.
    """
    if not refresh and bool(sources) == (shards is not None):
        raise click.UsageError("Name SOURCES, or --from-shards DIR, or --refresh.", ctx)
    if shards is not None and (sources or refresh):
        raise click.UsageError("--from-shards reads nothing anew; give SOURCES and --refresh to a run of its own.", ctx)
    if shards is not None and (date, model, jobs) != (None, None, 1):
        raise click.UsageError("--date, --model and --jobs are for reading; give them to kg distribute.", ctx)
    refreshed = (store, model, actor_files) if refresh else None
    try:
        with _progress(sources, quiet, refreshed) as progress:
            report = (
                load(shards, store, actors=actor_files, progress=progress)
                if shards is not None
                else build_store(
                    sources,
                    store,
                    date=date,
                    encoding=encoding,
                    model=model,
                    actors=actor_files,
                    jobs=jobs,
                    refresh=refresh,
                    progress=progress,
                )
            )
    except KeyboardInterrupt:
        note("\nStopped: what has been read is kept, and the same command goes on from there.")
        ctx.exit(Exit.STOPPED)
    problems_told(report.problems)
    if not quiet or report.problems:
        note(summary(report, store))
    if not report.documents or (strict and report.problems):
        ctx.exit(Exit.UNUSABLE)


def _progress(
    sources: tuple[str, ...], quiet: bool, refreshed: tuple[str, str | None, tuple[Path, ...]] | None = None
) -> AbstractContextManager[Callable[[Report], None] | None]:
    if quiet or not progress_shown():
        return nullcontext()
    from kg.commands.progress import Shown

    total = count_documents(sources) if sources or refreshed else None
    if refreshed is not None and total is not None:
        store, model, actor_files = refreshed
        with suppress(KgError):  # told when the store is written to, if it is not made then
            total += outdated(store, model=model, actors=actor_files)
    return Shown(total)


def summary(report: Report, store: str) -> str:
    """One line on what a run did."""
    parts = ((report.added, "new"), (report.replaced, "read again"), (report.unchanged, "there already"))
    documents = f"{count(report.documents, 'document')} read"
    if report.documents:
        documents += f" ({', '.join(f'{n:,} {what}' for n, what in parts if n)})"
    skipped = len(set(report.problems))
    passed = f", {count(skipped, 'problem')}" if skipped else ""
    wrote = f"; {count(report.assertions, 'assertion')} -> {store_name(store)}" if report.documents else ""
    return f"{documents}{passed}{wrote}"


def count(n: int, what: str) -> str:
    """ "1 document", "2 documents"."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"
