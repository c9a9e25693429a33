"""Documents -> mentions and assertions, each with the words that say it; the only place that imports spaCy.

In the order in which a text goes through them; `reader` calls the rest:

    text to trees      prepass, blocks, pieces, pipeline, embedding, entities, tree
    trees mended       repairs, tag_repairs, verb_repairs, clause_repairs
    who is meant       names, titles, mentions, owners, anaphora, pronouns, discourse, salience
    what is said       vocabulary; frame_entry, lexicon, matching, conditions, frames; speech
    its two ends       syntax, reach, places, clause_places, noun_places, carriers
    told otherwise     deeds, partners, blames, telling
    is it a fact       cues, governors, factuality, dates
    as an assertion    coding, confidence, assertions
    and why            explain, why, near
"""

from kg.extract.pipeline import DEFAULT_MODEL
from kg.extract.reader import MIN_CONFIDENCE, VERSION, Extractor, Versions

__all__ = ["DEFAULT_MODEL", "MIN_CONFIDENCE", "VERSION", "Extractor", "Versions"]
