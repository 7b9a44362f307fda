"""How intervals of several levels, kinds and widths of input lie to each other."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.answers.estimates import Answer
from contested.answers.result import Result
from strategies import Document, changed, laws, run, scenarios


def answer(result: Result, name: str) -> Answer:
    found = result[name]
    assert isinstance(found, Answer)
    return found


@laws(25)
@given(scenarios(), st.lists(st.floats(0.01, 0.99), min_size=2, max_size=5, unique=True))
def test_equal_tailed_intervals_nest_in_their_level(document: Document, levels: list[float]) -> None:
    result = run(document)
    for name in result:
        intervals = [answer(result, name).interval(level) for level in sorted(levels)]
        for inner, outer in pairwise(intervals):
            assert outer.low <= inner.low <= inner.high <= outer.high


@laws(15)
@given(scenarios())
def test_highest_density_sets_nest_in_their_level_and_hold_it(document: Document) -> None:
    """The densest half lies within the densest nine tenths; the pieces' masses sum to the level."""
    result = run(document)
    for name in result.estimates:
        found = answer(result, name)
        half, most = (found.interval(level, "hdi") for level in (0.5, 0.9))
        for interval in (half, most):
            mass = math.fsum(piece.mass for piece in interval.pieces)
            if all(piece.low < piece.high for piece in interval.pieces):
                assert mass == pytest.approx(interval.level, abs=2e-3)
            else:  # atoms, taken whole
                assert mass >= interval.level - 2e-3
        for piece in half.pieces:
            margin = 1e-9 * abs(piece.high)
            assert any(p.low - margin <= piece.low and piece.high <= p.high + margin for p in most.pieces)


@laws(25)
@given(
    spreads=st.lists(st.floats(0.2, 0.4), min_size=2, max_size=2),
    wider=st.floats(1.5, 3),
    which=st.integers(0, 1),
    level=st.sampled_from([0.5, 0.9]),
)
def test_a_wider_range_of_one_source_widens_the_interval(
    spreads: list[float], wider: float, which: int, level: float
) -> None:
    """Of a ratio of independent lognormals, here by over a tenth; of a mixture it need not."""
    widths = []
    for factor in (1.0, wider):
        own = [spread * (factor if i == which else 1.0) for i, spread in enumerate(spreads)]
        figures = {
            name: {
                "title": name,
                "agreed": {"low": 50 * math.exp(-s), "high": 50 * math.exp(s), "because": "law"},
            }
            for name, s in zip("ca", own, strict=True)
        }
        document = {
            "title": "Widths",
            "as_of": "2026-01-01",
            "figures": figures,
            "estimates": {"ratio": {"title": "ratio", "formula": "c / a"}},
            "sampling": {"tolerance": 0.001, "max_draws": 4096},
        }
        interval = answer(run(document), "ratio").interval(level)
        widths.append(interval.high - interval.low)
    assert widths[0] < widths[1]


@laws(15)
@given(scenarios(), st.sampled_from([0.5, 0.8, 0.9]))
def test_what_an_interval_holds_is_its_level(document: Document, level: float) -> None:
    """P(low < X <= high) is the level, to two draws, of whatever has no atoms."""
    result = run(changed(document, _with_smooth))
    for name in ("smooth", "over", "times"):
        found = answer(result, name)
        interval = found.interval(level)
        held = found.probability(above=interval.low, below=interval.high)
        assert held == pytest.approx(level, abs=2 / result.run.worlds)


def _with_smooth(document: Document) -> None:
    document["figures"]["smooth"] = {"title": "s", "agreed": {"low": 15, "high": 25, "because": "law"}}
    for name, formula in {"over": "smooth / figure_0", "times": "smooth * figure_1"}.items():
        document["estimates"][name] = {"title": name, "formula": formula}
