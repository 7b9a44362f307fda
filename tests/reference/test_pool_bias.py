"""Sources with biases and errors of their own (POOL-09), as a scenario in the language.

The logarithm of each report is the truth's, a bias of its source in all periods, and an error. With a flat
prior the truth, given the reports, is the generalised least squares estimate less the same combination of
biases and errors: a formula of inputs, with weights that follow from the stated standard deviations.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.shapes.base import Array
from judging import assert_moments, assert_quantiles
from running import agreed, propagation, ran

REPORTS = ((35000.0, 41000.0), (21000.0, 26500.0), (27000.0, 30500.0))
BIAS_MEANS = (0.139761942375, -0.223143551314, 0.0)
BIAS_SDS, ERROR_SDS = (0.25, 0.3, 0.15), (0.08, 0.12, 0.1)


def combination(bias_sds: Sequence[float]) -> Array:
    """(X'Σ⁻¹X)⁻¹ X'Σ⁻¹: the weight of each report in each period's truth, shape (period, source, period)."""
    sources, periods = len(bias_sds), len(REPORTS[0])
    shared = np.kron(np.diag(np.square(bias_sds)), np.ones((periods, periods)))
    covariance = shared + np.kron(np.diag(np.square(ERROR_SDS)), np.eye(periods))
    design = np.kron(np.ones((sources, 1)), np.eye(periods))
    weighed = design.T @ np.linalg.inv(covariance)
    return np.asarray(np.linalg.solve(weighed @ design, weighed).reshape(periods, sources, periods))


def document(
    reports: Sequence[Sequence[float]] = REPORTS, bias_sds: Sequence[float] = BIAS_SDS, **more: Any
) -> dict[str, Any]:
    """The posterior of the model as a scenario: truths of two periods, and their ratio."""
    inputs = {
        f"bias_{s}": {"mean": mean, "sd": sd}
        for s, (mean, sd) in enumerate(zip(BIAS_MEANS, bias_sds, strict=True))
    }
    inputs |= {f"error_{s}_{t}": {"mean": 0, "sd": sd} for s, sd in enumerate(ERROR_SDS) for t in range(2)}
    formulas = [
        " + ".join(
            f"({weight!r}) * ({math.log(reports[s][t])!r} - bias_{s} - error_{s}_{t})"
            for s, own in enumerate(weights)
            for t, weight in enumerate(own)
        )
        for weights in combination(bias_sds).tolist()
    ]
    statements = {name: {**statement, "because": "as the case has it"} for name, statement in inputs.items()}
    return propagation(
        agreed(truth_1={"formula": f"exp({formulas[0]})"}, truth_2={"formula": f"exp({formulas[1]})"}),
        {
            "first": "truth_1", "second": "truth_2", "ratio": "truth_2 / truth_1",
            "log_first": "log(truth_1)", "log_second": "log(truth_2)", "log_ratio": "log(ratio)",
            "log_total": "log(truth_1) + log(truth_2)",
        },
        inputs=statements,
        **more,
    )  # fmt: skip


def answer(result: Result, name: str) -> Answer:
    found = result[name]
    assert isinstance(found, Answer)
    return found


def test_pool_09_biases_that_periods_share(tmp_path: Path) -> None:
    """POOL-09. Lindley 1983, Operations Research 31:866; Winkler 1981; GLS; 4 standard errors."""
    result = ran(tmp_path, document())
    truths = {
        "first": (22086.0863575, 27488.4460299, 34212.2480601),
        "second": (25994.3472553, 32352.6857608, 40266.3035028),
        "ratio": (1.03462181949, 1.17695579174, 1.3388707928),
    }
    for name, quantiles in truths.items():
        assert_quantiles(answer(result, name), dict(zip((0.05, 0.5, 0.95), quantiles, strict=True)))
    assert_moments(answer(result, "log_first"), 10.221521051, 0.133031860563)
    assert_moments(answer(result, "log_second"), 10.3844523185, 0.133031860563)
    assert_moments(answer(result, "log_ratio"), math.log(1.17695579174), 0.0783627778138)
    total = answer(result, "log_total")  # Var(a + b) = 2 sd² (1 + ρ), the sd of both being the same
    assert_moments(total, 20.6059733695, 0.133031860563 * math.sqrt(2 * (1 + 0.826508453161)))


def test_pool_09_a_factor_on_all_reports_of_one_source_leaves_the_ratio(tmp_path: Path) -> None:
    """POOL-09, its notes: what a source has wrong in all periods cancels in their ratio."""
    larger = [tuple(3.7 * report for report in REPORTS[0]), *REPORTS[1:]]
    results = [ran(tmp_path, document(reports, max_draws=8192)) for reports in (REPORTS, larger)]
    assert_same(*results, "ratio")
    first = [answer(result, "first").quantile(0.5) for result in results]
    assert first[1] > 1.1 * first[0]


def test_pool_09_the_ratio_does_not_depend_on_the_spread_of_biases(tmp_path: Path) -> None:
    """POOL-09, its notes: the precision of the contrast is Σ 1/(2 s²) of the errors alone."""
    wider = (0.5, 0.1, 0.9)
    results = [ran(tmp_path, document(bias_sds=sds, max_draws=8192)) for sds in (BIAS_SDS, wider)]
    assert_same(*results, "ratio")


def assert_same(one: Result, other: Result, name: str) -> None:
    for p in (0.05, 0.5, 0.95):
        assert answer(other, name).quantile(p) == pytest.approx(answer(one, name).quantile(p), rel=1e-9)
