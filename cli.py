"""The entry point `kg`: gathers the commands of kg/commands, each loaded when it is called."""

from __future__ import annotations

import gc
import sys

import click

from kg.commands.group import Command, Exit, LazyGroup
from kg.commands.terminal import UNWRITABLE, give_up_output, prepare_streams

__all__ = ["main"]


class _Root(LazyGroup):
    command_class = Command

    def main(self, *args: object, **kwargs: object) -> object:  # type: ignore[override]
        # What a command loads and finds lives as long as it does: to look through it for garbage, again and again,
        # costs a twentieth of an answer.
        gc.set_threshold(100_000, 50, 100)
        prepare_streams()
        try:
            return super().main(*args, **kwargs)  # type: ignore[call-overload]
        except OSError as error:
            if error.errno not in UNWRITABLE:
                raise
            give_up_output()
            click.echo(f"Error: The output cannot be written: {error.strerror}.", err=True)
            sys.exit(Exit.UNUSABLE)


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            click.echo(f"kg {version('who-backs-whom')}")
        except PackageNotFoundError:  # run from a checkout
            click.echo("kg, not installed")
        ctx.exit()


@click.group(
    cls=_Root,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    epilog="`kg COMMAND --help` tells a command's options, examples and exit codes.",
)
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Show the version.")
def main() -> None:
    """Who backs whom: news read into quoted, dated triples.

    \b
      kg build seeds
      kg query "who backs Pakistan"
    """


if __name__ == "__main__":
    main(prog_name="kg")
