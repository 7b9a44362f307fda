"""What notebooks show: the numbers of the page, and nothing of a scenario that a browser would obey."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import contested
from each_text import MONTHS, with_table
from sample_scenarios import BOUNDS, EXACT, EXACT_OR_BOUND, HUMPS, RANGES, VANISHING, written

HOSTILE = "<script>alert(1)</script> \"'& \u202e[x](y) =1 😀 שלום " + "w" * 500


class _Table(HTMLParser):
    """The rows of a table, and every tag and attribute that it is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.caption: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= set(attrs)
        if tag != "br":
            self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "caption" in self._open:
            self.caption.append(data)
        else:
            self.rows[-1][-1] += data


def test_a_result_s_medians_intervals_and_probabilities(tmp_path: Path) -> None:
    table = _Table(contested.load(written(tmp_path, EXACT)).run()._repr_html_())
    assert table.caption == [
        "What did a square kilometre cost?", "sample, as of 22 August 2026",
        "weighting “lines”, pooled by the linear rule",
    ]  # fmt: skip
    assert table.rows == [
        ["", "median", "50 % interval", "90 % interval"],
        ["Casualties per km² gained (person/km²)", "100", "52 to 100", "52 to 100"],
        ["", "probability"],
        ["At least 99", "75 %"],
    ]


def test_a_comparison_s_weightings_side_by_side(tmp_path: Path) -> None:
    text = EXACT.replace("weightings:\n", "weightings:\n  kyiv_only: {toll: {kyiv: 1, others: 0}}\n")
    table = _Table(contested.load(written(tmp_path, text)).compare()._repr_html_())
    assert table.rows == [
        ["median (90 % interval)", "kyiv_only", "lines", "even"],
        ["Casualties per km² gained (person/km²)", "100", "100 (52 to 100)", "52 (52 to 100)"],
        ["probability", "kyiv_only", "lines", "even"],
        ["At least 99", ">99 %", "75 %", "50 %"],
    ]


@pytest.mark.parametrize("text", [EXACT, RANGES, HUMPS, BOUNDS, EXACT_OR_BOUND, VANISHING])
def test_what_is_no_plain_interval_has_its_words(tmp_path: Path, text: str) -> None:
    scenario = contested.load(written(tmp_path, text))
    tables = [_Table(scenario.run(tolerance=0.1)._repr_html_()), _Table(scenario.compare()._repr_html_())]
    words = {EXACT: "100", RANGES: "%", HUMPS: "2 pieces", BOUNDS: "at least 33", EXACT_OR_BOUND: "900"}
    for table in tables:
        shown = " ".join(cell for row in table.rows for cell in row)
        assert words.get(text, "not estimable as a ratio") in shown
        assert table.tags <= {"table", "caption", "tbody", "tr", "th", "td", "bdi", "br"}


def test_a_rule_that_gives_no_law_says_so(tmp_path: Path) -> None:
    result = contested.load(written(tmp_path, RANGES)).run().pooled_by("logarithmic")
    table = _Table(result._repr_html_())
    assert table.rows[1][1].startswith("undefined under the logarithmic rule: the sources overlap too little")


def test_where_the_width_comes_from(tmp_path: Path) -> None:
    comparison = contested.load(written(tmp_path, EXACT)).compare()
    table = _Table(comparison.explained["per_km2"]._repr_html_())
    assert table.caption == ["Where the width comes from: shares of the variance of the logarithm"]
    assert table.rows == [
        ["", "share"], ["between sources", ">99 %"], ["within sources", "<1 %"],
        ["", "Shapley effect"], ["toll", ">99 %"],
    ]  # fmt: skip
    bounds = contested.load(written(tmp_path, BOUNDS)).compare()
    (shown,) = (found._repr_html_() for found in bounds.explained.values())
    assert shown == "<p>No variance to divide: it is a bound, which has no distribution.</p>"


def test_the_greatest_effects_come_first(tmp_path: Path) -> None:
    comparison = contested.load(written(tmp_path, RANGES)).compare()
    (found,) = comparison.explained.values()
    rows = _Table(found._repr_html_()).rows[4:]
    assert [row[0] for row in rows] == sorted(found.shapley, key=lambda name: -found.shapley[name].value)
    assert [row[0] for row in rows] != list(found.shapley)


def test_what_to_find_out_next(tmp_path: Path) -> None:
    comparison = contested.load(written(tmp_path, EXACT)).compare()
    table = _Table(comparison.learning["over"]._repr_html_())
    assert table.rows == [
        ["if one learnt", "a wrong answer would be less likely by"],
        ["toll", "25 percentage points"], ["everything", "25 percentage points"],
    ]  # fmt: skip


def test_a_certificate_shows_its_grade_and_its_paragraph(tmp_path: Path) -> None:
    text = EXACT.replace("At least 99", json.dumps(HOSTILE, ensure_ascii=False))
    certificate = contested.load(written(tmp_path, text)).certify("over")
    shown = certificate._repr_html_()
    assert re.fullmatch(r"<p><strong><bdi>[^<]+</bdi></strong></p><p><bdi>[^<]+</bdi></p>", shown)
    assert html.escape(certificate.text) in shown
    assert html.escape(HOSTILE.replace("\u202e", "�")) in shown


def test_a_track_s_periods(tmp_path: Path) -> None:
    with_table(tmp_path)
    exact = MONTHS.replace("bias: {low: 0.9, high: 1.1, because: j}", "bias: {value: 1, because: j}")
    track = contested.load(written(tmp_path, exact)).track()
    table = _Table(track._repr_html_())
    assert table.caption == [
        "Casualties per km² by month", "sample, as of 22 August 2026",
        "weighting “even”, pooled by the linear rule",
    ]  # fmt: skip
    assert table.rows == [
        ["median (90 % interval)", "Casualties per km² (person/km²)"],
        ["Jan 2025", "10 (10 to 11)"],
        ["Feb 2025", "10.0 (10.0 to 10.5)"],
        ["Mar 2025", "7.5 (7.5 to 8.2)"],
    ]


def test_shares_that_flip_an_answer_are_a_line_each(tmp_path: Path) -> None:
    comparison = contested.load(written(tmp_path, EXACT)).compare(at=[0.1])
    assert repr(comparison.break_even["over"]["toll"]["skeptic"]) == (
        "<BreakEven: now 0.25; P = 0.1 at 0.9 (mcse 0); P = 0.5 at 0.5 (mcse 0)>"
    )
    assert repr(comparison.segments["over"]["lines>even"]) == (
        "<Segment: P = 0.1 nowhere, the nearest is 0.5; P = 0.5 at 1 (mcse 0)>"
    )


def test_a_triangle_says_of_what_it_is(tmp_path: Path) -> None:
    three = EXACT.replace("      kyiv: Kyiv\n", "      kyiv: Kyiv\n      osint: Registry\n")
    three = three.replace("skeptic: 1}}", "skeptic: 1, osint: 1}}")
    three = three.replace("    claims:\n", "    claims:\n      osint: {value: 100000, because: judged}\n")
    triangle = contested.load(written(tmp_path, three)).compare().simplex("toll", steps=2)
    assert repr(triangle) == "<Triangle of toll: per_km2 under 6 weightings of kyiv, osint, skeptic>"


def test_hostile_titles_are_inert_and_intact(tmp_path: Path) -> None:
    title = json.dumps(HOSTILE, ensure_ascii=False)
    text = EXACT.replace("What did a square kilometre cost?", title).replace("At least 99", title)
    text = text.replace("Casualties per km² gained", title).replace("kyiv: Kyiv", f"kyiv: {title}")
    scenario = contested.load(written(tmp_path, text))
    for shown in (scenario.run()._repr_html_(), scenario.compare()._repr_html_()):
        table = _Table(shown)
        assert table.tags <= {"table", "caption", "tbody", "tr", "th", "td", "bdi", "br"}
        assert table.attributes <= {("scope", "row"), ("scope", "col")}
        intact = f"\u2066{HOSTILE.replace(chr(0x202E), '�')}\u2069"  # isolated, for its Hebrew
        assert table.caption[0] == intact
        assert intact in [row[0] for row in table.rows]
