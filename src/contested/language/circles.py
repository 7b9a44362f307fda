"""Names computed from themselves; where there are none, the order in which all can be computed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from contested.language.draft import Draft, named_in
from contested.language.formula import Reference, references

Node = tuple[str, ...]  # the parts of a path


def order(draft: Draft) -> list[str] | None:
    """Paths of inputs, claims and estimates, each after all that it is computed from.

    None where there is a circle; each is then a fault, with the circle.
    """
    done, circles = _search(_graph(draft))
    for circle in circles:
        around = " → ".join(node[-1] for node in (*circle, circle[0]))
        draft.refuse(".".join(circle[0]), f"goes in a circle: {around}; state one of them by itself")
    return None if circles else [".".join(node) for node in done]


def _graph(draft: Draft) -> dict[Node, list[Node]]:
    """What each input, claim and estimate is computed from, of those three."""
    graph: dict[Node, list[Node]] = {}
    for name, entry in draft.inputs.items():
        graph["inputs", name] = _nodes(draft, named_in(entry.statement))
    for figure, claim in draft.claims():
        source = () if figure.dispute is None else ("claims",)
        name = claim.path.rpartition(".")[2]
        graph["figures", figure.name, *source, name] = _nodes(draft, named_in(claim))
    for name, estimate in draft.estimates.items():
        graph["estimates", name] = _nodes(draft, references(estimate.formula.expression))
    return graph


def _nodes(draft: Draft, named: Iterable[Reference]) -> list[Node]:
    nodes: list[Node] = []
    for ref in named:
        if ref.kind == "estimate":
            nodes.append(("estimates", ref.name))
        elif ref.kind != "fact":
            nodes += [tuple(statement.path.split(".")) for statement in draft.named_by(ref)]
    return list(dict.fromkeys(nodes))


def _search(graph: Mapping[Node, Iterable[Node]]) -> tuple[list[Node], list[list[Node]]]:
    """Depth first, without recursion: nodes after what they reach, and the circles met on the way."""
    done: dict[Node, None] = {}
    circles: list[list[Node]] = []
    for start in graph:
        path: dict[Node, None] = {}
        stack = [(start, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                del path[node]
                done[node] = None
            elif node in path:
                around = list(path)
                circles.append(around[around.index(node) :])
            elif node not in done and node in graph:
                path[node] = None
                stack.append((node, True))
                stack.extend((after, False) for after in graph[node])
    return list(done), circles
