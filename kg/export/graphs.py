"""Edges with their evidence -> GraphML and GEXF, for Gephi, yEd, Cytoscape, igraph and others.

Every arc carries its counts, dates and codes, and as `evidence` the quotes behind it as JSON. `weight` is the number
of documents, because those programs draw it as thickness; the conflict-cooperation scale is `goldstein`.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterable
from typing import Any

import networkx as nx

from kg.export.plain import visible
from kg.export.rows import Row
from kg.model import Actor

__all__ = ["exchange_graph", "gexf", "graphml"]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def exchange_graph(rows: Iterable[Row], actors: Iterable[Actor]) -> nx.MultiDiGraph:
    """The graph of edge rows (`edge_row` with `evidence`), its attributes plain text and numbers only."""
    graph = nx.MultiDiGraph()
    for number, row in enumerate(rows, 1):
        row = dict(row)
        source, target, relation = row.pop("source"), row.pop("target"), row["relation"]
        row["goldstein"] = row.pop("weight")
        row["weight"] = row["documents"]
        row["evidence"] = json.dumps(row.get("evidence", []), ensure_ascii=False)
        graph.add_edge(source, target, key=relation, **_plain({"id": f"e{number}", "label": relation, **row}))
    for node in graph:
        graph.nodes[node]["label"] = node
    for actor in actors:
        if actor.id in graph:
            fields = {"label": actor.name, "kind": actor.kind, "sector": actor.sector, "iso3": actor.iso3}
            graph.nodes[actor.id].update(_plain(fields))
    return graph


def _plain(fields: Row) -> dict[str, Any]:
    """What XML can hold: no nulls, no control characters."""
    return {
        key: _NOT_XML.sub("", visible(value)) if isinstance(value, str) else value
        for key, value in fields.items()
        if value is not None
    }


def graphml(graph: nx.MultiDiGraph) -> str:
    """The graph as GraphML; the same text for the same graph."""
    file = io.BytesIO()
    nx.write_graphml_xml(graph, file, edge_id_from_attribute="id", named_key_ids=True)
    return file.getvalue().decode("utf-8") + "\n"


def gexf(graph: nx.MultiDiGraph) -> str:
    """The graph as GEXF; the same text for the same graph."""
    text = "\n".join(nx.generate_gexf(graph)) + "\n"
    return re.sub(r'<meta lastmodifieddate="[^"]*">', "<meta>", text)  # the day of writing is no fact of the graph
