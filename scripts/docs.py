"""What cog writes into README.md, schema.md and docs/commands.md (`make docs`; `make docs-check` compares).

Everything comes from the code or from running the program on seeds/, so that the documents cannot go stale. The same
code gives the same text: no times, no paths.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import shlex
import sqlite3
import tempfile
import textwrap
from pathlib import Path
from typing import Any

from scripts import examples

ROOT = Path(__file__).resolve().parent.parent
VALUES = ("Document", "Original", "Sentence", "Span", "Actor", "Mention", "Assertion", "Reading", "Edge")


def session(*commands: str, shown: int = 0, built: bool = False) -> str:
    """A shell session in a folder that holds seeds/ and tests/; `shown` lines of each answer, all by default.

    With `built`, kg.db is there as `kg build seeds` makes it.
    """
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        if built:
            examples.folder(Path(folder))
        else:
            for name in ("seeds", "tests"):
                (Path(folder) / name).symlink_to(ROOT / name)
        for command in commands:
            answer = _run(command, folder)
            cut = [*answer[:shown], "..."] if shown and len(answer) > shown else answer
            lines += [f"$ {command}", *cut, ""]
    return _block("console", "\n".join(lines).rstrip())


def asked(*commands: str, shown: int = 0) -> str:
    """A shell session where kg.db is built of seeds/ already; `shown` lines of each answer, all by default."""
    lines: list[str] = []
    for command in commands:
        answer = examples.answered(examples.Example(command))
        lines += [f"$ {command}", *([*answer[:shown], "..."] if shown and len(answer) > shown else answer), ""]
    return _block("console", "\n".join(lines).rstrip())


def _run(command: str, folder: str) -> list[str]:
    program, *arguments = shlex.split(command)
    assert program == "kg", command
    return examples.run(arguments, Path(folder))


def commands() -> str:
    """The help of every command, as printed at 80 columns, and an example, by the sections of `kg --help`."""
    import click

    from cli import main
    from kg.commands.group import COMMANDS, SECTIONS

    root = click.Context(main, info_name="kg", **{**main.context_settings, "terminal_width": 80})
    parts = [_block("text", main.get_help(root))]
    for section in SECTIONS:
        parts.append(f"## {section}")
        for entry in COMMANDS:
            if entry.section != section:
                continue
            command = main.get_command(root, entry.name)
            assert command is not None
            context = click.Context(command, info_name=entry.name, parent=root, terminal_width=80)
            parts += [f"### kg {entry.name}", _block("text", command.get_help(context)), *_example(entry.name)]
            for name, below in getattr(command, "commands", {}).items():
                inner = click.Context(below, info_name=name, parent=context, terminal_width=80)
                parts += [f"#### kg {entry.name} {name}", _block("text", below.get_help(inner))]
                parts += _example(f"{entry.name} {name}")
    return "\n\n".join(parts)


def _example(name: str) -> list[str]:
    """A command as it is run on seeds/, with what it answers."""
    example = examples.EXAMPLES.get(name)
    if example is None:
        return []
    lines = examples.answered(example)
    cut = example.shown and len(lines) > example.shown + 1
    shown = [*lines[: example.shown], "..."] if cut else lines
    return [_block("console", "\n".join((f"$ {example.line}", *shown)))]


def values() -> str:
    """The value objects: what each says of itself, and its fields."""
    from kg import model

    parts = []
    for name in VALUES:
        cls = getattr(model, name)
        parts.append(f"### {name}\n\n{_doc(cls)}\n")
        rows = [(f"`{field.name}`", f"`{_type(field.type)}`", _default(field)) for field in dataclasses.fields(cls)]
        rows += [(f"`{key}`", "derived", _doc(member)) for key, member in vars(cls).items() if _is_property(member)]
        parts.append(_table(("field", "type", "default"), rows) + "\n")
    return "\n".join(parts).rstrip()


def vocabularies() -> str:
    """The closed lists that fields take their values from."""
    from kg import model

    lists = {
        "kind": model.ACTOR_KINDS,
        "sector": model.SECTORS,
        "polarity": model.POLARITIES,
        "status": model.STATUSES,
        "how": model.HOWS,
        "voice": model.VOICES,
        "level": model.LEVELS,
        "family": model.FAMILIES,
    }
    return _table(("field", "values"), [(f"`{key}`", ", ".join(each)) for key, each in lists.items()])


def relations() -> str:
    """The relation cards as a table for each family."""
    from kg.relations import ontology

    parts = []
    for family, cards in ontology().families.items():
        titles = ("relation", "direction", "PLOVER", "CAMEO", "weight", "definition", "example")
        rows = [
            (
                f"`{card.id}`" + (f" ({card.tier})" if card.tier else ""),
                "both ways" if card.symmetric else "one way",
                card.plover or "",
                card.cameo or "",
                "" if card.weight is None else f"{card.weight:+.1f}",
                card.definition,
                f"*{card.example}*",
            )
            for card in cards
        ]
        parts.append(f"### {family.capitalize()}\n\n{_table(titles, rows)}")
    return "\n\n".join(parts)


def tables() -> str:
    """The tables of a store as SQLite has them."""
    from kg.store import open_store

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kg.db"
        open_store(path, create=True).close()
        connection = sqlite3.connect(path)
        statements = [
            textwrap.dedent(sql.replace("\n    )", "\n)").replace("\n        ", "\n    "))
            for (sql,) in connection.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
        ]
        connection.close()
    return _block("sql", "\n".join(f"{statement.rstrip()};" for statement in statements))


def json_line() -> str:
    """One assertion of seeds/ as `kg extract --format jsonl` writes it, over several lines to be read."""
    import json

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "seeds").symlink_to(ROOT / "seeds")
        rows = map(json.loads, _run("kg extract seeds --format jsonl", folder))
        row = next(row for row in rows if row["relation"] == "supports" and row["source"]["how"] == "name")
    lines = [f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in row.items()]
    return _block("json", "{\n" + ",\n".join(lines) + "\n}")


def mention_line() -> str:
    """One mention of seeds/ as `kg mentions --format jsonl` writes it."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "seeds").symlink_to(ROOT / "seeds")
        return _block("json", _run("kg mentions seeds --format jsonl", folder)[0])


def _block(language: str, text: str) -> str:
    return f"```{language}\n{text}\n```"


def _table(titles: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [titles, tuple("---" for _ in titles), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _doc(member: Any) -> str:
    return re.sub(r"(?<!\n)\n(?!\n)", " ", inspect.getdoc(member) or "")


def _is_property(member: Any) -> bool:
    return isinstance(member, property)


def _type(annotation: Any) -> str:
    return annotation if isinstance(annotation, str) else annotation.__name__


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
        return "required"
    return f"`{field.default!r}`" if field.default is not dataclasses.MISSING else "empty"
