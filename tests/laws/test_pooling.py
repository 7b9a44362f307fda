"""What the rules of pooling have in common, whatever the scenario."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.language.nodes import RULES, Rule
from strategies import Document, changed, laws, run, scenarios

LEVELS = (0.05, 0.5, 0.95)


def answers(result: Result) -> Iterator[Answer]:
    for found in (*result.estimates.values(), *result.figures.values()):
        assert isinstance(found, Answer)
        yield found


def sources_of(document: Document) -> dict[str, list[str]]:
    return {dispute: list(found["sources"]) for dispute, found in document["disputes"].items()}


@laws(15)
@given(scenarios(), st.sampled_from(RULES), st.data())
def test_one_source_of_each_dispute_is_its_own_law_under_every_rule(
    document: Document, rule: Rule, data: st.DataObject
) -> None:
    """Bit for bit, and every question has a probability then."""
    right = {
        dispute: data.draw(st.sampled_from(sources)) for dispute, sources in sources_of(document).items()
    }
    alone = run(document).under({dispute: {source: 1, "others": 0} for dispute, source in right.items()})
    for found, linear in zip(answers(alone.pooled_by(rule)), answers(alone), strict=True):
        assert found.summary == linear.summary and found.undefined is None
    asked, linear_asked = (result.questions["larger"] for result in (alone.pooled_by(rule), alone))
    assert isinstance(asked, Probability) and isinstance(linear_asked, Probability)
    assert (asked.value, asked.mcse) == (linear_asked.value, linear_asked.mcse)


@laws(15)
@given(scenarios(formulas=False))
def test_where_all_claim_the_same_every_rule_gives_the_claim(document: Document) -> None:
    """To rounding where draws are averaged; to the error where densities are, or undefined for a point.

    Of the logarithmic pool, 15 examples with at most 15 numbers each, within six standard errors and a
    thousandth of the width for what its cubics blur.
    """
    result = run(changed(document, _agree))
    for linear in answers(result):
        averaged = _under(result, "quantile", linear.name)
        assert [averaged.quantile(p) for p in LEVELS] == pytest.approx(
            [linear.quantile(p) for p in LEVELS], rel=1e-12
        )
        logs = _under(result, "log-quantile", linear.name)
        if logs.undefined is None:
            assert [logs.quantile(p) for p in LEVELS] == pytest.approx(
                [linear.quantile(p) for p in LEVELS], rel=1e-12
            )
        pooled = _under(result, "logarithmic", linear.name).summary
        if pooled is None or linear.summary is None:
            continue
        ends = [(s.intervals[-1].low, s.median, s.intervals[-1].high) for s in (pooled, linear.summary)]
        errors = [
            (s.intervals[-1].low_mcse, s.median_mcse, s.intervals[-1].high_mcse)
            for s in (pooled, linear.summary)
        ]
        width = ends[1][2] - ends[1][0]
        slack = 6 * np.hypot(*np.array(errors)) + width / 1000
        assert np.all(np.abs(np.subtract(*ends)) <= slack)


def _under(result: Result, rule: Rule, name: str) -> Answer:
    found = result.pooled_by(rule)[name]
    assert isinstance(found, Answer)
    return found


def _agree(document: Document) -> None:
    for figure in document["figures"].values():
        if "claims" in figure:
            first = next(iter(figure["claims"].values()))
            figure["claims"] = dict.fromkeys(figure["claims"], first)


@laws(15)
@given(scenarios(), st.sampled_from(RULES))
def test_a_source_by_itself_is_the_pool_with_all_its_disputes_weight_on_it(
    document: Document, rule: Rule
) -> None:
    result = run(document).pooled_by(rule)
    for dispute, sources in sources_of(document).items():
        for source in sources:
            alone = result.under({**result.weights, dispute: {source: 1, "others": 0}})
            for pooled, found in zip(answers(result), answers(alone), strict=True):
                if dispute in pooled.by_source:
                    part = pooled.by_source[dispute][source]
                    assert (part.summary, part.undefined) == (found.summary, found.undefined)


@laws(15)
@given(scenarios(), st.sampled_from([0.1, 0.3, 0.5, 0.8]))
def test_a_quantile_average_lies_between_the_sources(document: Document, p: float) -> None:
    """At every probability; and so does that of the logarithms, below it."""
    result = run(document)
    for linear in answers(result):
        strata = linear.drawn.all_worlds.strata
        used = linear.drawn.by("quantile").all_worlds
        own = strata.quantile(np.eye(strata.count), [p])[:, 0]
        natural = used.quantile(linear.distribution.weights[None], [p])[0, 0]
        slack = 1e-12 * np.abs(own).max()
        assert own.min() - slack <= natural <= own.max() + slack
        logs = _under(result, "log-quantile", linear.name)
        if logs.undefined is None:
            assert own.min() - slack <= logs.quantile(p) <= natural + slack


@laws(15)
@given(scenarios(), st.sampled_from(RULES))
def test_quantiles_rise_and_the_cdf_undoes_them(document: Document, rule: Rule) -> None:
    result = run(document).pooled_by(rule)
    for found in answers(result):
        if found.undefined is None:
            quantiles = [found.quantile(p) for p in (0.02, 0.2, 0.45, 0.7, 0.97)]
            assert np.all(np.diff(quantiles) >= 0)
            for p, x in zip((0.2, 0.45, 0.7), quantiles[1:4], strict=True):
                assert found.cdf(x * (1 + 1e-9 * np.sign(x))) >= p - 0.01
                assert found.cdf(x - 1e-9 * abs(x)) <= p + 0.01
