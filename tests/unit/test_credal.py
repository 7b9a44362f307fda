"""Sets of weights: their corners, edges and cheapest points, against hand counts; what is refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from contested.engine import polytopes
from contested.engine.credal import Around, Box, Contaminated, CredalSet, Everything, Held, Ordered
from contested.errors import ContestedError

CORNERS: dict[str, tuple[CredalSet, list[list[float]], int]] = {  # set, its corners, number of edges
    "everything": (Everything(3), [[1, 0, 0], [0, 1, 0], [0, 0, 1]], 3),
    "one source": (Everything(1), [[1]], 1),
    "around": (
        Around([0.5, 0.3, 0.2], 0.1),
        [
            [0.6, 0.2, 0.2], [0.6, 0.3, 0.1], [0.4, 0.4, 0.2],
            [0.5, 0.4, 0.1], [0.4, 0.3, 0.3], [0.5, 0.2, 0.3],
        ],
        6,
    ),
    "around, over the edge of the simplex": (
        Around([0.9, 0.1, 0.0], 0.2),
        [[1, 0, 0], [0.7, 0.3, 0.0], [0.7, 0.1, 0.2], [0.8, 0.0, 0.2]],
        4,
    ),
    "at no distance": (Around([0.5, 0.3, 0.2], 0.0), [[0.5, 0.3, 0.2]], 1),
    "at every distance": (Around([0.5, 0.5], 1.0), [[1, 0], [0, 1]], 1),
    "box": (
        Box([0.2, 0.1, 0.2], [0.6, 0.4, 0.6]),
        [
            [0.4, 0.4, 0.2], [0.6, 0.2, 0.2], [0.3, 0.1, 0.6],
            [0.2, 0.2, 0.6], [0.6, 0.1, 0.3], [0.2, 0.4, 0.4],
        ],
        6,
    ),
    "box whose corners meet": (
        Box([0, 0, 0, 0], [0.5, 0.5, 0.5, 0.5]),
        [
            [0.5, 0.5, 0, 0], [0.5, 0, 0.5, 0], [0.5, 0, 0, 0.5],
            [0, 0.5, 0.5, 0], [0, 0.5, 0, 0.5], [0, 0, 0.5, 0.5],
        ],
        12,  # an octahedron
    ),
    "box that is a point": (Box([0.2, 0.8], [0.2, 0.8]), [[0.2, 0.8]], 1),
    "contaminated": (Contaminated([0.4, 0.6], 0.5), [[0.7, 0.3], [0.2, 0.8]], 1),
    "contaminated by nothing": (Contaminated([0.4, 0.6], 0.0), [[0.4, 0.6]], 1),
    "a pair in order": (Ordered(3, [(0, 1)]), [[1, 0, 0], [0.5, 0.5, 0], [0, 0, 1]], 3),
    "a chain": (Ordered(3, [(2, 0), (0, 1)]), [[0, 0, 1], [0.5, 0, 0.5], [1 / 3, 1 / 3, 1 / 3]], 3),
    "two above one": (
        Ordered(3, [(0, 2), (1, 2)]), [[1, 0, 0], [0, 1, 0], [1 / 3, 1 / 3, 1 / 3]], 3,
    ),
    "one above two": (
        Ordered(3, [(0, 1), (0, 2)]),
        [[1, 0, 0], [0.5, 0.5, 0], [0.5, 0, 0.5], [1 / 3, 1 / 3, 1 / 3]],
        4,
    ),
    "a circle": (Ordered(3, [(0, 1), (1, 0)]), [[0.5, 0.5, 0], [0, 0, 1]], 1),
    "a circle beneath": (Ordered(3, [(0, 1), (1, 0), (2, 1)]), [[0, 0, 1], [1 / 3, 1 / 3, 1 / 3]], 1),
    "held": (Held(Everything(2), 0.1, 1), [[0.9, 0.1, 0], [0, 0.1, 0.9]], 1),
    "all held": (Held(Everything(2), 1.0, 0), [[1, 0, 0]], 1),
}  # fmt: skip


@pytest.mark.parametrize(("credal", "corners", "edges"), CORNERS.values(), ids=CORNERS)
def test_corners_are_those_counted_by_hand(credal: CredalSet, corners: list[list[float]], edges: int) -> None:
    found = credal.corners()
    assert found is not None
    assert np.array(sorted(found.tolist())) == pytest.approx(np.array(sorted(corners)), abs=1e-12)
    assert all(credal.contains(corner) for corner in found)
    assert credal.edges().shape == (edges, 2)
    assert not found.flags.writeable
    assert credal.size == len(corners[0])


@pytest.mark.parametrize("credal", [credal for credal, _, _ in CORNERS.values()], ids=CORNERS)
def test_the_cheapest_weights_are_the_cheapest_corner(credal: CredalSet) -> None:
    costs = np.random.default_rng(5).normal(size=(200, credal.size))
    cheapest, corners = credal.least(costs), credal.corners()
    assert corners is not None
    assert (costs * cheapest).sum(axis=1) == pytest.approx((costs @ corners.T).min(axis=1), abs=1e-9)
    assert all(credal.contains(weights) for weights in cheapest)


@pytest.mark.parametrize(
    ("credal", "outside"),
    [
        (Everything(2), [1.1, -0.1]),
        (Everything(2), [0.5, 0.4]),
        (Around([0.5, 0.5], 0.1), [0.61, 0.39]),
        (Around([0.95, 0.05], 0.1), [1.01, -0.01]),
        (Box([0.2, 0.2], [0.8, 0.8]), [0.81, 0.19]),
        (Contaminated([0.5, 0.5], 0.2), [0.61, 0.39]),
        (Ordered(2, [(0, 1)]), [0.49, 0.51]),
        (Ordered(2, [(0, 1)]), [1.01, -0.01]),
        (Held(Everything(2), 0.2, 0), [0.1, 0.5, 0.4]),
        (Held(Box([0.4, 0.4], [0.6, 0.6]), 0.5, 0), [0.5, 0.31, 0.19]),
    ],
)
def test_weights_outside_are_told(credal: CredalSet, outside: Sequence[float]) -> None:
    assert not credal.contains(outside)
    assert credal.contains(outside, tolerance=0.2)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: Box([0.6, 0.6], [0.7, 0.7]), r"least sum to 1\.2 and the most to 1\.4"),
        (lambda: Box([0.1, 0.1], [0.4, 0.4]), "no weighting meets these bounds"),
        (lambda: Box([0.5, 0.1], [0.4, 0.9]), "0 <= least <= most <= 1"),
        (lambda: Around([0.5, 0.5], 1.2), r"between 0 and 1 \(got 1\.2\)"),
        (lambda: Around([0.5, 0.6], 0.2), "sum to 1"),
        (lambda: Contaminated([0.5, 0.5], -0.1), "between 0 and 1"),
        (lambda: Contaminated([1.5, -0.5], 0.1), "non-negative"),
        (lambda: Contaminated([0.5, 0.5], float("nan")), "between 0 and 1"),
        (lambda: Ordered(2, [(0, 2)]), r"places below 2 \(got \(0, 2\)\)"),
        (lambda: Held(Everything(2), 1.1, 0), "between 0 and 1"),
        (lambda: Held(Everything(2), 0.1, 3), "one of 3"),
    ],
)
def test_what_no_weighting_meets_is_refused(make: Callable[[], CredalSet], reason: str) -> None:
    with pytest.raises(ContestedError, match=reason):
        make()


@pytest.mark.parametrize(
    "credal",
    [
        Around(np.full(5, 0.2), 0.3),
        Box(np.full(6, 0.05), np.full(6, 0.3)),
        Ordered(6, [(0, place) for place in range(1, 6)]),
        Held(Around(np.full(5, 0.2), 0.3), 0.1, 2),
    ],
    ids=["around", "box", "ordered", "held"],
)
def test_corners_too_many_to_list_are_not_listed(credal: CredalSet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polytopes, "MOST_CORNERS", 5)
    assert credal.corners() is None


def test_each_corner_of_many_is_listed_once() -> None:
    corners = Around(np.full(6, 1 / 6), 0.25).corners()
    assert corners is not None
    assert len(corners) == 6 * 5 * 4  # one gains, one is exhausted, one loses the rest
    assert len(np.unique(corners.round(12), axis=0)) == len(corners)


def test_an_order_of_many_rows_is_one_programme() -> None:
    order = Ordered(12, [(place, place + 1) for place in range(11)])
    costs = np.random.default_rng(2).normal(size=(300, 12))
    corners = order.corners()
    assert corners is not None and len(corners) == 12
    assert (costs * order.least(costs)).sum(axis=1) == pytest.approx(
        (costs @ corners.T).min(axis=1), abs=1e-9
    )
