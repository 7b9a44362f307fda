"""What uncertain numbers, disputes and sources are called for people."""

from __future__ import annotations

from pathlib import Path

import pytest

import contested
from contested.language.nodes import Study
from contested.report.naming import called, source_of, sources_of, variable_title

SHIPPED = Path(__file__).parents[2] / "configs" / "isw-2025.yaml"


@pytest.fixture(scope="module")
def study() -> Study:
    return contested.load(SHIPPED).study


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("inputs.gs_error", "“Kyiv's error, shared by both periods”"),
        (
            "inputs.drift@casualties_2025",
            "“Drift of a toll between windows” for “Russian casualties, Jan–Apr 2025”",
        ),
        ("register.deaths-2025-jan-apr", "the figure of Meduza and Mediazona [deaths-2025-jan-apr]"),
        ("figures.casualties_2025.claims.osint", "“Russian casualties, Jan–Apr 2025” by “Western OSINT”"),
    ],
)
def test_a_variable_has_the_titles_of_what_it_belongs_to(study: Study, path: str, title: str) -> None:
    assert variable_title(study, path) == title


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("toll", "“Whose count of killed and wounded”"),
        ("drift", "“Drift of a toll between windows” [drift]"),
        (
            "drift@casualties_2025",
            "“Drift of a toll between windows” for “Russian casualties, Jan–Apr 2025” "
            "[drift@casualties_2025]",
        ),
        ("deaths-2025-jan-apr", "the figure of Meduza and Mediazona [deaths-2025-jan-apr]"),
        ("casualties_2025", "“Russian casualties, Jan–Apr 2025” [casualties_2025]"),
        (
            "casualties_2025.osint",
            "“Russian casualties, Jan–Apr 2025” by “Western OSINT” [casualties_2025.osint]",
        ),
        ("shared inputs", "shared inputs"),
    ],
)
def test_a_name_of_the_json_is_found_beside_its_title(study: Study, name: str, words: str) -> None:
    assert called(study, name) == words


def test_a_name_that_means_two_things_goes_by_its_path(study: Study) -> None:
    assert called(study, "inputs.gs_error", "inputs.gs_error") == (
        "“Kyiv's error, shared by both periods” [inputs.gs_error]"
    )


def test_sources_go_together_in_the_scenarios_order(study: Study) -> None:
    """The other way round would be that of the names: map before toll."""
    disputes = list(study.disputes)
    chosen = {name: next(iter(study.disputes[name].sources)) for name in sorted(disputes)}
    titles = [source_of(study, name, chosen[name]) for name in disputes]
    assert disputes != sorted(disputes)
    first, second, third = titles
    assert sources_of(study, chosen) == f"{first} with {second} and {third}"


def test_of_several_sources_only_the_first_goes_with_the_others(study: Study) -> None:
    chosen = {name: next(iter(each.sources)) for name, each in study.disputes.items()}
    disputes = list(study.disputes)
    titles = [source_of(study, name, chosen[name], disputes[:2]) for name in disputes[:2]]
    assert sources_of(study, {}) == ""
    assert sources_of(study, {disputes[0]: chosen[disputes[0]]}) == source_of(
        study, disputes[0], chosen[disputes[0]], disputes[:1]
    )
    assert sources_of(study, {name: chosen[name] for name in disputes[:2]}) == " with ".join(titles)


def test_a_title_that_two_disputes_have_is_told_apart(study: Study) -> None:
    dispute = next(name for name in study.disputes if name != "toll")
    source = next(name for name, each in study.disputes[dispute].sources.items() if each.title == "DeepState")
    assert source_of(study, dispute, source) == f"“DeepState” in “{study.disputes[dispute].title}”"
    assert source_of(study, "toll", "osint") == "“Western OSINT”"
