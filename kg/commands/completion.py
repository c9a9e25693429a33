"""kg completion: what makes a shell complete commands, options, relations and the actors of a store."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, ShellComplete, get_completion_class

from kg.commands.group import Command

__all__ = ["completion"]

VARIABLE = "_KG_COMPLETE"

# click's own leaves spaces bare, so that a name such as United States would become two words.
_BASH = """\
%(complete_func)s() {
    local response type value
    COMPREPLY=()
    response=$(IFS=$'\\n'; env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD %(complete_var)s=bash_complete $1)
    while IFS=',' read -r type value; do
        case $type in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain)
                case ${COMP_WORDS[COMP_CWORD]} in
                    "'"* | '"'*) [[ $value == *\\'* ]] || COMPREPLY+=("$value") ;;
                    *) COMPREPLY+=("$(printf '%%q' "$value")") ;;
                esac
                ;;
        esac
    done <<< "$response"
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""


@click.command(
    cls=Command,
    examples=[
        ('eval "$(kg completion bash)"', "In ~/.bashrc; bash 4.4 or later."),
        ('eval "$(kg completion zsh)"', "In ~/.zshrc, after compinit."),
        ("kg completion fish > ~/.config/fish/completions/kg.fish", "Once, for fish."),
    ],
    exits="0 when the script is printed. 2 for another shell.",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that makes SHELL complete what kg takes.

    It completes commands, options, relations and families, and the names of actors and documents from the store that
    KG_STORE or --store names.
    """
    cls = get_completion_class(shell)
    assert cls is not None, "click has all three"
    found = cls(ctx.find_root().command, {}, "kg", VARIABLE)
    if isinstance(found, BashComplete):
        found.source_template = _BASH  # type: ignore[misc] # one script, not all of bash's
    click.echo(ShellComplete.source(found))
