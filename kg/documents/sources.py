"""What the user names -> documents, one after the other; whatever cannot be read is told and passed over."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePath
from typing import IO

from kg.documents.fields import iso_date
from kg.documents.formats import Found, Options, looks_like_json_lines, read_json_lines, read_markdown, read_text
from kg.errors import DocumentError, Problem
from kg.model import Document

__all__ = ["count_documents", "read_sources"]

_TEXT = (".txt", ".text")
_MARKDOWN = (".md", ".markdown")
_JSON_LINES = (".jsonl", ".ndjson")


def read_sources(
    sources: Iterable[str | Path],
    *,
    problems: list[Problem],
    stdin: IO[bytes] | None = None,
    default_date: str | None = None,
    encoding: str = "utf-8",
    is_new: Callable[[str], bool] | None = None,
) -> Iterator[Document]:
    """The documents of files, folders and "-" (standard input), in the order named, folders sorted by path.

    Documents come one by one: neither a folder nor a JSON Lines file is held in memory. Ids are unique in what is
    yielded. A source, file or line that cannot be read is appended to `problems` and costs nothing of the rest.
    `default_date` stands in where a document gives no date; `encoding` is that of text and Markdown without a byte
    order mark. `is_new` is asked for each id, once, whether it comes for the first time; left out, all ids are held in
    memory to tell.

    Raises `DocumentError`, at once, for a `default_date` or an `encoding` that is none.
    """
    if default_date is not None:
        default_date = iso_date(default_date)
    try:
        " ".encode(encoding)
    except LookupError:
        raise DocumentError(f"{encoding!r} is not an encoding; utf-8, latin-1 and cp1252 are.") from None
    options = Options(default_date=default_date, encoding=encoding)
    return _unique(_read_all(sources, stdin, options), problems, is_new or _told_apart())


def count_documents(sources: Iterable[str | Path]) -> int | None:
    """About how many documents the sources hold: files, and lines of JSON Lines; None where only reading would tell.

    Nothing is raised: what cannot be read counts for nothing here.
    """
    total = 0
    for source in map(Path, sources):
        if source.is_dir():
            found: Iterable[Path] = _walk(source, [])
        elif source.is_file():
            found = [source]
        else:
            return None
        for path in found:
            if path.suffix.lower() not in _JSON_LINES:
                total += 1
                continue
            try:
                with path.open("rb") as file:
                    total += sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
            except OSError:
                continue
    return total


def _unique(
    items: Iterable[Found | Problem], problems: list[Problem], is_new: Callable[[str], bool]
) -> Iterator[Document]:
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
        elif is_new(item.document.id):
            yield item.document
        else:
            message = f"the id {item.document.id!r} is taken by an earlier document; give this one its own."
            problems.append(Problem(item.where, message, item.line))


def _told_apart() -> Callable[[str], bool]:
    seen: set[str] = set()

    def is_new(id: str) -> bool:
        before = len(seen)
        seen.add(id)
        return len(seen) > before

    return is_new


def _read_all(sources: Iterable[str | Path], stdin: IO[bytes] | None, options: Options) -> Iterator[Found | Problem]:
    stdin_read = False
    for source in sources:
        name = str(source)
        if name == "-" and stdin_read:
            yield Problem("stdin", "was named twice; it can be read once.")
        elif name == "-":
            stdin_read = True
            stream = sys.stdin.buffer if stdin is None else stdin
            yield from _guarded(_read_either(stream, "stdin", "stdin", options), "stdin")
        elif not name:
            yield Problem("''", "is no file name.")
        elif Path(name).is_dir():
            yield from _read_folder(Path(name), options)
        else:
            yield from _guarded(_read_file(Path(name), _id_of(PurePath(Path(name).name)), options), name)


def _read_folder(folder: Path, options: Options) -> Iterator[Found | Problem]:
    unreadable: list[OSError] = []
    empty = True
    for path in _walk(folder, unreadable):
        empty = False
        if path.suffix.lower() not in ("", *_TEXT, *_MARKDOWN, *_JSON_LINES):
            yield Problem(str(path), "is not a kind of file that kg reads in folders: .txt, .md or .jsonl.")
        elif path.exists() and not path.is_file():
            yield Problem(str(path), "is a device or a pipe; name it itself to read it.")
        else:
            yield from _guarded(_read_file(path, _id_of(path.relative_to(folder)), options), str(path))
    for error in unreadable:
        empty = False
        yield Problem(str(error.filename), f"could not be opened: {error.strerror}.")
    if empty:
        yield Problem(str(folder), "holds no documents: no .txt, .md or .jsonl file.")


def _walk(folder: Path, unreadable: list[OSError]) -> Iterator[Path]:
    for root, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        for name in sorted(files):
            if not name.startswith((".", "_")) and name.split(".")[0].lower() != "readme":
                yield Path(root, name)


def _read_file(path: Path, id: str, options: Options) -> Iterator[Found | Problem]:
    suffix, where = path.suffix.lower(), str(path)
    with path.open("rb") as file:
        if suffix in _JSON_LINES:
            yield from read_json_lines(file, where, options)
        elif suffix in _MARKDOWN:
            yield from read_markdown(file.read(), id, where, options)
        elif suffix in _TEXT:
            yield from read_text(file.read(), id, where, options)
        else:
            yield from _read_either(file, id, where, options)


def _read_either(file: IO[bytes], id: str, where: str, options: Options) -> Iterator[Found | Problem]:
    """Text or JSON Lines, whichever the first line that is not blank looks like."""
    opening: list[bytes] = []
    for line in file:
        opening.append(line)
        if line.strip():
            break
    if opening and looks_like_json_lines(opening[-1]):
        yield from read_json_lines(itertools.chain(opening, file), where, options)
    else:
        yield from read_text(b"".join(opening) + file.read(), id, where, options)


def _guarded(readings: Iterator[Found | Problem], where: str) -> Iterator[Found | Problem]:
    """The same, and a problem in place of whatever stopped the reading."""
    try:
        yield from readings
    except FileNotFoundError:
        yield Problem(where, "no such file or folder.")
    except OSError as error:
        yield Problem(where, f"could not be read: {error.strerror or error}.")
    except DocumentError as error:
        yield Problem(where, str(error))


def _id_of(path: PurePath) -> str:
    # A file name that is not UTF-8 reaches us with surrogates in it, which no store or export could write.
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")
