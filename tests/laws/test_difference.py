"""A run and itself do not differ; from b to a is from a to b turned round; other draws alone move little."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from contested.answers.difference import AnswerChange
from contested.answers.difference_tree import Change, changes
from contested.language.faults import Faults
from contested.language.tree import Place
from contested.language.yaml_text import load
from contested.report.difference import Difference
from contested.report.saved import SavedRun
from sample_scenarios import BOUNDS, EXACT, HUMPS, RANGES, VANISHING
from saved_runs import saved, saved_comparison
from strategies import laws

SEEDS = 6
_SCALARS = st.one_of(st.integers(-3, 3), st.sampled_from(["x", "8%", "1", ""]), st.booleans(), st.none())
_TREES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abcd"), inner, max_size=4),
    max_leaves=12,
)


def _place(tree: Any) -> Place:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        file.write_text(yaml.safe_dump(tree, sort_keys=False), encoding="utf-8")
        top = load(file, "file", Faults())
    assert top is not None
    return top


def _turned(tree: Any) -> Any:
    """The same with all keys the other way round."""
    if isinstance(tree, dict):
        return {key: _turned(tree[key]) for key in reversed(tree)}
    return [_turned(each) for each in tree] if isinstance(tree, list) else tree


def _told(found: Change) -> tuple[str, ...]:
    return tuple(map(repr, (found.before, found.after, found.reordered)))


def _mirrored(found: Change) -> Change:
    return Change(before=found.after, after=found.before, reordered=found.reordered)


@laws(60)
@given(_TREES)
def test_a_file_and_itself_with_its_keys_in_another_order(tree: Any) -> None:
    assert list(changes(_place(tree), _place(_turned(tree)))) == []


@laws(100)
@given(_TREES, _TREES)
def test_files_the_other_way_round(one: Any, other: Any) -> None:
    before, after = _place(one), _place(other)
    forth, back = changes(before, after), changes(after, before)
    assert sorted(map(_told, forth)) == sorted(_told(_mirrored(each)) for each in back)


@laws(100)
@given(_TREES, _TREES)
def test_files_that_differ_have_a_change(one: Any, other: Any) -> None:
    same = yaml.safe_dump(one, sort_keys=True) == yaml.safe_dump(other, sort_keys=True)
    assert same == (not list(changes(_place(one), _place(other))))


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[SavedRun]:
    folder = tmp_path_factory.mktemp("runs")
    corrected = EXACT.replace("value: 600", "value: 650").replace("half of it", "much of it")
    return [
        saved(folder / "exact", EXACT),
        saved(folder / "corrected", corrected, levels=[0.8]),
        saved(folder / "vanishing", VANISHING, tolerance=0.1),
        saved(folder / "humps", HUMPS, tolerance=0.1),
        saved(folder / "bounds", BOUNDS),
        saved(folder / "ranges", RANGES, tolerance=0.1, weighting={"toll": {"kyiv": 3, "osint": 1}}),
        saved_comparison(folder / "compared", EXACT),
    ]


def test_a_run_and_itself(runs: list[SavedRun]) -> None:
    for run in runs:
        found = Difference.of(run, run)
        assert found.is_empty and found.causes == ()
        assert {m.verdict for each in found.answers for m in each.numbers} == {"same"}


def test_runs_the_other_way_round(runs: list[SavedRun]) -> None:
    for before in runs:
        for after in runs:
            forth, back = Difference.of(before, after), Difference.of(after, before)
            assert len(forth.causes) == len(back.causes)
            assert sorted(map(_told, forth.scenario)) == sorted(_told(_mirrored(c)) for c in back.scenario)
            assert {(s.name, str(s.before), str(s.after)) for s in forth.settings} == {
                (s.name, str(s.after), str(s.before)) for s in back.settings
            }
            assert set().union(*map(_numbers, forth.answers)) == set().union(
                *map(_numbers_back, back.answers)
            )


_BACK = {"only_before": "only_after", "only_after": "only_before"}


def _numbers(found: AnswerChange) -> set[tuple[object, ...]]:
    return {(found.kind, found.name, m.which, m.difference, m.mcse, m.verdict) for m in found.numbers}


def _numbers_back(found: AnswerChange) -> set[tuple[object, ...]]:
    return {
        (
            found.kind, found.name, m.which, None if m.difference is None else -m.difference, m.mcse,
            _BACK.get(m.verdict, m.verdict),
        )
        for m in found.numbers
    }  # fmt: skip


def test_other_draws_alone_seldom_pass_for_a_change(tmp_path: Path) -> None:
    """Two standard errors, of 15 degrees of freedom each, are passed by 5 to 6 % of what is independent."""
    runs = [saved(tmp_path / str(seed), RANGES, seed=seed, tolerance=0.05) for seed in range(SEEDS)]
    verdicts: Counter[str] = Counter()
    for index, before in enumerate(runs):
        for after in runs[index + 1 :]:
            found = Difference.of(before, after)
            verdicts.update(m.verdict for each in found.answers for m in each.numbers)
    assert set(verdicts) == {"within_error", "changed"}
    # 15 pairs of 6 runs and 15 numbers that move together: far fewer than 225 independent trials.
    assert 0 < verdicts["changed"] / verdicts.total() < 0.12
