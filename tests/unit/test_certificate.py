"""The certificate as it is printed: its paragraph, its table and its JSON."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import contested
from claims import certified, claimed, weighted
from contested.report.certificate import Certificate
from contested.report.certificate_page import render_certificate
from sample_scenarios import BOUNDS, EXACT, RANGES, VANISHING
from sample_scenarios import written as sample

GRADE = (
    "Depends on whom you believe: yes if one takes “Kyiv”, no if one takes “Skeptics”"
    " — on one line of evidence"
)


def of(folder: Path, text: str, question: str = "over") -> Certificate:
    return contested.load(sample(folder, text)).certify(question)


def test_the_paragraph_can_be_printed_as_it_is(tmp_path: Path) -> None:
    certificate = of(tmp_path, EXACT)
    assert repr(certificate) == f"<Certificate of over: {GRADE}>"
    assert certificate.paragraph == (
        f"“At least 99”: d{GRADE[1:]}; with what was known by 22 August 2026, the model puts 75 % on it "
        "as its sources are weighted here, and <1 % to >99 % as one source or another is taken. "
        "Weighting “lines” is Whose count: Kyiv 75 %, Skeptics 25 %, sources pooled by the linear rule. "
        "If one takes the figures of "
        "“Skeptics”, it puts <1 % on it, the least that any listed source gives; if one takes those of "
        "“Kyiv”, >99 %, the most. It would come to a half if 25 % of the weight moved to give “Whose "
        "count” the weights Kyiv 50 %, Skeptics 50 %. These weights come to one independent line of "
        "evidence on “Whose count”. Its figures are of “killed and wounded” and “net change of "
        "controlled area” (Ukraine and Kursk oblast, 1 January to 30 April 2025). This is what the model "
        "makes of the listed figures with what was known by 22 August 2026; it does not say which is right."
    )


def test_it_names_the_inputs_that_need_move_least(tmp_path: Path) -> None:
    """OSINT's 130,000 and ISW's 1,627 lie on the level; Kyiv and DeepState would have to move further."""
    text = of(tmp_path, RANGES).paragraph
    assert (
        "With the weights as they are, it would also come to a half if “Casualties” by “OSINT” were 130,000 "
        "people (stated: 90,000 to 200,000 people, median 130,000, holding 90 %) or if “Area” by “ISW” were "
        "1,640 km² (stated: 1,627 km², times or divided by up to 1.08, holding 90 %)."
    ) in text
    page = render_certificate(of(tmp_path, RANGES))
    assert "Value of one input at which it flips, the others as stated" in page


def test_it_says_where_nothing_flips_it_and_all_sources_say_one_thing(tmp_path: Path) -> None:
    text = certified(tmp_path, claimed({"kyiv": 0.951, "osint": 0.949})).paragraph
    assert "It puts 95 % on it whichever listed source's figures one takes." in text
    assert "No shift of weight within one dispute would bring it to a half." in text
    assert "With the weights as they are, it would come to a half if “Level” by “Osint” were 0.00" in text


def test_no_input_may_flip_it(tmp_path: Path) -> None:
    """Kyiv alone says so; the others, with three quarters of the weight, are sure whatever Kyiv says."""
    sure = claimed({"kyiv": 0.9, "osint": 0.9}, **weighted(kyiv=1, osint=3))
    sure["figures"]["level"]["claims"]["osint"] = {"value": 2, "because": "judged"}
    text = certified(tmp_path, sure).paragraph
    assert "With the weights as they are, no single input was found that would bring it to a half." in text


def test_a_claim_that_nobody_disputes_says_so(tmp_path: Path) -> None:
    document = claimed({"kyiv": 0.9})
    agreed = {"mean": 1, "sd": 1, "because": "as the test has it"}
    document["figures"]["level"] = {"title": "Level", "agreed": agreed}
    certificate = certified(tmp_path, document)
    assert "the model puts 84 % on it, and no source is in dispute." in certificate.paragraph
    assert "weight" not in certificate.paragraph.replace("With the weights as they are, ", "")
    assert "If one takes the figures of" not in render_certificate(certificate)


def test_another_rule_than_the_linear_says_whose_flip_it_is(tmp_path: Path) -> None:
    document = claimed({"kyiv": 0.9, "osint": 0.2}, pooling={"rule": "quantile"})
    text = certified(tmp_path, document).paragraph
    assert "sources pooled by the quantile rule." in text
    assert "sources pooled by the linear rule." in text


def test_a_stress_test_is_named(tmp_path: Path) -> None:
    scenario = contested.load(sample(tmp_path, RANGES))
    stressed = type(scenario)(replace(scenario.study, confidence=0.8))
    assert "where every stated range that names no confidence is read as holding 80 %" in (
        stressed.certify("over").paragraph
    )


@pytest.mark.parametrize("width", [40, 80, 100, 200])
@pytest.mark.parametrize("text", [EXACT, RANGES, VANISHING])
def test_the_page_keeps_to_its_width(text: str, width: int, tmp_path: Path) -> None:
    lines = render_certificate(of(tmp_path, text), width=width).splitlines()
    assert max(map(len, lines)) <= min(width, 100)


def test_the_table_holds_every_assumption(tmp_path: Path) -> None:
    page = render_certificate(of(tmp_path, EXACT))
    rows = {
        line.rsplit(None, 2)[0].strip(): line.split()[-2:] for line in page.splitlines() if line.endswith("%")
    }
    assert rows["lines, the default"] == ["75", "%"]
    assert rows["even"] == ["50", "%"]
    assert rows["“Kyiv”"] == [">99", "%"]
    assert rows["“Skeptics”"] == ["<1", "%"]
    assert rows["average of quantiles"] == ["<1", "%"]
    assert "no dispute has more than one figure" in page
    assert page.splitlines()[-2:] == [
        "8,192 worlds drawn with seed 7: enough for a tolerance of 0.002 under every",
        "named weighting, and with each source alone.",
    ]


def test_of_many_combinations_the_extremes_and_those_across_a_half_are_printed(tmp_path: Path) -> None:
    sources = {f"s{i:02}": 0.95 - 0.01 * i for i in range(30)} | {"low": 0.3, "lower": 0.2}
    page = render_certificate(certified(tmp_path, claimed(sources)))
    shown = [line.split()[0] for line in page.splitlines() if line.startswith("  “")]
    assert shown == ["“S00”", "“Low”", "“Lower”"]
    assert "and 29 combinations more, all in the JSON" in page
    low = {name: 1 - p for name, p in sources.items()}
    shown = [
        line.split()[0]
        for line in render_certificate(certified(tmp_path, claimed(low))).splitlines()
        if line.startswith("  “")
    ]
    assert shown == ["“Lower”", "“Low”", "“S00”"]


def test_bounds_and_vanishing_denominators_are_printed_as_such(tmp_path: Path) -> None:
    assert "46 % to 49 %" in render_certificate(of(tmp_path, VANISHING))
    undecided = of(tmp_path, BOUNDS, "open")
    assert "The model puts" not in undecided.paragraph
    assert "–" in render_certificate(undecided)


def test_stated_differences_are_printed_and_noted_ones_counted(tmp_path: Path) -> None:
    noted = EXACT.replace("formula: kyiv * 0.5", "formula: kyiv * 0.5, cites: [isw-area]")
    page = render_certificate(of(tmp_path, noted), width=100)
    assert "1 difference between its figures and cited facts noted; `contested run` lists them." in page
    stated = EXACT.replace("fact: gs-total}", 'fact: gs-total, mismatch: "Kursk is in it"}')
    page = render_certificate(of(tmp_path, stated))
    assert "- figures.casualties.claims.kyiv: Kursk is in it" in page


def document(folder: Path, text: str, question: str = "over") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(of(folder, text, question).to_json())
    return found


def test_the_json_holds_all_of_it(tmp_path: Path) -> None:
    found = document(tmp_path, EXACT)
    assert found["question"] == "over"
    assert found["title"] == "At least 99"
    assert found["formula"] == "per_km2 >= 99"
    assert found["scenario"] == "sample"
    assert found["as_of"] == "2026-08-22"
    assert found["grade"] == {
        "text": GRADE,
        "kind": "depends",
        "reason": None,
        "unless": [],
        "yes": {"sources": [{"toll": "kyiv"}], "models": []},
        "no": {"sources": [{"toll": "skeptic"}], "models": []},
        "one_line": ["toll"],
        "provided_alike": False,
    }
    assert found["paragraph"].startswith("“At least 99”: depends")
    assert (found["probability"], found["mcse"]) == (0.75, 0.0)
    assert found["weightings"]["even"] == {"probability": 0.5, "mcse": 0.0}
    assert found["rules"]["logarithmic"]["probability"] is None
    assert found["rules"]["logarithmic"]["reason"]
    assert found["scopes"]["per_figure"]["reason"] == "no dispute has more than one figure"
    assert {"weighting": "even", "rule": "linear", "scope": "scenario", "probability": 0.5, "mcse": 0.0} in (
        found["models"]
    )
    assert found["combinations"] == [
        {"sources": {"toll": "kyiv"}, "probability": 1.0, "mcse": 0.0},
        {"sources": {"toll": "skeptic"}, "probability": 0.0, "mcse": 0.0},
    ]
    assert found["highest"] == found["combinations"][0]
    assert found["lowest"] == found["combinations"][1]
    assert found["share_of_weightings"]["share"] == 0.0
    assert found["share_of_weightings"]["exact"] is True
    assert set(found["share_of_weightings"]["over"]["toll"]) == {"kyiv", "skeptic"}
    flip = found["nearest_flip"]
    assert (flip["distance"], flip["dispute"], flip["weights"]) == (
        0.25,
        "toll",
        {"kyiv": 0.5, "skeptic": 0.5},
    )
    assert found["flips_at"] == {}
    assert found["effective_lines"] == {"toll": 1.0}
    assert found["thresholds"]["holds"] == 0.9
    assert found["provenance"]["seed"] == 7
    assert found["sampling"]["converged"] is True


def test_the_json_of_inputs_has_the_shape_of_a_comparison_s(tmp_path: Path) -> None:
    flips = document(tmp_path, RANGES)["flips_at"]
    osint = flips["casualties.osint"]
    assert osint["at"]["0.5"] == pytest.approx([130_000], rel=0.1)
    assert set(osint) == {"at", "mcse", "method", "unit", "stated", "reach"}


def test_what_is_not_there_is_null(tmp_path: Path) -> None:
    undecided = document(tmp_path, BOUNDS, "open")
    for key in ("probability", "lowest", "highest", "share_of_weightings", "nearest_flip"):
        assert undecided[key] is None
    vanishing = document(tmp_path, VANISHING)
    assert vanishing["nearest_flip"] is None
    assert math.isclose(vanishing["probability_upper"] - vanishing["probability"], 0.0239, abs_tol=0.001)
