"""The catalogue as a store has it: what kg ships, a user's files over it, and what was added to the store over all."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence

from kg.actors.catalogue import Catalogue
from kg.actors.overlay import Layer, described, overlaid, parsed_layer
from kg.store.corrections import Correction, Lookup
from kg.store.protocol import Store

__all__ = ["added_layer", "added_layers", "catalogue_of", "lookup_in"]


def catalogue_of(store: Store | None, layers: Sequence[Layer] = (), new: Sequence[Layer] = ()) -> Catalogue:
    """The catalogue with the layers over it, the last on top, the entries added to the store above them, then `new`.

    Raises `DataError` where an entry refers to an actor that nobody knows.
    """
    added = added_layers(store) if store is not None else ()
    return overlaid([*layers, *added, *new])


def added_layers(store: Store) -> list[Layer]:
    """The entries added to the store, in the order in which they were."""
    return [added_layer(correction) for correction in store.corrections() if correction.kind == "add"]


def added_layer(correction: Correction) -> Layer:
    """The entries that a correction adds."""
    return parsed_layer(f"correction {correction.number} ({correction.note})", json.loads(correction.entries or "{}"))


def lookup_in(known: Catalogue) -> Lookup:
    """What a catalogue tells the store of the targets of corrections."""
    return functools.partial(described, known)
