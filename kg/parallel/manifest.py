"""What a folder of shards holds: a manifest that tells, for each input, the shard that was made of it."""

from __future__ import annotations

import json
from typing import Any

from kg.errors import KgError
from kg.parallel.shards import Shard, file_system

__all__ = ["Manifest", "clear", "manifest_of", "shards_of", "write_manifest"]

Manifest = dict[str, dict[str, Any]]


def shards_of(out: str) -> list[Shard]:
    """The shards that the manifest of a folder names as done, by input. Raises `KgError` where there is no manifest."""
    done = (entry["shard"] for _, entry in sorted(manifest_of(out).items()) if "shard" in entry)
    return [Shard.at(f"{out.rstrip('/')}/{name}") for name in done]


def manifest_of(out: str, missing: Manifest | None = None) -> Manifest:
    """What the manifest of a folder says: for each input its shard, counts and problems, or why there is no shard.

    Raises `KgError` where there is no manifest, unless `missing` stands in for it.
    """
    fs, path = _manifest(out)
    try:
        entries: Manifest = json.loads(fs.cat_file(path))["inputs"]
    except FileNotFoundError:
        if missing is not None:
            return missing
        raise KgError(f"{out}: has no manifest.json; `kg distribute INPUTS --out {out}` makes one.") from None
    except (ValueError, KeyError, TypeError):
        raise KgError(f"{path}: is no manifest that kg wrote.") from None
    return entries


def _manifest(out: str) -> tuple[Any, str]:
    fs, path = file_system(out)
    return fs, f"{path.rstrip('/')}/manifest.json"


def write_manifest(out: str, manifest: Manifest) -> None:
    """Puts a manifest in the place of the one before, whole."""
    fs, path = _manifest(out)
    fs.makedirs(path.rpartition("/")[0], exist_ok=True)
    text = json.dumps({"inputs": manifest}, indent=1, sort_keys=True, ensure_ascii=False)
    fs.pipe_file(f"{path}.new", text.encode())
    fs.mv(f"{path}.new", path)


def clear(out: str) -> None:
    """Removes what dead processes left in a folder of shards that are done."""
    fs, folder = file_system(out)
    names = {str(path).rpartition("/")[2] for path in fs.ls(folder, detail=False)}
    for name in names:
        if name.startswith(".") and name[1:].rpartition(".")[0] in names:
            fs.rm(f"{folder.rstrip('/')}/{name}")
