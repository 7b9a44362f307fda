"""When the draws are enough: tolerances at their very edge, and who counts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import contested
from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.engine.stopping import imprecise, interval_ends
from contested.errors import AccuracyWarning
from contested.language.nodes import Study
from running import agreed, asked, disputed, propagation, quietly, ran, written

CONFIGS = Path(__file__).parents[2] / "configs"
WHO = {"who": {"title": "Who", "sources": {"a": "A", "b": "B"}}}
NARROW, WIDE = {"low": 99, "high": 101}, {"low": 10, "high": 900}


def with_tolerance(study: Study, tolerance: float) -> Study:
    return replace(study, sampling=replace(study.sampling, tolerance=tolerance))


def needed(answer: Answer) -> float:
    """The least tolerance that an answer's numbers meet: by the language page, section Enough."""
    summary = answer.summary
    assert summary is not None
    half = (summary.intervals[-1].high - summary.intervals[-1].low) / 2
    numbers = [(summary.median, summary.median_mcse)]
    for interval in summary.intervals:
        numbers += [(interval.low, interval.low_mcse), (interval.high, interval.high_mcse)]
    return max(error / max(abs(value), half) for value, error in numbers)


def enough(result: Result, tolerance: float) -> bool:
    return imprecise(result.run, with_tolerance(result.study, tolerance)) is None


def document(**more: Any) -> dict[str, Any]:
    figures = {"f": disputed("who", {"a": NARROW, "b": WIDE})}
    options = {
        "default": "first", "weightings": {"first": {"who": {"a": 1, "b": 0}}}, "max_draws": 8192, **more,
    }  # fmt: skip
    return propagation(figures, {"y": "f - 100"}, disputes=WHO, **options)


def test_interval_ends_come_in_pairs() -> None:
    assert interval_ends([0.5, 0.9]) == pytest.approx((0.25, 0.75, 0.05, 0.95))


def test_the_tolerance_is_met_at_its_edge_and_missed_below_it(tmp_path: Path) -> None:
    """By every median and end, under the weighting, every named one and each single source."""
    result = ran(tmp_path, document())
    weightings = [{"who": {"a": a, "b": 1 - a}} for a in (1, 0, 0.5)]  # `even` is built in
    edge = max(
        needed(answer)
        for weighting in weightings
        for name in ("y", "f")
        if isinstance(answer := result.under(weighting)[name], Answer)
    )
    assert enough(result, edge * (1 + 1e-9))
    assert not enough(result, edge * (1 - 1e-9))


def test_a_source_without_weight_is_waited_for_all_the_same(tmp_path: Path) -> None:
    result = ran(tmp_path, document())
    own = max(needed(answer) for name in ("y", "f") if isinstance(answer := result[name], Answer))
    assert not enough(result, own * 1.01)  # what is printed of the default weighting would be precise enough


def test_every_named_weighting_counts(tmp_path: Path) -> None:
    """A weighting whose 95 % end lies in the gap between the sources needs more draws than any other."""
    gap = {"torn": {"who": {"a": 0.952, "b": 0.048}}}
    figures = {"f": disputed("who", {"a": NARROW, "b": {"low": 5000, "high": 9000}})}
    result = ran(tmp_path, propagation(figures, {"y": "f - 100"}, disputes=WHO, max_draws=8192))
    study = result.study
    torn = result.under(gap["torn"])["y"]
    assert isinstance(torn, Answer)
    edge = needed(torn)
    assert enough(result, edge * 0.9)
    named = with_tolerance(replace(study, weightings={**study.weightings, **gap}), edge * 0.9)
    assert imprecise(result.run, named) == "y"


def test_every_named_weighting_has_the_same_worlds() -> None:
    scenario = contested.load(CONFIGS / "isw-2025.yaml")
    drawn = {name: scenario.run(weighting=name).run.worlds for name in scenario.study.weightings}
    assert len(set(drawn.values())) == 1, drawn


def test_a_callers_own_weights_have_the_worlds_of_the_others(tmp_path: Path) -> None:
    """What two weightings differ by is never the draws; that these are too few for some is told."""
    figures = {"f": disputed("who", {"a": NARROW, "b": {"low": 5000, "high": 9000}})}
    text = propagation(figures, {"y": "f - 100"}, disputes=WHO, max_draws=65536)
    scenario = contested.load(written(tmp_path, text))
    usual = scenario.run(tolerance=0.01)
    assert usual.converged and usual.run.worlds < 65536
    with pytest.warns(AccuracyWarning, match=r"not converged under the weights given: after .* name these"):
        torn = scenario.run({"who": {"a": 0.9505, "b": 0.0495}}, tolerance=0.01)
    assert torn.run.worlds == usual.run.worlds and not torn.converged


def test_questions_count_by_their_error_alone(tmp_path: Path) -> None:
    even = document(questions=asked(q="y > 0"))
    result = ran(tmp_path, even)
    question = result.questions["q"]
    assert isinstance(question, Probability)
    edge = max(
        answer.mcse
        for found in (question, result.under("even").questions["q"])
        if isinstance(found, Probability)
        for answer in (found, *found.by_source["who"].values())
    )
    only_questions = replace(result.run, estimates={}, figures={})
    study = result.study
    assert imprecise(only_questions, with_tolerance(study, edge * (1 + 1e-9))) is None
    assert imprecise(only_questions, with_tolerance(study, edge * (1 - 1e-9))) == "q"


def test_the_suspect_is_looked_at_first(tmp_path: Path) -> None:
    result = ran(tmp_path, document())
    study = with_tolerance(result.study, 1e-9)  # nothing is precise enough for it
    assert imprecise(result.run, study) == "y"
    assert imprecise(result.run, study, suspect="f") == "f"


@pytest.mark.parametrize(
    ("numerator", "worst"),
    [({"value": 1000}, 1), ({"mean": 1, "sd": 2, "shape": "gamma"}, 0)],  # near 0, its inverse is vast
    ids=["ratio given positive", "inverse"],
)
def test_what_stands_in_for_a_ratio_is_waited_for(
    tmp_path: Path, numerator: dict[str, Any], worst: int
) -> None:
    figures = agreed(x=numerator, y={"mean": 10, "sd": 4})
    result = ran(tmp_path, propagation(figures, {"r": "x / y"}, max_draws=8192))
    answer = result["r"]
    assert isinstance(answer, Answer) and answer.summary is None
    edges = []
    for summary in (answer.inverse, answer.given_positive_denominator):
        assert summary is not None
        half = (summary.intervals[-1].high - summary.intervals[-1].low) / 2
        numbers = [(summary.median, summary.median_mcse)]
        for interval in summary.intervals:
            numbers += [(interval.low, interval.low_mcse), (interval.high, interval.high_mcse)]
        edges.append(max(error / max(abs(value), half) for value, error in numbers))
    assert edges[worst] == max(edges)
    only_ratio = replace(result.run, figures={})
    for factor, found in ((1 + 1e-9, None), (1 - 1e-9, "r")):
        study = with_tolerance(result.study, max(edges) * factor)
        assert imprecise(only_ratio, study) == found


def test_draws_double_until_they_are_enough_or_all_that_may_be(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    stated = document(sampling={"tolerance": 0.001, "max_draws": 1_000_000})
    scenario = contested.load(written(tmp_path, stated))
    result = scenario.run(progress=lambda drawn, most: seen.append((drawn, most)))
    assert [drawn for drawn, _ in seen] == [8192 * 2**k for k in range(len(seen))]
    assert result.converged and enough(result, 0.001) and {most for _, most in seen} == {1_000_000}
    assert len(seen) > 1
    capped = quietly(contested.load(written(tmp_path, document(max_draws=20_000))))
    assert (capped.run.worlds, capped.converged) == (16_384, False)
