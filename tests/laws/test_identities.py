"""A name is one random variable: what algebra makes identical is identical in every world."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.answers.estimates import Answer
from contested.answers.result import Result
from strategies import Document, changed, laws, run, scenarios, statements

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def answer(result: Result, name: str) -> Answer:
    found = result[name]
    assert isinstance(found, Answer)
    return found


def and_by_source(found: Answer) -> Iterator[Answer]:
    """An answer, pooled and for each source alone."""
    yield found
    for sources in found.by_source.values():
        yield from sources.values()


def with_estimates(document: Document, **formulas: str) -> Document:
    """The same scenario asked for more."""
    added = {name: {"title": name, "formula": formula} for name, formula in formulas.items()}
    return changed(document, lambda d: d["estimates"].update(added))


@laws(25)
@given(scenarios())
def test_x_over_x_is_one_and_x_less_x_is_nought(document: Document) -> None:
    names = [*document["figures"], "ratio"]
    ones = {f"one_{name}": f"{name} / {name}" for name in names}
    noughts = {f"nought_{name}": f"{name} - {name}" for name in names}
    unfolded = {"one": "(figure_0 / figure_1) / ratio", "nought": "figure_0 / figure_1 - ratio"}
    result = run(with_estimates(document, **ones, **noughts, **unfolded))
    for name in (*ones, *noughts, *unfolded):
        exact = 1.0 if name.startswith("one") else 0.0
        for found in and_by_source(answer(result, name)):
            summary = found.summary
            assert summary is not None
            assert (summary.median, summary.median_mcse) == (exact, 0.0)
            for interval in summary.intervals:
                assert (interval.low, interval.high) == (exact, exact)
                assert (interval.low_mcse, interval.high_mcse) == (0.0, 0.0)


@laws(25)
@given(scenarios())
def test_a_common_factor_cancels(document: Document) -> None:
    """(aC) / (aA) is C / A but for rounding."""
    extended = with_estimates(document, scaled="(level * figure_0) / (level * figure_1)")
    result = run(extended)
    plain, scaled = answer(result, "ratio"), answer(result, "scaled")
    for p in LEVELS:
        assert scaled.quantile(p) == pytest.approx(plain.quantile(p), rel=1e-12)


@laws(25)
@given(scenarios())
def test_inversion_reverses_the_equal_tailed_interval(document: Document) -> None:
    """The ends of b / a are the inverses of those of a / b, up to the next draw.

    A quantile, inf{x: F(x) >= p}, has a side; a draw is far less than the Monte Carlo error.
    """
    result = run(with_estimates(document, inverse="figure_1 / figure_0"))
    step = 2 / result.run.worlds
    for plain, inverse in zip(
        and_by_source(answer(result, "ratio")), and_by_source(answer(result, "inverse")), strict=True
    ):
        for p in LEVELS:
            turned = 1 / inverse.quantile(1 - p)
            low, high = plain.quantile(p - step), plain.quantile(p + step)
            assert low * (1 - 1e-12) <= turned <= high * (1 + 1e-12)


_FACTOR = statements(1.0, without=("point", "mixture", "within an amount"))  # of one net coordinate


@laws(20)
@given(
    first=_FACTOR,
    second=_FACTOR,
    levels=st.lists(statements(), min_size=2, max_size=3),
    drift=statements(1.0, without=("within an amount",)),
    area=statements(),
)
def test_a_shared_factor_cancels_in_the_ratio_of_periods(
    first: Document, second: Document, levels: list[Document], drift: Document, area: Document
) -> None:
    """Whatever an error that periods share is taken to be, and however large, the ratio stays as it is."""

    def document(factor: Document, multiple: int = 1) -> Document:
        sources = {f"source_{i}": f"level_{i}" for i in range(len(levels))}
        claims = {s: {"formula": f"{level} * drift * factor * {multiple}"} for s, level in sources.items()}
        periods = {f"period_{i}": {"title": "period", "dispute": "toll", "claims": claims} for i in range(2)}
        return {
            "title": "Periods",
            "as_of": "2026-01-01",
            "disputes": {"toll": {"title": "toll", "sources": {source: source for source in sources}}},
            "inputs": {
                "factor": factor,
                "drift": {**drift, "drawn": "per_figure"},
                **{f"level_{i}": level for i, level in enumerate(levels)},
            },
            "figures": {**periods, "area": {"title": "area", "agreed": area}},
            "estimates": {
                "ratio": {"title": "ratio", "formula": "period_0 / period_1"},
                "of_ratios": {"title": "ratio", "formula": "(period_0 / area) / (period_1 / area)"},
                "sum": {"title": "sum", "formula": "period_0 + period_1"},
            },
            "sampling": {"tolerance": 0.001, "max_draws": 4096},
        }

    plain, other, scaled = run(document(first)), run(document(second)), run(document(first, 3))
    for name in ("ratio", "of_ratios"):
        for p in LEVELS:
            exact = pytest.approx(answer(plain, name).quantile(p), rel=1e-12)
            assert answer(other, name).quantile(p) == exact
            assert answer(scaled, name).quantile(p) == exact
    whole = answer(plain, "sum").quantile(0.5)
    assert answer(scaled, "sum").quantile(0.5) == pytest.approx(3 * whole, rel=1e-12)
