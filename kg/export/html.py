"""MapView -> one HTML page that works from disk: the only module that imports pyvis.

`pyvis.Network` holds nodes, edges and options, and brings vis-network; the page around it is our own, because the
stock one asks other hosts for parts of itself, runs script from titles and draws parallel edges on one another.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jinja2
import pyvis
from markupsafe import Markup
from pyvis.network import Network

from kg.export.backbone import Order, order_lines
from kg.export.content import MapView, QuoteLength
from kg.export.layout import HEIGHT, WIDTH, place
from kg.export.lines import Line, bends, draw_lines
from kg.export.page_data import page_data, plain
from kg.export.view import answer_view
from kg.model import Edge
from kg.relations import ontology
from kg.store import Filter, Store

__all__ = ["json_block", "render_answer", "render_map"]

PAGE = Path(__file__).parent / "page"
VIS = Path(pyvis.__file__).parent / "lib" / "vis-9.1.2" / "vis-network.min.js"
SCRIPTS = (
    *("model", "state", "address", "select", "measure"),
    *("draw", "keys", "labels", "sheet", "cards", "panel", "profile", "table"),
    *("search", "controls", "filters", "timeline", "legend", "save", "picture", "main"),
)
STYLES = ("base", "parts", "small")

SHAPES = {
    "state": "dot",
    "territory": "hexagon",
    "person": "diamond",
    "office": "diamond",
    "organisation": "square",
    "bloc": "square",
    "armed group": "triangle",
    "programme": "star",
}
DASHES: dict[str, bool | list[int]] = {
    "backing": False,
    "engaging": [2, 4],
    "opposing": [10, 5],
    "fighting": [14, 4, 3, 4],
    "structure": [1, 6],
}
THREAD = 0.2
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"randomSeed": 0, "improvedLayout": False},
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "font": {"size": 0}},
    "edges": {"arrowStrikethrough": False, "selectionWidth": 1.5, "hoverWidth": 1, "chosen": True},
    "interaction": {"hover": True, "keyboard": False, "tooltipDelay": 10**9, "selectConnectedEdges": False},
}


def render_map(view: MapView, *, quotes: QuoteLength = "full") -> str:
    """The page as text: no request, no other file, the same text for the same view.

    `quotes` says how much of each sentence travels in the file: all, about 30 words, or the marked words alone.
    """
    cards = ontology()
    lines = draw_lines(view, cards)
    order = order_lines(lines)
    network = _network(view, lines, order)
    style = "".join((PAGE / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
    script = "".join((PAGE / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    script = f'(() => {{\n"use strict";\n{script}}})();\n'
    library = _library()
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(PAGE), autoescape=True, trim_blocks=True)
    environment.filters["json_block"] = json_block
    environment.globals.update(
        title=plain(view.title),
        data=page_data(view, lines, order, cards, quotes),
        dashes=DASHES,
        shapes=SHAPES,
        box={"width": WIDTH, "height": HEIGHT},
        style=Markup(style),
        script=Markup(script),
        library=Markup(library),
        policy=_policy(scripts=(library, script), styles=(style,)),
    )
    network.templateEnv = environment
    network.path = "map.html.jinja"
    page: str = network.generate_html()
    return page


def render_answer(
    store: Store, edges: Iterable[Edge], *, title: str, bounds: Filter | None = None, quotes: QuoteLength = "short"
) -> str:
    """The edges of an answer as a page of their own, with the quotes that `bounds` leaves of them."""
    return render_map(answer_view(store, edges, title=title, bounds=bounds), quotes=quotes)


def json_block(value: Any) -> Markup:
    """JSON that may stand inside a script element: no character in it can end the element or begin a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _library() -> str:
    """vis-network as pyvis ships it, without the source map that a browser's tools would ask for."""
    text = VIS.read_text(encoding="utf-8")
    return "\n".join(line for line in text.split("\n") if not line.startswith("//# sourceMappingURL")) + "\n"


def _policy(scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    """The page's content security policy: what is in the file may run, by its hash, and nothing may be fetched."""

    def hashes(texts: tuple[str, ...]) -> str:
        return " ".join(
            f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts
        )

    return (
        f"default-src 'none'; script-src {hashes(scripts)}; style-src {hashes(styles)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _network(view: MapView, lines: tuple[Line, ...], order: Order) -> Network:
    numbers = {each.actor.id: n for n, each in enumerate(view.actors)}
    core = {end for n in order.lines[: order.start] for end in (lines[n].source, lines[n].target)}
    largest = max((each.degree for each in view.actors), default=0) or 1
    sizes = {each.actor.id: round(8 + 14 * math.sqrt(each.degree / largest), 1) for each in view.actors}
    ordered = sorted(view.actors, key=lambda each: (each.bloc is None, each.bloc or 0, -each.degree, each.actor.id))
    threads = [n for n, line in enumerate(lines) if not line.drawn and line.source != line.target]
    links: dict[tuple[str, str], float] = {}
    for n in order.lines:
        pair = _pair(lines[n])
        links[pair] = links.get(pair, 0.0) + math.log2(1 + lines[n].documents)
    # A thread moves nobody who is drawn; who has nothing else stands beside whom it leads to.
    linked = {end for pair in links for end in pair}
    for n in threads:
        if not {lines[n].source, lines[n].target} <= linked:
            links.setdefault(_pair(lines[n]), THREAD)
    points = place(
        [each.actor.id for each in ordered if each.actor.id in core],
        [each.actor.id for each in ordered if each.actor.id not in core],
        links,
        {
            each.actor.id: (
                max(2 * sizes[each.actor.id], 7.0 * len(each.actor.name)) + 8,
                2 * sizes[each.actor.id] + 22,
            )
            for each in view.actors
        },
    )
    # Ids are numbers: an id from the outside is never a key of the page.
    network = Network(directed=True, cdn_resources="in_line")
    for each in view.actors:
        x, y = points.get(each.actor.id, (0, 0))
        network.add_node(
            numbers[each.actor.id],
            label=plain(each.actor.name) or plain(each.actor.id),
            shape=SHAPES[each.actor.kind],
            size=sizes[each.actor.id],
            x=x,
            y=y,
        )
    curves = bends(lines)
    # Not add_edge: it looks through all nodes and edges again for every edge.
    network.edges.extend(
        {
            "id": n,
            "from": numbers[lines[n].source],
            "to": numbers[lines[n].target],
            "arrows": "" if lines[n].symmetric else "to",
            "dashes": DASHES[lines[n].family],
            "smooth": _smooth(curves[n]),
        }
        for n in (*order.lines, *threads)
    )
    network.set_options(json.dumps(OPTIONS))
    return network


def _pair(line: Line) -> tuple[str, str]:
    return min(line.source, line.target), max(line.source, line.target)


def _smooth(bend: float) -> dict[str, Any]:
    if abs(bend) < 1e-9:
        return {"enabled": False}
    return {"enabled": True, "type": "curvedCW" if bend > 0 else "curvedCCW", "roundness": round(abs(bend), 3)}
