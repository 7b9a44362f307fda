"""The grade of a claim as a scenario has it, and its words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import contested
from claims import NAME, certified, claimed, weighted
from contested.answers.graded import Party
from contested.answers.naming import Assumed
from sample_scenarios import BOUNDS, EXACT, EXACT_OR_BOUND, VANISHING
from sample_scenarios import written as sample

Probabilities = Mapping[str, float]


@pytest.mark.parametrize(
    ("probabilities", "more", "text"),
    [
        (
            {"kyiv": 0.95, "osint": 0.92},
            {},
            "Holds in this model, whichever listed source is right",
        ),
        (
            {"kyiv": 0.95, "osint": 0.6},
            {},
            "More likely than not, whichever listed source is right",
        ),
        (
            {"kyiv": 0.98, "osint": 0.97, "moscow": 0.3},
            weighted(kyiv=4, osint=4, moscow=1),
            "Likely, unless one takes “Moscow”",
        ),
        (
            {"kyiv": 0.05, "osint": 0.08},
            {},
            "Fails in this model, whichever listed source is right",
        ),
        (
            {"kyiv": 0.05, "osint": 0.4},
            {},
            "Less likely than not, whichever listed source is right",
        ),
        (
            {"kyiv": 0.02, "osint": 0.03, "moscow": 0.7},
            weighted(kyiv=4, osint=4, moscow=1),
            "Unlikely, unless one takes “Moscow”",
        ),
        (
            {"kyiv": 0.9, "osint": 0.2, "moscow": 0.5},
            {},
            "Depends on whom you believe: yes if one takes “Kyiv”, no if one takes “Osint”, as likely as not "
            "if one takes “Moscow”",
        ),
        (
            {"kyiv": 0.5, "osint": 0.5},
            {},
            "Not graded: as likely as not whichever listed source is right, as far as the draws tell",
        ),
    ],
)
def test_the_fixed_words(
    probabilities: Probabilities, more: dict[str, Any], text: str, tmp_path: Path
) -> None:
    assert certified(tmp_path, claimed(probabilities, **more)).text == text


@pytest.mark.parametrize("probability", [0.3, 0.5, 0.7, 0.95])
def test_sources_that_say_the_same_never_make_it_depend_on_whom_one_believes(
    probability: float, tmp_path: Path
) -> None:
    alike = dict.fromkeys(("kyiv", "osint", "moscow"), probability)
    certificate = certified(tmp_path, claimed(alike, **weighted(kyiv=3, osint=1, moscow=2)))
    assert certificate.grade.kind in {"holds", "more_likely", "less_likely", "fails", "not_graded"}


def test_sources_on_one_line_are_said_to_be(tmp_path: Path) -> None:
    document = claimed({"kyiv": 0.95, "osint": 0.92})
    document["disputes"]["toll"]["sources"]["osint"] = {"title": "OSINT", "relays": "kyiv"}
    certificate = certified(tmp_path, document)
    assert certificate.grade.one_line == ("toll",)
    assert certificate.text.endswith("source is right — on one line of evidence")


def _two_periods() -> dict[str, Any]:
    """The same source is further above nought, later than earlier, whoever it is; two may differ."""
    document = claimed({"kyiv": 0.9, "osint": 0.9})
    later = {"kyiv": 0, "osint": 30}
    document["figures"]["level"]["claims"] = _claims({name: at + 1.5 for name, at in later.items()})
    document["figures"]["earlier"] = {**document["figures"]["level"], "claims": _claims(later)}
    document["questions"][NAME]["formula"] = "level > earlier"
    return document


def _claims(means: Mapping[str, float]) -> dict[str, Any]:
    return {name: {"mean": mean, "sd": 0.5, "because": "judged"} for name, mean in means.items()}


def test_a_source_that_may_err_on_one_figure_alone_is_a_condition(tmp_path: Path) -> None:
    """Right throughout: Φ(1.5/√0.5) = 0.98; apart, one of four pairs sets the other source's 30 against 0."""
    certificate = certified(tmp_path, _two_periods())
    assert certificate.grade.alike
    assert certificate.text.endswith(" — provided each source errs alike in both periods")
    apart = certificate.findings.scopes["per_figure"].chance
    assert apart is not None
    assert apart.value == pytest.approx((0.983 * 2 + 1) / 4, abs=0.005)
    assert "if a source may be right on one figure and wrong on another, the model puts 74 % on it." in (
        certificate.paragraph
    )


def test_a_source_that_cannot_tell_is_an_exception_too(tmp_path: Path) -> None:
    probabilities = {"kyiv": 0.98, "osint": 0.97, "moscow": 0.5}
    certificate = certified(tmp_path, claimed(probabilities, **weighted(kyiv=4, osint=4, moscow=1)))
    assert certificate.text == "Likely, unless one takes “Moscow”"


def test_the_truth_that_nobody_listed_is_nobody_to_believe(tmp_path: Path) -> None:
    """The map decides whoever counts; what nobody listed does not keep a map from being named alone."""
    document = claimed({"kyiv": 0.9, "osint": 0.9, "none_of_these": 0.9})
    document["disputes"]["toll"]["none_of_these"] = 0.1
    del document["disputes"]["toll"]["sources"]["none_of_these"]
    document["disputes"]["map"] = {"title": "Whose map", "sources": {"isw": "ISW", "deepstate": "DeepState"}}
    claims = {"isw": {"value": -9, "because": "judged"}, "deepstate": {"value": 9, "because": "judged"}}
    document["figures"]["other"] = {"title": "Other", "dispute": "map", "claims": claims}
    document["questions"][NAME]["formula"] = "level > other"
    assert certified(tmp_path, document).text == (
        "Depends on whom you believe: yes if one takes “ISW”, no if one takes “DeepState”"
    )


def test_where_all_sources_agree_the_models_part(tmp_path: Path) -> None:
    """Apart, three of four pairs contradict the claim; the sources themselves are all for it."""
    document = _two_periods()
    document["questions"][NAME]["formula"] = "level > earlier and level < earlier + 9"
    certificate = certified(tmp_path, document)
    assert certificate.grade.kind == "depends"
    assert certificate.grade.parties == {
        "yes": Party(models=(Assumed("even", "linear", "scenario"),)),
        "no": Party(models=(Assumed("even", "linear", "per_figure"),)),
    }
    assert certificate.text == (
        "Depends on whom you believe: yes if weights, rule and scope are the scenario's own, no if a source "
        "may be right on one figure and wrong on another — provided each source errs alike in both periods"
    )


@pytest.mark.parametrize(
    ("text", "question", "reason"),
    [
        (
            EXACT.replace("fact: gs-total}", 'fact: gs-total, mismatch: "Kursk is in it"}'),
            "over",
            "it sets unlike things side by side (Kursk is in it)",
        ),
        (
            VANISHING,
            "over",
            "not estimable, since a denominator in it is zero or negative with probability up to 5 %",
        ),
        (
            BOUNDS,
            "settled",
            "it rests on one-sided bounds, which carry no probability; as weighted they make it true",
        ),
        (
            BOUNDS,
            "open",
            "it rests on one-sided bounds, which carry no probability; as weighted they leave it open",
        ),
        (
            EXACT_OR_BOUND.replace("default: kyiv_only", "default: exact"),
            "many",
            "it rests on one-sided bounds, which carry no probability; as weighted they make it true or "
            "false by source",
        ),
        (
            EXACT.replace("default: lines", "default: lines\npooling: {rule: log-quantile}").replace(
                "formula: per_km2 >= 99", "formula: per_km2 >= 2 * per_km2"
            ),
            "over",
            "the log-quantile rule of pooling gives it no probability: the log-quantile rule pools each "
            "estimate by itself, and this asks more than how one estimate compares with numbers",
        ),
    ],
)
def test_what_cannot_be_graded_says_why(text: str, question: str, reason: str, tmp_path: Path) -> None:
    certificate = contested.load(sample(tmp_path, text)).certify(question)
    assert certificate.grade.kind == "not_graded"
    assert certificate.text == f"Not graded: {reason}"
    assert f"”. Not graded: {reason}." in certificate.paragraph
    assert "It would come to a half" not in certificate.paragraph or question == "over"


def test_draws_that_ended_too_early_give_no_grade(tmp_path: Path) -> None:
    document = claimed({"kyiv": 0.9}, sampling={"tolerance": 1e-6, "max_draws": 4096})
    certificate = certified(tmp_path, document)
    assert certificate.text == (
        "Not graded: not converged, 4,096 worlds being too few for the tolerance asked for"
    )


def test_a_difference_that_is_only_noted_keeps_it_from_no_grade(tmp_path: Path) -> None:
    noted = EXACT.replace("formula: kyiv * 0.5", "formula: kyiv * 0.5, cites: [isw-area]")
    certificate = contested.load(sample(tmp_path, noted)).certify("over")
    assert [m.because for m in certificate.findings.mismatches] == [None]
    assert certificate.grade.kind == "depends"


def test_long_lists_are_cut_and_titles_inert(tmp_path: Path) -> None:
    """Of two disputes of four sources no source alone says one thing; so pairs are named, four of them."""
    document = claimed(dict.fromkeys("abcd", 0.9))
    document["disputes"]["map"] = {"title": "Whose map", "sources": {s: f"Map\u202e {s}" for s in "efgh"}}
    claims = {s: {"value": v, "because": "judged"} for s, v in zip("efgh", (0, 100, 200, 300), strict=True)}
    document["figures"]["other"] = {"title": "Other", "dispute": "map", "claims": claims}
    document["figures"]["level"]["claims"] = {
        s: {"mean": v, "sd": 1, "because": "judged"} for s, v in zip("abcd", (50, 150, 250, 350), strict=True)
    }
    document["questions"][NAME]["formula"] = "level > other and level < other + 100"
    text = certified(tmp_path, document).text
    yes, _, no = text.partition(", no if ")
    assert yes == (
        "Depends on whom you believe: yes if one takes “A” with “Map� e”, “B” with “Map� f”, “C” with "
        "“Map� g”, or “D” with “Map� h”"
    )
    assert no.endswith(", or one of 8 other combinations")
