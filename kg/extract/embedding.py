"""Words embedded once: the layer of a model that sees each word alone gives the same vector for it in every text.

Seven words in eight have been seen before, and this layer is two fifths of the model's work.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

__all__ = ["remember_words"]

WORDS = 50_000
"""Vectors kept, at 0.4 KB each."""


def remember_words(model: Any) -> None:
    """Puts a memory before the embedding of a `tok2vec` model where it is built as expected; else leaves it alone."""
    from thinc.api import Model

    for layer in list(model.walk()):
        alone = layer.name.startswith("extract_features>>list2ragged>>") and "expand_window" not in layer.name
        if alone and layer.layers[0].name == "extract_features":
            known: Any = Model("remembered_words", _Memory(layer).forward, layers=[layer])
            model.replace_node(layer, known)
            return


class _Memory:
    """The vectors of words by the features that the layer looks at."""

    def __init__(self, layer: Any) -> None:
        self.columns: list[Any] = layer.layers[0].attrs["columns"]
        self.rest = layer.layers[1:]
        self.rows: dict[int, int] = {}
        self.vectors: NDArray[np.float32] = np.zeros((0, 0), dtype="float32")
        self.mixers = np.random.default_rng(0).integers(1, 2**63, len(self.columns), dtype="uint64") | np.uint64(1)

    def forward(self, model: Any, docs: Sequence[Doc], is_train: bool) -> tuple[list[NDArray[np.float32]], Any]:
        features = [np.asarray(doc.to_array(self.columns)).reshape(len(doc), len(self.columns)) for doc in docs]
        together = np.concatenate(features) if features else np.zeros((0, len(self.columns)), dtype="uint64")
        mixed = (together * self.mixers) ^ (together >> np.uint64(29))
        keys, first, back = np.unique((mixed * self.mixers).sum(axis=1), return_index=True, return_inverse=True)
        wanted = keys.tolist()
        new = [i for i, key in enumerate(wanted) if key not in self.rows]
        if new and len(self.rows) + len(new) > WORDS:
            self.rows.clear()
            new = list(range(len(wanted)))
        if new:
            vectors: Any = [together[first[new]]]
            for layer in self.rest:
                vectors, _ = layer(vectors, is_train=False)
            begin = len(self.rows)
            self.rows.update((wanted[i], begin + n) for n, i in enumerate(new))
            self._keep(begin, vectors[0])
        found = self.vectors[[self.rows[key] for key in wanted]][back] if wanted else self.vectors[:0]
        ends = np.cumsum([len(doc) for doc in docs])
        return np.split(found, ends[:-1]), _no_training

    def _keep(self, begin: int, vectors: NDArray[np.float32]) -> None:
        end = begin + len(vectors)
        if end > len(self.vectors):
            larger = np.zeros((max(2 * len(self.vectors), end), vectors.shape[1]), dtype="float32")
            larger[:begin] = self.vectors[:begin] if begin else larger[:0]
            self.vectors = larger
        self.vectors[begin:end] = vectors


def _no_training(gradients: Any) -> Any:
    raise NotImplementedError("kg only reads with its models")
