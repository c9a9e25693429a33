"""Stepping through assertions on a terminal, a key for each decision."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import click

from kg.commands.layout import wrapped
from kg.commands.quotes import note_of
from kg.commands.reviewing import Reviews, said
from kg.commands.terminal import styled, width
from kg.export.plain import visible
from kg.model import STATUSES, Assertion
from kg.relations import ontology
from kg.store.reviews import Change, relabelled

__all__ = ["is_terminal", "marked", "step"]

KEYS = "[a]ccept  [r]eject  re[l]abel  [s]kip  [u]ndo  [q]uit"
CHANGES = "[t]urn round  [p]olarity  s[e]t status  rel[a]tion  Enter: done  Esc: leave it"


def step(reviews: Reviews, waiting: list[Assertion], reviewer: str, no_color: bool) -> int:
    """Shows one assertion after the other and does what is asked for; returns how many reviews were made and stand."""
    screen = _Screen(styled(no_color))
    made: list[tuple[int, int]] = []  # place in the list and number of the review
    place = 0
    while place < len(waiting):
        one = waiting[place]
        now = reviews.store.assertion(one.id)
        if now is None:  # gone with another review of the same words
            place += 1
            continue
        screen.show(now, f"{place + 1:,} of {len(waiting):,}", reviews)
        key = screen.ask(KEYS, "arlsuq")
        if key == "q":
            break
        if key == "u":
            if not made:
                screen.say("Nothing to take back.")
                continue
            place, number = made.pop()
            reviews.undo(number)
            screen.say(f"Review {number} taken back.")
            continue
        if key in "ar":
            reason = screen.reason() if key == "r" else None
            kind = {"a": "accept", "r": "reject"}[key]
            done = reviews.make(reviews.meant(now.id), kind, reviewer, reason)
            made.append((place, done.number))
            screen.say(f"{kind.capitalize()}ed; {done.number}.")
        elif key == "l":
            change = screen.change(now)
            if change is None:
                continue
            done = reviews.make(reviews.meant(now.id), "relabel", reviewer, screen.reason(), change)
            made.append((place, done.number))
            screen.say(f"Relabelled; {done.number}.")
        place += 1
    return len(made)


def marked(assertion: Assertion, mark: Callable[[str, str], str]) -> Iterator[str]:
    """The sentence in pieces; source, trigger and target go through `mark` with what they are."""
    sentence = assertion.sentence
    spans = [("source", assertion.source.start, assertion.source.end)]
    spans.append(("target", assertion.target.start, assertion.target.end))
    if assertion.trigger:
        spans.append(("trigger", assertion.trigger.start, assertion.trigger.end))
    at = sentence.start
    for what, start, end in sorted(spans, key=lambda span: (span[1], -span[2])):
        # A trigger may span from its first to its last word over an actor; each word is marked once.
        start = max(start, at)
        if start < end <= sentence.end:
            yield visible_piece(sentence.text[at - sentence.start : start - sentence.start])
            yield mark(what, visible_piece(sentence.text[start - sentence.start : end - sentence.start]))
            at = end
    yield visible_piece(sentence.text[at - sentence.start :])


def visible_piece(text: str) -> str:
    """A part of a line, with the spaces at its ends."""
    shown = visible(_PRIVATE.sub(" ", text))
    left = " " if text[:1].isspace() else ""
    right = " " if shown and text[-1:].isspace() else ""
    return left + shown + right


def _between(what: str, text: str) -> str:
    return f"{_OPEN[what]}{text}{_CLOSE[what]}"


class _Screen:
    """What a review looks like; everything goes to standard error, because nothing of it is data."""

    def __init__(self, coloured: bool) -> None:
        self._coloured = coloured

    def say(self, text: str) -> None:
        click.echo(text, err=True, color=self._coloured)

    def style(self, text: str, **how: bool | str) -> str:
        return click.style(text, **how) if self._coloured else text  # type: ignore[arg-type]

    def show(self, one: Assertion, place: str, reviews: Reviews) -> None:
        self.say("")
        self.say(self.style(f"{place}  certainty {one.confidence:.2f}  {one.id}", dim=True))
        self.say(self.style(visible(said(one)), bold=True))
        # Lines are broken before they are coloured: an escape sequence takes no room.
        plain = "".join(marked(one, _between))
        open_ = ""
        for line in wrapped(plain, width() - 4):
            painted, open_ = self._painted(open_ + line)
            self.say("    " + painted)
        document = reviews.store.document(one.document)
        for line in wrapped(visible(note_of(one, document).source), width() - 6):
            self.say("      " + self.style(line, dim=True))
        ends = f"source “{one.source.text}”, target “{one.target.text}”, rule {one.rule}"
        for line in wrapped(visible(ends), width() - 6):
            self.say("      " + self.style(line, dim=True))

    def _painted(self, line: str) -> tuple[str, str]:
        """The marks as colours, or as brackets without colour; and the mark that goes on in the next line."""
        paint = _COLOURS if self._coloured else _BRACKETS
        begun = ""
        for letter in line:
            begun = letter if letter in _OPEN.values() else "" if letter in _CLOSE.values() else begun
        end = "\x1b[0m" if begun and self._coloured else ""
        return "".join(paint.get(letter, letter) for letter in line) + end, begun if self._coloured else ""

    def ask(self, prompt: str, keys: str) -> str:
        """One of the keys. The end of the input, ^C and ^D are `q`."""
        self.say(prompt)
        while True:
            try:
                key = click.getchar()
            except (KeyboardInterrupt, EOFError):
                return "q" if "q" in keys else "\x1b"
            if key and key.lower() in keys:
                return key.lower()
            if not key or key in ("\x04", "\x03"):
                return "q" if "q" in keys else "\x1b"

    def reason(self) -> str | None:
        return click.prompt("Reason (Enter for none)", default="", show_default=False, err=True).strip() or None

    def change(self, one: Assertion) -> Change | None:
        """What to put in place of what was read, shown as it would read; None to leave it."""
        change = Change()
        while True:
            now = relabelled(one, change)
            self.say(self.style(visible(said(now)), bold=True))
            key = self.ask(CHANGES, "tpea\r\n\x1b")
            if key == "\x1b":
                return None
            if key in "\r\n":
                return change if change != Change() else None
            if key == "t":
                change = replace(change, turned=not change.turned)
            elif key == "p":
                change = replace(change, polarity="affirmed" if now.polarity == "negated" else "negated")
            elif key == "e":
                listed = "  ".join(f"{n} {status}" for n, status in enumerate(STATUSES, 1))
                picked = self.ask(listed, "12345\x1b")
                if picked != "\x1b":
                    change = replace(change, status=STATUSES[int(picked) - 1])
            else:
                relation = self._relation()
                change = replace(change, relation=relation or change.relation)

    def _relation(self) -> str | None:
        import difflib

        known = list(ontology().relations)
        while True:
            typed = click.prompt("Relation (Enter to leave it)", default="", show_default=False, err=True).strip()
            if not typed or typed in known:
                return typed or None
            begun = [id for id in known if id.startswith(typed)]
            if len(begun) == 1:
                return begun[0]
            near = begun or difflib.get_close_matches(typed, known, n=3, cutoff=0.5)
            self.say(f"Which: {', '.join(near)}?" if near else f"One of: {', '.join(known)}")


# Letters of no language stand where marks begin and end while lines are broken.
_OPEN = {"source": "\ue000", "target": "\ue000", "trigger": "\ue001"}
_CLOSE = {"source": "\ue002", "target": "\ue002", "trigger": "\ue003"}
_BRACKETS = {"\ue000": "[", "\ue001": "<", "\ue002": "]", "\ue003": ">"}
_COLOURS = {"\ue000": "\x1b[1;4m", "\ue001": "\x1b[1;36m", "\ue002": "\x1b[0m", "\ue003": "\x1b[0m"}
_PRIVATE = re.compile("[\ue000-\ue003]")


def is_terminal() -> bool:
    """Whether somebody can press keys."""
    return sys.stdin.isatty() and sys.stderr.isatty()
