"""Blocs and triads of kg/queries -> blocks for people and rows for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.commands.answer import quote_row
from kg.commands.layout import Block, Column, Heading, Line, Table, Text
from kg.commands.quotes import note_of
from kg.export.rows import Row
from kg.queries.balance import Balance, Pattern, Side, Triad, Triads
from kg.queries.blocs import Bloc, Blocs, Tie
from kg.queries.links import Link
from kg.relations import ontology

__all__ = [
    "BLOC_COLUMNS",
    "TRIAD_COLUMNS",
    "balance_blocks",
    "bloc_blocks",
    "bloc_lines",
    "bloc_rows",
    "triad_lines",
    "triad_rows",
]

LINK_COLUMNS = (
    *("source", "source_name", "relation", "target", "target_name", "family", "tier", "weight"),
    *("assertions", "documents", "originals", "outlets", "first", "last"),
    *("verdict", "verdict_date", "claimed_by", "quotes"),
)
BLOC_COLUMNS = ("bloc", "members", "what", *LINK_COLUMNS)
TRIAD_COLUMNS = ("pattern", "fits", "triad", "actors", "side", *LINK_COLUMNS)

PATTERN_HEADINGS: dict[Pattern, str] = {
    "three friends": "Fits: the friend of a friend is a friend",
    "common enemy": "Fits: two friends with a common enemy",
    "friend of enemies": "Does not fit: a friend of two enemies",
    "three enemies": "Does not fit: three enemies",
}
BOTH_HEADING = "Both friendly and hostile: in no triad"


def link_row(link: Link) -> Row:
    """An edge with its best quote."""
    edge, card = link.edge, ontology()[link.edge.relation]
    return {
        "source": link.source.id,
        "source_name": link.source.name,
        "relation": edge.relation,
        "target": link.target.id,
        "target_name": link.target.name,
        "family": card.family,
        "tier": card.tier,
        "weight": card.weight,
        "assertions": edge.actual,
        "documents": edge.documents,
        "originals": edge.originals,
        "outlets": edge.outlets,
        "first": edge.first,
        "last": edge.last,
        "verdict": link.verdict.kind,
        "verdict_date": link.verdict.date,
        "claimed_by": list(link.verdict.by),
        "quotes": [quote_row(link.quote)] if link.quote else [],
    }


def _links(links: Iterable[Link]) -> Table:
    columns = (
        *(Column("source"), Column("relation", keep=True), Column("target"), Column("docs", right=True)),
        *(Column("first", keep=True), Column("last", keep=True), Column("status")),
    )
    lines = (
        Line(
            (
                *(link.source.name, link.edge.relation, link.target.name, f"{link.edge.documents:,}"),
                *(link.edge.first or "", link.edge.last or "", str(link.verdict)),
            ),
            (note_of(link.quote.assertion, link.quote.document),) if link.quote else (),
        )
        for link in links
    )
    return Table(columns, tuple(lines))


def bloc_rows(found: Blocs) -> Iterator[Row]:
    """A row for each bloc, its ties and rifts inside."""
    for number, bloc in enumerate(found.blocs, 1):
        yield {
            "bloc": number,
            "members": [member.id for member in bloc.members],
            "names": [member.name for member in bloc.members],
            "ties_in_all": bloc.ties_in_all,
            "rifts_in_all": bloc.rifts_in_all,
            "ties": [link_row(link) for tie in bloc.ties for link in tie.links],
            "rifts": [link_row(link) for tie in bloc.rifts for link in tie.links],
        }


def bloc_lines(found: Blocs) -> Iterator[Row]:
    """A row for each edge of a tie or rift, for spreadsheets."""
    for number, bloc in enumerate(found.blocs, 1):
        of_bloc = {"bloc": number, "members": [member.name for member in bloc.members]}
        for what, ties in (("tie", bloc.ties), ("rift", bloc.rifts)):
            yield from ({**of_bloc, "what": what, **link_row(link)} for tie in ties for link in tie.links)


def bloc_blocks(title: str, found: Blocs) -> Iterator[Block]:
    """The blocs for people: members, what ties them, what divides them."""
    yield Heading(title, main=True)
    for number, bloc in enumerate(found.blocs, 1):
        yield Heading(f"{number}. {', '.join(member.name for member in bloc.members)}")
        yield Text(_counted(bloc))
        yield _links(_of(bloc.ties))
        if bloc.rifts:
            yield Text("Rifts: members of whom one opposes or fights the other.")
            yield _links(_of(bloc.rifts))
    if found.more:
        yield Text(f"And {found.more:,} more; --limit shows them.")


def _of(ties: Iterable[Tie]) -> Iterator[Link]:
    return (link for tie in ties for link in tie.links)


def _counted(bloc: Bloc) -> str:
    ties = f"{bloc.ties_in_all:,} pair{'' if bloc.ties_in_all == 1 else 's'} tied"
    shown = f", {len(bloc.ties):,} shown" if len(bloc.ties) < bloc.ties_in_all else ""
    rifts = f"; {bloc.rifts_in_all:,} with a rift" if bloc.rifts_in_all else ""
    cut = f", {len(bloc.rifts):,} shown" if len(bloc.rifts) < bloc.rifts_in_all else ""
    return f"{len(bloc.members):,} members; {ties}{shown}{rifts}{cut}."


def triad_rows(found: Balance) -> Iterator[Row]:
    """A row for each triad with its sides, then one for each pair that is both."""
    for group in found.groups:
        for number, triad in enumerate(group.triads, 1):
            yield {
                "pattern": group.pattern,
                "fits": group.fits,
                "triad": number,
                "of": group.count,
                "actors": [actor.id for actor in triad.actors],
                "names": [actor.name for actor in triad.actors],
                "originals": triad.originals,
                "sides": [
                    {"sign": side.sign, "links": [link_row(link) for link in side.links]} for side in triad.sides
                ],
            }
    for number, pair in enumerate(found.both, 1):
        ends = sorted({(actor.id, actor.name) for link in pair.friendly for actor in (link.source, link.target)})
        yield {
            "pattern": "both",
            "fits": None,
            "triad": number,
            "of": found.both_in_all,
            "actors": [id for id, _ in ends],
            "names": [name for _, name in ends],
            "originals": min(pair.friendly[0].edge.originals, pair.hostile[0].edge.originals),
            "sides": [
                {"sign": sign, "links": [link_row(link) for link in links]}
                for sign, links in (("friendly", pair.friendly), ("hostile", pair.hostile))
            ],
        }


def triad_lines(found: Balance) -> Iterator[Row]:
    """A row for each edge of a side, for spreadsheets."""
    for row in triad_rows(found):
        head = {key: row[key] for key in ("pattern", "fits", "triad")} | {"actors": row["names"]}
        for side in row["sides"]:
            yield from ({**head, "side": side["sign"], **link} for link in side["links"])


def balance_blocks(title: str, found: Balance) -> Iterator[Block]:
    """The triads for people, those that fit first; then the pairs that are both."""
    yield Heading(title, main=True)
    yield Text(_summary(found))
    for group in found.groups:
        yield Heading(PATTERN_HEADINGS[group.pattern])
        if group.count > len(group.triads):
            yield Text(f"The best evidenced {len(group.triads):,} of {group.count:,}; --limit shows more.")
        for number, triad in enumerate(group.triads, 1):
            yield Text(f"{number}. {_said(group, triad)}")
            yield _links(link for side in triad.sides for link in _shown(side))
    if found.both:
        yield Heading(BOTH_HEADING)
        if found.both_in_all > len(found.both):
            yield Text(f"The best evidenced {len(found.both):,} of {found.both_in_all:,}; --limit shows more.")
        for number, pair in enumerate(found.both, 1):
            names = dict.fromkeys(actor.name for link in pair.friendly for actor in (link.source, link.target))
            yield Text(f"{number}. {' and '.join(names)}")
            yield _links((*pair.friendly[:1], *pair.hostile[:1]))


def _shown(side: Side) -> Sequence[Link]:
    """In a table the best edge speaks for its side; other formats give each way."""
    return side.links[:1]


def _summary(found: Balance) -> str:
    fit = sum(group.count for group in found.groups if group.fits)
    unfit = sum(group.count for group in found.groups if not group.fits)
    pairs = f"Pairs: {found.friendly:,} friendly, {found.hostile:,} hostile, {found.both_in_all:,} both."
    return f"{pairs} Triads: {fit:,} that fit, {unfit:,} that do not."


def _said(group: Triads, triad: Triad) -> str:
    a, b, c = (actor.name for actor in triad.actors)
    if group.pattern == "common enemy":
        return f"{a} and {b}, against {c}"
    if group.pattern == "friend of enemies":
        return f"{c}, between {a} and {b}"
    return f"{a}, {b} and {c}"
