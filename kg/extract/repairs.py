"""Repairs of what the small parser often gets wrong, done once on the tree so that no rule has to know of them."""

from __future__ import annotations

from kg.extract.tag_repairs import tag_verb
from kg.extract.tree import Token, Tree, move
from kg.extract.verb_repairs import FINITE, mend_verb, mend_verbs

__all__ = ["repair"]

_WITH_WHOM = frozenset(("discuss", "review", "raise", "debate"))
"""Verbs that say with whom ("raised the dispute with B")."""
_NAMING = frozenset(("designate", "declare", "label", "brand", "call", "name", "proclaim", "deem", "consider", "dub"))
"""Verbs that say what somebody is."""


def repair(tree: Tree, verbs: frozenset[str] = frozenset()) -> None:
    """Mend a sentence in place; `verbs` are the lemmas that a headline may use as verbs ("Togo raids camp")."""
    for token in tree.tokens:
        if token.hits and not token.joined and token.is_verb:
            _name_for_verb(token)
    mend_verbs(tree, verbs)
    for token in tree.tokens:
        if token.dep == "advcl" and token.is_noun and token.text.endswith("ing"):
            _participle_first(token, verbs)
        if token.dep == "nmod":
            _coordinated(token)
        if token.dep in ("nmod", "compound") and token.text.endswith("s") and token.tag == "NNP":
            _apostrophe(tree, token)
        if token.dep == "amod" and token.head is not None and token.start > token.head.start and token.hits == ():
            _participle_after(token, verbs)
            _small_clause(token)
        if token.is_verb:
            tag_verb(token)
            _verb_for_place(token)
            _phrase_before(token)
            _name_beside(tree, token)
            _which_is_it(tree, token)
            _fronted_subject(token)
            _two_subjects(token)
            _two_objects(token)
            _object_of_predicate(token)
            _name_given(token)
            mend_verb(tree, token)
            _discussed_with(token)


def _name_for_verb(token: Token) -> None:
    """ "Chad, Sudan sign deal": a name that was taken for a verb is the subject of the verb it hangs on."""
    token.tag = "NNP"
    head = token.head
    if head is not None and head.is_verb and token.start < head.start and token.dep in ("advcl", "ccomp", "csubj"):
        token.dep = "nsubj"


def _verb_for_place(verb: Token) -> None:
    """ "The tailor from Laos works": the verb does not hang on "from", its subject is the tailor and not Laos."""
    prep = verb.head
    noun = prep.head if prep is not None else None
    if verb.tag not in FINITE or verb.dep != "pobj" or prep is None or noun is None or not noun.is_noun:
        return
    place = next((c for c in verb.kids("nsubj", "compound", "nmod") if c.hits and c.i == prep.i + 1), None)
    if place is None:
        return
    move(place, prep, "pobj")
    prep.children.remove(verb)
    verb.head, verb.dep = noun.head, noun.dep
    if noun.head is None:
        noun.head, noun.dep = verb, "nsubj"
        verb.children.append(noun)
        verb.children.sort(key=lambda t: t.i)
    else:
        noun.head.children.append(verb)
        noun.head.children.sort(key=lambda t: t.i)
        move(noun, verb, "nsubj")


def _participle_first(token: Token, verbs: frozenset[str]) -> None:
    """ "Accusing Chad of spying, Mali closed the border": a capital at the start hides a participle."""
    stem = token.text.lower().removesuffix("ing")
    lemma = next((one for one in (stem, stem + "e", stem[:-1]) if one in verbs), None)
    if lemma is not None and token.kid("dobj", "prep", "ccomp", "xcomp") is not None:
        token.tag, token.lemma = "VBG", lemma


def _participle_after(token: Token, verbs: frozenset[str]) -> None:
    """ "Hezbollah, armed and funded by Iran": a participle after its noun is a clause, not an adjective."""
    if token.text.endswith("ed") and (token.kid("agent") or any(c.tag == "VBN" for c in token.kids("conj"))):
        token.tag, token.dep = "VBN", "acl"
        stem = token.text.lower().removesuffix("ed")
        token.lemma = next((lemma for lemma in (stem, stem + "e", stem[:-1]) if lemma in verbs), token.lemma)


def _small_clause(token: Token) -> None:
    """ "held Iran responsible": an adjective after a name that is an object says what the verb makes of it."""
    name = token.head
    if token.dep == "amod" and name is not None and name.hits and name.dep == "dobj" and name.head is not None:
        move(token, name.head, "oprd")


def _phrase_before(verb: Token) -> None:
    """ "Peru's Vizcarra backs Chile": what hangs on a finite verb as on a noun is its subject."""
    if verb.tag not in FINITE or verb.kid("nsubj", "nsubjpass", "csubj", "expl") is not None:
        return
    before = [c for c in verb.kids("poss", "compound", "nmod", "amod", "nummod") if c.start < verb.start]
    nouns = [c for c in before if c.is_noun and c.dep != "poss"] or [c for c in before if c.dep == "poss" and c.hits]
    if not nouns:
        return
    subject = nouns[-1]
    subject.dep = "nsubj"
    for after in verb.kids("appos"):
        if after.start > verb.start and verb.kid("dobj") is None:
            after.dep = "dobj"
    for other in before:
        if other is not subject and other.start < subject.start:
            move(other, subject, other.dep)


def _name_beside(tree: Tree, verb: Token) -> None:
    """ "Washington, after weeks of talks, has come": a name that says neither when nor how acts or is acted on."""
    for name in verb.kids("npadvmod", "advmod"):
        if not name.hits or name.joined:
            continue
        first = all(t.text == "," or t is name or t.tag == "DT" for t in tree.tokens if t.start <= name.start)
        before = tree.before(name)
        if first and verb.kid("nsubj", "nsubjpass", "csubj", "expl") is None and _is_finite(verb):
            name.dep, name.tag = "nsubj", "NNP"
        elif before is not None and before in (verb, verb.kid("prt")) and verb.kid("dobj", "auxpass") is None:
            name.dep, name.tag = "dobj", "NNP"


def _which_is_it(tree: Tree, verb: Token) -> None:
    """ "Cubans fought UNITA, which was armed by A": what "which" follows is meant, across a verb."""
    which, head = verb.kid("nsubj", "nsubjpass", "dobj"), verb.head
    comma = tree.before(which) if which is not None and which.tag in ("WDT", "WP") and verb.dep == "relcl" else None
    name = tree.before(comma) if comma is not None and comma.text == "," else None
    if name is None or head is None or name is head or not name.hits or name.joined or name.start < head.start:
        return
    if any(t.is_verb and t.tag in FINITE for t in tree.tokens if head.start < t.start < name.start):
        move(verb, name, "relcl")


def _is_finite(verb: Token) -> bool:
    return verb.tag in FINITE or any(c.tag in ("VBZ", "VBP", "VBD", "MD") for c in verb.kids("aux", "auxpass"))


def _discussed_with(verb: Token) -> None:
    """ "discussed the war with B": the talk is with B, not the war."""
    direct = verb.kid("dobj")
    if verb.lemma not in _WITH_WHOM or direct is None:
        return
    for noun in (direct, *(p for prep in direct.kids("prep") for p in prep.kids("pobj"))):
        for prep in noun.kids("prep"):
            if prep.text.lower() == "with":
                move(prep, verb, "prep")
                return


def _fronted_subject(verb: Token) -> None:
    """ "Amid tensions with A, B and C have signed": B and C are the subject, not more of the fronted phrase."""
    if (
        not _is_finite(verb)
        or verb.kid("nsubj", "nsubjpass", "csubj", "expl") is not None
        or verb.dep in ("conj", "relcl", "xcomp")
    ):
        return
    for prep in reversed(verb.kids("prep", "npadvmod")):
        if prep.start > verb.start:
            continue
        for token in sorted(prep.subtree(), key=lambda t: t.i):
            if token.dep in ("conj", "appos") and token.start < verb.start and _comma_before(token):
                move(token, verb, "nsubj")
                return


def _coordinated(token: Token) -> None:
    """ "Wei and Pakistan's chief Bajwa met": a name before "and" does not describe the name after it."""
    head = token.head
    if head is None or head.head is None or token.kid("cc") is None or head.start < token.start:
        return
    if not (head.hits and (token.hits or token.tag == "NNP")):
        return
    dep, above = head.dep, head.head
    move(token, above, dep)
    move(head, token, "conj")


def _two_subjects(verb: Token) -> None:
    """ "Togo, Benin sign deal": two names are one subject."""
    subjects = [t for t in verb.kids("nsubj", "nsubjpass") if t.hits]
    for other in subjects[1:]:
        move(other, subjects[0], "conj")


def _two_objects(verb: Token) -> None:
    """ "urged Chad, Libyan and Malian envoys to go": two objects with a comma between them are one."""
    objects = verb.kids("dobj")
    if len(objects) == 2 and objects[1].hits and objects[0].is_noun and objects[1].i == objects[0].i + 1:
        move(objects[0], objects[1], "compound")  # "backs ally Poland"
        return
    if len(objects) == 2 and objects[0].hits and any(c.text == "," for c in objects[0].children):
        move(objects[1], objects[0], "conj")


def _object_of_predicate(verb: Token) -> None:
    """ "called Kosovo's ban illegal": the ban is what is called so, it does not describe "illegal"."""
    for adjective in verb.kids("oprd"):
        nouns = [c for c in adjective.kids("compound", "nmod") if c.is_noun and c.start < adjective.start]
        if not adjective.tag.startswith("JJ") or not nouns or verb.kid("dobj") is not None:
            continue
        thing = nouns[-1]
        move(thing, verb, "dobj")
        for other in [c for c in adjective.children if c.start < thing.start]:
            move(other, thing, other.dep)


def _name_given(verb: Token) -> None:
    """ "designated the group a terrorist organisation": what it is called hangs on the verb, as no comma is there."""
    direct = verb.kid("dobj")
    if verb.lemma not in _NAMING or direct is None or any(c.text == "," for c in direct.children):
        return
    for name in direct.kids("appos"):
        if any(c.text.lower() in ("a", "an") for c in name.kids("det")):
            move(name, verb, "oprd")


def _apostrophe(tree: Tree, name: Token) -> None:
    """ "Paulus’ speech": a lone apostrophe after a name in s makes it the owner."""
    after = tree.after(name)
    if after is not None and after.text in ("’", "'") and name.head is not None and name.head.start > name.start:
        name.dep = "poss"


def _comma_before(token: Token) -> bool:
    head = token.head
    return head is not None and any(c.text == "," and head.start < c.start < token.start for c in head.children)
