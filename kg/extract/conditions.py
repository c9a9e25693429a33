"""What a frame asks of the words beside its trigger: is it this deed, or another, and who may share in it?"""

from __future__ import annotations

from kg.extract.carriers import Carriers
from kg.extract.syntax import is_infinitive
from kg.model import Mention

__all__ = ["Conditions"]

_MULTILATERAL = ("trilateral", "multilateral", "three-way", "quadrilateral")


class Conditions(Carriers):
    """Tells whether a trigger says its deed."""

    @property
    def holds(self) -> bool:
        """Do its words say the deed, by what the frame asks of them?"""
        frame = self.trigger.frame
        if frame.plain and self.head.kid("oprd", "ccomp", "attr") is not None:
            return False
        if frame.infinitive and not any(is_infinitive(c) for c in self.head.kids("xcomp", "ccomp", "advcl")):
            return False
        if self.moves_another:
            return False
        if (frame.unless or frame.only) and (
            bool(frame.only) != any(word in (*frame.unless, *frame.only) for word in self._purposes())
        ):
            return False
        if frame.unless_prep and any(prep.text.lower() in frame.unless_prep for prep in self.head.kids("prep")):
            return False
        return not frame.carried or self.carrier is not None

    @property
    def multilateral(self) -> bool:
        """Are all parties named one with another ("trilateral talks with A and B")?"""
        return any(
            c.dep in ("amod", "compound") and c.text.lower() in _MULTILATERAL
            for token in self.found
            for c in token.children
        )

    @property
    def has_other_object(self) -> bool:
        """Does the verb have an object that is no actor ("went to war", "fought terrorism")? Then it is not mutual."""
        if self.trigger.part == "adjective":  # "close to a deal"
            prep = self.found[-1]
            return len(self.found) > 1 and prep.kid("pobj", "pcomp") is not None
        if self.trigger.part != "verb" or "obj" not in self.trigger.target:
            return False
        last = self.found[-1]
        if len(self.found) > 1:
            return last.tag in ("IN", "TO") and last.kid("pobj", "pcomp") is not None and last.text.lower() != "between"
        return self.head.kid("dobj") is not None

    @property
    def is_past(self) -> bool:
        """Is it told as done, by a verb in the past or by a noun for the deed ("Obama's deal")?"""
        verb = self.carrier or self.head
        if not verb.is_verb:
            return True
        return verb.tag in ("VBD", "VBN") and not any(a.tag == "MD" for a in verb.kids("aux"))

    @property
    def reciprocal(self) -> bool:
        """Do they do it to each other?"""
        direct = self.head.kid("dobj")
        return (
            direct is not None
            and direct.text.lower() in ("other", "another")
            and any(c.text.lower() in ("each", "one") for c in direct.children)
        )

    def is_thing(self, mention: Mention) -> bool:
        """Does the mention end in a noun for no human being ("Chinese bases")?"""
        last = next((t for t in self.tree.tokens if t.end == mention.end), None)
        return last is not None and self.words.noun(last.lemma, "person") is None

    @property
    def moves_another(self) -> bool:
        """Is somebody taken there rather than going ("flew them to Lima")?"""
        last = self.found[-1]
        return (
            self.trigger.frame.relation == "consults"
            and self.trigger.part == "verb"
            and len(self.found) > 1
            and last.text.lower() in ("to", "in", "from", "for")
            and any(t not in self.found for t in self.head.kids("dobj"))
        )

    def _purposes(self) -> set[str]:
        """What it is done for: "to help", "as peacekeepers", "for relief work", "on a peacekeeping mission"."""
        anchors = [*self.found, *([self.carrier] if self.carrier is not None else [])]
        words = {c.lemma for token in anchors for c in token.kids("advcl", "xcomp", "acl")}
        for token in [t for anchor in anchors for t in (anchor, *anchor.kids("dobj", "pobj", "advcl", "xcomp"))]:
            for prep in token.kids("prep"):
                if prep.text.lower() in ("as", "for", "on", "under", "in", "to", "into", "with"):
                    nouns = [w for noun in prep.kids("pobj") for w in (noun, *noun.kids("compound", "amod"))]
                    words |= {w.lemma for w in nouns} | {part for w in nouns for part in w.text.lower().split()[:-1]}
                    words |= {c.lemma for c in prep.kids("pcomp")}
        return words
