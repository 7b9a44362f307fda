"""What holds of every weighting that a scenario states, before anything is drawn."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.language.lines import effective_lines, votes
from contested.language.nodes import NONE_OF_THESE, Dispute, Source
from contested.language.weighting import even, normalised
from strategies import laws, whole_weights

SOURCES = ("a", "b", "c", "d", "e")
SHARES = st.floats(0.001, 0.999)
LINES = st.fixed_dictionaries({source: st.sampled_from(["x", "y", "z"]) for source in SOURCES})


def dispute(none_of_these: float) -> Dispute:
    names = (*SOURCES, NONE_OF_THESE) if none_of_these else SOURCES
    sources = {name: Source(name=name, title=name) for name in names}
    return Dispute(name="toll", title="Whose", sources=sources, none_of_these=none_of_these)


@laws(200)
@given(whole_weights(list(SOURCES)), SHARES)
def test_none_of_these_has_its_share_of_every_weighting(given_weights: dict[str, int], share: float) -> None:
    plain, left = dispute(0), dispute(share)
    for before, after in [
        (normalised(given_weights, plain), normalised(given_weights, left)),
        (even(plain), even(left)),
    ]:
        assert after[NONE_OF_THESE] == share
        assert math.fsum(after.values()) == pytest.approx(1, abs=1e-15)
        assert {source: after[source] for source in SOURCES} == {
            source: (1 - share) * weight for source, weight in before.items()
        }


@laws(200)
@given(LINES, SHARES)
def test_every_line_has_the_same_vote(lines: dict[str, str], share: float) -> None:
    weights = normalised(votes(lines), dispute(share))
    held = [math.fsum(weights[s] for s in SOURCES if lines[s] == line) for line in set(lines.values())]
    assert held == pytest.approx([(1 - share) / len(held)] * len(held), rel=1e-14)
    assert effective_lines(weights, lines) == pytest.approx(len(held), rel=1e-14)


@laws(200)
@given(LINES, whole_weights(list(SOURCES)), SHARES)
def test_effective_lines_lie_between_one_and_all(
    lines: dict[str, str], given_weights: dict[str, int], share: float
) -> None:
    shares = normalised(given_weights, dispute(0))
    effective = effective_lines(shares, lines)
    assert 1 - 1e-14 <= effective <= len(set(lines.values())) + 1e-14
    left = normalised(given_weights, dispute(share))
    assert effective_lines(left, lines) == pytest.approx(effective, rel=1e-13)
