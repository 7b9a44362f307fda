"""What lineage must not depend on: units, names, the order of rows and columns, what is not there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contested.answers.lineage import Lineage, lineage
from contested.series.months import months_between
from war import compared, counted, toll

seeds = st.integers(0, 10_000)


def table(seed: int) -> dict[str, np.ndarray]:
    """A count, a relay of it with 1 % of noise, and an independent count."""
    generator = np.random.default_rng(seed)
    truth = toll(generator, 24)
    relay = truth * np.exp(generator.normal(0, 0.01, 24))
    return {"a": truth, "b": relay, "c": counted(generator, truth, error=0.08)}


def verdicts(found: Lineage) -> list[tuple[str, str, str, int]]:
    return [(pair.first, pair.second, pair.verdict, pair.lag) for pair in found.pairs]


@settings(max_examples=15)
@given(seeds, st.permutations(range(24)), st.permutations("abc"))
def test_the_order_of_rows_and_columns_changes_nothing(
    seed: int, rows: Sequence[int], columns: Sequence[str]
) -> None:
    plain = table(seed)
    months = list(months_between(date(2020, 1, 1), date(2021, 12, 1)))
    turned = lineage([months[row] for row in rows], {name: plain[name][list(rows)] for name in columns})
    found = compared(plain)
    assert turned.pairs == found.pairs
    assert turned.effective_sources == found.effective_sources
    assert {frozenset(group) for group in turned.groups} == {frozenset(group) for group in found.groups}


@settings(max_examples=15)
@given(seeds, st.sampled_from([0.5, 2.0, 8.0]), st.sampled_from([0.25, 4.0]))
def test_a_source_in_another_unit_is_as_much_a_relay(seed: int, one: float, other: float) -> None:
    plain = table(seed)
    scaled = {"a": one * plain["a"], "b": other * plain["b"], "c": plain["c"]}
    before, after = compared(plain), compared(scaled)
    assert verdicts(after) == verdicts(before)
    seen, turned = before.pairs[0].agreement, after.pairs[0].agreement
    assert seen is not None and turned is not None
    assert turned.size == pytest.approx(seen.size * one / other, rel=1e-9)
    assert turned.chance == pytest.approx(seen.chance, rel=1e-3)


@settings(max_examples=15)
@given(seeds)
def test_a_copy_is_always_joined_and_adds_no_source(seed: int) -> None:
    plain = table(seed)
    with_copy = compared({**plain, "copy": plain["c"]})
    assert any({"c", "copy"} <= set(group) for group in with_copy.groups)
    assert len(with_copy.groups) == len(compared(plain).groups)


@settings(max_examples=15)
@given(seeds, st.integers(1, 12))
def test_empty_months_before_and_after_change_nothing(seed: int, empty: int) -> None:
    plain = table(seed)
    padded = {name: np.pad(values, empty, constant_values=np.nan) for name, values in plain.items()}
    assert verdicts(compared(padded)) == verdicts(compared(plain))


@settings(max_examples=15)
@given(seeds)
def test_the_number_of_sources_lies_between_one_and_the_groups(seed: int) -> None:
    found = compared(table(seed))
    assert 1 <= found.effective_sources <= len(found.groups) + 1e-12
    assert sorted(name for group in found.groups for name in group) == ["a", "b", "c"]
