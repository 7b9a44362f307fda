"""What holds of every set of weightings: no weighting of it lies outside its bounds, and they are reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from contested.engine.credal import Around, Box, Contaminated, CredalSet, Everything, Held, Ordered
from contested.engine.envelopes import probability_envelope, quantile_envelopes
from contested.engine.strata import Strata
from contested.engine.weights import combinations, side_by_side
from contested.engine.widest import widest
from strategies import laws

LEVELS = (0.05, 0.5, 0.95)


@st.composite
def weightings(draw: st.DrawFn, size: int) -> np.ndarray:
    parts = draw(st.lists(st.integers(0, 12), min_size=size, max_size=size).filter(any))
    return np.array(parts) / sum(parts)


@st.composite
def credal_sets(draw: st.DrawFn, size: int) -> CredalSet:
    """Any kind of set of the weights of so many sources."""
    kind = draw(st.sampled_from(["everything", "around", "box", "contaminated", "ordered", "held"]))
    share = draw(st.integers(0, 20)) / 20
    if kind == "everything" or size == 1:
        return Everything(size)
    if kind == "held":
        return Held(draw(credal_sets(size - 1)), share, draw(st.integers(0, size - 1)))
    if kind == "ordered":
        place = st.integers(0, size - 1)
        return Ordered(size, draw(st.lists(st.tuples(place, place), max_size=size)))
    centre = draw(weightings(size))
    if kind == "box":
        spread = np.array(draw(st.lists(st.integers(0, 10), min_size=size, max_size=size))) / 20
        return Box(np.maximum(centre - spread, 0), np.minimum(centre + spread[::-1], 1))
    return Around(centre, share) if kind == "around" else Contaminated(centre, share)


@st.composite
def products(draw: st.DrawFn) -> tuple[CredalSet, ...]:
    """A set for each of one or two disputes."""
    return tuple(draw(credal_sets(draw(st.integers(1, 4)))) for _ in range(draw(st.integers(1, 2))))


def drawn(sets: Sequence[CredalSet], seed: int, *, apart: float = 4.0) -> Strata:
    rng = np.random.default_rng(seed)
    count = int(np.prod([one.size for one in sets]))
    return Strata.of(rng.normal(size=(4, count, 256)) + apart * rng.normal(size=(count, 1)))


def some(sets: Sequence[CredalSet], number: int, seed: int) -> np.ndarray:
    """Random weightings of a product of sets, as mixtures of corners: rows of strata's weights."""
    rng = np.random.default_rng(seed)
    parts = []
    for one in sets:
        corners = one.corners()
        assert corners is not None
        parts.append(rng.dirichlet(np.full(len(corners), 0.3), number) @ corners)
        assert all(one.contains(weights) for weights in parts[-1][:20])
    return side_by_side(parts)


def at_corners(sets: Sequence[CredalSet]) -> np.ndarray:
    """Every product of corners: rows of strata's weights."""
    corners = [one.corners() for one in sets]
    return combinations([listed for listed in corners if listed is not None])


def programme(one: CredalSet) -> dict[str, Any]:
    """The set's definition as a linear programme's constraints, some in more variables than the weights."""
    n = one.size
    eye, nothing, ones = np.eye(n), np.zeros((n, n)), np.ones((1, n))
    match one:
        case Around(centre=centre, distance=distance):  # w - centre <= u, sum u <= distance
            return {
                "A_ub": np.block([[eye, -eye], [np.zeros((1, n)), ones]]),
                "b_ub": np.append(centre, distance),
                "A_eq": np.block([[ones, np.zeros((1, n))]]),
                "b_eq": [1],
            }
        case Box(low=low, high=high):
            return {"A_eq": ones, "b_eq": [1], "bounds": np.stack([low, high], axis=1)}
        case Contaminated(centre=centre, share=share):  # w = (1 - share) centre + share v
            return {
                "A_eq": np.block([[eye, -share * eye], [np.zeros((1, n)), ones]]),
                "b_eq": np.append((1 - share) * centre, 1),
            }
        case Ordered(pairs=pairs):
            rows = [eye[less] - eye[more] for more, less in pairs]
            return {"A_ub": rows or nothing, "b_ub": np.zeros(len(rows) or n), "A_eq": ones, "b_eq": [1]}
        case _:
            return {"A_eq": ones, "b_eq": [1]}


@laws(60)
@given(st.integers(2, 6).flatmap(credal_sets), st.integers(0, 1000))
def test_the_cheapest_weights_are_the_linear_programmes(one: CredalSet, seed: int) -> None:
    """Greedy closed forms against HiGHS on the definition, to 1e-9."""
    from scipy.optimize import linprog

    costs = np.random.default_rng(seed).normal(size=(3, one.size))
    found = one.least(costs)
    inner, kept, rest = one, costs, 1.0
    fixed = np.zeros(3)
    while isinstance(inner, Held):
        fixed += rest * inner.share * kept[:, inner.place]
        kept, rest, inner = np.delete(kept, inner.place, axis=1), rest * (1 - inner.share), inner.inner
    asked = programme(inner)
    for row, weights, whole, more in zip(costs, found, kept, fixed, strict=True):
        assert one.contains(weights)
        width = np.shape(asked["A_eq"])[1]
        solved = linprog(np.pad(whole, (0, width - len(whole))), **asked)
        assert abs(row @ weights - (more + rest * solved.fun)) <= 1e-9


@laws(25)
@given(products(), st.integers(0, 1000))
def test_envelopes_hold_every_weighting_and_are_reached(sets: tuple[CredalSet, ...], seed: int) -> None:
    strata = drawn(sets, seed)
    low, high = quantile_envelopes(strata, {"": sets}, LEVELS)[""]
    inside = strata.quantile(some(sets, 10_000, seed), LEVELS)
    assert (low <= inside).all() and (inside <= high).all()
    corners = strata.quantile(at_corners(sets), LEVELS)
    assert low.tolist() == corners.min(axis=0).tolist()
    assert high.tolist() == corners.max(axis=0).tolist()


@laws(40)
@given(products(), st.integers(0, 1000))
def test_probabilities_hold_every_weighting_and_are_reached(sets: tuple[CredalSet, ...], seed: int) -> None:
    shares = np.random.default_rng(seed).uniform(size=int(np.prod([one.size for one in sets])))
    low, high = probability_envelope(shares, sets)
    inside = some(sets, 10_000, seed) @ shares
    assert low - 1e-12 <= inside.min() and inside.max() <= high + 1e-12
    corners = at_corners(sets) @ shares
    assert abs(low - corners.min()) <= 1e-12 and abs(high - corners.max()) <= 1e-12


@laws(30)
@given(
    st.integers(2, 4).flatmap(weightings),
    st.sampled_from(["around", "box", "contaminated"]),
    st.integers(0, 99),
)
def test_a_set_of_one_point_is_that_weighting(centre: np.ndarray, kind: str, seed: int) -> None:
    one = {
        "around": Around(centre, 0.0),
        "box": Box(centre, centre),
        "contaminated": Contaminated(centre, 0.0),
    }[kind]
    strata = drawn([one], seed)
    low, high = quantile_envelopes(strata, {"": [one]}, LEVELS)[""]
    assert low.tolist() == high.tolist() == strata.quantile(centre[None], LEVELS)[0].tolist()
    (found,) = widest(strata, {"": [one]}, [0.9])[""]
    assert (found.low, found.high) == (low[0], high[2]) and found.certified


@laws(30)
@given(credal_sets(3), st.integers(0, 1000))
def test_where_sources_are_one_nothing_is_wider_or_higher(one: CredalSet, seed: int) -> None:
    """Three sources of the same draws: no weighting matters."""
    draws = np.random.default_rng(seed).normal(size=(4, 1, 256))
    strata = Strata.of(np.repeat(draws, 3, axis=1))
    alone = Strata.of(draws).quantile([[1.0]], LEVELS)[0].tolist()
    low, high = quantile_envelopes(strata, {"": [one]}, LEVELS)[""]
    assert low.tolist() == high.tolist() == alone
    (found,) = widest(strata, {"": [one]}, [0.9])[""]
    assert (found.low, found.high) == (alone[0], alone[2]) and found.certified


@laws(25)
@given(products(), st.integers(0, 1000), st.sampled_from([0.5, 0.9]))
def test_no_weighting_has_a_wider_interval_than_the_bound(
    sets: tuple[CredalSet, ...], seed: int, level: float
) -> None:
    """2,000 weightings, and the corners; where certified, none is over 1 % wider than the one found."""
    strata = drawn(sets, seed)
    (found,) = widest(strata, {"": sets}, [level])[""]
    corners = at_corners(sets)
    rows = np.concatenate([corners, some(sets, 2000, seed)])
    widths = np.diff(strata.quantile(rows, [(1 - level) / 2, (1 + level) / 2]))[:, 0]
    assert widths.max() <= found.bound * (1 + 1e-12)
    if found.certified:
        assert widths.max() <= 1.01 * (found.high - found.low) * (1 + 1e-12)
    else:
        assert len(sets) == 2
    assert all(one.contains(weights) for one, weights in zip(sets, found.weights, strict=True))
