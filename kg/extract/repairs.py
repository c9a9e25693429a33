"""Repairs of what the small parser often gets wrong, done once on the tree so that no rule has to know of them."""

from __future__ import annotations

from kg.extract.tree import Token, Tree

__all__ = ["repair"]

_FINITE = ("VBD", "VBZ", "VBP")
_WITH_WHOM = frozenset(("discuss", "review", "raise", "debate"))
"""Verbs that say with whom ("raised the dispute with B")."""


def repair(tree: Tree, verbs: frozenset[str] = frozenset()) -> None:
    """Mend a sentence in place; `verbs` are the lemmas that a headline may use as verbs ("Togo raids camp")."""
    for token in tree.tokens:
        if token.hits and not token.joined and token.is_verb:
            _name_for_verb(token)
    _missing_verb(tree, verbs)
    _headless(tree)
    for token in tree.tokens:
        if token.dep == "nmod":
            _coordinated(token)
        if token.dep in ("nmod", "compound") and token.text.endswith("s") and token.tag == "NNP":
            _apostrophe(tree, token)
        if token.dep == "amod" and token.head is not None and token.start > token.head.start and token.hits == ():
            _participle_after(token, verbs)
        if token.is_verb:
            _gerund(token)
            _finite_participle(token)
            _phrase_before(token)
            _fronted_subject(token)
            _finite_conjunct(token)
            _two_subjects(token)
            _two_objects(token)
            _second_verb(token)
            _bare_conjunct(token)
            _participle_of_subject(tree, token)
            _next_clause(tree, token)
            _discussed_with(token)


def _name_for_verb(token: Token) -> None:
    """ "Chad, Sudan sign deal": a name that was taken for a verb is the subject of the verb it hangs on."""
    token.tag = "NNP"
    head = token.head
    if head is not None and head.is_verb and token.start < head.start and token.dep in ("advcl", "ccomp", "csubj"):
        token.dep = "nsubj"


def _participle_after(token: Token, verbs: frozenset[str]) -> None:
    """ "Hezbollah, armed and funded by Iran": a participle after its noun is a clause, not an adjective."""
    if token.text.endswith("ed") and (token.kid("agent") or any(c.tag == "VBN" for c in token.kids("conj"))):
        token.tag, token.dep = "VBN", "acl"
        stem = token.text.lower().removesuffix("ed")
        token.lemma = next((lemma for lemma in (stem, stem + "e", stem[:-1]) if lemma in verbs), token.lemma)


def _phrase_before(verb: Token) -> None:
    """ "Peru's Vizcarra backs Chile": what hangs on a finite verb as on a noun is its subject."""
    if verb.tag not in _FINITE or verb.kid("nsubj", "nsubjpass", "csubj", "expl") is not None:
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


def _second_verb(verb: Token) -> None:
    """ "Togo backs Benin, boosts trade": the first of two finite verbs with one subject heads the sentence."""
    first = verb.kid("ccomp")
    if (
        verb.dep != "ROOT"
        or verb.tag not in _FINITE
        or first is None
        or first.tag != verb.tag
        or first.start > verb.start
        or first.kid("mark") is not None
        or verb.kid("nsubj", "nsubjpass", "expl") is not None
        or first.kid("nsubj") is None
    ):
        return
    first.dep, first.head = "ROOT", None
    verb.children.remove(first)
    verb.head, verb.dep = first, "conj"
    first.children.append(verb)
    first.children.sort(key=lambda t: t.i)


def _next_clause(tree: Tree, verb: Token) -> None:
    """ "A reopened its embassy in B and C followed": a name right before a finite verb without a subject is its own."""
    name = tree.before(verb)
    if (
        verb.dep == "conj"
        and verb.tag in _FINITE
        and verb.kid("nsubj", "nsubjpass", "aux", "auxpass") is None
        and name is not None
        and name.hits
        and not name.joined
        and name.dep == "conj"
        and not name.children
        and verb.text.isalpha()
        and (tree.after(verb) is None or tree.after(verb).text != "-")  # type: ignore[union-attr]
        and verb not in name.subtree()
    ):
        move(name, verb, "nsubj")


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


def _gerund(verb: Token) -> None:
    """ "Fighting between A and B raged": a deed that is named, not done by the clause's subject."""
    if (
        verb.tag == "VBG"
        and verb.dep in ("csubj", "nsubj", "ROOT")
        and not verb.kids("nsubj", "dobj", "aux")
        and any(prep.text.lower() == "between" for prep in verb.kids("prep"))
    ):
        verb.tag, verb.lemma = "NN", verb.text.lower()
        verb.dep = "nsubj" if verb.dep == "csubj" else verb.dep


def _finite_participle(verb: Token) -> None:
    """ "Chad fired shells at the camp": what has a subject does not describe the noun after it, it is done to it."""
    noun = verb.head
    if (
        verb.dep != "amod"
        or verb.tag != "VBN"
        or noun is None
        or noun.start < verb.start
        or verb.kid("nsubj") is None
        or noun.kid("det", "poss") is not None
        or noun.dep not in ("ROOT", "ccomp", "conj", "dep")
    ):
        return
    above, dep = noun.head, noun.dep
    verb.tag = "VBD"
    if above is None:
        noun.children.remove(verb)
        verb.head, verb.dep = None, "ROOT"
    else:
        move(verb, above, dep)
    move(noun, verb, "dobj")


def _fronted_subject(verb: Token) -> None:
    """ "Amid tensions with A, B and C have signed": B and C are the subject, not more of the fronted phrase."""
    finite = verb.tag in _FINITE or any(c.tag in ("VBZ", "VBP", "VBD", "MD") for c in verb.kids("aux", "auxpass"))
    if (
        not finite
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


def _finite_conjunct(verb: Token) -> None:
    """ "summoned X to protest and suspended talks": what was done is not one more thing to be done."""
    above = verb.head
    if (
        verb.dep != "conj"
        or verb.tag not in ("VBD", "VBN")
        or above is None
        or above.tag != "VB"
        or verb.kid("dobj") is None
        or verb.kid("aux", "auxpass") is not None
        or not any(a.tag == "TO" for a in above.kids("aux"))
    ):
        return
    finite = next((t for t in above.above() if t.tag in ("VBD", "VBZ", "VBP") and t.start < above.start), None)
    if finite is not None:
        move(verb, finite, "conj")


def _missing_verb(tree: Tree, verbs: frozenset[str]) -> None:
    """A sentence without a verb, in which the tagger took the verb after a name for a noun ("Togo raids camp").

    After several names it stands in the plural ("Togo and Benin trade fire").
    """
    if any(t.is_verb and t.tag != "VBN" for t in tree.tokens):
        return
    for before, token, after in zip(tree.tokens, tree.tokens[1:], tree.tokens[2:], strict=False):
        if (
            (token.tag == "NNS" or (token.tag == "NN" and tree.headline and before.dep == "conj"))
            and token.lemma in verbs
            and before.hits
            and after.text.lower() not in ("of", "on", "by", "in")
        ):
            root = next(t for t in tree.tokens if t.head is None)
            token.tag = "VBZ" if token.tag == "NNS" else "VBP"
            if before.dep == "conj" and before.head is not None and before.head.hits:
                before = before.head
            if root is not token:
                if token.head is not None:
                    token.head.children.remove(token)
                token.head, token.dep = None, "ROOT"
                if root.start > token.start:
                    move(root, token, "dobj")
                else:
                    move(root, token, "nsubj")
            if before.head is not token or before.dep != "nsubj":
                move(before, token, "nsubj")
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


def _apostrophe(tree: Tree, name: Token) -> None:
    """ "Paulus’ speech": a lone apostrophe after a name in s makes it the owner."""
    after = tree.after(name)
    if after is not None and after.text in ("’", "'") and name.head is not None and name.head.start > name.start:
        name.dep = "poss"


def _headless(tree: Tree) -> None:
    """ "Kagame, Ugandan minister open bridge": a name that the verb hangs on is its subject."""
    root = next((t for t in tree.tokens if t.head is None), None)
    if root is None or not root.tag.startswith("NNP") or root is not tree.tokens[0]:
        return
    verb = next((c for c in root.kids("conj") if c.tag in ("VB", "VBP", "VBZ") and c.kid("nsubj") is not None), None)
    if verb is None or not any(c.text == "," for c in root.children) or root.kid("cc") is not None:
        return
    subject = verb.kid("nsubj")
    root.children.remove(verb)
    verb.head, verb.dep = None, "ROOT"
    if verb.tag == "VB":
        verb.tag = "VBP"
    move(root, verb, "nsubj")
    move(subject, root, "conj")  # type: ignore[arg-type]


def _bare_conjunct(verb: Token) -> None:
    """ "gets orders to guard the port, arm Togo": a bare verb goes with the infinitive before it."""
    above = verb.head
    if (
        verb.dep != "conj"
        or verb.tag not in ("VB", "VBP")
        or above is None
        or above.tag not in ("VBZ", "VBD")
        or verb.kid("nsubj", "aux", "auxpass", "nsubjpass") is not None
    ):
        return
    for token in sorted(above.subtree(), key=lambda t: -t.i):
        if token.i < verb.i and token.tag == "VB" and any(a.tag == "TO" for a in token.kids("aux")):
            move(verb, token, "conj")
            return


def _participle_of_subject(tree: Tree, verb: Token) -> None:
    """ "A met B of C, praising D": after a comma the participle is the subject's, wherever it was hung."""
    noun, before = verb.head, tree.before(verb)
    if (
        verb.dep != "acl"
        or verb.tag != "VBG"
        or noun is None
        or before is None
        or before.text != ","
        or verb.lemma in ("include", "comprise", "involve", "follow", "range", "consist", "concern", "represent")
    ):
        return
    for above in noun.above():
        if above.tag in _FINITE or above.kid("aux") is not None:
            subject = above.kid("nsubj", "nsubjpass")
            if subject is not None and subject.start < verb.start and noun not in subject.subtree():
                move(verb, above, "advcl")
            return


def _comma_before(token: Token) -> bool:
    head = token.head
    return head is not None and any(c.text == "," and head.start < c.start < token.start for c in head.children)


def move(token: Token, head: Token, dep: str) -> None:
    """Hang a token with all below it on another head."""
    if token.head is not None:
        token.head.children.remove(token)
    if head in token.subtree():  # keep it a tree
        head.head.children.remove(head)  # type: ignore[union-attr]
        head.head, head.dep = None, "ROOT"
    token.head, token.dep = head, dep
    head.children.append(token)
    head.children.sort(key=lambda t: t.i)
