"""Named entities of many blocks at once: what the pipeline's own recogniser finds, at a third of its cost.

spaCy's recogniser takes one step a word and a lock for every move that it weighs; most words stand outside an entity,
and these are decided here together. A test holds both to the same entities. Pipelines of another build (beam search,
other features) are left to spaCy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

__all__ = ["Recognizer", "recognizer"]

Recognizer = Callable[[Sequence["Doc"]], list[list[str]]]
"""Parsed documents -> for each the label of each word, as "B-PERSON" or "I-PERSON", "" outside entities."""


def recognizer(component: Any, *, fast: bool) -> Recognizer:
    """What reads entities with an `ner` component: itself, or the same done at once where it is built as expected."""
    model = component.model
    usual = (
        component.cfg.get("beam_width") == 1
        and model.attrs.get("has_upper") is True
        and not model.attrs.get("unseen_classes")
        and {"tok2vec", "lower", "upper"} <= set(model.ref_names)
        and model.get_ref("lower").maybe_get_dim("nF") == 3
        and model.get_ref("lower").maybe_get_dim("nP") == 2
    )
    return _Moves(component) if fast and usual else lambda docs: _by_spacy(component, docs)


def _by_spacy(component: Any, docs: Sequence[Doc]) -> list[list[str]]:
    done = component.pipe(docs, batch_size=len(docs))
    return [[t.ent_type_ and f"{t.ent_iob_}-{t.ent_type_}" for t in doc] for doc in done]


class _Moves:
    """The transitions of spaCy's recogniser: begin, in, last, unit and out, weighed by the model's three features.

    The features of a state are the word, the first word of the open entity and the word before, the last two only while
    an entity is open.
    """

    def __init__(self, component: Any) -> None:
        self.model = component.model
        moves = [component.moves.get_class_name(i) for i in range(component.moves.n_moves)]
        self.moves = [(move[:1], move[2:]) for move in moves]
        kinds = np.array([kind for kind, _ in self.moves])
        blocked = np.array([move == "U-" for move in moves])
        self.begins = kinds == "B"
        self.inside = {label: i for i, (kind, label) in enumerate(self.moves) if kind == "I"}
        self.last = {label: i for i, (kind, label) in enumerate(self.moves) if kind == "L"}
        self.barred = np.isin(kinds, ("I", "L", "M")) | blocked
        lower, upper = self.model.get_ref("lower"), self.model.get_ref("upper")
        self.bias: NDArray[np.float32] = lower.get_param("b")
        self.weights: NDArray[np.float32] = upper.get_param("W")
        self.offsets: NDArray[np.float32] = upper.get_param("b")

    def __call__(self, docs: Sequence[Doc]) -> list[list[str]]:
        if not docs:
            return []
        vectors = self.model.get_ref("tok2vec").predict(docs)
        features = self.model.get_ref("lower").predict(vectors)
        pad, words = features[0], features[1:]
        flags = np.concatenate([doc.to_array(["SENT_START", "IS_SPACE"]) for doc in docs])
        first, blank = flags[:, 0] == 1, flags[:, 1] == 1
        ends = np.cumsum([len(doc) for doc in docs])
        first[np.concatenate([[0], ends[:-1]])] = True
        ending = np.append(first[1:], True)  # nothing runs on after this word
        scores = self._hidden(words[:, 0] + pad[1] + pad[2]) @ self.weights.T + self.offsets
        scores[:, self.barred] = -np.inf
        scores[np.ix_(ending | blank, self.begins)] = -np.inf
        scores[np.ix_(blank, [kind == "U" for kind, _ in self.moves])] = -np.inf
        best = scores.argmax(axis=1)
        labels = [""] * len(words)
        after = 0
        for at in np.flatnonzero([self.moves[move][0] != "O" for move in best]).tolist():
            if at < after:
                continue
            kind, label = self.moves[best[at]]
            labels[at] = f"B-{label}"
            after = at + 1 if kind == "U" else self._end(words, at, label, ending)
            labels[at + 1 : after] = [f"I-{label}"] * (after - at - 1)
        return [labels[end - len(doc) : end] for doc, end in zip(docs, ends.tolist(), strict=True)]

    def _end(self, words: NDArray[np.float32], start: int, label: str, ending: NDArray[np.bool_]) -> int:
        """Where the entity that begins at a word ends: at the first word that the model takes for its last."""
        moves = sorted((self.inside[label], self.last[label]))
        at = start + 1
        while not ending[at]:
            hidden = self._hidden(words[at, 0] + words[start, 1] + words[at - 1, 2])
            weighed = self.weights[moves] @ hidden + self.offsets[moves]
            if moves[int(weighed.argmax())] == self.last[label]:
                break
            at += 1
        return at + 1

    def _hidden(self, state: NDArray[np.float32]) -> NDArray[np.float32]:
        pieces = state + self.bias
        larger: NDArray[np.float32] = np.maximum(pieces[..., 0], pieces[..., 1])
        return larger
