"""Who backs whom: news read into quoted, dated triples.

`kg.open` opens a store as a library; importing kg imports nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.library import Library as Library
    from kg.library import open as open  # noqa: A004 # it is called kg.open, as gzip.open is

__all__ = ["Library", "open"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module("kg.library"), name)
