"""What a division of the variance among disputes and inputs must obey, whatever the scenario."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.answers.drivers import Drivers, drivers
from contested.answers.result import Result
from contested.engine.precision import Measured
from strategies import Document, changed, laws, run, scenarios

POINTS = 64


def divided(result: Result) -> Iterator[tuple[str, Drivers]]:
    """Every estimate whose variance is divided."""
    for name, found in drivers(result, points=POINTS).items():
        assert (found.scale is None) == (found.reason is not None) == (not found.shapley)
        if found.scale is not None:
            yield name, found


@laws(20)
@given(scenarios())
def test_shares_sum_to_one_and_lie_between_0_and_1(document: Document) -> None:
    for _, found in divided(run(document)):
        assert sum(share.value for share in found.shapley.values()) == pytest.approx(1.0, abs=1e-9)
        for share in found.shapley.values():
            assert -3 * share.mcse - 1e-9 <= share.value <= 1 + 3 * share.mcse + 1e-9


@laws(20)
@given(scenarios())
def test_learning_one_thing_is_worth_something_and_at_most_everything(document: Document) -> None:
    for _, found in divided(run(document)):
        assert found.variance is not None and found.between is not None
        assert all(0 <= value.value <= found.variance.value for value in found.evppi.values())
        ranked = [value.value for value in found.evppi.values()]
        assert ranked == sorted(ranked, reverse=True)
        assert -3 * found.between.mcse - 1e-9 <= found.between.value <= 1 + 3 * found.between.mcse + 1e-9
        assert all(0 <= delta <= 1 for delta in found.delta.values())


def same_claims(document: Document) -> None:
    """Every source of a figure says the same."""
    for figure in document["figures"].values():
        if "claims" in figure:
            claim = {"low": 15, "high": 30, "because": "generated"}
            figure["claims"] = dict.fromkeys(figure["claims"], claim)


@laws(15)
@given(scenarios(formulas=False))
def test_sources_that_say_the_same_explain_nothing_by_themselves(document: Document) -> None:
    for _, found in divided(run(changed(document, same_claims))):
        assert found.between is not None
        assert abs(found.between.value) <= 6 * found.between.mcse + 1e-9
        for dispute in document["disputes"]:
            if dispute in found.evppi:
                share = found.first_order[dispute]
                assert abs(share.value) <= 6 * share.mcse + 1e-9
                assert found.delta[dispute] == pytest.approx(0.0, abs=1e-9)


def with_an_idle_input(document: Document) -> None:
    """An input that enters a figure and cancels there."""
    document["inputs"] = {**document.get("inputs", {}), "idle": {"low": 1, "high": 9, "because": "generated"}}
    document["estimates"] = {
        name: {**estimate, "formula": f"({estimate['formula']}) * (idle / idle)"}
        for name, estimate in document["estimates"].items()
    }


@laws(15)
@given(scenarios())
def test_an_input_that_cancels_has_no_share(document: Document) -> None:
    for _, found in divided(run(changed(document, with_an_idle_input))):
        assert found.first_order["idle"].value == pytest.approx(0.0, abs=1e-9)
        assert found.shapley.get("idle", Measured(0.0, 0.0)).value == pytest.approx(0.0, abs=1e-9)


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """A document with its figures and inputs renamed wherever they stand."""
    if isinstance(value, dict):
        return {names.get(key, key): renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, names) for item in value]
    if isinstance(value, str):
        return re.sub(r"\w+", lambda word: names.get(word[0], word[0]), value)
    return value


@laws(10)
@given(scenarios(), st.permutations(range(3)))
def test_names_matter_no_more_than_the_error(document: Document, order: list[int]) -> None:
    document = changed(document, lambda d: d.pop("questions"))
    names = {"error": "z_error", "level": "a_level", "scale": "m_scale"}
    names |= {f"figure_{i}": f"number_{j}" for i, j in enumerate(order)}
    names["drift"] = "b_drift"
    first, second = (
        drivers(run(document), points=POINTS),
        drivers(run(renamed(document, names)), points=POINTS),
    )
    for name, one in first.items():
        other = second[name]
        assert (one.scale, one.reason) == (other.scale, other.reason)
        for group, share in one.first_order.items():
            there = other.first_order[names.get(group, group)]
            assert abs(share.value - there.value) <= 6 * math.hypot(share.mcse, there.mcse) + 1e-6
