"""The share of all weightings above a level, and the least shift of weight to it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from contested.engine.forms import Form
from contested.engine.precision import sectioning
from contested.engine.simplex import line_rows, nearest_flip, share_above
from contested.language.nodes import NONE_OF_THESE
from contested.shapes.base import Array

SEED = 5


def exact(values: object) -> Form:
    """A form that nothing was drawn for."""
    by_stratum = np.asarray(values, dtype=float)
    return Form(np.broadcast_to(by_stratum, (16, *by_stratum.shape)))


def each(form: Form) -> list[Array]:
    """A line for each source."""
    return [np.eye(n) for n in form.values.shape[1:]]


def everywhere(form: Form) -> list[np.ndarray]:  # type: ignore[type-arg]
    return [np.ones(n, dtype=bool) for n in form.values.shape[1:]]


def polygon(corners: Array, heights: Array) -> float:
    """The share of a triangle above 0: its clipped polygon's area by the shoelace formula."""
    kept = []
    for i in range(3):
        j = (i + 1) % 3
        if heights[i] > 0:
            kept.append(corners[i])
        if (heights[i] > 0) != (heights[j] > 0):
            kept.append(corners[i] + (corners[j] - corners[i]) * heights[i] / (heights[i] - heights[j]))
    if not kept:
        return 0.0

    def area(points: Array) -> float:
        x, y = points.T
        return abs(float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum())) / 2

    return area(np.array(kept)) / area(corners)


@pytest.mark.parametrize(("probability", "share"), [(0.6, 1.0), (0.5, 0.0), (0.4, 0.0)])
def test_with_one_line_everything_or_nothing(probability: float, share: float) -> None:
    found = share_above(exact([probability]), 0.5, [np.eye(1)], SEED)
    assert (found.share, found.mcse, found.exact) == (share, 0.0, True)


def test_two_lines_are_a_length() -> None:
    found = share_above(exact([0.9, 0.2]), 0.5, [np.eye(2)], SEED)
    assert found.share == pytest.approx(4 / 7, abs=1e-15)
    assert found.exact


def test_two_sources_of_one_line_share_its_weight() -> None:
    """The line's probability is their mean, 0.6: with 0.2 for the other, three quarters of the way."""
    lines = [np.array([[0.5, 0.5, 0.0], [0.0, 0.0, 1.0]])]
    assert share_above(exact([0.9, 0.3, 0.2]), 0.5, lines, SEED).share == pytest.approx(0.25, abs=1e-15)


@pytest.mark.parametrize("seed", range(6))
def test_three_lines_are_a_polygons_area(seed: int) -> None:
    values = np.random.default_rng(seed).random(3)
    triangle = np.array([[0.0, 0.0], [1.0, 0.0], [0.3, 0.8]])
    found = share_above(exact(values), 0.5, [np.eye(3)], SEED)
    assert found.share == pytest.approx(polygon(triangle, values - 0.5), abs=1e-14)
    assert found.exact


@pytest.mark.parametrize(
    ("values", "share"),
    [([0.5, 0.5, 0.5], 0.0), ([0.5, 0.7, 0.7], 1.0), ([0.5, 0.7, 0.3], 0.5), ([0.6, 0.4, 0.4, 0.4], 1 / 8)],
)
def test_corners_on_the_level_and_corners_alike(values: list[float], share: float) -> None:
    assert share_above(exact(values), 0.5, [np.eye(len(values))], SEED).share == pytest.approx(share)


def test_any_number_of_lines_of_one_dispute_is_exact() -> None:
    """Where one corner of n is at 1 and the rest at 0, the share above t is (1 - t)^(n - 1)."""
    for lines in (4, 7, 40):
        found = share_above(exact(np.eye(lines)[0]), 0.25, [np.eye(lines)], SEED)
        assert found.share == pytest.approx(0.75 ** (lines - 1), rel=1e-12)
        assert found.exact


def test_disputes_of_one_line_leave_the_answer_exact() -> None:
    values = np.array([[0.9, 0.7], [0.3, 0.1]])
    lines = [np.eye(2), np.array([[0.5, 0.5]])]
    found = share_above(exact(values), 0.5, lines, SEED)
    assert found.share == pytest.approx(0.5, abs=1e-15)
    assert found.exact


def test_two_disputes_are_laid_over_by_a_net() -> None:
    """P = u v on the unit square exceeds t with probability 1 - t + t ln t."""
    form = exact(np.outer([1.0, 0.0], [1.0, 0.0]))
    found = share_above(form, 0.3, each(form), SEED)
    exactly = 1 - 0.3 + 0.3 * math.log(0.3)
    assert not found.exact
    assert 0 < found.mcse < 1e-4
    assert abs(found.share - exactly) <= 4 * found.mcse


def test_the_nets_error_is_honest() -> None:
    form = exact(np.random.default_rng(3).random((3, 3)))
    found = [share_above(form, 0.5, each(form), seed) for seed in range(40)]
    spread = np.std([one.share for one in found])
    typical = math.sqrt(np.mean([one.mcse**2 for one in found]))
    assert typical == pytest.approx(spread, rel=0.35)


@pytest.mark.parametrize("values", [[0.9, 0.3, 0.4], [[0.9, 0.4], [0.3, 0.6]]])
def test_the_error_holds_that_of_the_worlds(values: object) -> None:
    """Shares of 100 independent runs spread as each says of itself."""
    rng, centre = np.random.default_rng(4), np.array(values)
    found = [
        share_above(form, 0.5, each(form), SEED)
        for form in (Form(centre + 0.02 * rng.normal(size=(16, *centre.shape))) for _ in range(100))
    ]
    spread = np.std([one.share for one in found])
    typical = math.sqrt(np.mean([one.mcse**2 for one in found]))
    assert typical == pytest.approx(spread, rel=0.25)


def test_what_nobody_listed_keeps_its_weight_on_every_line() -> None:
    rows = line_rows(
        ("kyiv", NONE_OF_THESE, "osint", "skeptic"), {"kyiv": "gs", "skeptic": "gs", "osint": "dead"}, 0.1
    )
    assert rows == pytest.approx(np.array([[0.0, 0.1, 0.9, 0.0], [0.45, 0.1, 0.0, 0.45]]), abs=1e-15)


def test_the_nearest_flip_moves_first_from_the_source_that_pulls_most() -> None:
    """P = 0.4·0.9 + 0.4·0.8 + 0.2·0.1 = 0.7; each unit of the first takes 0.8 off, so 0.25 of it goes."""
    form = exact([0.9, 0.8, 0.1])
    flip = nearest_flip(form, [np.array([0.4, 0.4, 0.2])], 0.5, everywhere(form))
    assert flip is not None
    assert flip.shift == pytest.approx(0.25)
    assert flip.weights == pytest.approx((0.15, 0.4, 0.45))
    assert (flip.dispute, flip.mcse) == (0, 0.0)


def test_the_nearest_flip_goes_on_to_the_next_source() -> None:
    """From below: 0.2·0.1 + 0.7·0.2 + 0.1·0.9 lacks 0.25, of which all of the first gives 0.2·0.8."""
    form = exact([0.1, 0.2, 0.9])
    flip = nearest_flip(form, [np.array([0.2, 0.7, 0.1])], 0.5, everywhere(form))
    assert flip is not None
    rest = (0.25 - 0.16) / 0.7
    assert flip.shift == pytest.approx(0.2 + rest)
    assert flip.weights == pytest.approx((0.0, 0.7 - rest, 0.3 + rest))


def test_the_nearest_flip_names_the_dispute_that_needs_least() -> None:
    """P = 0.6. A unit of the first dispute takes 0.75 - 0.45 off, one of the second 0.75 - 0.15."""
    form = exact([[0.9, 0.3], [0.6, 0.0]])
    weights = [np.array([0.5, 0.5]), np.array([0.75, 0.25])]
    flip = nearest_flip(form, weights, 0.5, everywhere(form))
    assert flip is not None
    assert (flip.dispute, flip.shift) == (1, pytest.approx(1 / 6))
    assert form.at([weights[0], np.array(flip.weights)])[0] == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize("values", [[0.9, 0.7, 0.6], [0.5, 0.5, 0.5], [0.1, 0.2, 0.4]])
def test_where_all_sources_agree_there_is_no_flip(values: list[float]) -> None:
    form = exact(values)
    assert nearest_flip(form, [np.array([0.3, 0.3, 0.4])], 0.5, everywhere(form)) is None


def test_what_is_not_listed_neither_gives_nor_takes() -> None:
    form, own = exact([0.9, 0.0, 0.6]), [np.array([0.6, 0.1, 0.3])]
    assert nearest_flip(form, own, 0.5, [np.array([True, False, True])]) is None
    free = nearest_flip(form, own, 0.5, everywhere(form))
    assert free is not None and free.shift == pytest.approx(0.22 / 0.9)
    pulling = exact([0.6, 0.95, 0.2])  # P = 0.625, most of it by the one that keeps its weight
    flip = nearest_flip(pulling, [np.array([0.5, 0.3, 0.2])], 0.5, [np.array([True, False, True])])
    assert flip is not None and flip.weights == pytest.approx((0.1875, 0.3, 0.5125))


@pytest.mark.parametrize("seed", range(20))
def test_a_source_exactly_on_the_level_is_reached_with_all_weight(seed: int) -> None:
    """Whichever way the sums are rounded."""
    form, own = exact([0.5, 0.61, 0.73, 0.97]), np.random.default_rng(seed).dirichlet(np.ones(4))
    flip = nearest_flip(form, [own], 0.5, everywhere(form))
    assert flip is not None
    assert flip.shift == pytest.approx(own[1:].sum(), abs=1e-12)
    assert flip.weights == pytest.approx((1.0, 0.0, 0.0, 0.0), abs=1e-12)


def test_on_the_level_nothing_needs_to_move() -> None:
    form = exact([0.75, 0.25])
    flip = nearest_flip(form, [np.array([0.5, 0.5])], 0.5, everywhere(form))
    assert flip is not None and flip.shift == 0.0


def test_the_error_of_the_shift_is_that_of_the_probability_over_its_slope() -> None:
    rng = np.random.default_rng(2)
    form = Form(np.array([0.9, 0.6, 0.2]) + 0.01 * rng.normal(size=(16, 3)))
    flip = nearest_flip(form, [np.array([0.5, 0.3, 0.2])], 0.5, everywhere(form))
    assert flip is not None
    pooled = form.values.mean(axis=0)
    expected = float(sectioning(form.values @ flip.weights, 0.5)) / (pooled[0] - pooled[2])
    assert flip.mcse == pytest.approx(expected, rel=1e-9)


def test_a_question_of_no_dispute_has_no_flip() -> None:
    assert nearest_flip(exact(0.7), [], 0.5, []) is None
    assert share_above(exact(0.7), 0.5, [], SEED).share == 1.0
