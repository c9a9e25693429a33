"""Gold + assertions -> figures: how much that a careful reader would sign is read, and how much else.

A gold file holds one line of JSON for each labelled sentence::

    {"doc": "d1", "start": 0, "end": 22, "text": "China backs Pakistan.", "date": "2019-10-09",
     "triples": [{"source": "China", "relation": "supports", "target": "Pakistan", "polarity": "affirmed",
                  "status": "actual", "core": true}],
     "alts": {"Pakistan": ["Islamabad"]}}

A sentence that says nothing has no triples. Acts are compared between what both ends roll up to, structure relations
between the actors as named. `alts` are other names that are as right. A label that is not `core` is right where it is
read and not missed where it is not. Symmetric relations have no direction. A reading is judged only where its sentence
shares at least half of the shorter of the two with a labelled one. Nothing here reads a model or a store.
"""

from kg.evaluate.claims import LEVELS, Claim, Gold, Level, Predicted
from kg.evaluate.figures import GROUPS, Danger, Error, Evaluation, Figures, Rate, evaluate
from kg.evaluate.files import as_documents, as_predicted, load_gold, load_predicted

__all__ = [
    "GROUPS",
    "LEVELS",
    "Claim",
    "Danger",
    "Error",
    "Evaluation",
    "Figures",
    "Gold",
    "Level",
    "Predicted",
    "Rate",
    "as_documents",
    "as_predicted",
    "evaluate",
    "load_gold",
    "load_predicted",
]
