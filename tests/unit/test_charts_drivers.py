"""Where the width comes from, as a picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from contested.answers.comparison import Comparison
from contested.engine.precision import half_width
from contested.report.charts.drivers import drivers
from contested.report.charts.theme import NARROW, WIDE, Look
from drawn import drawn, rows, texts
from sample_scenarios import BOUNDS, VANISHING


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return drawn(tmp_path_factory.mktemp("drivers"))


@pytest.mark.parametrize("look", [WIDE, NARROW])
def test_each_dot_is_a_share_and_each_bar_its_error(comparison: Comparison, look: Look) -> None:
    chart = drivers(comparison, look=look)
    found = comparison.explained["per_km2"].shapley
    dots = {row["label"]: row["median"] for row in rows(chart, "median")}
    assert dots["“Whose count”"] == found["toll"].value
    assert dots["“Whose map”"] == found["map"].value
    assert sum(dots.values()) == pytest.approx(1, abs=1e-9)
    bar = next(row for row in rows(chart, "level") if row["label"] == "“Whose count”" and row["rank"] == 0)
    assert bar["high"] - bar["low"] == pytest.approx(2 * half_width(found["toll"].mcse))
    stem = next(row for row in rows(chart, "level") if row["label"] == "“Whose count”" and row["rank"] == 1)
    assert (stem["low"], stem["high"]) == (0, found["toll"].value)
    assert "Line from 0 to a dot: the share." in " ".join(texts(chart))


def test_disputes_are_apart_from_inputs_and_the_largest_is_first(comparison: Comparison) -> None:
    dots = rows(drivers(comparison), "median")
    disputed = [row["median"] for row in dots if row["source"] == "pooled"]
    others = [row["median"] for row in dots if row["source"] != "pooled"]
    assert disputed == sorted(disputed, reverse=True)
    assert len(disputed) == 2 and others
    assert {"Whom you believe", "What is uncertain whoever is right"} <= set(texts(drivers(comparison)))


def test_no_share_is_written_as_none_or_all(comparison: Comparison) -> None:
    assert not {"0 %", "100 %"} & set(texts(drivers(comparison)))


@pytest.mark.parametrize(
    ("text", "why"), [(BOUNDS, "it is a bound"), (VANISHING, "not estimable as a ratio")]
)
def test_what_is_not_divided_says_why(tmp_path: Path, text: str, why: str) -> None:
    chart = drivers(drawn(tmp_path, text))
    assert why in chart["description"]
    assert not rows(chart, "median")
    assert any(why in line for line in texts(chart))
