"""The axis of values: round ticks inside it, as many as there is room for, none on another."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from contested.report.charts.axes import Axis, tick_text
from contested.report.charts.measuring import width

SPANS = [
    (54, 190), (0.17, 3.3), (330_000, 450_000), (260_000, 3_000_000), (-3.2, 4.1), (1e-5, 1e7),
    (0.991, 0.997),
    (-2000, -1500), (0, 0.004), (7, 7), (0, 0),
]  # fmt: skip


@pytest.mark.parametrize("span", SPANS)
@pytest.mark.parametrize("length", [60, 150, 320, 640])
def test_ticks_lie_on_the_axis_and_apart(span: tuple[float, float], length: float) -> None:
    axis = Axis.over(span, 10, 10 + length)
    ticks = axis.ticks(12)
    assert ticks
    assert all(axis.low <= tick <= axis.high for tick in ticks)
    ends = [
        (axis.place(t) - width(axis.text(t), 12) / 2, axis.place(t) + width(axis.text(t), 12) / 2)
        for t in ticks
    ]
    assert all(one[1] < other[0] for one, other in pairwise(ends))
    assert len({axis.text(tick) for tick in ticks}) == len(ticks)


@pytest.mark.parametrize("span", SPANS)
def test_a_long_axis_has_more_than_one_tick(span: tuple[float, float]) -> None:
    assert len(Axis.over(span, 0, 640).ticks(12)) >= 2


@pytest.mark.parametrize(
    ("span", "logarithmic"), [((1, 3), True), ((1, 2.9), False), ((0, 5), False), ((-1, 9), False)]
)
def test_it_is_logarithmic_where_all_is_positive_and_far_apart(
    span: tuple[float, float], logarithmic: bool
) -> None:
    axis = Axis.over(span, 0, 100)
    assert axis.logarithmic is logarithmic
    assert axis.low < span[0] < span[1] < axis.high
    assert axis.place(axis.low) == 0
    assert axis.place(axis.high) == 100
    scale = axis.channel("x")["scale"]
    assert scale["type"] == ("log" if logarithmic else "linear")
    assert scale["domain"] == [axis.low, axis.high]
    assert scale["range"] == [0, 100]


def test_infinite_values_are_left_out() -> None:
    assert Axis.over([1, 2, float("inf")], 0, 100).high < 3


@pytest.mark.parametrize("span", [(10, 100), (-4, 8)])
def test_a_wider_axis_has_more_at_either_end(span: tuple[float, float]) -> None:
    axis = Axis.over(span, 0, 200)
    wider = axis.wider(0.1)
    assert axis.place(wider.low) == pytest.approx(-20)
    assert axis.place(wider.high) == pytest.approx(220)
    values = wider.values(5)
    assert [wider.place(value) for value in values] == pytest.approx([0, 50, 100, 150, 200])


def test_two_ticks_far_apart_stand_where_no_spacing_has_room() -> None:
    linear = Axis(low=326_000, high=451_000, logarithmic=False, left=0, right=87, overhang=11)
    assert linear.ticks(11) == [340_000, 440_000]
    decade = Axis(low=90_000, high=640_000, logarithmic=True, left=0, right=87, overhang=11)
    assert decade.ticks(11) == [100_000, 500_000]


def test_a_short_logarithmic_axis_has_evenly_spaced_ticks_from_end_to_end() -> None:
    short = Axis(low=7.9, high=17.5, logarithmic=True, left=0, right=300)
    assert short.ticks(12) == [8, 10, 12, 14, 16]


def test_shares_are_never_written_as_none_or_all() -> None:
    axis = Axis.of_shares(0, 400)
    assert {axis.text(tick) for tick in axis.ticks(12)} >= {"20 %", "80 %"}
    assert not {axis.text(tick) for tick in axis.ticks(12)} & {"0 %", "100 %"}


def test_who_changes_a_list_of_ticks_changes_no_other() -> None:
    axis = Axis.over((54, 190), 0, 320)
    found = axis.ticks(12)
    found.clear()
    assert axis.ticks(12)


def test_labels_keep_within_an_overhang() -> None:
    free = Axis(low=1e6, high=3e6, logarithmic=False, left=0, right=160)
    assert free.ticks(12) == [1e6, 2e6, 3e6]
    assert replace(free, overhang=5).ticks(12) == [1.5e6, 2.5e6]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1_000_000, "1,000,000"), (0.05, "0.05"), (-2, "−2"), (0, "0"), (2e10, "20,000,000,000"),
        (1e-5, "1e-05"), (1500.5, "1,500.5"),
    ],
)  # fmt: skip
def test_round_values_are_written_in_full(value: float, text: str) -> None:
    assert tick_text(value) == text
