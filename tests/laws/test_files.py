"""What a result depends on: what the file says, not how it is set down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from strategies import Document, laws, run, scenarios

_RENAMED = {
    "figure_0": "zone", "figure_1": "middle", "figure_2": "acre", "toll": "where", "map": "count",
    "toll_0": "third", "toll_1": "first", "toll_2": "second", "map_0": "north", "map_1": "east",
    "map_2": "west", "error": "wide", "level": "ample", "scale": "kind", "drift": "bias", "hump": "camel",
}  # fmt: skip


def shuffled(value: Any, random: Random) -> Any:
    """The same mappings with their keys in another order; lists keep theirs."""
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: shuffled(value[key], random) for key in keys}
    return [shuffled(item, random) for item in value] if isinstance(value, list) else value


def renamed(value: Any) -> Any:
    """Disputes, sources, inputs, figures and picks under other names, in another order of the alphabet."""
    if isinstance(value, dict):
        return {renamed(key): renamed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item) for item in value]
    if isinstance(value, str):
        return re.sub(r"[a-z][a-z0-9_]*", lambda word: _RENAMED.get(word[0], word[0]), value)
    return value


@laws(25)
@given(scenarios(), st.randoms(use_true_random=False))
def test_the_order_of_keys_changes_no_byte(document: Document, random: Random) -> None:
    """Nor the scenario's hash, which is part of the JSON."""
    assert run(shuffled(document, random)).to_json() == run(document).to_json()


@laws(3)
@given(scenarios(kind="hdi"), st.randoms(use_true_random=False))
def test_the_order_of_keys_changes_no_byte_of_highest_density_intervals(
    document: Document, random: Random
) -> None:
    assert run(shuffled(document, random)).to_json() == run(document).to_json()


@laws(25)
@given(scenarios())
def test_names_do_not_matter_beyond_monte_carlo_error(document: Document) -> None:
    """Other names take other coordinates of the net: another run of the same law.

    No number may move by more than six times the root of the two squared errors. A false alarm takes
    a Student's t of about 30 degrees of freedom beyond 6: once in some 700,000 numbers, and 25 examples
    print under 2,000.
    """
    first, second = (run(d).to_dict() for d in (document, renamed(document)))
    for name, estimate in first["estimates"].items():
        for one, other in zip(numbers(estimate), numbers(second["estimates"][name]), strict=True):
            assert_same_but_for_error(name, one, other)
    one, other = (found["questions"]["larger"] for found in (first, second))
    pairs = [(question["probability"], question["mcse"]) for question in (one, other)]
    assert_same_but_for_error("larger", *pairs)


def numbers(estimate: Document) -> Iterator[tuple[float, float]]:
    """The median and the ends of the pooled intervals, each with its error."""
    yield estimate["median"], estimate["median_mcse"]
    for interval in estimate["intervals"]:
        for end in ("low", "high"):
            yield interval[end], interval[f"{end}_mcse"]


def assert_same_but_for_error(name: str, one: tuple[float, float], other: tuple[float, float]) -> None:
    distance, error = abs(one[0] - other[0]), (one[1] ** 2 + other[1] ** 2) ** 0.5
    assert distance <= 6 * error + 1e-12 * abs(one[0]), f"{name}: {one} and {other}"


@laws(8)
@given(scenarios())
def test_one_scenario_gives_the_same_bytes_twice(document: Document) -> None:
    """In one process; tests/system has two."""
    assert run(document).to_json() == run(document).to_json()
