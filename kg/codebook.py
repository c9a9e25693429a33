"""data/cameo.toml -> the codebook: every CAMEO code with its PLOVER type and its place on the Goldstein scale."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from kg.datafiles import DATA, read_table
from kg.errors import DataError
from kg.model import Polarity, Status

__all__ = ["Code", "Codebook", "as_told", "codebook", "load_codebook"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One code of the CAMEO verb codebook; `weight` is on the Goldstein scale, -10 … +10."""

    id: str
    name: str
    weight: float
    plover: str | None = None
    """The PLOVER type; None where that codebook has none."""
    planned: str | None = None
    """The code of the deed when it is promised, agreed to or announced."""
    refused: str | None = None
    """The code of the deed when it is refused or fails."""
    asked: str | None = None
    """The code of an appeal for the deed; `demanded` is that of a demand."""
    accused: str | None = None
    """The code of the charge that somebody does it."""
    left_out: str | None = None
    """Why no trigger says it."""

    @property
    def demanded(self) -> str | None:
        """The code of a demand for the deed: root 10 has the same branches as root 02."""
        return None if self.asked is None else f"10{self.asked[2:]}"


class Codebook:
    """The codes by id, in the order of the file."""

    def __init__(self, codes: list[Code], where: str = "codes") -> None:
        self.codes: dict[str, Code] = {}
        for code in codes:
            entry = f"{where}: code {code.id!r}"
            if code.id in self.codes:
                raise DataError(f"{entry}: stands twice; remove one.")
            if not (code.id.isdigit() and 3 <= len(code.id) <= 4):
                raise DataError(f"{entry}: a CAMEO code has three or four digits.")
            if not -10 <= code.weight <= 10:
                raise DataError(f"{entry}: `weight` {code.weight} is outside -10 … +10.")
            self.codes[code.id] = code
        for code in codes:
            for key in ("planned", "refused", "asked", "accused", "demanded"):
                other = getattr(code, key)
                if other is not None and other not in self.codes:
                    raise DataError(f"{where}: code {code.id!r}: `{key}` names {other!r}, which is no code; add it.")

    def __getitem__(self, code: str) -> Code:
        return self.codes[code]

    def __contains__(self, code: object) -> bool:
        return code in self.codes


def as_told(code: Code, polarity: Polarity, status: Status, *, called_for: bool = False) -> Code:
    """The code of a deed as it is told: refused, promised or announced, where it has a code for that.

    `called_for` says that the deed counts as announced where it is only called for (sanctions).
    """
    codes = codebook()
    if polarity == "negated":
        return codes[code.refused] if code.refused else code
    if status == "planned" or (called_for and status == "hypothetical"):
        return codes[code.planned] if code.planned else code
    return code


def load_codebook(path: Path) -> Codebook:
    """The codebook in a TOML file. Raises `DataError` that names the offending entry."""
    codes = read_table(path, "code", Code)
    if not codes:
        raise DataError(f"{path}: holds no code.")
    return Codebook(codes, str(path))


@functools.cache
def codebook() -> Codebook:
    """The codebook that kg ships."""
    return load_codebook(DATA / "cameo.toml")
