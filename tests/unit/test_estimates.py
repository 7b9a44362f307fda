"""Ratios whose denominator may vanish: what stands in for them, and questions on them, in closed form."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from scipy.special import ndtr, ndtri

from contested.answers.distribution import Summary
from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.errors import ContestedError
from judging import assert_close
from running import asked, propagation, ran

TOLL, MEAN, SD = 1000.0, 10.0, 6.0
BELOW = float(ndtr(-MEAN / SD))  # 4.8 %
LEVELS = {0.05: ("low", 1), 0.25: ("low", 0), 0.75: ("high", 0), 0.95: ("high", 1)}


def document(sd: float = SD, **more: Any) -> dict[str, Any]:
    """1,000 casualties over a net gain that two maps see differently."""
    wide, narrow = ({"mean": MEAN, "sd": s, "because": "test"} for s in (sd, 0.5))
    found = propagation(
        {
            "toll": {"title": "t", "unit": "person", "agreed": {"value": TOLL, "because": "test"}},
            "ground": {
                "title": "g", "unit": "km²", "dispute": "map", "claims": {"wide": wide, "narrow": narrow},
            },
        },
        {},
        disputes={"map": {"title": "Map", "sources": {"wide": "Wide", "narrow": "Narrow"}}},
        weightings={"mostly": {"map": {"wide": 3, "narrow": 1}}},
        questions=asked(dear="r >= 100", cheap="r < 90"),
        default="mostly",
        **more,
    )  # fmt: skip
    found["estimates"] = {"r": {"title": "r", "formula": "toll / ground", "unit": "person/km²"}}
    return found


def answer(result: Result) -> Answer:
    found = result["r"]
    assert isinstance(found, Answer)
    return found


def question(result: Result, name: str = "dear") -> Probability:
    found = result.questions[name]
    assert isinstance(found, Probability)
    return found


def assert_summary(found: Summary | None, quantile: Any) -> None:
    """Median and ends by a closed-form quantile function."""
    assert found is not None
    assert_close("median", found.median, found.median_mcse, quantile(0.5), quantile(0.5))
    for p, (end, index) in LEVELS.items():
        interval = found.intervals[index]
        value, mcse = getattr(interval, end), getattr(interval, f"{end}_mcse")
        assert_close(f"{p}", value, mcse, quantile(p), max(abs(quantile(p)), quantile(0.75)))


def test_a_ratio_that_is_not_estimable_says_so_with_the_probability(tmp_path: Path) -> None:
    found = answer(ran(tmp_path, document()))
    assert not found.estimable and found.summary is None and found.moments is None
    assert found.denominator_nonpositive == pytest.approx(0.75 * BELOW, rel=1e-12)
    for call in (
        lambda: found.quantile(0.5), lambda: found.cdf(1), lambda: found.interval(0.9),
        lambda: found.probability(above=1),
    ):  # fmt: skip
        with pytest.raises(ContestedError, match=r"r is not estimable as a ratio: .* probability 0\.036"):
            call()


def test_the_inverse_is_in_square_kilometres_per_thousand(tmp_path: Path) -> None:
    """With 1,000 casualties, the ground itself; of the source that makes it vanish, a normal law."""
    found = answer(ran(tmp_path, document()))
    assert found.inverse_unit.text == "km²/(1000 person)"
    alone = found.by_source["map"]["wide"]
    assert not alone.estimable
    assert_summary(alone.inverse, lambda p: MEAN + SD * float(ndtri(p)))


def test_given_a_positive_denominator(tmp_path: Path) -> None:
    alone = answer(ran(tmp_path, document())).by_source["map"]["wide"]

    def quantile(p: float) -> float:
        return TOLL / (MEAN + SD * float(ndtri(BELOW + (1 - p) * (1 - BELOW))))

    assert_summary(alone.given_positive_denominator, quantile)


def test_each_source_has_the_policy_of_its_own(tmp_path: Path) -> None:
    narrow = answer(ran(tmp_path, document())).by_source["map"]["narrow"]
    assert narrow.estimable and narrow.inverse is None and narrow.given_positive_denominator is None
    assert narrow.denominator_nonpositive == pytest.approx(float(ndtr(-20)), rel=1e-9)
    assert_summary(narrow.summary, lambda p: TOLL / (MEAN + 0.5 * float(ndtri(1 - p))))


def test_a_question_has_a_lower_and_an_upper_limit(tmp_path: Path) -> None:
    """True with the denominator positive; that plus P(denominator <= 0)."""
    found = question(ran(tmp_path, document()))
    exact = 0.75 * (0.5 - BELOW) + 0.25 * 0.5
    assert_close("dear", found.value, found.mcse, exact, 1.0)
    assert found.upper == pytest.approx(found.value + 0.75 * BELOW, rel=1e-12)
    cheap = question(ran(tmp_path, document()), "cheap")  # not true where the ratio is negative
    rest = TOLL / 90 - MEAN
    exact = 0.75 * float(ndtr(-rest / SD)) + 0.25 * float(ndtr(-rest / 0.5))
    assert_close("cheap", cheap.value, cheap.mcse, exact, 1.0)
    assert cheap.upper == pytest.approx(cheap.value + 0.75 * BELOW, rel=1e-12)
    narrow = found.by_source["map"]["narrow"]
    assert narrow.upper is None and narrow.value == pytest.approx(0.5, abs=0.005)


@pytest.mark.parametrize(
    ("threshold", "estimable"), [(0.75 * BELOW * 1.001, True), (0.75 * BELOW * 0.999, False)]
)
def test_the_threshold_is_a_setting(tmp_path: Path, threshold: float, estimable: bool) -> None:
    result = ran(tmp_path, document(denominator={"estimable": threshold}))
    assert answer(result).estimable == estimable
    assert (question(result).upper is None) == estimable


@pytest.mark.parametrize(
    ("sd", "nonpositive", "estimable", "has_mean"),
    [
        (1.6, 2.05e-10, True, True),  # negligible: moments, labelled
        (2.0, 2.87e-7, True, False),  # quantiles only
        (3.8, 0.00425, True, False),
        (4.0, 0.00621, False, False),
    ],
)
def test_the_rows_of_the_policy(
    tmp_path: Path, *, sd: float, nonpositive: float, estimable: bool, has_mean: bool
) -> None:
    found = answer(ran(tmp_path, document(sd))).by_source["map"]["wide"]
    assert found.denominator_nonpositive == pytest.approx(nonpositive, rel=0.01)
    assert found.estimable == estimable
    moments = found.moments
    assert (moments is not None and moments.mean is not None) == has_mean
    assert found.moments_are_conditional == has_mean


def test_the_result_prints_what_stands_in(tmp_path: Path) -> None:
    printed = ran(tmp_path, document()).to_dict()["estimates"]["r"]
    assert printed["estimable"] is False and printed["median"] is None and printed["intervals"] == []
    assert printed["inverse"]["unit"] == "km²/(1000 person)"
    assert printed["inverse"]["median"] > 0 and printed["given_positive_denominator"]["median"] > 0
    assert printed["moments"] is None
    assert printed["by_source"]["map"]["narrow"]["estimable"] is True


def test_a_wide_denominator_has_no_share_on_either_scale(tmp_path: Path) -> None:
    """The variance of the ratio does not exist, and its logarithm has no value where it is negative."""
    assert answer(ran(tmp_path, document())).disagreement_share is None


def test_probabilities_quantiles_and_cdf_of_an_estimable_answer(tmp_path: Path) -> None:
    result = ran(tmp_path, document(0.5))
    found = answer(result)
    assert found.cdf(TOLL / MEAN) == pytest.approx(0.5, abs=0.005)
    assert found.probability(above=90, below=110) == pytest.approx(
        float(ndtr((TOLL / 90 - MEAN) / 0.5) - ndtr((TOLL / 110 - MEAN) / 0.5)), abs=0.005
    )
    assert found.probability(above=100) == pytest.approx(1 - found.cdf(100), abs=1e-12)
    assert found.quantile(0.9) == found.interval(0.8).high
    for wrong in (0.0, 1.0, math.nan):
        with pytest.raises(ContestedError, match="strictly between 0 and 1"):
            found.quantile(wrong)
        with pytest.raises(ContestedError, match="strictly between 0 and 1"):
            found.interval(wrong)
    for both in ({}, {"above": 2.0, "below": 1.0}):
        with pytest.raises(ContestedError, match="probability needs"):
            found.probability(**both)
    with pytest.raises(ContestedError, match="'equal-tailed' or 'hdi'"):
        found.interval(0.9, "shortest")  # type: ignore[arg-type]
