"""A probability as a multilinear function of the weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contested.answers.questions import Probability
from contested.engine.forms import Form, form_of
from contested.engine.model import Quantity
from contested.engine.run import Tally
from contested.engine.weights import listed, pool, stratum_weights, weight_arrays
from contested.language.formula import Reference
from contested.language.nodes import NONE_OF_THESE
from contested.shapes.base import Array
from running import asked, disputed, propagation, ran

SIZES = (3, 2, 4)
RNG = np.random.default_rng(11)
FORM = Form(RNG.random((16, *SIZES)))


def weighting(rng: np.random.Generator, sizes: tuple[int, ...] = SIZES) -> list[Array]:
    return [rng.dirichlet(np.ones(n)) for n in sizes]


ONE, OTHER = weighting(RNG), weighting(RNG)


def quantity(*disputes: str, sources: tuple[str, ...]) -> Quantity:
    """A question on disputes with the same sources."""
    strata: list[dict[str, str]] = [{}]
    for dispute in disputes:
        strata = [{**stratum, dispute: source} for stratum in strata for source in sources]
    return Quantity(
        kind="question", name="q", expression=Reference("estimate", "q"), scale=1.0,
        disputes=disputes, strata=tuple(strata), bounded=False,
    )  # fmt: skip


def test_at_is_the_sum_over_strata_by_the_product_of_weights() -> None:
    expected = np.einsum("rabc,a,b,c->r", FORM.values, *ONE)
    assert FORM.at(ONE) == pytest.approx(expected, abs=1e-15)


def test_vary_gives_each_source_with_the_others_at_their_weights() -> None:
    found = FORM.vary(1, ONE)
    assert found == pytest.approx(np.einsum("rabc,a,c->rb", FORM.values, ONE[0], ONE[2]), abs=1e-15)
    assert (found * ONE[1]).sum(axis=1) == pytest.approx(FORM.at(ONE), abs=1e-15)


def test_along_is_a_polynomial_in_the_share_of_the_way() -> None:
    coefficients = FORM.along(ONE, OTHER)
    assert coefficients.shape == (16, 4)
    for share in (0.0, 0.3, 1.0):
        between = [a + share * (b - a) for a, b in zip(ONE, OTHER, strict=True)]
        assert (coefficients * share ** np.arange(4)).sum(axis=1) == pytest.approx(
            FORM.at(between), abs=1e-15
        )


def test_many_weightings_at_once_are_each_by_itself_bit_for_bit() -> None:
    both = [np.stack(pair) for pair in zip(ONE, OTHER, strict=True)]
    turned = [rows[::-1] for rows in both]
    assert FORM.at(both).tolist() == np.stack([FORM.at(ONE), FORM.at(OTHER)], axis=1).tolist()
    assert FORM.vary(2, both)[:, 1].tolist() == FORM.vary(2, OTHER).tolist()
    assert FORM.along(both, turned)[:, 0].tolist() == FORM.along(ONE, OTHER).tolist()


def test_all_weight_on_one_source_of_each_is_that_stratum_bit_for_bit() -> None:
    alone = [np.eye(n)[k] for n, k in zip(SIZES, (2, 0, 3), strict=True)]
    assert FORM.at(alone).tolist() == FORM.values[:, 2, 0, 3].tolist()


def test_what_depends_on_no_dispute_is_a_constant() -> None:
    form = Form.of(quantity(sources=("a",)), np.full((16, 1), 0.25))
    assert form.disputes == 0
    assert form.at([]).tolist() == [0.25] * 16
    assert form.along([], []).tolist() == [[0.25]] * 16


def test_pooled_is_the_mean_over_the_replicates() -> None:
    assert FORM.pooled.at(ONE) == pytest.approx(FORM.at(ONE).mean(), abs=1e-15)


def test_strata_and_weights_are_placed_by_name() -> None:
    """By dispute and source in sorted order, whatever the order in which weights are written."""
    asked_of = quantity("map", "toll", sources=("a", "b"))
    form = Form.of(asked_of, np.tile(np.arange(4.0), (2, 1)))
    weights = {"toll": {"b": 1.0, "a": 0.0}, "map": {"b": 0.25, "a": 0.75}, "else": {"c": 1.0}}
    arrays = weight_arrays(asked_of, weights)
    assert [row.tolist() for row in arrays] == [[0.75, 0.25], [0.0, 1.0]]
    assert form.at(arrays).tolist() == [1.5, 1.5]
    assert form.values.flags.writeable is False


def test_none_of_these_is_not_listed() -> None:
    (found,) = listed(quantity("toll", sources=("kyiv", NONE_OF_THESE, "osint")))
    assert found.tolist() == [True, False, True]


def test_a_limited_question_is_its_lower_limit() -> None:
    tally = Tally(
        quantity=quantity("toll", sources=("a", "b")),
        true=np.full((2, 2), 0.5), true_and_positive=np.full((2, 2), 0.25), nonpositive=np.full((2, 2), 0.5),
    )  # fmt: skip
    assert form_of(tally, limited=False).at([np.array([0.5, 0.5])]).tolist() == [0.5, 0.5]
    assert form_of(tally, limited=True).at([np.array([0.5, 0.5])]).tolist() == [0.25, 0.25]


def test_a_questions_form_is_its_probability(tmp_path: Path) -> None:
    low_high = {
        "a": {"low": 1.0, "high": 3.0},
        "b": {"low": 2.0, "high": 4.0},
        "c": {"low": 1.0, "high": 9.0},
    }
    document = propagation(
        {"f": disputed("toll", low_high), "g": disputed("map", low_high)}, {"r": "f / g"},
        disputes={name: {"title": name, "sources": dict.fromkeys("abc", "S")} for name in ("toll", "map")},
        weightings={"w": {"toll": {"a": 1, "b": 2, "c": 4}, "map": {"a": 3, "b": 1, "c": 1}}}, default="w",
        questions=asked(above="r > 1"), max_draws=4096,
    )  # fmt: skip
    question = ran(tmp_path, document).questions["above"]
    assert isinstance(question, Probability)
    tally = question.tally
    found = form_of(tally, question.limited).at(weight_arrays(tally.quantity, question.weights))
    assert found == pytest.approx(
        pool(tally.true, stratum_weights(tally.quantity, question.weights)), abs=1e-15
    )
    assert found.mean() == pytest.approx(question.value, abs=1e-15)
