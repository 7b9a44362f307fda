"""Density strips: true to the law they draw, on one axis, and only where a terminal can show them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rich.cells import cell_len

import contested
from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.report.strip import BLOCKS, Axis, Strips
from contested.report.terminal import render
from sample_scenarios import BOUNDS, EXACT, HUMPS, RANGES, VANISHING, written

ANY_BLOCK = re.compile(f"[{BLOCKS[1:]}]")


def _ran(folder: Path, text: str, **settings: Any) -> Result:
    return contested.load(written(folder, text)).run(**settings)


def _strips(answer: object) -> Strips:
    assert isinstance(answer, Answer)
    return Strips(answer)


def _drawn(strips: Strips, answer: object, width: int) -> str:
    assert isinstance(answer, Answer)
    drawing = strips.of(answer)
    assert drawing is not None
    return drawing(width)


@pytest.mark.parametrize("rule", ["linear", "quantile", "log-quantile"])
@pytest.mark.parametrize("width", [10, 17, 24])
def test_heights_are_those_of_the_law(tmp_path: Path, rule: Any, width: int) -> None:
    """By the result's own cdf; 8,192 draws of a stratum leave an error of well under a block."""
    result = _ran(tmp_path, RANGES).pooled_by(rule)
    whole = result["per_km2"]
    assert isinstance(whole, Answer)
    strips = Strips(whole)
    assert strips.axis is not None
    edges = strips.axis.edges(width)
    for answer in (whole, *(alone for sources in whole.by_source.values() for alone in sources.values())):
        held = np.diff([answer.cdf(edge) for edge in edges])
        heights = [BLOCKS.index(block) for block in _drawn(strips, answer, width)]
        np.testing.assert_allclose(heights, 8 * held / held.max(), atol=0.5 + 0.35)
        assert max(heights) == 8


def test_all_strips_of_an_estimate_are_on_one_axis(tmp_path: Path) -> None:
    """The two humps of the pool are where those of the sources are."""
    result = _ran(tmp_path, HUMPS)
    whole = result["ground_gained"]
    assert isinstance(whole, Answer)
    near, far = (whole.by_source["map"][source] for source in ("near", "far"))
    strips = Strips(whole)
    pooled, first, second = (_drawn(strips, answer, 24) for answer in (whole, near, far))
    assert first.rstrip().endswith(("▁", "▂", "▃")) and len(first.rstrip()) < 8
    assert len(second) - len(second.lstrip()) > 14
    assert pooled.startswith(first.rstrip()[:4])
    drawn = zip(pooled, first, second, strict=True)
    assert all(both != "  " for block, *sources in drawn if block != " " and (both := "".join(sources)))


def test_exact_sources_are_at_the_ends(tmp_path: Path) -> None:
    strips = _strips(_ran(tmp_path, EXACT)["per_km2"])
    assert _drawn(strips, strips.answer, 10) == "▃        █"


@pytest.mark.parametrize(("text", "name"), [(EXACT, "area"), (VANISHING, "per_km2")])
def test_what_has_no_density_has_no_strip(tmp_path: Path, text: str, name: str) -> None:
    strips = _strips(_ran(tmp_path, text, tolerance=0.1)[name])
    assert strips.of(strips.answer) is None


def test_a_rule_that_gives_no_law_leaves_no_strip(tmp_path: Path) -> None:
    result = _ran(tmp_path, RANGES).pooled_by("logarithmic")
    strips = _strips(result["per_km2"])
    assert strips.answer.undefined
    assert strips.of(strips.answer) is None
    assert not ANY_BLOCK.search(render(result, strips=True))


def test_a_wide_positive_axis_is_logarithmic_and_says_so() -> None:
    axis = Axis(0.02, 1500.0)
    np.testing.assert_allclose(np.diff(np.log(axis.edges(5))), np.log(75_000) / 5)
    assert axis.drawn(16) == "0.020  log  1.5k"
    narrow = Axis(25.0, 280.0)
    np.testing.assert_allclose(np.diff(narrow.edges(5)), 51)
    assert narrow.drawn(12) == "25       280"
    assert not Axis(-1.0, 2000.0).logarithmic


@pytest.mark.parametrize(
    ("low", "high", "width", "expected"),
    [
        (160_000.0, 1_234_567.0, 12, "160k    1.2M"),
        (-1.25, 3.5e9, 12, "−1.2    3.5G"),
        (0.00123, 0.00456, 12, "0.001  0.005"),
        (0.00123, 0.00456, 10, " " * 10),
    ],
)
def test_an_axis_is_as_wide_as_its_strips(low: float, high: float, width: int, expected: str) -> None:
    assert Axis(low, high).drawn(width) == expected


@pytest.mark.parametrize("text", [EXACT, VANISHING, HUMPS, BOUNDS, RANGES])
@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 300])
def test_the_page_keeps_its_width_and_its_numbers(tmp_path: Path, text: str, width: int) -> None:
    result = _ran(tmp_path, text, tolerance=0.1)
    page, without = render(result, width=width, strips=True), render(result, width=width)
    assert max(map(cell_len, page.splitlines())) <= min(max(width, 40), 100)
    assert not re.search(r"[^\S\n]$", page, re.MULTILINE)
    numbers = re.compile(r"(?<![\w.])[\d,.]+ to [\d,.]+|\d+ %")
    assert numbers.findall(page) == numbers.findall(without)
    assert not ANY_BLOCK.search(without)


@pytest.mark.parametrize("width", [60, 80, 100])
def test_strips_of_labels_of_any_kind_begin_under_each_other(tmp_path: Path, width: int) -> None:
    hostile = EXACT.replace("kyiv: Kyiv", 'kyiv: "基輔總參謀部的每日報告 ▁▂▃ \\u202e😀 [red]x"').replace(
        "{fact: gs-total}", "{low: 150000, high: 170000, because: said}"
    )
    page = render(_ran(tmp_path, hostile, tolerance=0.1), width=width, strips=True, styled=True)
    table = re.sub(r"\x1b\[[01]m", "", page.split("\n\n")[2]).splitlines()
    assert max(map(cell_len, table)) <= width
    rows = [line for line in table if re.search(r"\d$", line) and ANY_BLOCK.search(line.replace("▁▂▃ ", ""))]
    assert len(rows) == 3
    assert len({cell_len(line) for line in (table[0], *rows)}) == 1
    axis = next(line for line in table if re.fullmatch(r" *\d+ +\d+", line))
    first = min(cell_len(line[: ANY_BLOCK.search(line).start()]) for line in rows[::2])
    assert cell_len(axis) - cell_len(axis.lstrip()) == first


def test_a_narrow_page_has_its_strips_under_the_labels(tmp_path: Path) -> None:
    page = render(_ran(tmp_path, RANGES), width=54, strips=True).split("\n\n")[2]
    assert re.search(r"^    Kyiv +\d+  50 % .*\n    [ ▁-█]+ +90 % ", page, re.MULTILINE)


def test_one_level_on_a_narrow_page_needs_no_strip(tmp_path: Path) -> None:
    page = render(_ran(tmp_path, RANGES, levels=[0.9]), width=40, strips=True)
    assert not ANY_BLOCK.search(page)
