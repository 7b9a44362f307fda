"""Digits of numbers that people read: what rounding may do to a number, and to numbers side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contested.engine.precision import (
    Measured,
    half_width,
    rounded,
    rounded_together,
    significant_place,
)
from contested.report.briefing.answers import answered
from contested.report.charts.entries import Entry
from contested.report.rows import cells
from strategies import Document, laws, run, scenarios

SETS = (0, 1, 1, 2, 2)  # a median, and the ends of two intervals

sizes = st.floats(-6, 14).map(lambda power: 10.0**power)
values = st.tuples(sizes, st.sampled_from([-1.0, 1.0])).map(lambda pair: pair[0] * pair[1]) | st.just(0.0)
errors = st.just(0.0) | st.floats(-7, 1).map(lambda power: 10.0**power)  # shares of a number's size


@st.composite
def rows(draw: st.DrawFn) -> list[Measured]:
    """A median and the ends of two nested intervals, some of them near one another, each with an error."""
    centre = draw(values)
    size = abs(centre) or draw(sizes)
    steps = [size * 10.0 ** draw(st.floats(-7, 0.5)) for _ in range(4)]
    places = [0.0, -steps[0], steps[1], -steps[0] - steps[2], steps[1] + steps[3]]
    return [Measured(centre + place, size * draw(errors)) for place in places]


@laws(400)
@given(values, errors, st.integers(1, 6))
@example(152.0, 5.4 / half_width(1.0) / 152.0, 2)
def test_rounding_moves_a_number_by_no_more_than_its_digits_or_its_error(
    value: float, share: float, digits: int
) -> None:
    mcse = share * abs(value)
    place = significant_place(value, digits)
    found = rounded(value, mcse, digits)
    half = 0.0 if place is None else 10.0**place / 2
    assert abs(found.value - value) <= max(half, half_width(mcse)) * (1 + 1e-9)
    assert found.value * value >= 0


@laws(400)
@given(values, values, st.floats(-8, 16).map(lambda power: 10.0**power) | st.just(0.0))
def test_a_greater_number_is_shown_no_less(one: float, other: float, mcse: float) -> None:
    less, more = sorted((one, other))
    assert rounded(less, mcse).value <= rounded(more, mcse).value


@laws(400)
@given(values, errors, st.floats(0, 1))
def test_a_smaller_error_takes_no_digit_away(value: float, share: float, part: float) -> None:
    place = rounded(value, share * abs(value)).place
    assert rounded(value, part * share * abs(value)).place <= place


@laws(600)
@given(rows())
def test_a_row_is_in_order_and_alike_only_within_its_errors(row: Sequence[Measured]) -> None:
    found = rounded_together(row, SETS)
    shown = sorted(zip(row, found, SETS, strict=True), key=lambda each: each[0].value)
    for (less, first, one), (more, second, other) in combinations(shown, 2):
        assert first.value <= second.value
        if first.value == second.value and (one == other or 0 in (one, other)):
            error = half_width(max(less.mcse, more.mcse))
            most = max(error, 1e-5 * max(abs(less.value), abs(more.value)))
            assert more.value - less.value <= most


@laws(600)
@given(rows())
def test_a_row_moves_no_number_further_than_it_alone_would_be(row: Sequence[Measured]) -> None:
    for number, found in zip(row, rounded_together(row, SETS), strict=True):
        place = significant_place(number.value)
        half = 0.0 if place is None else 10.0**place / 2
        assert abs(found.value - number.value) <= max(half, half_width(number.mcse)) * (1 + 1e-9)


@laws(300)
@given(rows())
def test_in_a_row_of_one_sign_nothing_is_shown_as_zero(row: Sequence[Measured]) -> None:
    if all(number.value > 0 for number in row):
        assert all(found.value > 0 for found in rounded_together(row, SETS))


@laws(300)
@given(rows())
def test_numbers_that_two_digits_tell_apart_stay_as_they_are(row: Sequence[Measured]) -> None:
    one_sided = min(number.value for number in row) > 0 or max(number.value for number in row) < 0
    alone = [rounded(number.value, number.mcse, nonzero=one_sided) for number in row]
    shown = [found.value for _, found in sorted(zip(row, alone, strict=True), key=lambda each: each[0].value)]
    if all(less < more for less, more in pairwise(shown)):
        assert rounded_together(row, SETS) == alone


@pytest.mark.parametrize("kind", ["equal-tailed", "hdi"])
@laws(6)
@given(scenarios())
def test_tables_pictures_and_the_terminal_have_one_text(kind: str, document: Document) -> None:
    result = run({**document, "report": {"kind": kind}})
    for answer in result.estimates.values():
        in_terminal, in_tables, in_chart = cells(answer), answered(answer), Entry.of("one", answer)
        assert in_tables.median is not None and in_tables.widest is not None
        assert in_terminal[0] == in_tables.median.text
        for text, interval in zip(in_terminal[1:], in_tables.intervals, strict=True):
            several = len(interval.pieces) > 1
            assert text == (f"{len(interval.pieces)} pieces" if several else interval.text)
        exact = in_tables.widest.low == in_tables.widest.high
        whole = f"{in_terminal[0]} ({in_terminal[-1]})"
        assert in_chart.numbers == (in_terminal[0] if exact else whole)
