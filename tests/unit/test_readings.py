"""What a question asks of one estimate, and its probability, strict or not."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import contested
from contested.engine.quantiles import Quantiles
from contested.engine.readings import Reading
from contested.engine.strata import Strata
from running import agreed, asked, propagation, written

READ = {
    "e > 2": [False, False, True],
    "e >= 2": [False, True, True],
    "2 > e": [True, False, False],
    "e <= 4 / 2": [True, True, False],
    "not e < 2": [False, True, True],
    "2 < e <= 3": [False, False, True, True, False],
    "e < 2 or 3 <= e": [True, False, False, True, True],
    "e > 2 and e > 3": [False, False, False, False, True],
    "e > 2 and e < 2": [False, False, False],
}
NOT_READ = ["e > d", "e > f", "f > 2", "e + 1 > 2", "2 * e > 3", "e > 2 and d > 3", "e > i", "e - e >= 0"]


def expressions(folder: Path, formulas: list[str]) -> list[Any]:
    document = propagation(
        agreed(f={"low": 1, "high": 9}, g={"low": 1, "high": 9}),
        {"e": "f", "d": "g / f"},
        questions=asked(**{f"q{i}": text for i, text in enumerate(formulas)}),
        inputs={"i": {"low": 1, "high": 2, "because": "judged"}},
    )
    study = contested.load(written(folder, document)).study
    return [study.questions[f"q{i}"].formula.expression for i in range(len(formulas))]


def test_comparisons_of_one_estimate_with_numbers_are_read(tmp_path: Path) -> None:
    for text, expression in zip(READ, expressions(tmp_path, list(READ)), strict=True):
        found = Reading.of(expression)
        assert found is not None and found.estimate == "e", text
        assert list(found.true) == READ[text], text


def test_anything_else_is_not(tmp_path: Path) -> None:
    assert [Reading.of(expression) for expression in expressions(tmp_path, NOT_READ)] == [None] * len(
        NOT_READ
    )


@pytest.mark.parametrize(
    "reading",
    [
        Reading("e", (2.0,), true) for true in itertools.product([True, False], repeat=3)
    ] + [Reading("e", (1.0, 2.0), true) for true in itertools.product([True, False], repeat=5)],
)  # fmt: skip
def test_a_value_with_a_mass_counts_where_the_question_has_it(reading: Reading) -> None:
    values = np.array([0.0, 1.0, 1.0, 1.5, 2.0, 2.0, 2.0, 3.0])
    law = Quantiles(Strata.of(np.broadcast_to(values, (16, 1, 8)).copy()))
    whole, mcse = reading.probability(law, np.ones(1), 1.0)
    place = [2 * sum(cut < x for cut in reading.cuts) + (x in reading.cuts) for x in values]
    assert whole == pytest.approx(np.mean([reading.true[i] for i in place]), abs=1e-15)
    assert mcse == pytest.approx(0.0, abs=1e-15)


def test_the_error_is_that_of_the_whole_probability() -> None:
    """Both ends of a chain move together: the replicates are asked for the whole."""
    rng = np.random.default_rng(2)
    draws = rng.normal(size=(16, 1, 100))
    law = Quantiles(Strata.of(draws))
    whole, mcse = Reading("e", (-1.0, 1.0), (False, True, True, True, False)).probability(
        law, np.ones(1), 0.5
    )
    each = (np.abs(draws) <= 2.0).mean(axis=(1, 2))
    assert whole == pytest.approx(each.mean(), abs=1e-15)
    assert mcse == pytest.approx(each.std(ddof=1) / 4, rel=1e-12)
