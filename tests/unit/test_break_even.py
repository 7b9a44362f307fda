"""Break-even weights, by source and between named weightings."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from contested.answers.bounds import Settled
from contested.answers.break_even import BreakEven, Segment, break_evens, level_key, pro_rata, segments
from contested.answers.questions import Probability
from contested.engine.crossing import Crossing
from contested.engine.model import Quantity
from contested.engine.run import Tally
from contested.language.formula import Reference
from contested.language.nodes import NONE_OF_THESE, Denominators, Study, Weights
from contested.shapes.base import Array
from running import agreed, asked, disputed, propagation, ran

STUDY = cast(Study, SimpleNamespace(denominators=Denominators()))


def question(
    weights: Weights, values: Any, *, nonpositive: float = 0.0, true_and_positive: Any = None
) -> Probability:
    """A question that is true, in each combination of the sorted sources, with the probabilities given."""
    strata: list[dict[str, str]] = [{}]
    for dispute in sorted(weights):
        strata = [{**known, dispute: source} for known in strata for source in sorted(weights[dispute])]
    quantity = Quantity(
        kind="question", name="q", expression=Reference("estimate", "q"), scale=1.0,
        disputes=tuple(sorted(weights)), strata=tuple(strata), bounded=False,
    )  # fmt: skip

    def by_replicate(found: Any) -> Array:
        return np.tile(np.ravel(np.asarray(found, dtype=float)), (16, 1))

    tally = Tally(
        quantity=quantity,
        true=by_replicate(values),
        true_and_positive=by_replicate(values if true_and_positive is None else true_and_positive),
        nonpositive=np.full((16, len(strata)), nonpositive),
    )
    return Probability(STUDY, tally, weights, "q")


def found(probability: Probability, *levels: float) -> Any:
    return break_evens(probability, probability.weights, levels or (0.5,))


def test_a_share_is_moved_against_the_rest_pro_rata() -> None:
    """P = s·P_a + (1 - s)(P_b w_b + P_c w_c)/(w_b + w_c)."""
    own = {"toll": {"c": 0.3, "a": 0.4, "b": 0.3}}
    shares = found(question(own, [0.9, 0.1, 0.3]), 0.5, 0.25)["toll"]
    assert list(shares) == ["c", "a", "b"]  # as the weighting has them
    assert [shares[source].share_now for source in "abc"] == pytest.approx([0.4, 0.3, 0.3])
    half, quarter = shares["a"].at
    assert half.roots == pytest.approx([(0.5 - 0.2) / 0.7]) and half.mcse == (0.0,)
    assert quarter.roots == pytest.approx([0.05 / 0.7])
    rest = (0.4 * 0.9 + 0.3 * 0.3) / 0.7
    assert shares["b"].at[0].roots == pytest.approx([(rest - 0.5) / (rest - 0.1)])


def test_a_level_that_no_share_reaches_has_its_nearest() -> None:
    own = {"toll": {"a": 0.5, "b": 0.5}}
    (at,) = found(question(own, [0.9, 0.7]))["toll"]["a"].at
    assert at == Crossing(level=0.5, roots=(), mcse=(), nearest=pytest.approx(0.7))


def test_where_nothing_else_has_weight_the_rest_share_evenly() -> None:
    own = {"toll": {"a": 1.0, "b": 0.0, "c": 0.0}}
    (at,) = found(question(own, [0.9, 0.1, 0.3]))["toll"]["a"].at
    assert at.roots == pytest.approx([(0.5 - 0.2) / 0.7])


def test_the_other_disputes_stay_as_they_are() -> None:
    own = {"map": {"x": 0.25, "y": 0.75}, "toll": {"a": 0.5, "b": 0.5}}
    values = [[0.8, 0.4], [0.6, 0.0]]
    shares = found(question(own, values))
    given_a, given_b = 0.25 * 0.8 + 0.75 * 0.6, 0.25 * 0.4
    assert shares["toll"]["a"].at[0].roots == pytest.approx([(0.5 - given_b) / (given_a - given_b)])
    given_x, given_y = 0.6, 0.3
    assert shares["map"]["x"].at[0].roots == pytest.approx([(0.5 - given_y) / (given_x - given_y)])


def test_what_nobody_listed_keeps_its_share_and_shares_are_those_of_the_listed() -> None:
    own = {"toll": {"a": 0.54, "b": 0.36, NONE_OF_THESE: 0.1}}
    shares = found(question(own, [0.9, 0.2, 0.0]))["toll"]  # sorted: a, b, none_of_these
    assert set(shares) == {"a", "b"}
    assert [shares[source].share_now for source in "ab"] == pytest.approx([0.6, 0.4])
    (root,) = shares["a"].at[0].roots
    assert root == pytest.approx((0.5 / 0.9 - 0.2) / 0.7)
    assert 0.9 * (root * 0.9 + (1 - root) * 0.2) == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize(
    "own", [{"a": 1.0}, {"a": 0.9, NONE_OF_THESE: 0.1}, {"a": 0.0, "b": 0.0, NONE_OF_THESE: 1.0}]
)
def test_a_dispute_that_leaves_no_choice_is_left_out(own: dict[str, float]) -> None:
    assert found(question({"toll": own}, np.linspace(0, 1, len(own)))) == {}


def test_pro_rata_keeps_the_proportions_of_the_others() -> None:
    own, may_move = np.array([0.2, 0.1, 0.3, 0.4]), np.array([True, False, True, True])
    without, alone = pro_rata(own, may_move)
    assert without[1] == pytest.approx([0.3, 0.1, 0.0, 0.6])
    assert alone[1] == pytest.approx([0.0, 0.1, 0.9, 0.0])


def test_a_question_whose_denominator_may_vanish_is_its_lower_limit() -> None:
    own = {"toll": {"a": 0.5, "b": 0.5}}
    limits: dict[str, Any] = {"true_and_positive": [0.8, 0.0]}
    for nonpositive, root in ((0.004, 1 / 3), (0.1, 5 / 8)):  # either side of what is still estimable
        probability = question(own, [0.9, 0.3], nonpositive=nonpositive, **limits)
        assert found(probability)["toll"]["a"].at[0].roots == pytest.approx([root])


def test_between_every_two_named_weightings_all_roots() -> None:
    """Either map and either toll, true where both or neither are the first: it turns on the way."""
    first: Weights = {"map": {"x": 1.0, "y": 0.0}, "toll": {"a": 1.0, "b": 0.0}}
    last: Weights = {"map": {"x": 0.0, "y": 1.0}, "toll": {"a": 0.0, "b": 1.0}}
    half: Weights = {"map": {"x": 0.5, "y": 0.5}, "toll": {"a": 0.5, "b": 0.5}}
    asked_of = question(first, [[0, 1], [1, 0]])
    ways = segments(asked_of, {"one": first, "other": last, "half": half}, (0.32, 0.5, 0.6))
    assert ways is not None and list(ways) == ["one>other", "one>half", "other>half"]
    low, middle, high = ways["one>other"].at
    assert low.roots == pytest.approx([0.2, 0.8])
    assert middle.roots == pytest.approx([0.5]) and ways["one>other"].to_dict()["mcse"]["0.5"] == [None]
    assert (high.roots, high.nearest) == ((), pytest.approx(0.5))
    assert ways["one>half"].at[0].roots == pytest.approx([0.4])


def test_a_single_weighting_and_a_question_without_disputes() -> None:
    alone: Weights = {"toll": {"a": 0.5, "b": 0.5}}
    assert segments(question(alone, [0, 1]), {"one": alone}, (0.5,)) == {}
    undisputed = question({}, [0.7])
    assert found(undisputed) == {}
    ways = segments(undisputed, {"one": alone, "other": alone}, (0.5,))
    assert ways == {
        "one>other": Segment(at=(Crossing(level=0.5, roots=(), mcse=(), nearest=pytest.approx(0.7)),))
    }


def test_as_json() -> None:
    crossing = Crossing(level=0.25, roots=(0.3,), mcse=(0.01,), nearest=0.25)
    never = Crossing(level=0.5, roots=(), mcse=(), nearest=0.4)
    assert BreakEven(share_now=0.2, at=(crossing, never)).to_dict() == {
        "share_now": 0.2,
        "at": {"0.25": [0.3], "0.5": []},
        "mcse": {"0.25": [0.01], "0.5": []},
        "nearest": {"0.25": 0.25, "0.5": 0.4},
    }


@pytest.mark.parametrize(("level", "key"), [(0.5, "0.5"), (0.25, "0.25"), (1e-5, "0.00001"), (1, "1")])
def test_keys_are_the_shortest_decimals(level: float, key: str) -> None:
    assert level_key(level) == key


def test_questions_that_bounds_settle(tmp_path: Path) -> None:
    """Exactly 50, or at least 150: each verdict on 60 is known, that on 200 is not."""
    claims = {"a": {"value": 100.0}, "b": {"value": 300.0, "bound": "lower"}}
    result = ran(
        tmp_path,
        propagation(
            {"f": disputed("who", claims), **agreed(h={"value": 2.0})}, {"r": "f / h"},
            disputes={"who": {"title": "Who", "sources": {"a": "A", "b": "B"}}},
            questions=asked(half="r >= 60", open="r >= 200"),
            weightings={"only_a": {"who": {"a": 1, "b": 0}}}, max_draws=1024,
        ),
    )  # fmt: skip
    settled = result.questions["half"]
    assert isinstance(settled, Settled)
    shares = break_evens(settled, result.weights, (0.5,))
    assert shares is not None
    assert shares["who"]["b"].to_dict() == {
        "share_now": 0.5, "at": {"0.5": [0.5]}, "mcse": {"0.5": [0.0]}, "nearest": {"0.5": 0.5},
    }  # fmt: skip
    ways = segments(settled, result.study.weightings, (0.25,))
    assert ways is not None and ways["only_a>even"].at[0].roots == pytest.approx([0.5])
    undecided = result.questions["open"]
    assert break_evens(undecided, result.weights, (0.5,)) is None
    assert segments(undecided, result.study.weightings, (0.5,)) is None
