"""Results: other weightings on the same draws, names, tables, JSON."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

import contested
from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.answers.table import COLUMNS
from contested.errors import ContestedError
from running import agreed, asked, disputed, propagation, ran, written

LAWS = {"a": {"low": 10, "high": 20}, "b": {"low": 30, "high": 50}, "c": {"low": 5, "high": 90}}


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    document = propagation(
        {"f": disputed("who", LAWS), **agreed(g={"low": 1, "high": 2})},
        {"r": "f / g", "s": "f + g"},
        disputes={
            "who": {"title": "Who", "sources": {"a": "A", "b": "B", "c": "C"}},
            "idle": {"title": "Idle", "sources": {"x": "X", "y": "Y"}},
        },
        weightings={"w": {"who": {"a": 1, "b": 2, "c": 1}}},
        default="w",
        questions=asked(q="r > 20"),
        max_draws=8192,
    )
    return ran(tmp_path_factory.mktemp("result"), document)


def answer(result: Result, name: str = "r") -> Answer:
    found = result[name]
    assert isinstance(found, Answer)
    return found


def test_another_weighting_draws_nothing_again(result: Result) -> None:
    other = result.under({"who": {"c": 3, "others": 1}})
    assert other.run is result.run
    assert (other.weighting, other.weights["who"]) == (None, {"a": 0.2, "b": 0.2, "c": 0.6})
    assert other.weights["idle"] == {"x": 0.5, "y": 0.5}
    mixed = sum(
        w * answer(result.under({"who": {s: 1, "others": 0}})).cdf(20)
        for s, w in other.weights["who"].items()
    )
    assert answer(other).cdf(20) == pytest.approx(mixed, abs=1e-12)
    assert answer(other).quantile(0.5) != answer(result).quantile(0.5)


def test_a_weighting_by_name(result: Result) -> None:
    even = result.under("even")
    assert even.weighting == "even"
    assert even.weights["who"] == pytest.approx(dict.fromkeys("abc", 1 / 3))
    assert result.under("w").to_json() == result.to_json()


@pytest.mark.parametrize(
    ("weighting", "message"),
    [
        ("lines", "no weighting is named 'lines'; there are w, even"),
        ({"whom": {"a": 1}}, "'whom'; did you mean 'who'"),
        ({"who": {"a": 1, "d": 1, "others": 0}}, "'d'"),
        ({"who": {"a": 1}}, "gives no weight to"),
        ({"who": {"others": 0}}, "all weights are zero"),
        ({"who": {"a": -1, "others": 1}}, "zero or above"),
        ({"who": {"a": math.inf, "others": 1}}, "finite"),
        ({"who": {"a": math.nan, "others": 1}}, "finite"),
    ],
)  # fmt: skip
def test_weights_that_cannot_be_used_are_refused(result: Result, weighting: Any, message: str) -> None:
    with pytest.raises(ContestedError, match=message):
        result.under(weighting)


def test_names(result: Result) -> None:
    assert list(result) == ["r", "s", "f", "g"]
    assert answer(result, "f").title == "disputed"
    with pytest.raises(ContestedError, match="no estimate or figure is named 'q'; there are r, s, f, g"):
        result["q"]


def test_only_disputes_that_an_answer_depends_on_are_listed(result: Result) -> None:
    assert list(answer(result).by_source) == ["who"]
    assert not answer(result, "g").by_source
    assert result.questions["q"].by_source.keys() == {"who"}


def test_the_table_has_a_row_for_each_estimate_source_and_interval(result: Result) -> None:
    table = result.table()
    assert tuple(table.columns) == COLUMNS
    own = table[(table.kind == "estimate") & (table.name == "r")]
    assert len(own) == 2 * (1 + 3)  # two levels; the pool and three sources
    (pooled,) = own[own.source.isna() & (own.level == 0.9)].to_dict("records")
    interval = answer(result).interval(0.9)
    assert (pooled["low"], pooled["high_mcse"]) == (interval.low, interval.high_mcse)
    (alone,) = own[(own.source == "b") & (own.level == 0.5)].to_dict("records")
    of_b = answer(result).by_source["who"]["b"]
    assert (alone["dispute"], alone["median"]) == ("who", of_b.quantile(0.5))
    questions = table[table.kind == "question"]
    assert len(questions) == 4 and questions["median"].between(0, 1).all()


def test_the_json_is_one_object_of_the_language_page(result: Result) -> None:
    found = json.loads(result.to_json())
    assert {
        "scenario", "title", "as_of", "weighting", "weights", "rule", "estimates", "figures", "questions",
        "sampling", "provenance",
    } <= set(found)  # fmt: skip
    assert found["sampling"] == {
        "replicates": 16, "draws": 8192, "mcse_df": 15, "tolerance": 1e-5, "converged": False,
    }  # fmt: skip
    assert found["estimates"]["r"]["median"] == answer(result).quantile(0.5)
    assert list(found["weights"]["who"].values()) == [0.25, 0.5, 0.25]


def test_settings_of_a_run(tmp_path: Path) -> None:
    document = propagation(agreed(x={"low": 10, "high": 20}, y={"low": 1, "high": 2}), {"r": "x / y"})
    scenario = contested.load(written(tmp_path, document))
    plain = scenario.run(tolerance=0.02)
    assert scenario.run(tolerance=0.02).to_json() == plain.to_json()
    assert answer(scenario.run(tolerance=0.02, seed=9)).quantile(0.5) != answer(plain).quantile(0.5)
    summary = answer(scenario.run(tolerance=0.02, levels=[0.8, 0.3], kind="hdi")).summary
    assert summary is not None
    assert [(i.level, i.kind) for i in summary.intervals] == [(0.3, "hdi"), (0.8, "hdi")]
    surer, wider = (answer(scenario.run(tolerance=0.02, confidence=c)).interval(0.9) for c in (0.95, 0.5))
    assert wider.low < surer.low < surer.high < wider.high


@pytest.mark.parametrize(
    "setting",
    [{"seed": -1}, {"tolerance": 0.0}, {"tolerance": math.nan}, {"confidence": 1.0}, {"levels": []},
     {"levels": [1.0]}, {"kind": "shortest"}, {"weighting": "none"}],
)  # fmt: skip
def test_settings_out_of_range_are_refused(tmp_path: Path, setting: dict[str, Any]) -> None:
    document = propagation(agreed(x={"low": 10, "high": 20}), {"r": "x"})
    with pytest.raises(ContestedError):
        contested.load(written(tmp_path, document)).run(**setting)
