"""How to write what was plainly meant: hints, and none where nothing is plain."""

from __future__ import annotations

import pytest

from contested.language import hints
from contested.language.schema import ID, NAME


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("5,000", "; write 5000, without separators"),
        ("12 500", "; write 12500, without separators"),
        ("1_000_000.5", "; write 1000000.5, without separators"),
        ("5'000", "; write 5000, without separators"),
        ("12", "; write 12, without quotes"),
        ("3,5", "; write 3.5"),
        ("1.5 million", "; write 1500000"),
        ("150K", "; write 150000"),
        ("8 %", "; write 0.08"),
        ("about 150k", "; what is known roughly is a range: low and high, or best and within"),
        ("~150", "; what is known roughly is a range: low and high, or best and within"),
        ("over 200,000", "; a bound is written value and bound: lower"),
        ("200000+", "; a bound is written value and bound: lower"),
        ("Less than 5", "; a bound is written value and bound: upper"),
        ("−5", "; write -5, with a plain minus"),
        ("1/3", "; what is computed is written as a formula"),
        ("120–180", "; a range is written low and high"),
        ("120-180", "; a range is written low and high"),
        ("2025-01-31", ""),
        ("above all", ""),
        ("many", ""),
        ("12,34,56", ""),
        (True, ""),
        (None, ""),
    ],
)
def test_number(value, hint):
    assert hints.number(value) == hint


def test_whole():
    assert hints.whole(1e6) == "; write 1000000"
    assert hints.whole(1.5) == hints.whole(float("inf")) == ""
    assert hints.whole("1,024") == "; write 1024, without separators"


def test_spread_and_share():
    assert hints.spread("±8%") == "; write 8%"
    assert hints.spread("eight") == hints.spread(None) == ""
    assert hints.share(90) == "; write 0.9"
    assert hints.share(0) == hints.share(1.5) == hints.share(100) == hints.share("90") == ""


def test_spelling():
    assert hints.spelling("Kyiv-Error", NAME) == "; write kyiv_error"
    assert hints.spelling("isw_area", ID) == "; write isw-area"
    assert (
        hints.spelling("Meduza 2026", ID) == hints.spelling("2nd", NAME) == hints.spelling(" ", r"\S") == ""
    )


@pytest.mark.parametrize(
    ("path", "model", "value", "hint"),
    [
        (("inputs",), "", None, "; fill it, or leave it out"),
        (("inputs", "a"), "Input", 7, "; write {value: 7, because: …}"),
        (("weightings", "w", "kyiv"), "", 1, "; write {dispute: {source: weight}}"),
        (("pooling",), "Pooling", "linear", "; write {rule: linear}"),
        (("figures",), "", [1], "; write a name before each, in place of the dash"),
        ((), "ScenarioFile", [1], ""),
        (("inputs", "a"), "Input", [1], ""),
        (
            ("inputs", "a"),
            "Input",
            True,
            "; a statement says its form, as in {formula: …} or {low: …, high: …}",
        ),
    ],
)
def test_mapping(path, model, value, hint):
    assert hints.mapping(path, model, value) == hint
