"""Scopes of who is right: scenarios made from a scenario, or the reason why there is none."""

from __future__ import annotations

from pathlib import Path

import contested
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.answers.scopes import under_scope
from contested.language.nodes import RULES, Study
from contested.language.scopes import NotApplicable, scoped
from running import asked, disputed, propagation, quietly, written

SOURCES = {"one": "One", "two": "Two"}
CLAIMS = {"one": {"low": 1, "high": 2}, "two": {"low": 3, "high": 5}}


def study(
    folder: Path, disputes: dict[str, dict[str, str]], figures: dict[str, str], **more: object
) -> Study:
    document = propagation(
        {name: disputed(dispute, {source: CLAIMS[source] for source in disputes[dispute]})
         for name, dispute in figures.items()},
        {"product": " * ".join(figures)},
        disputes={name: {"title": name, "sources": sources} for name, sources in disputes.items()},
        max_draws=8192,
        **more,
    )  # fmt: skip
    return contested.load(written(folder, document)).study


def test_as_stated_is_the_scenario_itself(tmp_path: Path) -> None:
    stated = study(tmp_path, {"who": SOURCES}, {"f": "who", "g": "who"})
    assert scoped(stated, "scenario") is stated


def test_per_figure_gives_each_figure_of_a_dispute_one_of_its_own(tmp_path: Path) -> None:
    stated = study(
        tmp_path, {"who": SOURCES, "map": SOURCES}, {"f": "who", "g": "who", "h": "map"},
        weightings={"w": {"who": {"one": 3, "two": 1}}}, default="w",
    )  # fmt: skip
    found = scoped(stated, "per_figure")
    assert isinstance(found, Study)
    assert list(found.disputes) == ["who.f", "who.g", "map"]
    assert [figure.dispute for figure in found.figures.values()] == ["who.f", "who.g", "map"]
    assert found.weightings["w"]["who.g"] == {"one": 0.75, "two": 0.25}
    assert found.disputes["who.g"].title == "who: disputed"


def test_per_figure_needs_a_dispute_of_several_figures(tmp_path: Path) -> None:
    stated = study(tmp_path, {"who": SOURCES, "map": SOURCES}, {"f": "who", "h": "map"})
    assert scoped(stated, "per_figure") == NotApplicable("no dispute has more than one figure")


def test_one_for_all_joins_disputes_of_the_same_sources(tmp_path: Path) -> None:
    stated = study(
        tmp_path, {"who": SOURCES, "map": SOURCES, "other": {"one": "One"}},
        {"f": "who", "h": "map", "k": "other"},
        weightings={"unequal": {"who": {"one": 3, "two": 1}}},
    )  # fmt: skip
    found = scoped(stated, "one_for_all")
    assert isinstance(found, Study)
    assert list(found.disputes) == ["who + map", "other"]
    assert found.figures["h"].dispute == "who + map"
    assert found.weightings["unequal"]["who + map"] == {"one": 0.625, "two": 0.375}  # the mean of both


def test_one_for_all_needs_disputes_of_the_same_sources(tmp_path: Path) -> None:
    apart = study(tmp_path, {"who": SOURCES, "map": {"one": "One"}}, {"f": "who", "h": "map"})
    assert scoped(apart, "one_for_all") == NotApplicable("no two disputes have the same sources")


def test_what_rests_on_too_many_combinations_is_left_out(tmp_path: Path) -> None:
    figures = {f"f{index:02}": "who" for index in range(13)}  # 2^13 combinations
    document = propagation(
        {name: disputed("who", CLAIMS) for name in figures},
        {"product": " * ".join(figures), "pair": "f00 * f01"},
        disputes={"who": {"title": "who", "sources": SOURCES}},
        questions={"q": {"title": "q", "formula": "product > 1"}, "p": {"title": "p", "formula": "pair > 1"}},
        max_draws=8192,
    )
    result = quietly(contested.load(written(tmp_path, document)))
    found = under_scope(result, "per_figure")
    assert isinstance(found, Result)
    assert list(found.estimates) == ["pair"] and list(found.questions) == ["p"]
    assert len(found.run.estimates["pair"].quantity.strata) == 4


def test_questions_alone_are_answered_as_beside_all_estimates(tmp_path: Path) -> None:
    """In the same worlds, and with the estimates that they name, through others too."""
    document = propagation(
        {name: disputed("who", CLAIMS) for name in ("f", "g", "h")},
        {"unasked": "added * h", "product": "f * g", "twice": "2 * product"},
        inputs={"added": {"title": "Added", "low": 1, "high": 2, "because": "as it may be"}},
        disputes={"who": {"title": "who", "sources": SOURCES}},
        questions=asked(q="twice > 12", p="h > 2"),
        max_draws=8192,
    )
    result = quietly(contested.load(written(tmp_path, document)))
    whole, alone = (under_scope(result, "per_figure", questions_alone=each) for each in (False, True))
    assert isinstance(whole, Result) and isinstance(alone, Result)
    assert list(alone.estimates) == ["product", "twice"]
    for rule in RULES:
        values = [_values(each.pooled_by(rule)) for each in (whole, alone)]
        assert len(values[0]) == 2 and values[0] == values[1]


def _values(result: Result) -> list[float | None]:
    return [each.value for each in result.questions.values() if isinstance(each, Probability)]
