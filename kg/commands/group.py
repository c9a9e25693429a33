"""The groups of commands: loaded when called, listed from a table, with examples in every help.

`kg --help` imports no command. Errors that kg raises on purpose become a message and an exit code here and nowhere
else.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from kg.commands.terminal import give_up_output
from kg.errors import DataError, KgError, QuestionError, UnknownActorError
from kg.export.plain import visible

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

__all__ = ["COMMANDS", "SECTIONS", "Command", "DefaultGroup", "Entry", "Exit", "LazyGroup"]


class Exit:
    """What the exit codes mean; each command's help says so too."""

    FOUND = 0
    NOTHING = 1
    USAGE = 2
    UNUSABLE = 3
    STOPPED = 130
    CUT_SHORT = 141


class Entry(NamedTuple):
    """A command as `kg --help` lists it; `where` is its module below kg.commands and its name there."""

    name: str
    section: str
    help: str
    where: str


SECTIONS = ("Read", "Ask", "Take away", "Put right", "Look around")
COMMANDS = (
    Entry("build", "Read", "Read sources into a store.", "build:build"),
    Entry("distribute", "Read", "Read shards of documents over processes or machines.", "distribute:distribute"),
    Entry("extract", "Read", "Print the triples of sources, without a store.", "read:extract"),
    Entry("mentions", "Read", "Print the actors that sources name.", "read:mentions"),
    Entry("explain", "Read", "How a sentence is read, and why not otherwise.", "explain:explain"),
    Entry("query", "Ask", "Answer a question, with quotes.", "query:query"),
    Entry("path", "Ask", "How two actors are connected, each step with its quote.", "path:path"),
    Entry("show", "Ask", "An actor: who backs and opposes it, by year and lately.", "show:show"),
    Entry("between", "Ask", "Everything between two actors, as a dated story.", "between:between"),
    Entry("timeline", "Ask", "What happened to an actor, or between two, by date.", "timeline:timeline"),
    Entry("blocs", "Ask", "Who stands together: communities of mutual backing.", "blocs:blocs"),
    Entry("balance", "Ask", "Friends of friends, enemies of enemies, and misfits.", "balance:balance"),
    Entry("cite", "Ask", "Cite an assertion in full: quote, context, source, BibTeX.", "cite:cite"),
    Entry("map", "Take away", "Write the interactive map, one file that works offline.", "map:map_"),
    Entry("export", "Take away", "Write edges or assertions for other programs.", "export:export"),
    Entry("review", "Put right", "Accept, reject or relabel what was read.", "review:review"),
    Entry("sources", "Put right", "The documents of a store; show and remove them.", "sources:sources"),
    Entry("actors", "Put right", "The actors kg knows; show and correct them.", "actors:actors"),
    Entry("stats", "Look around", "What a store holds.", "about:stats"),
    Entry("relations", "Look around", "The relations kg knows, with definitions.", "relations:relations"),
    Entry("evaluate", "Look around", "Measure what is read against labelled sentences.", "evaluate:evaluate"),
    Entry("doctor", "Look around", "Whether kg and a store are in order.", "doctor:doctor"),
    Entry("completion", "Look around", "Let a shell complete what kg takes.", "completion:completion"),
)


class Failure(click.ClickException):
    """A message for standard error and the code to leave with."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(visible(message))
        self.exit_code = code  # type: ignore[misc] # click has one for each class


class _Explained(click.Command):
    """A command whose help ends with examples and its exit codes."""

    def __init__(self, *args: Any, examples: Sequence[tuple[str, str]] = (), exits: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)
        self.exits = exits

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Examples"):
            for line, what in self.examples:
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")
                formatter.indent()
                formatter.write_text(what)
                formatter.dedent()
        if self.exits:
            with formatter.section("Exit code"):
                formatter.write_text(self.exits)


class Command(_Explained):
    """A command of kg. One that answers, so has a --format, is paged on a terminal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answers = any(param.name == "format" for param in self.params)
        if self.answers:
            self.params.append(
                click.Option(
                    ["--no-pager"], is_flag=True, expose_value=False, callback=_no_pager, help="Never through a pager."
                )
            )

    def invoke(self, ctx: click.Context) -> Any:
        if not self.answers:
            return super().invoke(ctx)
        from kg.commands.pager import paged

        with paged(not ctx.meta.get(_NO_PAGER)):
            return super().invoke(ctx)


_NO_PAGER = "kg.no_pager"


def _no_pager(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    ctx.meta[_NO_PAGER] = asked


class DefaultGroup(_Explained, click.Group):
    """Commands under one name, of which the first is meant where none is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args and ctx.resilient_parsing:  # a shell asks what may come next
            return super().parse_args(ctx, args)
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = [next(iter(self.commands)), *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        meant = next(iter(self.commands.values()))
        arguments = (param for param in meant.params if isinstance(param, click.Argument))
        found = (item for argument in arguments for item in argument.shell_complete(ctx, incomplete))
        return [*super().shell_complete(ctx, incomplete), *found]


class LazyGroup(click.Group):
    """Commands of a table, imported when they are called for."""

    def __init__(self, *args: Any, commands_table: Sequence[Entry] = COMMANDS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = {entry.name: entry for entry in commands_table}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = self.table.get(cmd_name)
        if entry is None:
            return None
        module, _, name = entry.where.partition(":")
        command: click.Command = getattr(importlib.import_module(f"kg.commands.{module}"), name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            option = error.option_name
            hint = f"Options stand after the command: {ctx.info_name} COMMAND {option} …"
            raise click.UsageError(f"{visible(option)!r} is no option before a command. {hint}", ctx) from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.table and not args[0].startswith("-") and not ctx.resilient_parsing:
            import difflib

            near = difflib.get_close_matches(args[0], self.table, n=2, cutoff=0.5)
            hint = f" Did you mean {' or '.join(near)}?" if near else " `kg --help` lists them."
            ctx.fail(f"There is no command {visible(args[0])!r}.{hint}")
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        names = [entry for entry in self.table.values() if entry.name.startswith(incomplete)]
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [*(CompletionItem(entry.name, help=entry.help) for entry in names), *options]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        longest = max(map(len, self.table))
        for section in SECTIONS:
            rows = [
                (entry.name.ljust(longest), entry.help) for entry in self.table.values() if entry.section == section
            ]
            with formatter.section(section):
                formatter.write_dl(rows)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (DataError, UnknownActorError, QuestionError) as error:
            raise Failure(str(error), Exit.USAGE) from error
        except KgError as error:
            raise Failure(str(error), Exit.UNUSABLE) from error
        except UnicodeEncodeError as error:
            if error.encoding != "utf-8":
                raise
            # Python keeps a byte of an argument that is none of the locale's as half a character.
            told = "Something given is not UTF-8; set the terminal to UTF-8 and run it again."
            raise Failure(told, Exit.USAGE) from error
        except BrokenPipeError:  # `kg … | head` has seen enough
            give_up_output()
            ctx.exit(Exit.CUT_SHORT)
        except KeyboardInterrupt:
            click.echo("\nStopped.", err=True)
            ctx.exit(Exit.STOPPED)
