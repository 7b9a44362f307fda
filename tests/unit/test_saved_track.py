"""A saved track read back: every period an answer of its own, and followed again to the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contested.answers.bounds import Bound
from contested.answers.saved_track import SavedTrack
from contested.answers.track import Track
from contested.errors import ContestedError
from contested.report.repeated import repeated
from contested.report.saved import SavedRun
from months import WHY, by_month, compared, disputed, tracked
from sample_scenarios import EXACT
from saved_runs import rewritten, saved, saved_track

COLUMNS = {"toll": [26220.0, 25430.0, 27910.0, 26080.0], "ground": [78.9, -120.0, 308.3, 123.5]}
CLAIMS = disputed(
    casualties={"kyiv": "toll * error", "osint": "toll * error * 0.5"},
    area={"isw": "ground + slip", "deepstate": "ground"},
)
OF_ONE = compared(early=("2024-01/2024-02", "2024-03/2024-04"), last=("2024-04", "2024-03"))


def scenario(folder: Path, **more: Any) -> Path:
    """Four months, one of which lost ground, by two tolls and two maps."""
    inputs = {
        "slip": {"mean": 0, "sd": 60, "unit": "km²", "drawn": "per_figure", **WHY},
        "error": {"best": 1, "within": "10%", **WHY},
    }
    folder.mkdir(parents=True, exist_ok=True)
    settings = {**CLAIMS, **OF_ONE, "sampling": {"tolerance": 0.05}, **more}
    questions = {"dear": {"title": "At least 210", "formula": "per_km2 >= 210"}}
    return by_month(folder, COLUMNS, inputs=inputs, questions=questions, **settings)


@pytest.fixture(scope="module")
def track(tmp_path_factory: pytest.TempPathFactory) -> Track:
    return tracked(scenario(tmp_path_factory.mktemp("track")))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> SavedRun:
    return saved_track(scenario(tmp_path_factory.mktemp("saved")))


def _saved(run: SavedRun) -> SavedTrack:
    assert isinstance(run.saved, SavedTrack)
    return run.saved


def test_every_number_is_found_under_the_name_it_was_run_under(run: SavedRun, track: Track) -> None:
    answers = _saved(run).answers
    assert set(answers.estimates) == set(track.result.estimates)
    for name, found in answers.estimates.items():
        answer = track.result.estimates[name]
        assert not isinstance(answer, Bound)
        assert (found.title, found.unit) == (answer.title, answer.unit.text)
        assert found.estimable == answer.estimable
        assert found.median == (answer.summary and answer.summary.median)
        inverse = None if answer.estimable or answer.inverse is None else answer.inverse.median
        assert (found.inverse and found.inverse.median) == inverse
    assert any(found.inverse for found in answers.estimates.values())
    for name, question in track.result.questions.items():
        assert answers.questions[name].probability == question.value
    assert set(_saved(run).under) == {"even"}
    assert set(_saved(run).under["even"].estimates) == {
        name for name in answers.estimates if " over " not in name
    }


def test_sums_come_first_then_months_then_comparisons(run: SavedRun) -> None:
    assert list(_saved(run).parts("people")) == [
        "people@2024-01/2024-04", "people@2024-01/2024-02", "people@2024-03/2024-04", "people_2024_01",
        "people_2024_02", "people_2024_03", "people_2024_04",
        "people@2024-01/2024-02 over 2024-03/2024-04", "people@2024-04 over 2024-03",
        *(f"people@{window} {place}"
          for window in ("2024-01/2024-02", "2024-03/2024-04", "2024-04", "2024-03")
          for place in ("lowest", "highest")),
    ]  # fmt: skip
    assert list(_saved(run).parts("nothing")) == []


def test_how_a_window_stands_is_asked_in_words(run: SavedRun, track: Track) -> None:
    found = _saved(run).answers.questions["people@2024-03 highest"]
    assert found.title == "Casualties: highest in Mar 2024, of 4 windows as long"
    last = next(one for one in track.estimates["people"].contrasts if one.compared.name == "last")
    assert found.probability == last.standing[last.compared.over].highest.value
    more = _saved(run).answers.questions["people@2024-04 over 2024-03"]
    assert more.title == "Casualties: more in Apr 2024 than in Mar 2024"


@pytest.mark.parametrize(
    ("window", "asked", "more"),
    [
        (None, [("2024-02", "2024-01"), ("2024-03", "2024-01/2024-02")], {}),
        ("2024-03/2024-04", [], {"report": {"levels": [0.8]}, "seed": 9}),
    ],
)
def test_it_is_followed_again_to_the_same_bytes(
    tmp_path: Path, window: str | None, asked: list[tuple[str, str]], more: dict[str, Any]
) -> None:
    found = saved_track(scenario(tmp_path, **more), window, compared=asked)
    again = found.retrack()
    assert again.to_json() == found.text
    assert repeated(found, again).said is None


def test_quarters_and_bounds_are_read_back(tmp_path: Path) -> None:
    quarters = {"toll": [1000.0 * i for i in range(1, 7)], "ground": [10.0, 20.0, 30.0, 20.0, 10.0, 30.0]}
    bound = {"casualties": {"title": "Casualties", "unit": "person", "period": "each", "place": "Ukraine",
                            "agreed": {"value": 20000, "bound": "lower", **WHY}}}  # fmt: skip
    estimates = {"people": {"title": "People", "formula": "casualties", "unit": "person"}}
    found = saved_track(by_month(tmp_path, quarters, each="quarter", figures=bound, estimates=estimates))
    answers = _saved(found).answers.estimates
    assert {name: (one.bound, one.value) for name, one in answers.items()} == {
        "people@2024-01/2024-06": ("lower", 40000), "people_2024_q1": ("lower", 20000),
        "people_2024_q2": ("lower", 20000),
    }  # fmt: skip
    assert found.retrack().to_json() == found.text


def test_a_re_run_that_differs_says_so(tmp_path: Path) -> None:
    def older(document: dict[str, Any]) -> None:
        document["provenance"]["version"] = "0.0.1"
        document["estimates"]["people"]["periods"][1]["by_weighting"]["even"]["median"] *= 2

    found = SavedRun.open(rewritten(saved_track(scenario(tmp_path)), older))
    said = repeated(found, found.retrack()).said or ""
    assert said.startswith("run again, 1 number is not what was saved; 1 of them by more than")
    assert "the furthest is of “Casualties, Feb 2024”, 32,000 then and 16,000 now" in said
    assert "contested 0.0.1 then, " in said


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("window", "spring", r"window: Value error, is no date \(got 'spring'\)"),
        ("window", "../2024-03", r"window: Value error, has no beginning \(got \.\./2024-03\)"),
        ("questions", {"a": {"title": "A", "periods": [{"probability": 0.5}]}},
         r"questions\.a\.periods\.0\.period: Field required"),
    ],
)  # fmt: skip
def test_json_of_another_shape_is_refused(tmp_path: Path, key: str, value: object, message: str) -> None:
    directory = rewritten(saved_track(scenario(tmp_path)), lambda document: document.update({key: value}))
    with pytest.raises(ContestedError, match=rf"track\.json is not what this version .* \({message}"):
        SavedRun.open(directory)


def test_a_track_is_not_run_and_a_run_is_not_tracked(run: SavedRun, tmp_path: Path) -> None:
    assert run.kind == "track"
    for again in (run.rerun, run.recompare):
        with pytest.raises(ContestedError, match="is a saved track, which `retrack` runs again"):
            again()
    with pytest.raises(ContestedError, match="is no saved track; `rerun` runs it again"):
        saved(tmp_path, EXACT).retrack()
