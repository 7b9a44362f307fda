"""Laws of tracks, over figures that hypothesis chooses."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.answers.estimates import Answer
from contested.answers.track import Point, Track
from months import WHY, by_month, compared, tracked

TOLLS = st.lists(st.integers(1_000, 60_000), min_size=4, max_size=4)
GROUNDS = st.lists(st.integers(20, 900), min_size=4, max_size=4)
ERROR = {"error": {"best": 1, "within": "20%", **WHY}}


def _track(tolls: list[int], grounds: list[int], *, with_error: bool = False) -> Track:
    more: dict[str, Any] = {"inputs": ERROR, "toll": "toll * error"} if with_error else {}
    with tempfile.TemporaryDirectory() as folder:
        columns = {"toll": [float(x) for x in tolls], "ground": [float(x) for x in grounds]}
        two = compared(two=("2024-03/2024-04", "2024-01/2024-02"))
        sampling = {"tolerance": 0.05}
        return tracked(by_month(Path(folder), columns, **two, sampling=sampling, **more))


def _median(point: Point) -> float:
    assert isinstance(point.answer, Answer) and point.answer.summary is not None
    return point.answer.summary.median


@given(TOLLS, GROUNDS)
@settings(max_examples=15)
def test_a_sum_lies_between_its_months(toll: list[int], ground: list[int]) -> None:
    """A ratio of sums is a mean of the ratios, each weighted by its ground."""
    trail = _track(toll, ground).estimates["per_km2"]
    months = [_median(point) for point in trail.periods]
    whole = _median(trail.sums[0])
    assert min(months) * (1 - 1e-12) <= whole <= max(months) * (1 + 1e-12)
    assert whole == pytest.approx(sum(m * g for m, g in zip(months, ground, strict=True)) / sum(ground))


@given(TOLLS, GROUNDS)
@settings(max_examples=10)
def test_what_all_months_share_cancels_in_every_comparison(toll: list[int], ground: list[int]) -> None:
    exact = _track(toll, ground).estimates["per_km2"].contrasts[0].ratio
    shared = _track(toll, ground, with_error=True).estimates["per_km2"].contrasts[0].ratio
    assert isinstance(exact, Answer) and isinstance(shared, Answer)
    assert exact.summary is not None and shared.summary is not None
    for interval in shared.summary.intervals:
        assert interval.low == pytest.approx(exact.summary.median, rel=1e-12)
        assert interval.high == pytest.approx(exact.summary.median, rel=1e-12)


@given(TOLLS, GROUNDS, st.integers(2, 50))
@settings(max_examples=10)
def test_scaling_every_toll_scales_every_ratio_and_leaves_the_ranks(
    toll: list[int], ground: list[int], factor: int
) -> None:
    one, many = (_track([scale * x for x in toll], ground).estimates["per_km2"] for scale in (1, factor))
    for a, b in zip((*one.periods, *one.sums), (*many.periods, *many.sums), strict=True):
        assert _median(b) == pytest.approx(factor * _median(a), rel=1e-12)
        assert a.inverse is not None and b.inverse is not None
        assert b.inverse.median == pytest.approx(a.inverse.median / factor, rel=1e-12)
    ranks = [[standing.rank for standing in trail.contrasts[0].standing.values()] for trail in (one, many)]
    assert ranks[0] == ranks[1]


@given(TOLLS, GROUNDS)
@settings(max_examples=10)
def test_the_inverse_s_ends_are_the_ratio_s_turned_round(toll: list[int], ground: list[int]) -> None:
    for point in _track(toll, ground, with_error=True).estimates["per_km2"].periods:
        assert isinstance(point.answer, Answer) and point.answer.summary is not None
        assert point.inverse is not None
        for own, turned in zip(point.answer.summary.intervals, point.inverse.intervals, strict=True):
            assert turned.low == pytest.approx(1000 / own.high)
            assert turned.high == pytest.approx(1000 / own.low)
