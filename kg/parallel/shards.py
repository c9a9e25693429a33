"""Shards: files of documents in, files of readings out, on any file system that fsspec knows.

A shard of readings is one Parquet file with a row for each document: the document, its sentences, its mentions and its
assertions, with the actors written out, so that a query engine can read it in place and a store can be filled from it.
"""

from __future__ import annotations

import functools
import hashlib
import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from kg.documents.fields import make_document
from kg.documents.formats import Found, Options, read_json_lines
from kg.errors import DocumentError, KgError, Problem
from kg.model import Document, Reading
from kg.parallel.packed import document_of, fields_of, packed, unpacked

__all__ = ["Shard", "ShardWriter", "digest_of", "documents_in", "file_system", "inputs_in", "needs", "whole"]

_SUFFIXES = (".jsonl", ".ndjson", ".parquet")
_COMPRESSED = (".gz", ".bz2", ".xz")
ROWS = 256
"""Documents held in memory while a shard is written or read."""


def needs(module: str) -> Any:
    """A package of the extra `cluster`. Raises `KgError` where it is not installed."""
    try:
        return __import__(module, fromlist=["_"])
    except ImportError:
        extra = "pip install 'who-backs-whom[cluster]'"
        raise KgError(f"The package {module.partition('.')[0]} is not installed; {extra} installs it.") from None


def file_system(path: str) -> tuple[Any, str]:
    """The file system of a path or URL, and the path there. Raises `KgError` for one that nobody knows."""
    try:
        fs, name = needs("fsspec.core").url_to_fs(path)
    except (ValueError, ImportError) as error:
        raise KgError(f"{path}: {error}") from None
    return fs, name


def whole(path: str) -> str:
    """A path as every process on every machine has to call it: absolute, or a URL."""
    fs, name = file_system(path)
    return str(fs.unstrip_protocol(name)).removeprefix("file://")


def inputs_in(sources: Sequence[str]) -> list[str]:
    """The input shards that paths, folders and patterns name, sorted, each once.

    Raises `KgError` for one that names none.
    """
    found: set[str] = set()
    for source in sources:
        fs, path = file_system(source)
        if fs.isdir(path):
            names = [name for name in fs.find(path) if _is_input(name)]
        elif "*" in path or "?" in path:
            names = [name for name in fs.glob(path) if _is_input(name)]
        else:
            names = [path] if fs.isfile(path) else []
        if not names:
            raise KgError(f"{source}: names no shard; shards are files in JSON Lines (.jsonl) or Parquet (.parquet).")
        found |= {whole(fs.unstrip_protocol(name)) for name in names}
    return sorted(found)


def _is_input(name: str) -> bool:
    last = name.rsplit("/", 1)[-1].lower()
    for suffix in _COMPRESSED:
        last = last.removesuffix(suffix)
    return last.endswith(_SUFFIXES) and not last.startswith((".", "_"))


def digest_of(path: str) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    fs, name = file_system(path)
    digest = hashlib.sha256()
    with fs.open(name, "rb") as file:
        for chunk in iter(lambda: file.read(1 << 20), b""):
            digest.update(chunk)
    return digest.hexdigest()


def documents_in(path: str, problems: list[Problem], *, date: str | None = None) -> Iterator[Document]:
    """The documents of an input shard, one by one; lines and rows that are none are told in `problems`.

    A row of Parquet has the fields of a line of JSON Lines as its columns. Raises `OSError` where the file cannot be
    read.
    """
    fs, name = file_system(path)
    seen: set[str] = set()
    options = Options(default_date=date)
    with fs.open(name, "rb", compression="infer") as file:
        items = _rows(file, path, options) if name.endswith(".parquet") else read_json_lines(file, path, options)
        for item in items:
            if isinstance(item, Problem):
                problems.append(item)
            elif item.document.id in seen:
                taken = f"the id {item.document.id!r} is taken by an earlier document; give this one its own."
                problems.append(Problem(path, taken, item.line))
            else:
                seen.add(item.document.id)
                yield item.document


def _rows(file: Any, path: str, options: Options) -> Iterator[Found | Problem]:
    parquet = needs("pyarrow.parquet").ParquetFile(file)
    number = 0
    for batch in parquet.iter_batches(batch_size=ROWS):
        for row in batch.to_pylist():
            number += 1
            text, identity = row.get("text"), row.get("id")
            if not isinstance(text, str) or not isinstance(identity, str | int) or identity == "":
                yield Problem(path, 'needs "id" and "text".', number)
                continue
            fields = {key: str(value) if key == "date" and value is not None else value for key, value in row.items()}
            try:
                made, complaints = make_document(fields, text, id=str(identity), default_date=options.default_date)
            except DocumentError as error:
                yield Problem(path, str(error), number)
                continue
            yield from (Problem(path, complaint, number) for complaint in complaints)
            yield Found(made, path, number)


# --- readings ---------------------------------------------------------------------------------------------------------


@functools.cache
def _schema() -> Any:
    pa = needs("pyarrow")
    text, whole, real = pa.string(), pa.int32(), pa.float64()
    span = pa.struct({"start": whole, "end": whole})
    actor = pa.struct(dict.fromkeys(("id", "name", "kind", "sector", "iso3"), text))
    ends = {"actor": actor, "state": actor, "how": text, "confidence": real}
    mention = pa.struct({"start": whole, "end": whole, **ends})
    said = {"polarity": text, "status": text, "background": pa.bool_(), "attributed_to": text, "voice": text}
    names = {"about": pa.list_(text), "against": pa.list_(text)}
    codes = {"date": text, "confidence": real, "rule": text, "plover": text, "cameo": text, "weight": real}
    triple = {"id": text, "sentence": span, "source": mention, "relation": text, "target": mention, "trigger": span}
    cited = dict.fromkeys(("id", "text", "title", "publisher", "date", "url", "kind"), text)
    based_on = pa.struct(dict.fromkeys(("title", "publisher", "date", "url"), text))
    read = {"sentences": pa.list_(span), "mentions": pa.list_(mention)}
    assertions = pa.list_(pa.struct({**triple, **said, **names, **codes}))
    return pa.schema({**cited, "based_on": based_on, **read, "assertions": assertions})


class ShardWriter:
    """Writes a shard under a temporary name; `close` gives it its own, so that what has the name is whole."""

    def __init__(self, path: str) -> None:
        self._fs, self._path = file_system(path)
        folder, _, name = self._path.rpartition("/")
        self._fs.makedirs(folder, exist_ok=True)
        self._temporary = f"{folder}/.{name}.{uuid.uuid4().hex}"
        self._file = self._fs.open(self._temporary, "wb")
        self._writer = needs("pyarrow.parquet").ParquetWriter(self._file, _schema(), compression="zstd")
        self._rows: list[dict[str, Any]] = []
        self.documents = self.assertions = 0

    def add(self, reading: Reading) -> None:
        """Adds a document and what was read from it."""
        self._rows.append({**fields_of(reading.document), **packed(reading)})
        self.documents += 1
        self.assertions += len(reading.assertions)
        if len(self._rows) == ROWS:
            self._flush()

    def close(self, about: dict[str, Any]) -> None:
        """Ends the file with what is to be known of it, and gives it its name."""
        self._flush()
        told = {**about, "documents": self.documents, "assertions": self.assertions}
        self._writer.add_key_value_metadata({"kg": json.dumps(told, sort_keys=True)})
        self._writer.close()
        self._file.close()
        try:
            self._fs.mv(self._temporary, self._path)
        except FileNotFoundError:
            if not self._fs.exists(self._path):  # else another process was first and has cleared up
                raise

    def drop(self) -> None:
        """Leaves nothing behind."""
        with suppress(OSError):  # a full disk, for one
            self._writer.close()
            self._file.close()
        if self._fs.exists(self._temporary):
            self._fs.rm(self._temporary)

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(needs("pyarrow").Table.from_pylist(self._rows, schema=_schema()))
            self._rows = []


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard of readings: `about` holds versions, counts and problems.

    Raises `KgError` where the file is none of ours.
    """

    path: str
    about: dict[str, Any]

    @classmethod
    def at(cls, path: str) -> Shard:
        with _opened(path) as parquet:
            told = (parquet.metadata.metadata or {}).get(b"kg")
        if told is None:
            raise KgError(f"{path}: is no shard of readings that kg wrote.")
        return cls(path, json.loads(told))

    def readings(self, wanted: Callable[[Document], bool] = lambda document: True) -> Iterator[Reading]:
        """What was read from the documents that are wanted, as they stand in the file."""
        with _opened(self.path) as parquet:
            for batch in parquet.iter_batches(batch_size=ROWS):
                for row in batch.to_pylist():
                    plain = {name: row.pop(name) for name in ("sentences", "mentions", "assertions")}
                    document = document_of(row)
                    if wanted(document):
                        yield unpacked(plain, document)


def _opened(path: str) -> Any:
    fs, name = file_system(path)
    try:
        return needs("pyarrow.parquet").ParquetFile(fs.open(name, "rb"))
    except (OSError, needs("pyarrow").ArrowInvalid) as error:
        raise KgError(f"{path}: could not be read as Parquet: {error}") from None
