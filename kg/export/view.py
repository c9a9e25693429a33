"""store -> MapView: which part of a store a map holds, and the quotes that go with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from kg.errors import QuestionError
from kg.export.backbone import order_lines
from kg.export.content import GROUPS, MapActor, MapEdge, MapView, Quote, Totals, group_of, origin_of
from kg.export.lines import Line, draw_lines
from kg.model import Actor, Document, Edge, Family, Level
from kg.queries.blocs import communities, tied
from kg.queries.judging import judged
from kg.relations import Ontology, ontology
from kg.store import Count, Filter, Store

__all__ = [
    "GROUPS",
    "MapActor",
    "MapEdge",
    "MapView",
    "Quote",
    "Totals",
    "answer_view",
    "group_of",
    "map_view",
    "origin_of",
]

MAX_BLOCS = 7
"""No more than can be told apart by colour."""
MAX_ACTORS = 600
MAX_LINKS = 2000
ASSERTIONS_PER_EDGE = 500


def map_view(
    store: Store,
    *,
    level: Level = "state",
    focus: str | None = None,
    hops: int = 1,
    families: Collection[Family] | None = None,
    title: str | None = None,
    bounds: Filter | None = None,
    max_actors: int = MAX_ACTORS,
    max_edges: int = MAX_LINKS,
) -> MapView:
    """The most telling part of a store, at most `max_actors` actors and `max_edges` drawn links.

    `focus` is an actor's id: only what stands within `hops` links of it is kept. `bounds` bounds dates, confidence
    and the like; its level, ends and relations are not looked at. Planned, alleged, hypothetical, ended and negated
    assertions between the kept actors come along, and count for nothing. The totals of documents speak of the whole
    store, those of actors and links of what `families` and `bounds` leave. Raises `QuestionError` where the focus has
    no link.
    """
    cards = ontology()
    where = replace(bounds or Filter(), level=level, sources=None, targets=None, relations=_relations(families, cards))
    edges = [edge for edge in store.edges(where) if edge.source != edge.target]
    lines = draw_lines(_bare(edges), cards)
    drawn = [line for line in lines if line.drawn]
    near = drawn
    if focus is not None:
        inside = _within(focus, hops, drawn)
        near = [line for line in drawn if line.source in inside and line.target in inside]
        if not near:
            raise QuestionError(f"{focus!r} has no link to draw at {level} level; leave --focus out or name another.")
    order = order_lines(tuple(near), max_actors, max_edges)
    kept = [near[n] for n in order.lines[: order.start]]
    actors = {end for line in kept for end in (line.source, line.target)}
    rest = [line for line in lines if not line.drawn and {line.source, line.target} <= actors]
    chosen = [each.edge for line in (*kept, *rest[:max_edges]) for each in line.edges]
    return MapView(
        title=title or "Who backs whom",
        level=level,
        actors=_actors(store, actors, drawn),
        edges=_quoted(store, where, chosen),
        totals=_totals(store, drawn),
        bounds=tuple(_left_out(store, bounds or Filter(), families, focus, hops)),
    )


def answer_view(store: Store, edges: Iterable[Edge], *, title: str, bounds: Filter | None = None) -> MapView:
    """These edges as a view, each once, with the quotes that `bounds` leaves: an answer as a map.

    Each edge is quoted at its own level; the view has the level of the first. `bounds` is as for `map_view`.
    """
    chosen = list({(each.level, each.source, each.relation, each.target): each for each in edges}.values())
    chosen = [each for each in chosen if each.source != each.target]
    drawn = [line for line in draw_lines(_bare(chosen), ontology()) if line.drawn]
    return MapView(
        title=title,
        level=chosen[0].level if chosen else "state",
        actors=_actors(store, {end for each in chosen for end in (each.source, each.target)}, drawn),
        edges=_quoted(store, bounds or Filter(), chosen),
        totals=_totals(store, drawn),
        bounds=("an answer to a question", *_left_out(store, bounds or Filter())),
    )


def _left_out(
    store: Store, bounds: Filter, families: Collection[Family] | None = None, focus: str | None = None, hops: int = 1
) -> Iterator[str]:
    """What a map was bounded by, in words for whoever is handed the file."""
    if focus is not None:
        actor = store.actor(focus)
        yield f"within {hops} {'link' if hops == 1 else 'links'} of {actor.name if actor else focus}"
    if families is not None:
        yield "only " + ", ".join(families)
    for name, value in (("since", bounds.since), ("until", bounds.until), ("as the sources stood on", bounds.as_of)):
        if value:
            yield f"{name} {value}"
    if bounds.min_confidence:
        yield f"confidence at least {bounds.min_confidence:g}"
    if bounds.min_originals and bounds.min_originals > 1:
        yield f"at least {bounds.min_originals} independent sources"
    if not bounds.private_people:
        yield "no hostile or alleged acts of people who hold no office"


def _totals(store: Store, drawn: Collection[Line]) -> Totals:
    stats = store.stats()
    return Totals(
        documents=stats.documents,
        outlets=stats.outlets,
        first=stats.first,
        last=stats.last,
        actors=len({end for line in drawn for end in (line.source, line.target)}),
        links=len(drawn),
    )


def _relations(families: Collection[Family] | None, cards: Ontology) -> list[str] | None:
    return None if families is None else [card.id for card in cards.relations.values() if card.family in families]


def _bare(edges: Iterable[Edge]) -> MapView:
    """Edges as a view without names and quotes, to count and rank them before anything else is read."""
    each = tuple(MapEdge(edge=edge) for edge in edges)
    ids = sorted({end for one in each for end in (one.edge.source, one.edge.target)})
    return MapView(title="", actors=tuple(MapActor(actor=Actor(id, id, "state")) for id in ids), edges=each)


def _within(focus: str, hops: int, lines: Iterable[Line]) -> set[str]:
    beside: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        beside[line.source].add(line.target)
        beside[line.target].add(line.source)
    found = {focus}
    for _ in range(hops):
        found |= {other for actor in found for other in beside[actor]}
    return found


def _actors(store: Store, ids: set[str], drawn: Iterable[Line]) -> tuple[MapActor, ...]:
    drawn = list(drawn)
    blocs = communities(tied(each.edge for line in drawn for each in line.edges))
    together = {member: number for number, bloc in enumerate(blocs[:MAX_BLOCS]) for member in bloc}
    beside: dict[str, set[str]] = defaultdict(set)
    for line in drawn:
        beside[line.source].add(line.target)
        beside[line.target].add(line.source)
    return tuple(
        MapActor(
            actor=actor,
            names=tuple(name for name in store.names(actor.id) if name != actor.name),
            bloc=together.get(actor.id),
            degree=len(beside[actor.id]),
        )
        for actor in store.actors(ids)
    )


def _quoted(store: Store, bounds: Filter, edges: Iterable[Edge]) -> tuple[MapEdge, ...]:
    documents: dict[str, Document] = {}

    def document(id: str) -> Document:
        if id not in documents:
            found = store.document(id)
            # Sentences carry their own words: whole texts would only fill the memory.
            documents[id] = Document(id=id, text="") if found is None else replace(found, text="")
        return documents[id]

    asked = [
        (
            edge,
            replace(
                bounds,
                min_originals=None,  # bounds edges, and has
                level=edge.level,
                sources=(edge.source,),
                relations=(edge.relation,),
                targets=(edge.target,),
            ),
        )
        for edge in edges
    ]
    as_of = min((day for day in (bounds.as_of or store.latest(), bounds.until) if day is not None), default=None)
    facts: list[tuple[Count, Edge, Filter]] = [("actual", edge, where) for edge, where in asked if edge.actual]
    verdicts = iter(judged(store, facts, as_of))
    result = []
    for edge, where in asked:
        found = store.assertions(where, limit=ASSERTIONS_PER_EDGE)
        quotes = tuple(Quote(each, document(each.document)) for each in found)
        result.append(MapEdge(edge=edge, quotes=quotes, verdict=next(verdicts)[1] if edge.actual else None))
    return tuple(result)
