"""What weights may do, and what they may not."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.engine.precision import sectioning
from strategies import Document, changed, laws, run, scenarios, whole_weights

LEVELS = (0.05, 0.5, 0.95)
Weighting = Mapping[str, Mapping[str, int]]


def answers(result: Result) -> Iterator[Answer]:
    """Every estimate and figure."""
    for found in (*result.estimates.values(), *result.figures.values()):
        assert isinstance(found, Answer)
        yield found


def probability(result: Result) -> float:
    found = result.questions["larger"]
    assert isinstance(found, Probability)
    return found.value


def sources_of(document: Document) -> dict[str, list[str]]:
    return {dispute: list(found["sources"]) for dispute, found in document["disputes"].items()}


def weightings(document: Document) -> st.SearchStrategy[Weighting]:
    """Whole-number weightings of all of a scenario's disputes."""
    return st.fixed_dictionaries(
        {dispute: whole_weights(sources) for dispute, sources in sources_of(document).items()}
    )


def printed(result: Result) -> str:
    """Every printed number, without the hash of what was read."""
    found = json.loads(result.to_json())
    del found["provenance"]["scenario_sha256"]
    return json.dumps(found, sort_keys=True)


@laws(25)
@given(scenarios(), st.data(), st.integers(2, 1000))
def test_whole_number_multiples_of_whole_weights_change_no_bit(
    document: Document, data: st.DataObject, factor: int
) -> None:
    stated = data.draw(weightings(document))
    multiplied = {d: {s: factor * w for s, w in sources.items()} for d, sources in stated.items()}
    results = [
        run(changed(document, lambda d, w=w: d["weightings"].update(stated=w))) for w in (stated, multiplied)
    ]
    assert printed(results[0]) == printed(results[1])
    assert printed(results[0].under(stated)) == printed(results[0].under(multiplied))


@laws(25)
@given(scenarios())
def test_all_weight_on_one_source_is_that_sources_own_result(document: Document) -> None:
    result = run(document)
    for dispute, sources in sources_of(document).items():
        for source in sources:
            alone = result.under({**result.weights, dispute: {source: 1, "others": 0}})
            for pooled, found in zip(answers(result), answers(alone), strict=True):
                if dispute in pooled.by_source:
                    assert found.summary == pooled.by_source[dispute][source].summary
            assert probability(alone) == result.questions["larger"].by_source.get(dispute, {}).get(
                source, result.questions["larger"]
            ).value  # fmt: skip


@laws(25)
@given(scenarios(formulas=False))
def test_a_source_alone_is_what_it_would_be_in_a_scenario_of_its_own(document: Document) -> None:
    """Bit for bit where the others bring no coordinate of the net of their own."""
    result = run(document)
    source = sources_of(document)["toll"][0]
    reduced = changed(document, lambda d: _keep_only(d, source))
    own = run(reduced)
    assume(own.model.coordinates == {
        path: place for path, place in result.model.coordinates.items() if path in own.model.coordinates
    } and own.model.dimension == result.model.dimension)  # fmt: skip
    for pooled, found in zip(answers(result), answers(own), strict=True):
        alone = pooled.by_source["toll"][source] if "toll" in pooled.by_source else pooled
        assert found.summary == alone.summary


def _keep_only(document: Document, source: str) -> None:
    document["disputes"]["toll"]["sources"] = {source: source}
    document["weightings"]["stated"]["toll"] = {source: 1}
    for figure in document["figures"].values():
        if figure.get("dispute") == "toll":
            figure["claims"] = {source: figure["claims"][source]}


@laws(30)
@given(scenarios(formulas=False), st.booleans(), st.data())
def test_where_all_claim_the_same_weights_do_not_matter(
    document: Document, apart: bool, data: st.DataObject
) -> None:
    """Sources that claim the same are drawn as one; or each by itself, where a formula names its claim.

    Then the pooled cdf at a quantile of one weighting is, under another, within six standard errors of the
    level: of 30 examples with at most 15 numbers each, one false alarm in about 70 sets of examples
    (Student's t of 15 degrees of freedom, two sides).
    """
    same = changed(document, lambda d: _agree(d, apart=apart))
    result = run(same)
    one, other = (result.under(data.draw(weightings(document))) for _ in range(2))
    for name in result.estimates:
        first, second = one[name], other[name]
        assert isinstance(first, Answer) and isinstance(second, Answer)
        for p in LEVELS:
            x = first.quantile(p)
            errors = [_cdf_error(found, x) for found in (first, second)]
            step = 1 / result.run.worlds  # a draw
            assert abs(second.cdf(x) - first.cdf(x)) <= 6 * float(np.hypot(*errors)) + step
            if not apart:
                assert second.quantile(p) == pytest.approx(first.quantile(p), rel=1e-12)


def _cdf_error(found: Answer, x: float) -> float:
    """Monte Carlo standard error of P(X <= x), as every probability's is made."""
    strata = found.drawn.all_worlds.strata
    weights = found.distribution.weights[None]
    by_replicate = (strata.values <= x).mean(axis=2) @ np.ravel(weights)
    return float(sectioning(by_replicate, found.cdf(x)))


def _agree(document: Document, *, apart: bool) -> None:
    for name, figure in document["figures"].items():
        if "claims" in figure:
            first = next(iter(figure["claims"].values()))
            figure["claims"] = dict.fromkeys(figure["claims"], first)
            for source in figure["claims"] if apart else ():
                own = {"title": "a claim", "formula": f"{name}.{source}"}
                document["estimates"][f"own_{name}_{source}"] = own


@laws(25)
@given(scenarios(), st.data(), st.integers(0, 12))
def test_the_cdf_is_linear_in_the_weights_of_a_dispute(
    document: Document, data: st.DataObject, twelfths: int
) -> None:
    result = run(document)
    one, other = (data.draw(weightings(document)) for _ in range(2))
    other = {**one, "toll": other["toll"]}
    lower, upper = result.under(one), result.under(other)
    share = twelfths / 12
    mixed = {
        s: (1 - share) * lower.weights["toll"][s] + share * upper.weights["toll"][s]
        for s in lower.weights["toll"]
    }
    between = result.under({**one, "toll": mixed})
    for low, high, middle in zip(answers(lower), answers(upper), answers(between), strict=True):
        for x in (low.quantile(0.2), high.quantile(0.7)):
            expected = (1 - share) * low.cdf(x) + share * high.cdf(x)
            assert middle.cdf(x) == pytest.approx(expected, abs=1e-12)
    expected = (1 - share) * probability(lower) + share * probability(upper)
    assert probability(between) == pytest.approx(expected, abs=1e-12)
