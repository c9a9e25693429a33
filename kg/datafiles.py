"""TOML data files -> frozen dataclasses, checked field by field.

The dataclass is the schema: a field without a default is required; its annotation says what may stand there
(str, int, float, bool, date, a Literal, a tuple of any of these, a nested dataclass, or `… | None`). A wrong entry
raises `DataError` that names the file, the entry and the fix.
"""

from __future__ import annotations

import dataclasses
import datetime
import types
import typing
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import DataError

__all__ = ["DATA", "build", "read_table", "read_toml"]

DATA = Path(__file__).parent / "data"

T = TypeVar("T")


def read_toml(path: Path) -> dict[str, Any]:
    """The parsed file. Raises `DataError` where it is missing or is not TOML."""
    import tomllib  # not for questions, which need none

    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        raise DataError(f"{path}: no such data file.") from None
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{path}: not valid TOML: {error}.") from None
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8.") from None


def read_table(path: Path, table: str, cls: type[T], content: dict[str, Any] | None = None) -> list[T]:
    """The entries of ``[[table]]`` in the file, each as a `cls`, in file order."""
    entries = (read_toml(path) if content is None else content).get(table, [])
    if not isinstance(entries, list):
        raise DataError(f"{path}: `{table}` must be an array of tables; write [[{table}]] above each entry.")
    return [build(cls, entry, f"{path}: [[{table}]] {_label(entry, n)}") for n, entry in enumerate(entries, 1)]


def build(cls: type[T], entry: object, where: str) -> T:
    """One entry as a `cls`; `where` opens the message of any error."""
    if not isinstance(entry, dict):
        raise DataError(f"{where}: must be a table with keys, is {entry!r}.")
    hints = _hints(cls)
    for key in entry:
        if key not in hints:
            raise DataError(f"{where}: unknown key `{key}`; the keys are {', '.join(sorted(hints))}.")
    values = {}
    for field in dataclasses.fields(cls):  # type: ignore[arg-type]
        if field.name in entry:
            values[field.name] = _value(hints[field.name], entry[field.name], f"{where}: `{field.name}`")
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise DataError(f"{where}: the key `{field.name}` is missing; add it.")
    return cls(**values)


_HINTS: dict[type, dict[str, Any]] = {}


def _hints(cls: type) -> dict[str, Any]:
    if cls not in _HINTS:
        _HINTS[cls] = typing.get_type_hints(cls)
    return _HINTS[cls]


def _label(entry: object, n: int) -> str:
    if isinstance(entry, dict):
        for key in ("id", "name", "title", "relation"):
            if isinstance(entry.get(key), str):
                return f"{entry[key]!r} (number {n})"
    return f"number {n}"


def _value(hint: Any, value: Any, where: str) -> Any:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _value(next(a for a in args if a is not type(None)), value, where)
    if origin is typing.Literal:
        if value not in args:
            raise DataError(f"{where}: {value!r} is none of {', '.join(map(repr, args))}.")
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise DataError(f"{where}: must be a list, is {value!r}; put it in [ ].")
        return tuple(_value(args[0], item, where) for item in value)
    if origin is dict:
        if not isinstance(value, dict):
            raise DataError(f"{where}: must be a table, is {value!r}.")
        return {key: _value(args[1], item, f"{where}.{key}") for key, item in value.items()}
    if dataclasses.is_dataclass(hint):
        return build(hint, value, where)  # type: ignore[arg-type]
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if hint is datetime.date and isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            raise DataError(f"{where}: {value!r} is not a date; write YYYY-MM-DD.") from None
    if hint is Any:
        return value
    if not isinstance(value, hint) or (hint is not bool and isinstance(value, bool)):
        raise DataError(f"{where}: must be {hint.__name__}, is {value!r}.")
    if hint is str and not value.strip():
        raise DataError(f"{where}: is empty; fill it or leave the key out.")
    return value
