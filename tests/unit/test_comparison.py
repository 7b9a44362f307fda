"""A comparison: every assumption about whom to believe, side by side."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import contested
from contested.answers.comparison import Comparison
from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.errors import ContestedError
from contested.language.scopes import NotApplicable
from running import asked, disputed, propagation, written
from sample_scenarios import VANISHING
from sample_scenarios import written as sample

TOLL = {"kyiv": {"low": 28, "high": 40}, "skeptic": {"low": 12, "high": 22}, "osint": {"low": 20, "high": 32}}
AREA = {"wide": {"low": 0.9, "high": 1.1}, "narrow": {"low": 0.6, "high": 0.8}}


def document(**more: Any) -> dict[str, Any]:
    """Two disputed figures, their ratio and their product, and two questions."""
    return propagation(
        {"toll": disputed("who", TOLL), "area": disputed("map", AREA)},
        {"ratio": "toll / area", "count": "toll"},
        disputes={
            "who": {"title": "Who counts", "sources": dict.fromkeys(TOLL, "One")},
            "map": {"title": "Whose map", "sources": {"wide": "Wide", "narrow": "Narrow"}},
        },
        questions=asked(high="ratio > 27", low="ratio < 10"),
        max_draws=16_384,
        **{
            "default": "stated",
            "weightings": {
                "stated": {"who": {"kyiv": 2, "skeptic": 1, "osint": 1}, "map": {"wide": 3, "narrow": 1}},
                "doubt": {"who": {"kyiv": 1, "skeptic": 2, "osint": 0}},
            },
            **more,
        },
    )  # fmt: skip


@cache
def whole(folder: Path) -> Comparison:
    return contested.load(written(folder, document())).compare(contaminate=0.1, at=[0.25])


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    with pytest.warns(contested.AccuracyWarning):
        return whole(tmp_path_factory.mktemp("compared"))


def ratio(result: Result) -> Answer:
    answer = result["ratio"]
    assert isinstance(answer, Answer)
    return answer


def high(result: Result) -> float:
    question = result.questions["high"]
    assert isinstance(question, Probability) and question.value is not None
    return question.value


def test_every_named_weighting_is_that_of_a_run(comparison: Comparison) -> None:
    assert list(comparison.weightings) == ["stated", "doubt", "even"]
    for name, result in comparison.weightings.items():
        assert result.to_dict() == comparison.result.under(name).to_dict()
    assert comparison.result.weighting == "stated"


def test_a_source_left_out_leaves_its_weight_to_the_others_pro_rata(comparison: Comparison) -> None:
    left = comparison.leave_out["who"]
    assert list(left) == ["kyiv", "skeptic", "osint"]
    assert left["skeptic"].weights["who"] == pytest.approx({"kyiv": 2 / 3, "skeptic": 0, "osint": 1 / 3})
    assert left["kyiv"].weights["map"] == comparison.result.weights["map"]
    assert comparison.leave_out["map"]["wide"].weights["map"] == {"wide": 0, "narrow": 1}
    assert high(left["skeptic"]) > high(comparison.result)


def test_where_nothing_else_has_weight_the_others_share_it(tmp_path: Path) -> None:
    sole = {"sole": {"who": {"kyiv": 1, "others": 0}, "map": {"wide": 1, "narrow": 1}}}
    with pytest.warns(contested.AccuracyWarning):
        found = contested.load(written(tmp_path, document(weightings=sole, default="sole"))).compare()
    assert found.leave_out["who"]["kyiv"].weights["who"] == {"kyiv": 0, "skeptic": 0.5, "osint": 0.5}


def test_the_whole_set_reaches_from_the_lowest_source_to_the_highest(comparison: Comparison) -> None:
    alone = [ratio(comparison.result.under({"who": {s: 1, "others": 0}, "map": {m: 1, "others": 0}}))
             for s in TOLL for m in AREA]  # fmt: skip
    found = comparison.sets["all"]
    envelope, ends = found.estimates["ratio"], found.questions["high"]
    assert envelope is not None and ends is not None
    medians = [answer.quantile(0.5) for answer in alone]
    assert envelope.median == (min(medians), max(medians))
    lows = [answer.interval(0.9).low for answer in alone]
    assert envelope.intervals[-1].level == 0.9 and envelope.intervals[-1].low == (min(lows), max(lows))
    highs = [answer.interval(0.9).high for answer in alone]
    assert envelope.intervals[-1].high == (min(highs), max(highs))
    shares = [1 - answer.cdf(27) for answer in alone]
    assert ends == pytest.approx((min(shares), max(shares)), abs=1e-12)
    widest = envelope.widest[-1]
    again = ratio(comparison.result.under(widest.weights)).interval(0.9)
    assert (again.low, again.high) == pytest.approx((widest.low, widest.high), rel=1e-12)


def test_sets_start_from_the_default_weighting(comparison: Comparison) -> None:
    assert list(comparison.sets) == ["all", "within", "contaminate"]
    own = ratio(comparison.result)
    inner = [comparison.sets[key].estimates["ratio"] for key in ("contaminate", "within", "all")]
    for smaller, larger in pairwise(inner):
        assert smaller is not None and larger is not None
        assert (
            larger.median[0]
            <= smaller.median[0]
            <= own.quantile(0.5)
            <= smaller.median[1]
            <= larger.median[1]
        )


def moves(weights: list[float], corners: list[list[float]]) -> list[list[float]]:
    return [[w + step for w, step in zip(weights, corner, strict=True)] for corner in corners]


@pytest.mark.parametrize(
    ("key", "who", "area"),
    [
        (
            "within",
            moves([0.5, 0.25, 0.25], [[0.2 * ((k == j) - (k == i)) for k in range(3)]
                                      for i in range(3) for j in range(3)]),
            [[0.95, 0.05], [0.55, 0.45]],
        ),
        (
            "contaminate",
            moves([0.45, 0.225, 0.225], (0.1 * np.eye(3)).tolist()),
            [[0.775, 0.225], [0.675, 0.325]],
        ),
    ],
)  # fmt: skip
def test_sets_are_as_wide_as_asked(
    comparison: Comparison, key: str, who: list[list[float]], area: list[list[float]]
) -> None:
    found = comparison.sets[key]
    corners = [
        comparison.result.under(
            {"who": dict(zip(TOLL, first, strict=True)), "map": dict(zip(AREA, second, strict=True))}
        )
        for first in who
        for second in area
    ]
    shares = [high(result) for result in corners]
    assert found.questions["high"] == pytest.approx((min(shares), max(shares)), abs=1e-12)
    envelope = found.estimates["ratio"]
    assert envelope is not None
    for level, ends in (
        (0.5, envelope.median),
        (0.05, envelope.intervals[-1].low),
        (0.95, envelope.intervals[-1].high),
    ):
        quantiles = [ratio(result).quantile(level) for result in corners]
        assert ends == pytest.approx((min(quantiles), max(quantiles)), rel=1e-9)


def test_a_denominator_that_may_vanish_gives_the_outermost_limits(tmp_path: Path) -> None:
    found = contested.load(sample(tmp_path, VANISHING)).compare()
    over = found.result.questions
    name = next(iter(over))
    alone = [each for sources in over[name].by_source.values() for each in sources.values()]
    lows = [each.value for each in alone]
    highs = [each.value if each.upper is None else each.upper for each in alone]
    assert found.sets["all"].questions[name] == pytest.approx((min(lows), max(highs)), abs=1e-12)


def test_bounds_and_orders_are_sets_too_and_other_disputes_stay(tmp_path: Path) -> None:
    stated = document(bounds={"who": {"osint": [0.2, 0.6]}}, at_least={"who": [["osint", "skeptic"]]})
    with pytest.warns(contested.AccuracyWarning):
        found = contested.load(written(tmp_path, stated)).compare()
    assert list(found.sets) == ["all", "within", "bounds", "at_least"]
    held = {"wide": 0.75, "narrow": 0.25}
    for key, corners in (
        ("bounds", [[0.8, 0, 0.2], [0, 0.8, 0.2], [0.4, 0, 0.6], [0, 0.4, 0.6]]),
        ("at_least", [[1, 0, 0], [0, 0, 1], [0, 0.5, 0.5]]),
    ):
        ends = found.sets[key].questions["high"]
        shares = [
            high(found.result.under({"who": dict(zip(TOLL, corner, strict=True)), "map": held}))
            for corner in corners
        ]
        assert ends == pytest.approx((min(shares), max(shares)), abs=1e-12), key


def test_break_evens_put_back_give_the_level(comparison: Comparison) -> None:
    found = comparison.break_even["high"]
    assert found is not None
    moved = found["who"]["skeptic"]
    assert moved.share_now == 0.25
    root = moved.at[1].roots[0]
    assert moved.at[1].level == 0.5
    rest = {"kyiv": (1 - root) * 2 / 3, "skeptic": root, "osint": (1 - root) / 3}
    back = comparison.result.under({"who": rest, "map": comparison.result.weights["map"]})
    assert high(back) == pytest.approx(0.5, abs=1e-9)
    assert comparison.break_even["low"] is not None
    assert all(not at.roots for at in comparison.break_even["low"]["who"]["kyiv"].at)


def test_rules_and_scopes_stand_side_by_side(comparison: Comparison) -> None:
    assert list(comparison.rules) == ["linear", "logarithmic", "quantile", "log-quantile"]
    averaged, mixed = (ratio(comparison.rules[rule]).interval(0.9) for rule in ("quantile", "linear"))
    assert averaged.high - averaged.low < mixed.high - mixed.low
    assert comparison.scopes["scenario"] is comparison.result
    assert comparison.scopes["per_figure"] == NotApplicable("no dispute has more than one figure")
    assert isinstance(comparison.scopes["one_for_all"], NotApplicable)


def test_three_identical_sources_make_every_comparison_flat(tmp_path: Path) -> None:
    same = {source: {"low": 20, "high": 40} for source in TOLL}
    stated = document()
    stated["figures"]["toll"] = disputed("who", same)
    stated["figures"]["area"] = disputed("map", {source: {"low": 0.9, "high": 1.1} for source in AREA})
    with pytest.warns(contested.AccuracyWarning):
        found = contested.load(written(tmp_path, stated)).compare(contaminate=0.5)
    own = ratio(found.result).quantile(0.5)
    rest = [*found.weightings.values(), *(r for each in found.leave_out.values() for r in each.values())]
    medians = [ratio(result).quantile(0.5) for result in (*rest, *found.rules.values())]
    assert medians == pytest.approx([own] * len(medians), rel=0.002)
    for span in found.sets.values():
        envelope = span.estimates["ratio"]
        assert envelope is not None and envelope.median == pytest.approx((own, own), rel=1e-12)
    found_even = found.break_even["high"]
    assert found_even is not None
    assert not any(at.roots for each in found_even.values() for moved in each.values() for at in moved.at)
    assert found.explained["ratio"].between is not None
    assert abs(found.explained["ratio"].between.value) < 0.01
    assert all(found.learning["high"].evppi[dispute] < 1e-6 for dispute in ("who", "map"))


def test_the_json_has_the_stable_keys(comparison: Comparison) -> None:
    found = json.loads(comparison.to_json())
    assert set(found) >= {
        "weightings", "leave_out", "sets", "break_even", "segments", "tipping", "rules", "scopes", "drivers",
        "effective_lines",
    }  # fmt: skip
    run = comparison.result.to_dict()
    for part in (found["weightings"]["stated"], found["rules"]["linear"], found["scopes"]["scenario"]):
        assert part == json.loads(json.dumps({key: run[key] for key in ("estimates", "questions")}))
    envelope = found["sets"]["all"]["estimates"]["ratio"]
    assert set(envelope) == {"median", "intervals", "widest"}
    assert set(envelope["intervals"][0]) == {"level", "low", "high"}
    assert set(envelope["widest"][0]) == {"level", "low", "high", "weights", "certified"}
    assert found["scopes"]["per_figure"] == {"not_applicable": "no dispute has more than one figure"}
    skeptic = found["break_even"]["high"]["who"]["skeptic"]
    assert set(skeptic) == {"share_now", "at", "mcse", "nearest"} and set(skeptic["at"]) == {"0.25", "0.5"}
    assert set(found["segments"]["high"]) == {"stated>doubt", "stated>even", "doubt>even"}
    assert found["effective_lines"] == pytest.approx({"who": 1 / (0.5**2 + 2 * 0.25**2), "map": 1.6})
    assert sum(found["drivers"]["ratio"]["shapley"].values()) == pytest.approx(1, abs=1e-12)


def test_the_tables_hold_what_the_json_holds(comparison: Comparison) -> None:
    answers = comparison.table()
    parts = {part: set(rows["case"]) for part, rows in answers.groupby("part")}
    assert parts["weighting"] == {"stated", "doubt", "even"}
    assert parts["leave_out"] == {"who.kyiv", "who.skeptic", "who.osint", "map.wide", "map.narrow"}
    assert parts["rule"] == set(comparison.rules) and parts["scope"] == {"scenario"}
    for name in ("sets", "break_even", "segments", "tipping", "drivers", "learning"):
        assert len(comparison.table(name)) > 0, name
    with pytest.raises(ContestedError, match="no table is named 'set'; there are answers, sets"):
        comparison.table("set")


def test_the_triangle_covers_all_weightings_of_three_sources(comparison: Comparison) -> None:
    found = comparison.simplex("who", steps=10)
    assert found.weights.shape == (66, 3) and np.allclose(found.weights.sum(axis=1), 1)
    for row in (0, 17, 40, 65):
        own = dict(zip(found.sources, found.weights[row], strict=True))
        result = comparison.result.under({"who": own, "map": comparison.result.weights["map"]})
        assert found.median[row] == ratio(result).quantile(0.5)
        assert found.probabilities["high"][row] == pytest.approx(high(result), abs=1e-12)
    assert len(found.table()) == 66
    with pytest.raises(ContestedError, match=r"three sources \(map has 2\)"):
        comparison.simplex("map")


def test_no_weighting_and_no_dispute_leave_nothing_to_set_side_by_side(tmp_path: Path) -> None:
    undisputed = propagation(
        {"f": {"title": "f", "agreed": {"low": 1, "high": 2, "because": "known"}}}, {"e": "f"}
    )
    with pytest.warns(contested.AccuracyWarning):
        found = contested.load(written(tmp_path, undisputed)).compare(weightings=[])
    assert (found.weightings, found.leave_out, found.segments) == ({}, {}, {})


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"weightings": ["statd"]}, "unknown weighting 'statd'; did you mean 'stated'?"),
        ({"within": 1.5}, r"within must lie between 0 and 1 \(got 1.5\)"),
        ({"contaminate": -0.1}, r"contaminate must lie between 0 and 1 \(got -0.1\)"),
        ({"at": [1.0]}, r"a probability to cross must lie strictly between 0 and 1 \(got 1.0\)"),
    ],
)
def test_what_cannot_be_compared_is_refused(tmp_path: Path, settings: dict[str, Any], message: str) -> None:
    scenario = contested.load(written(tmp_path, document()))
    with pytest.raises(ContestedError, match=message):
        scenario.compare(**settings)
