"""Lines of collection: who shares one, what it is called, and how many there are in effect."""

from __future__ import annotations

import pytest

from contested.language.lines import Ground, effective_lines, lines_of, relay_circles, votes


def passes_on(*sources: str) -> Ground:
    return Ground(sources=frozenset(sources))


def published_by(*publishers: str) -> Ground:
    return Ground(publishers=frozenset(publishers))


def both_ways(grounds: dict[str, Ground]) -> dict[str, str]:
    """The lines, which the order of the sources does not change."""
    lines = lines_of(grounds)
    assert lines_of(dict(reversed(grounds.items()))) == lines
    return lines


def test_a_source_with_nothing_of_the_kind_is_a_line_of_its_own():
    assert both_ways({"a": Ground(), "b": Ground()}) == {"a": "a", "b": "b"}


def test_who_passes_another_on_is_on_that_ones_line():
    grounds = {"a": passes_on("b"), "b": passes_on("c"), "c": published_by("Ministry"), "d": Ground()}
    assert both_ways(grounds) == {"a": "Ministry", "b": "Ministry", "c": "Ministry", "d": "d"}


def test_the_same_publishers_are_one_line():
    grounds = {
        "a": published_by("Ministry", "Agency"),
        "b": published_by(" agency", "MINISTRY"),
        "c": published_by("Ministry"),
        "d": published_by("Agency"),
    }
    named = "Agency + MINISTRY"
    assert both_ways(grounds) == {"a": named, "b": named, "c": "Ministry", "d": "Agency"}


def test_who_passes_several_on_joins_their_lines():
    grounds = {"a": published_by("P"), "b": Ground(), "c": passes_on("a", "b"), "d": published_by("P")}
    assert set(both_ways(grounds).values()) == {"P + b"}


def test_lines_apart_do_not_share_a_name():
    grounds = {
        "a": published_by("P"),
        "b": published_by("Q"),
        "c": passes_on("a", "b"),
        "d": published_by("P", "Q"),
    }
    assert both_ways(grounds) == {"a": "P + Q (a)", "b": "P + Q (a)", "c": "P + Q (a)", "d": "P + Q (d)"}
    assert both_ways({"p": Ground(), "q": published_by("p")}) == {"p": "p (p)", "q": "p (q)"}


def test_sources_that_pass_each_other_on_are_called_by_the_first():
    assert both_ways({"b": passes_on("a"), "a": passes_on("b")}) == {"a": "a", "b": "a"}


def test_a_line_has_one_vote():
    assert votes({"a": "x", "b": "y", "c": "x", "d": "x"}) == {"a": 1 / 3, "b": 1.0, "c": 1 / 3, "d": 1 / 3}


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ({"a": 0.25, "b": 0.5, "c": 0.25}, 2.0),
        ({"a": 1.0, "b": 0.0, "c": 0.0}, 1.0),
        ({"a": 0.2, "b": 0.7, "c": 0.1}, 1 / (0.3**2 + 0.7**2)),
        ({"a": 0.2, "b": 0.4, "c": 0.2, "none_of_these": 0.2}, 2.0),
        ({"a": 0.1, "b": 0.4, "c": 0.0, "none_of_these": 0.5}, 1 / (0.2**2 + 0.8**2)),
    ],
)
def test_effective_lines(shares, expected):
    assert effective_lines(shares, {"a": "x", "b": "y", "c": "x"}) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("relays", "circles"),
    [
        ({}, []),
        ({"a": "b", "b": "c"}, []),
        ({"a": "a"}, [["a"]]),
        ({"a": "b", "b": "c", "c": "b", "d": "c"}, [["b", "c"]]),
        ({"a": "b", "b": "a", "c": "d", "d": "e", "e": "c"}, [["a", "b"], ["c", "d", "e"]]),
    ],
)
def test_circles(relays, circles):
    assert list(relay_circles(relays)) == circles
