"""Text -> a file, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click

from kg.commands.terminal import utf8_output
from kg.errors import KgError

__all__ = ["write_file"]


def write_file(name: str, parts: Iterable[str], *, keep: str | None = None) -> None:
    """Write the parts as UTF-8 to the file of that name, or to standard output for "-".

    A file is replaced only when all of it is written. `keep` names a file that must not be replaced: the store.
    Raises `KgError` where the file cannot be written.
    """
    if name == "-":
        utf8_output()
        sys.stdout.writelines(parts)
        sys.stdout.flush()
        return
    path = Path(name).resolve()  # what a link points at is replaced, not the link
    store = Path((keep or "").removeprefix("sqlite:").removeprefix("//"))
    if keep and path.exists() and store.exists() and path.samefile(store):
        raise click.UsageError(f"{name} is the store itself; name another file.")
    try:
        if path.exists() and not path.is_file():
            _write(path, parts)  # a device or a pipe
            return
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        try:
            _write(Path(temporary), parts)
            mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
            Path(temporary).chmod(mode)
            Path(temporary).replace(path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                Path(temporary).unlink()
    except OSError as error:
        raise KgError(f"{name} could not be written: {error.strerror or error}.") from error


def _write(path: Path, parts: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
