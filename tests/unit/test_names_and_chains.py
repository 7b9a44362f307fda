"""What names and long chains of formulas must not do: share a variable, or cost twice at each step."""

from __future__ import annotations

import time

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

import contested

NORMAL = "{mean: 0, sd: 1, because: judged}"


def run(tmp_path, inputs, estimates, extra=""):
    lines = ["title: T", "as_of: 2026-08-22", "inputs:"]
    lines += [f"  {name}: {statement}" for name, statement in inputs.items()]
    lines += ["figures:", "  one: {title: One, agreed: {value: 1, because: judged}}", "estimates:"]
    lines += [f"  {name}: {{title: T, formula: {formula}}}" for name, formula in estimates.items()]
    path = tmp_path / "s.yaml"
    path.write_text("\n".join(lines) + "\n" + extra, encoding="utf-8")
    return contested.load(path).run()


def test_names_that_begin_alike_are_two_variables(tmp_path):
    """Inputs named mixture_… took one another's draws."""
    inputs = {"mixture_a": NORMAL, "mixture_b": NORMAL}
    result = run(tmp_path, inputs, {"difference": "mixture_a - mixture_b"})
    assert result["difference"].interval(0.9).high == pytest.approx(1.6449 * 2**0.5, rel=0.01)


def test_a_chain_that_names_each_step_twice_costs_each_step_once(tmp_path):
    steps = {"e0": "x"} | {f"e{i}": f"e{i - 1} + 0.02 - 0.01 * e{i - 1}" for i in range(1, 40)}
    start = time.perf_counter()
    result = run(tmp_path, {"x": "{low: 1, high: 2, because: judged}"}, steps)
    assert time.perf_counter() - start < 30  # it was 2^40 steps
    assert result["e39"].quantile(0.5) == pytest.approx(2 + (2**0.5 - 2) * 0.99**39, rel=1e-3)


def test_a_ratio_of_ratios_has_no_inverse_that_would_blow_up(tmp_path):
    inputs = {
        "c": "{low: 1, high: 2, because: judged}",
        "a": "{mean: 10, sd: 8, because: judged}",
        "b": "{low: 1, high: 2, because: judged}",
    }
    result = run(tmp_path, inputs, {"plain": "c / a", "nested": "c / (b / a)"})
    c = np.exp(np.log(2) / 2 + np.log(2) / 2 / 1.6448536 * ndtri((np.arange(100_000) + 0.5) / 100_000))
    below = ndtr((result["plain"].inverse.median * c - 10) / 8).mean()  # P(a / c <= the median printed)
    assert below == pytest.approx(0.5, abs=0.002)
    assert not result["nested"].estimable
    assert result["nested"].inverse is None


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        ("1 / (1 - u)", "the density of 1 - u is positive at 0"),
        ("1 / log(1 + u)", "so is that of the logarithm"),
        ("1 / abs(n - 1)", "and that of a normal's distance"),
        ("1 / (x - y)", "P(x <= y) is 6e-6, which no draw shows"),
    ],
)
def test_no_moment_is_claimed_where_analysis_knows_of_none(tmp_path, formula, why):
    inputs = {
        "u": "{min: 0, max: 1, because: judged}",
        "n": NORMAL,
        "x": "{low: 9, high: 11, because: judged}",
        "y": "{low: 4, high: 6, because: judged}",
    }
    found = run(tmp_path, inputs, {"e": formula})["e"].moments
    assert found is None or (found.mean is None and found.sd is None), why


def test_no_disagreement_share_without_a_variance(tmp_path):
    """The log of exp(1/u) is 1/u, whose variance is infinite."""
    result = run(tmp_path, {"u": "{min: 0, max: 1, because: judged}"}, {"e": "exp(0.001 / u)"})
    assert result["e"].disagreement_share is None


def test_facts_named_in_questions_and_correlations_are_cited(tmp_path):
    register = "{id}:\n  low: 1\n  high: 2\n  publisher: P\n  title: T\n  date: 2025-01-01\n"
    text = "".join(register.replace("{id}", name) for name in ("asked-fact", "tied-fact"))
    (tmp_path / "register.yaml").write_text(text, encoding="utf-8")
    extra = (
        "register: register.yaml\n"
        "questions:\n  q: {title: Q, formula: asked_fact > 1}\n"
        "correlations:\n  - {between: [asked_fact, tied_fact], rank: 0.5, because: one author}\n"
    )
    result = run(tmp_path, {"x": NORMAL}, {"e": "x"}, extra)
    used = {cited.fact.id: cited.used_by for cited in result.assumptions.cited}
    assert used == {"asked-fact": ("correlations.0", "questions.q"), "tied-fact": ("correlations.0",)}
