"""The page's arithmetic, run by itself: its numbers are those of a run, its text that of the package."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import contested
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.engine.precision import Measured, half_width
from contested.engine.stopping import interval_ends
from contested.report.interactive.sliders import Sliders
from contested.report.wording import Printed, row, share
from running import quietly
from sample_scenarios import APART, EXACT, HOPPING, HUMPS, RANGES, written
from sliding import THIRD, shipped

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed")


def run(scripts: tuple[str, ...], program: str, given: Any) -> Any:
    """What a program makes of a value, with some of the page's scripts before it; it returns JSON."""
    folder = files("contested.report.interactive")
    texts = [folder.joinpath(f"{name}.js").read_text(encoding="utf-8") for name in scripts]
    whole = "\n".join([*texts, "const given = JSON.parse(require('fs').readFileSync(0, 'utf8'));", program])
    command = [str(NODE), "-e", whole]
    done = subprocess.run(
        command, input=json.dumps(given), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


_POOLED = """
const { content, weightings, levels } = given;
const laws = content.estimates.map((own) => Arithmetic.law(own.laws.all));
process.stdout.write(JSON.stringify(weightings.map((weights) => ({
  estimates: content.estimates.map((own, i) => {
    const pool = Arithmetic.pooled(laws[i], content.rule, Arithmetic.stratumWeights(own, weights));
    return levels.map((level) => [pool.quantile(level), pool.quantileError(level)]);
  }),
  questions: content.questions.map((own) => {
    const replicates = Arithmetic.unpacked(own.replicates, Float32Array);
    return Arithmetic.chance({ ...own, replicates }, Arithmetic.stratumWeights(own, weights), false);
  }),
}))));
"""


def weighted(result: Result, count: int) -> list[Result]:
    """The result under its named weightings, and under others: even, lopsided and single sources."""
    generator = np.random.default_rng(5)
    found = [result.under(name) for name in result.study.weightings]
    for place in range(count):
        weights = {}
        for name, dispute in result.study.disputes.items():
            listed = dispute.listed
            drawn = generator.dirichlet(np.full(len(listed), (0.2, 1.0, 3.0)[place % 3]))
            single = np.eye(len(listed))[generator.integers(len(listed))]
            chosen = single if place % 4 == 3 else drawn
            weights[name] = dict(zip(listed, chosen.tolist(), strict=True))
        found.append(result.under(weights))
    return found


@pytest.mark.parametrize("name", ["isw-2025", "exchange"])
def test_medians_ends_and_probabilities_are_those_of_a_run(name: str) -> None:
    result = shipped(name)
    cases = weighted(result, 12)
    levels = [0.5, *interval_ends(result.study.report.levels)]
    content = Sliders.of(result).to_dict()
    given = {"content": content, "weightings": [dict(case.weights) for case in cases], "levels": levels}
    errors = []
    for case, found in zip(cases, run(("arithmetic",), _POOLED, given), strict=True):
        for own, values in zip(content["estimates"], found["estimates"], strict=True):
            answer = case.estimates[own["name"]]
            wanted, error = answer.distribution.pool(answer.distribution.weights[None], levels)
            got = np.array(values)
            assert (np.abs(got[:, 0] - wanted[0]) <= THIRD * np.abs(wanted[0])).all(), own["name"]
            errors.append(got[:, 1][error[0] > 0] / error[0][error[0] > 0])
        for own, chance in zip(content["questions"], found["questions"], strict=True):
            question = case.questions[own["name"]]
            assert isinstance(question, Probability)
            assert chance["value"] == pytest.approx(question.value, abs=1e-12)
            assert chance["error"] == pytest.approx(question.mcse, abs=1e-6)
    # The replicates' deviations are kept at seventeen levels: their error is about that by sectioning.
    assert 0.7 < np.median(np.concatenate(errors)) < 1.3


def test_the_bound_on_what_is_missed_passes_to_any_mixture() -> None:
    """At mixtures sought to be hard: one stratum's tail decides where another begins."""
    result = shipped("isw-2025")
    generator = np.random.default_rng(8)
    cases = []
    for share_ in (0.0499, 0.0501, 0.2499, 0.2501, 0.4999, 0.7501, 0.9501, 0.949):
        order = generator.permutation(["osint", "skeptic", "ukrainian"])
        shares = dict(zip(order.tolist(), (share_, (1 - share_) * 0.999, (1 - share_) * 0.001), strict=True))
        cases.append(result.under({"toll": shares}))
    levels = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]
    content = Sliders.of(result).to_dict()
    estimates = [own for own in content["estimates"] if len(own["disputes"]) > 0]
    content = {**content, "estimates": estimates, "questions": []}
    given = {"content": content, "weightings": [dict(case.weights) for case in cases], "levels": levels}
    for case, found in zip(cases, run(("arithmetic",), _POOLED, given), strict=True):
        for own, values in zip(estimates, found["estimates"], strict=True):
            wanted = [case.estimates[own["name"]].quantile(level) for level in levels]
            assert np.allclose([value for value, _ in values], wanted, rtol=4.1e-4, atol=0), own["name"]


_DENSEST = """
const { content, weightings } = given;
const estimate = Answers.opened(content.estimates[0]);
process.stdout.write(JSON.stringify(weightings.map((weights) =>
  Answers.ofEstimate(content, estimate, weights).parts[0].intervals.map(({ pieces }) =>
    pieces.map((own) => [own.low, own.high, own.mass])))));
"""

_TEXTS = """
const { content, weights } = given;
process.stdout.write(JSON.stringify(content.estimates.map((own) => {
  const [{ median, intervals }] = Answers.ofEstimate(content, Answers.opened(own), weights).parts;
  return [median.text, intervals.map(({ pieces }) => pieces.map(({ ends }) => ends.join(" to ")))];
})));
"""


@pytest.mark.parametrize("text", [APART, HUMPS])
def test_highest_density_sets_are_those_of_a_run(text: str, tmp_path: Path) -> None:
    """All weight on one source, on two, and at random: ends to three digits, and what each piece holds."""
    result = quietly(contested.load(written(tmp_path, text)))
    content = Sliders.of(result).to_dict()
    cases = weighted(result, 12)
    given = {"content": content, "weightings": [dict(case.weights) for case in cases]}
    scripts = ("arithmetic", "wording", "densest", "answers")
    name = content["estimates"][0]["name"]
    for case, found in zip(cases, run(scripts, _DENSEST, given), strict=True):
        for own, interval in zip(found, case.estimates[name].summary.intervals, strict=True):
            assert len(own) == len(interval.pieces)
            for (low, high, mass), piece in zip(own, interval.pieces, strict=True):
                assert low == pytest.approx(piece.low, rel=THIRD, abs=0)
                assert high == pytest.approx(piece.high, rel=THIRD, abs=0)
                assert mass == pytest.approx(piece.mass, abs=2e-5)


@pytest.mark.parametrize("text", [APART, HUMPS, RANGES, EXACT, HOPPING])
def test_the_page_opens_with_the_texts_of_the_report(text: str, tmp_path: Path) -> None:
    """Pieces of a highest-density set too, each with errors of its own."""
    result = quietly(contested.load(written(tmp_path, text)))
    content = Sliders.of(result).to_dict()
    scripts = ("arithmetic", "wording", "densest", "answers")
    given = {"content": content, "weights": dict(result.weights)}
    for own, (median, ends) in zip(content["estimates"], run(scripts, _TEXTS, given), strict=True):
        summary = result.estimates[own["name"]].summary
        assert summary is not None
        printed = Printed.of(summary)
        assert (median, ends) == (printed.median, list(map(list, printed.pieces)))


_WORDED = """
process.stdout.write(JSON.stringify(given.map(([kind, ...own]) => {
  if (kind === "row") return Wording.row(own.map(([value, reach, set]) => ({ value, reach, set })));
  return Wording.probability(...own);
})));
"""


def test_numbers_are_worded_as_the_package_words_them() -> None:
    """One by one, and as rows of a median and the ends of two intervals, near one another or far apart."""
    generator = np.random.default_rng(6)
    rows: list[list[tuple[Measured, int]]] = []
    for count in range(1200):
        centre = float(10 ** generator.uniform(-7, 17) * generator.choice([-1, 1]))
        apart = abs(centre) * 10 ** generator.uniform(-6, 0, 4) * (-1, 1, -1, 1)
        values = [centre, *(centre + apart).tolist()][: 1 if count % 3 == 0 else 5]
        errors = np.abs(values) * 10 ** generator.uniform(-6, 0, len(values))
        numbers = map(Measured, values, errors.tolist())
        rows.append(list(zip(numbers, (0, 1, 1, 2, 2), strict=False)))
    exact = (0.0, 0.9996, 99.5, 0.5, 1e15, 9.96e-5, 1234567.0, 12.5, 13.5, -12.5, 0.125, 2250.0)
    rows += [[(Measured(value), 0)] for value in exact]
    cases: list[tuple[str, list[Any], Any]] = [
        ("row", [[n.value, half_width(n.mcse), set_] for n, set_ in each], row(*zip(*each, strict=True)))
        for each in rows
    ]
    for _ in range(400):
        chance = float(generator.choice([generator.uniform(), 10 ** generator.uniform(-5, -1)]))
        spread = float(10 ** generator.uniform(-5, -1))
        cases.append(("probability", [chance, half_width(spread)], share(chance, spread)))
    for chance in (0.0, 1.0, 0.0049, 0.9951, 0.5, 0.125, 0.375):
        cases.append(("probability", [chance, 0.0], share(chance)))
    found = run(("wording",), _WORDED, [[kind, *own] for kind, own, _ in cases])
    for (kind, own, wanted), text in zip(cases, found, strict=True):
        assert text == wanted, (kind, own)


def test_a_rule_that_is_no_mixture_averages_quantiles() -> None:
    result = shipped("exchange").pooled_by("quantile")
    content = {**Sliders.of(result).to_dict(), "questions": []}
    cases = [replace(case, rule="quantile") for case in weighted(shipped("exchange"), 3)]
    levels = [0.5, *interval_ends(result.study.report.levels)]
    given = {"content": content, "weightings": [dict(case.weights) for case in cases], "levels": levels}
    for case, found in zip(cases, run(("arithmetic",), _POOLED, given), strict=True):
        for own, values in zip(content["estimates"], found["estimates"], strict=True):
            wanted = [case.estimates[own["name"]].quantile(level) for level in levels]
            assert [value for value, _ in values] == pytest.approx(wanted, rel=1e-6)
