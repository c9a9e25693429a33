"""Options that several commands share, so that they are called and explained alike."""

from __future__ import annotations

import datetime
import functools
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.commands.output import FORMATS
from kg.errors import DocumentError
from kg.export.plain import visible
from kg.model import FAMILIES, LEVELS
from kg.relations import ontology

if TYPE_CHECKING:
    from kg.store import Count

__all__ = [
    "Kinds",
    "Known",
    "actors_option",
    "bounds_options",
    "date_bounds",
    "date_option",
    "encoding_option",
    "family_option",
    "format_option",
    "jobs_option",
    "level_option",
    "model_option",
    "no_color_option",
    "optional_level_option",
    "relations_of",
    "reviewed_option",
    "sources_argument",
    "sources_option",
    "span_options",
    "store_option",
]

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[str]):
    """A day, a month or a year in ISO 8601, and where that is allowed, the word today."""

    name = "date"

    def __init__(self, *, today: bool = False) -> None:
        self._today = today

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if self._today and value == "today":
            return datetime.date.today().isoformat()
        from kg.documents.fields import iso_date

        try:
            return iso_date(value)
        except DocumentError as error:
            self.fail(str(error), param, ctx)


class Known(click.Choice[str]):
    """One of a list of names, with the nearest ones where it is none of them."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        import difflib

        near = difflib.get_close_matches(str(value), list(self.choices), n=3, cutoff=0.6)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"Choose from {', '.join(self.choices)}."
        return f"{visible(str(value))!r} is none that kg knows. {hint}"


def relations_of(families: Sequence[str]) -> list[str] | None:
    """The ids of the relations that a list of families and relations means; None for an empty list."""
    if not families:
        return None
    cards = ontology().relations
    return [id for id, card in cards.items() if id in families or card.family in families]


def _own_actors() -> Path | None:
    """The file of actors that a user keeps for all stores, where there is one."""
    base = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    try:
        path = Path(base).expanduser() / "kg" / "actors.toml"
    except RuntimeError:  # nobody's home
        return None
    return path if path.is_file() else None


def _actor_files(ctx: click.Context, param: click.Parameter, given: tuple[Path, ...]) -> tuple[Path, ...]:
    own = _own_actors()
    return given if own is None else (own, *given)


actors_option = click.option(
    "--actors",
    "actor_files",
    multiple=True,
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=_actor_files,
    envvar="KG_ACTORS",
    show_envvar=True,
    help="TOML with actors of your own, over those kg knows; repeatable. $XDG_CONFIG_HOME/kg/actors.toml "
    "(~/.config/kg/actors.toml) is always read.",
)
store_option = click.option(
    "--store",
    metavar="PATH",
    envvar="KG_STORE",
    default="kg.db",
    show_default=True,
    show_envvar=True,
    help="The store: an SQLite file, or a postgresql:// URL.",
)
no_color_option = click.option("--no-color", is_flag=True, help="No colour, as with NO_COLOR set.")
sources_argument = click.argument("sources", nargs=-1, required=True, metavar="SOURCES...", type=click.Path())
date_option = click.option("--date", type=Day(), metavar="DATE", help="The date of documents that give none.")
encoding_option = click.option(
    "--encoding", default="utf-8", show_default=True, metavar="NAME", help="Of text and Markdown files."
)
model_option = click.option("--model", metavar="NAME", help="Another English spaCy pipeline than the one installed.")


def _processes(ctx: click.Context, param: click.Parameter, given: int) -> int:
    return given or os.cpu_count() or 1


jobs_option = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(0),
    metavar="N",
    default=1,
    show_default=True,
    callback=_processes,
    help="How many processes read, at 0.4 GB of memory each; 0 takes one for each processor.",
)
sources_option = click.option(
    "--min-sources",
    type=click.IntRange(1),
    metavar="N",
    help="Only what stands in so many independent originals; copies of one text count once.",
)
private_option = click.option(
    "--private-people",
    is_flag=True,
    help="Also hostile and alleged acts of people without office, which are left out.",
)
as_of_option = click.option(
    "--as-of", type=Day(today=True), metavar="DATE", help="As the sources stood then; today is the day it is."
)
level_option = click.option(
    "--level",
    type=click.Choice(LEVELS),
    default="state",
    show_default=True,
    help="Whose acts: as named, or rolled up to states.",
)
optional_level_option = click.option(
    "--level",
    type=click.Choice(LEVELS),
    help="Acts as named, or rolled up to states.  [default: state, unless the actor stands below it only]",
)


class Kinds(click.ParamType["tuple[Count, ...]"]):
    """Kinds of what is no fact, in a list with commas."""

    name = "kinds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[Count, ...]:
        if not isinstance(value, str):
            return tuple(value)
        from kg.queries.who import OTHER_KINDS  # not for commands that ask no store

        asked = [word.strip() for word in value.split(",") if word.strip()]
        if asked in (["all"], ["none"]):
            return OTHER_KINDS if asked == ["all"] else ()
        known: dict[str, Count] = {"denied": "negated", **{kind: kind for kind in OTHER_KINDS}}
        for word in asked:
            if word not in known:
                self.fail(f"{word!r} is none of {', '.join(OTHER_KINDS)}, all, none.", param, ctx)
        return tuple(kind for kind in OTHER_KINDS if kind in {known[word] for word in asked})


include_option = click.option(
    "--include",
    type=Kinds(),
    default="all",
    show_default=True,
    metavar="KINDS",
    help="What to show beside the facts, each apart: planned,alleged,hypothetical,ended,negated, or none.",
)


def format_option(*formats: str) -> Callable[[F], F]:
    """--format, a table by default."""
    chosen = formats or FORMATS
    return click.option(
        "--format",
        "-f",
        type=click.Choice(chosen),
        default=chosen[0],
        show_default=True,
        help="How the answer is written.",
    )


def family_option(name: str, help: str) -> Callable[[F], F]:
    """An option that takes families and relations, several if repeated."""
    return click.option(
        name,
        "families",
        multiple=True,
        metavar="FAMILY",
        type=Known([*FAMILIES, *ontology().relations]),
        help=help,
    )


reviewed_option = click.option("--reviewed", is_flag=True, help="Only what a person accepted (kg review).")


def bounds_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """All bounds on an answer (dates, sources, confidence, people, reviews), handed over as one `bounds`."""

    @functools.wraps(command)
    def bounded(
        *args: Any,
        since: str | None,
        until: str | None,
        min_confidence: float | None,
        min_sources: int | None,
        as_of: str | None,
        private_people: bool,
        reviewed: bool,
        **rest: Any,
    ) -> Any:
        from kg.store import Filter

        bounds = Filter(
            since=since,
            until=until,
            min_confidence=min_confidence,
            min_originals=min_sources,
            as_of=as_of,
            private_people=private_people,
            reviewed=reviewed,
        )
        return command(*args, bounds=bounds, **rest)

    return span_options(sources_option(as_of_option(private_option(reviewed_option(bounded)))))


def span_options(command: F) -> F:
    """--since, --until, --min-confidence."""
    return date_bounds(
        click.option(
            "--min-confidence",
            type=click.FloatRange(0, 1),
            metavar="0..1",
            help="Leave out what was read with less certainty.",
        )(command)
    )


def _in_order(ctx: click.Context, param: click.Parameter, given: str | None) -> str | None:
    """Whether the span that two options give can hold a day."""
    since, until = (given if param.name == name else ctx.params.get(name) for name in ("since", "until"))
    if since and until and since[: len(until)] > until[: len(since)]:
        raise click.UsageError(f"--since {since} is later than --until {until}: no day lies between them.", ctx)
    return given


def date_bounds(command: F) -> F:
    """--since, --until."""
    date: dict[str, Any] = {"type": Day(), "metavar": "DATE", "callback": _in_order}
    for option in (
        click.option("--until", **date, help="Only what is dated on or before: 2021, 2021-05-02."),
        click.option("--since", **date, help="Only what is dated on or after: 2019, 2019-10."),
    ):
        command = option(command)
    return command
