"""Periods that follow one another add up: the months to the year, to the last person."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.language.nodes import Exact
from contested.language.reading import read
from contested.series.monthly_table import read_monthly
from strategies import laws

SHIPPED = Path(__file__).parents[2] / "configs" / "data" / "monthly.csv"
YEAR = tuple(f"2025-{month:02}" for month in range(1, 13))


def _numbers(folder: Path, spans: list[tuple[str, str]], keys: str) -> list[float]:
    """What a figure for each span comes to, read from `m.csv` of the folder."""
    figures = "".join(
        f"  f{index}:\n    title: Figure {index}\n    unit: person\n    period: {first}-01/{last}-28\n"
        "    agreed:\n"
        f"      {{series: {{file: m.csv, {keys}, from: {first}, to: {last}}}, because: j, mismatch: m}}\n"
        for index, (first, last) in enumerate(spans)
    )
    estimates = "estimates:\n  e: {title: First, formula: f0, unit: person}\n"
    (folder / "s.yaml").write_text(
        f"title: Sums\nas_of: 2026-08-22\nfigures:\n{figures}{estimates}", encoding="utf-8"
    )
    forms = [figure.claims["agreed"].form for figure in read(folder / "s.yaml").figures.values()]
    return [form.value for form in forms if isinstance(form, Exact)]


@laws(25)
@given(
    counts=st.lists(st.integers(0, 10**9), min_size=12, max_size=12),
    cuts=st.sets(st.integers(1, 11)),
)
def test_any_periods_that_make_up_the_year_sum_to_it(counts: list[int], cuts: set[int]) -> None:
    edges = [0, *sorted(cuts), 12]
    spans = [(YEAR[0], YEAR[-1]), *((YEAR[first], YEAR[after - 1]) for first, after in pairwise(edges))]
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        rows = "".join(f"{month},{count}\n" for month, count in zip(YEAR, counts, strict=True))
        (folder / "m.csv").write_text(f"month,count\n{rows}", encoding="utf-8")
        year, *parts = _numbers(folder, spans, "column: count")
    assert len(parts) == len(edges) - 1
    assert year == sum(counts) == sum(parts)


@laws(25)
@given(st.lists(st.integers(0, 10**9), min_size=12, max_size=12))
def test_a_running_total_moves_by_what_is_added_month_by_month(counts: list[int]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name).resolve()
        totals = [sum(counts[: index + 1]) for index in range(12)]
        rows = "".join(
            f"{month},{count},{total}\n" for month, count, total in zip(YEAR, counts, totals, strict=True)
        )
        (folder / "m.csv").write_text(f"month,count,total\n2024-12,,0\n{rows}", encoding="utf-8")
        spans = [(YEAR[0], YEAR[-1]), (YEAR[3], YEAR[7]), (YEAR[11], YEAR[11])]
        assert _numbers(folder, spans, "column: total, of: level") == _numbers(folder, spans, "column: count")


@pytest.mark.parametrize("column", ["general_staff", "dead", "isw", "deepstate"])
def test_the_shipped_months_of_2025_sum_to_the_year(tmp_path: Path, column: str) -> None:
    shutil.copy(SHIPPED, tmp_path / "m.csv")
    spans = [(YEAR[0], YEAR[-1]), *((month, month) for month in YEAR)]
    year, *months = _numbers(tmp_path, spans, f"column: {column}")
    assert len(months) == 12
    assert year == pytest.approx(sum(months), rel=1e-14)
    figures = read_monthly(SHIPPED).columns[column]
    assert months == [value for month, value in figures.items() if month.year == 2025]
    if column == "general_staff":
        assert year == sum(months) == 418_170
