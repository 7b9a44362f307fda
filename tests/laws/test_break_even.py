"""Where answers flip: what holds of break-evens, shares of weightings and nearest flips in general."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.answers.break_even import break_evens, pro_rata, segments
from contested.answers.questions import Probability
from contested.engine.crossing import crossings
from contested.engine.forms import Form
from contested.engine.simplex import nearest_flip, share_above
from contested.engine.weights import weight_arrays
from contested.shapes.base import Array
from running import asked, disputed, propagation, ran
from strategies import Document, laws, run, scenarios

LEVELS = (0.25, 0.5, 0.6)


@st.composite
def forms(draw: st.DrawFn) -> tuple[Form, np.random.Generator]:
    """Probabilities of one to three disputes of two to four sources, and a generator for weights.

    Some lie at 0 or 1, where questions that one source settles do.
    """
    sizes = draw(st.lists(st.integers(2, 4), min_size=1, max_size=3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    centre = rng.random(sizes) * 1.6 - 0.3
    noise = draw(st.sampled_from([0.0, 0.01]))
    return Form(np.clip(centre + noise * rng.normal(size=(16, *sizes)), 0, 1)), rng


def weightings(form: Form, rng: np.random.Generator, count: int | None = None) -> list[Array]:
    """Some on the edges of their simplex, where a source has no weight."""
    found = []
    for sources in form.values.shape[1:]:
        rows = rng.dirichlet(np.full(sources, 0.6), size=count)
        rows[rows < 0.05] = 0
        found.append(rows / rows.sum(axis=-1, keepdims=True))
    return found


def everything(form: Form) -> list[np.ndarray]:  # type: ignore[type-arg]
    return [np.ones(sources, dtype=bool) for sources in form.values.shape[1:]]


def between(first: Sequence[Array], last: Sequence[Array], shares: Array) -> list[Array]:
    """Weightings on the way, shape (share, source) in each dispute."""
    return [(1 - shares[:, None]) * a + shares[:, None] * b for a, b in zip(first, last, strict=True)]


@laws(200)
@given(forms())
def test_roots_put_back_give_the_level_and_none_is_missed(found: tuple[Form, np.random.Generator]) -> None:
    """Against 2,001 places on the way: each change of side has its root between."""
    form, rng = found
    first, last = weightings(form, rng), weightings(form, rng)
    shares = np.linspace(0, 1, 2001)
    on_the_way = form.at(between(first, last, shares)).mean(axis=0)
    for crossing in crossings(form.along(first, last), LEVELS):
        if crossing.roots:
            there = form.at(between(first, last, np.array(crossing.roots))).mean(axis=0)
            assert there == pytest.approx(crossing.level, abs=1e-9)
        for (low, p_low), (high, p_high) in pairwise(zip(shares, on_the_way - crossing.level, strict=True)):
            if p_low * p_high < 0 and min(abs(p_low), abs(p_high)) > 1e-9:
                assert any(low <= root <= high for root in crossing.roots)
        nearest = np.abs(on_the_way - crossing.level).min()
        assert abs(crossing.nearest - crossing.level) <= nearest + 1e-12
        assert abs(crossing.nearest - crossing.level) >= nearest - 1e-3


@laws(25)
@given(scenarios())
def test_a_break_even_share_put_back_gives_the_level(document: Document) -> None:
    result = run(document)
    question = result.questions["larger"]
    assert isinstance(question, Probability)
    for dispute, shares in (break_evens(question, result.weights, LEVELS) or {}).items():
        own = result.weights[dispute]
        for source, found in shares.items():
            assert found.share_now == pytest.approx(own[source], abs=1e-15)
            for crossing in found.at:
                for share in crossing.roots:
                    moved = {s: (1 - share) * w / (1 - own[source]) for s, w in own.items()}
                    at = result.under({**result.weights, dispute: {**moved, source: share}})
                    flipped = at.questions["larger"]
                    assert isinstance(flipped, Probability)
                    assert flipped.value == pytest.approx(crossing.level, abs=1e-9)


@laws(100)
@given(forms(), st.floats(0, 1))
def test_a_share_moved_pro_rata_leaves_the_others_proportions(
    found: tuple[Form, np.random.Generator], share: float
) -> None:
    form, rng = found
    (own, *_) = weightings(form, rng)
    may_move = np.ones(len(own), dtype=bool)
    without, alone = pro_rata(own, may_move)
    for source, (start, end) in enumerate(zip(without, alone, strict=True)):
        row = (1 - share) * start + share * end
        rest = np.delete(own, source)
        if rest.sum() > 0:
            assert np.outer(np.delete(row, source), rest) == pytest.approx(
                np.outer(rest, np.delete(row, source)), abs=1e-15
            )
        assert row[source] == pytest.approx(share, abs=1e-15)
        assert row.sum() == pytest.approx(1, abs=1e-15)


@laws(40)
@given(forms(), st.sampled_from(LEVELS))
def test_the_share_of_all_weightings_is_that_of_many_drawn(
    found: tuple[Form, np.random.Generator], level: float
) -> None:
    """Within six standard errors of 20,000 drawn weightings, and of the net's own."""
    form, rng = found
    lines = [np.eye(sources) for sources in form.values.shape[1:]]
    share = share_above(form, level, lines, seed=1)
    assert share.exact is (form.disputes == 1)
    drawn = [rng.dirichlet(np.ones(sources), size=20_000) for sources in form.values.shape[1:]]
    counted = float((form.pooled.at(drawn) > level).mean())
    error = np.hypot(np.sqrt(max(share.share * (1 - share.share), 1e-4) / 20_000), share.mcse)
    assert abs(share.share - counted) <= 6 * error


@laws(100)
@given(forms(), st.sampled_from(LEVELS))
def test_the_nearest_flip_flips_and_no_shift_within_one_dispute_does_with_less(
    found: tuple[Form, np.random.Generator], level: float
) -> None:
    form, rng = found
    own = weightings(form, rng)
    here = float(form.pooled.at(own)[0]) - level
    flip = nearest_flip(form, own, level, everything(form))
    if flip is not None:
        there = np.array(flip.weights)
        assert there.min() >= 0 and there.sum() == pytest.approx(1, abs=1e-12)
        assert np.abs(there - own[flip.dispute]).sum() / 2 == pytest.approx(flip.shift, abs=1e-12)
        shifted = [there if index == flip.dispute else row for index, row in enumerate(own)]
        assert form.pooled.at(shifted)[0] == pytest.approx(level, abs=1e-9)
    for dispute, sources in enumerate(form.values.shape[1:]):
        others = rng.dirichlet(np.full(sources, 0.5), size=10_000)
        given_each = form.pooled.vary(dispute, own)[0]
        flipped = ((others * given_each).sum(axis=1) - level) * here < 0
        if flipped.any():
            distances = np.abs(others[flipped] - own[dispute]).sum(axis=1) / 2
            assert flip is not None and flip.shift <= distances.min() + 1e-12


def test_three_identical_sources_never_flip(tmp_path: Path) -> None:
    """Not even where the probability is on the level, whatever rounding makes of it."""
    claim = {"min": 1.0, "max": 3.0}
    document = propagation(
        {"f": disputed("who", dict.fromkeys("abc", claim))}, {"r": "f * 2"},
        disputes={"who": {"title": "Who", "sources": dict.fromkeys("abc", "S")}},
        weightings={"one": {"who": {"a": 5, "b": 1, "c": 1}}, "other": {"who": {"a": 1, "b": 9, "c": 3}}},
        questions=asked(larger="r > 4", unlikely="r > 5.5"), max_draws=4096,
    )  # fmt: skip
    result = ran(tmp_path, document)
    for name, question in result.questions.items():
        assert isinstance(question, Probability)
        levels = (0.3, 0.5, question.value)
        shares = break_evens(question, result.study.weightings["one"], levels)
        ways = segments(question, result.study.weightings, levels)
        assert shares is not None and ways is not None and len(ways) == 3
        for found in (*shares["who"].values(), *ways.values()):
            assert all(crossing.roots == () for crossing in found.at)
            assert [c.nearest for c in found.at] == pytest.approx([question.value] * 3, abs=1e-15), name
        form = Form.of(question.tally.quantity, question.tally.true)
        own = weight_arrays(question.tally.quantity, result.study.weightings["one"])
        assert all(nearest_flip(form, own, level, everything(form)) is None for level in levels)
