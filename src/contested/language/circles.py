"""Names that are computed from themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from contested.language.draft import Draft, named_in
from contested.language.formula import references

Node = tuple[str, ...]


def check(draft: Draft) -> bool:
    """Fault every circle of inputs, claims or estimates once; whether there is none."""
    graph: dict[Node, list[Node]] = {}
    for name, entry in draft.inputs.items():
        graph["inputs", name] = [
            ("inputs", ref.name) for ref in named_in(entry.statement) if ref.kind == "input"
        ]
    for figure, claim in draft.claims():
        claims = (ref for ref in named_in(claim) if ref.kind == "claim")
        graph[tuple(claim.path.split("."))] = [
            ("figures", figure.name, "claims", ref.source or "") for ref in claims
        ]
    for name, estimate in draft.estimates.items():
        named = references(estimate.formula.expression)
        graph["estimates", name] = [("estimates", ref.name) for ref in named if ref.kind == "estimate"]
    circles = list(_circles(graph))
    for circle in circles:
        around = " → ".join(node[-1] for node in (*circle, circle[0]))
        draft.refuse(".".join(circle[0]), f"goes in a circle: {around}; state one of them by itself")
    return not circles


def _circles(graph: Mapping[Node, Iterable[Node]]) -> Iterable[list[Node]]:
    """Circles, at least one through each that there is: depth-first search without recursion."""
    done: set[Node] = set()
    for start in graph:
        path: list[Node] = []
        stack = [(start, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                done.add(path.pop())
            elif node in path:
                yield path[path.index(node) :]
            elif node not in done and node in graph:
                path.append(node)
                stack.append((node, True))
                stack.extend((after, False) for after in graph[node])
