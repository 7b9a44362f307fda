"""Two saved runs laid side by side: what each change is put down to, and what is said of it."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from contested.errors import ContestedError
from contested.report.difference import Difference
from contested.report.difference_page import render_difference
from contested.report.difference_sentence import sentence
from contested.report.saved import SavedRun
from months import WHY, by_month, compared
from sample_scenarios import BOUNDS, EXACT, RANGES, REGISTER, VANISHING
from saved_runs import rewritten, saved, saved_comparison, saved_track

TABLE = "month,isw,other\n2025-01,400,1\n2025-02,300,2\n2025-03,500,3\n2025-04,427,4\n"
SERIES = """\
title: Area by month
as_of: 2026-01-01
figures:
  area:
    title: Area
    unit: km²
    period: 2025-01-01/2025-04-30
    agreed: {series: {file: months.csv, column: isw}, because: as read off the map}
estimates:
  ground: {title: Ground, formula: area, unit: km²}
"""


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> SavedRun:
    return saved(tmp_path_factory.mktemp("exact"), EXACT)


def _page(found: Difference, width: int = 100) -> str:
    return render_difference(found, width=width)


def _changed(tmp_path: Path, before: SavedRun, text: str, **settings: Any) -> Difference:
    return Difference.of(before, saved(tmp_path / "after", text, **settings))


def test_a_run_and_itself(exact: SavedRun) -> None:
    found = Difference.of(exact, exact)
    assert found.is_empty and found.causes == ()
    assert sentence(found).startswith("Nothing changed: both runs were made from the same")
    assert "before" not in _page(found).split("\n\n", 2)[2:]


def test_a_corrected_figure_of_the_register(tmp_path: Path, exact: SavedRun) -> None:
    register = REGISTER.replace("160600", "150600").replace("Daily reports", "Daily reports, corrected")
    found = _changed(tmp_path, exact, EXACT, register=register)
    # 3 to 1 for Kyiv's count: 160,600 and 150,600 over 600 mi² of 2.589988 km² are 103.35 and 96.91.
    assert sentence(found) == (
        "The median of “Casualties per km² gained” was 100 and is 97 people per km² (more exactly 103.3 and "
        "96.9, −6.2 %), because "
        "gs-total.value in the register was 160600 and is 150600."
    )
    page = _page(found)
    assert "  register.gs-total.value: 160600 → 150600 (line 2)\n" in page
    assert "In the scenario" not in page
    (answer,) = [each for each in found.answers if each.name == "per_km2"]
    median = answer.pooled("median")
    assert median is not None and median.relative == pytest.approx(-10 / 160.6)


def test_what_reports_round_to_one_number_is_still_that_number(tmp_path: Path, exact: SavedRun) -> None:
    """Whoever prints 100 of both runs does not correct it to another 100."""
    found = _changed(tmp_path, exact, EXACT, register=REGISTER.replace("160600", "160900"))
    assert sentence(found).startswith(
        "The median of “Casualties per km² gained” was and is 100 people per km² (more exactly 103.35 and "
        "103.54, +0.2 %), because "
    )


def test_a_correction_speaks_of_the_digits_that_the_reports_have(tmp_path: Path) -> None:
    """Beside narrow ends a median has three."""
    narrow = EXACT.replace("formula: kyiv * 0.5", "formula: kyiv * 0.98")
    before = saved(tmp_path / "before", narrow)
    after = saved(tmp_path / "after", narrow.replace("value: 600", "value: 606"))
    said = sentence(Difference.of(before, after))
    assert "was 103 and is 102 people per km² (more exactly 103.3 and 102.3, −1.0 %)" in said


def test_every_row_of_the_page_adds_up_as_printed(tmp_path: Path) -> None:
    before = saved(tmp_path / "before", RANGES, tolerance=0.05)
    found = _changed(tmp_path, before, RANGES, tolerance=0.05, weighting={"toll": {"kyiv": 2, "osint": 1}})
    page = _page(found)
    rows = re.findall(r"  (−?[\d.,]+)(?: %)?  +(−?[\d.,]+)(?: %)?  +([+−][\d.,]+) ", page)
    assert len(rows) >= 6
    for row in rows:
        one, other, by = (Decimal(text.replace("−", "-").replace(",", "")) for text in row)
        assert other - one == by != 0
    assert "so that it adds up as printed" in " ".join(page.split())
    assert "adds up" not in _page(Difference.of(before, before))


def test_order_of_keys_and_comments_are_no_change(tmp_path: Path, exact: SavedRun) -> None:
    title, _, rest = EXACT.partition("\n")
    text = f"# a remark\n{rest}{title}\n".replace("kyiv: 3, skeptic: 1", "skeptic: 1, kyiv: 3")
    found = _changed(tmp_path, exact, text)
    assert found.is_empty
    assert sentence(found).startswith("Nothing changed")


def test_words_alone_are_no_cause(tmp_path: Path, exact: SavedRun) -> None:
    found = _changed(tmp_path, exact, EXACT.replace("half of it is thought invented", "much is invented"))
    assert found.causes == () and not found.is_empty
    assert sentence(found) == "All answers are alike to the last digit."
    assert "disputes.toll.sources.skeptic.because" in _page(found)


def test_several_changes_are_not_told_apart(tmp_path: Path, exact: SavedRun) -> None:
    text = EXACT.replace("value: 600", "value: 650").replace("kyiv * 0.5", "kyiv * 0.6")
    said = sentence(_changed(tmp_path, exact, text))
    assert ", −7.7 %)" in said and "because" not in said
    assert said.endswith(
        "; 2 things changed that it may hang on, and how much is due to each was not worked out."
    )


def test_entries_that_neither_run_uses_are_a_line(tmp_path: Path, exact: SavedRun) -> None:
    more = REGISTER.replace("gs-total", "other").partition("isw-area")[0] + REGISTER
    before = saved(tmp_path / "before", EXACT, register=more)
    after = saved(tmp_path / "after", EXACT, register=more.replace("value: 160600", "value: 1", 1))
    found = Difference.of(before, after)
    assert found.register == () and found.causes == ()
    assert (found.unused.added, found.unused.removed, found.unused.changed) == (0, 0, 1)
    assert "Of entries that neither run uses: 1 changed." in _page(found)
    assert "Of entries that neither run uses: 1 taken out." in _page(Difference.of(before, exact))


def test_what_a_used_entry_relays_counts(tmp_path: Path) -> None:
    # The area's entry relays gs-total; a scenario that names the first alone hangs on the second's publisher.
    text = RANGES.replace("isw: {best: 1627, within: 8%", "isw: {best: 1627, within: 8%, cites: [isw-area]")
    text = text.replace("as_of: 2026-01-01", "as_of: 2026-01-01\nregister: register.yaml")
    before = saved(tmp_path / "before", text, tolerance=0.1)
    register = REGISTER.replace("publisher: General Staff", "publisher: Another")
    found = _changed(tmp_path, before, text, register=register, tolerance=0.1)
    assert [each.path for each in found.register] == ["gs-total.publisher"]
    assert len(found.causes) == 1


def test_settings_of_the_command_line(tmp_path: Path, exact: SavedRun) -> None:
    found = _changed(tmp_path, exact, EXACT, weighting={"toll": {"kyiv": 0, "skeptic": 1}}, levels=[0.8])
    assert {each.name: each.counts for each in found.settings} == {
        "weighting": True, "weights": False, "levels": True,
    }  # fmt: skip
    page = _page(found)
    assert "weighting: lines → weights of one's own" in page
    assert "weights in “Whose count”: “Kyiv” 75 % → 0 %, “Skeptics” 25 % → 100 %" in page
    assert "levels: [0.5, 0.9] → [0.8]" in page
    assert "was 100 and is 52 people per km² (more exactly 103.35 and 51.67, −50 %)" in sentence(found)


def test_another_name_for_the_same_weights_is_no_cause(tmp_path: Path, exact: SavedRun) -> None:
    found = _changed(tmp_path, exact, EXACT, weighting={"toll": {"kyiv": 3, "skeptic": 1}})
    assert {each.name: each.counts for each in found.settings} == {"weighting": False}


def test_numbers_that_are_the_same_are_counted(tmp_path: Path, exact: SavedRun) -> None:
    page = _page(_changed(tmp_path, exact, EXACT.replace("kyiv * 0.5", "kyiv * 0.6")))
    assert "if one takes “Skeptics”" in page and "if one takes “Kyiv”" not in page
    assert re.search(r"\n  of its other numbers, \d the same\n", page)


def test_a_weighting_that_the_file_changed_is_one_cause(tmp_path: Path, exact: SavedRun) -> None:
    found = _changed(tmp_path, exact, EXACT.replace("{kyiv: 3, skeptic: 1}", "{kyiv: 1, skeptic: 3}"))
    assert {each.name: each.counts for each in found.settings} == {"weights": False}
    assert [each.path for each in found.scenario] == [
        "weightings.lines.toll.kyiv",
        "weightings.lines.toll.skeptic",
    ]
    renamed = _changed(tmp_path / "renamed", exact, EXACT.replace("lines", "other"))
    assert not any(each.counts for each in renamed.settings)


def test_a_setting_that_the_file_changed_is_one_cause(tmp_path: Path, exact: SavedRun) -> None:
    found = _changed(tmp_path, exact, f"{EXACT}report: {{levels: [0.8]}}\n")
    assert [each.counts for each in found.settings] == [False]
    assert len(found.causes) == 1


def test_another_seed_alone(tmp_path: Path) -> None:
    before = saved(tmp_path / "before", RANGES, seed=1)
    found = _changed(tmp_path, before, RANGES, seed=2)
    assert sentence(found).startswith(
        "Only the draws changed: other worlds were drawn (seed 1 before, 2 now); "
    )
    assert not found.is_empty


def test_other_draws_reported_otherwise_are_other_draws(tmp_path: Path) -> None:
    """Of so many numbers some pass for changed: none of them is a correction, and no level moves a median."""
    before = saved(tmp_path / "before", RANGES, seed=1, tolerance=0.05)
    found = _changed(tmp_path, before, RANGES, seed=2, tolerance=0.1, levels=[0.8])
    said = sentence(found)
    assert said.startswith(
        "Only the draws and what is reported of them changed: other worlds were drawn (seed 1 before, 2 now)"
    )
    assert "because" not in said and "may hang on" not in said


def test_levels_and_tolerance_are_no_causes(tmp_path: Path) -> None:
    before = saved(tmp_path / "before", RANGES, tolerance=0.05)
    weighting = {"toll": {"kyiv": 4, "osint": 1}}
    found = _changed(tmp_path, before, RANGES, tolerance=0.1, levels=[0.8], weighting=weighting)
    assert len(found.causes) > 1
    assert sentence(found).endswith(", because the weighting was even and is weights of one's own.")


MORE = EXACT.replace(
    "questions:",
    "  ground: {title: Ground, formula: area, unit: km²}\n"
    "  twice: {title: Twice, formula: casualties * casualties, unit: person^2}\nquestions:",
)


def test_the_sentence_is_of_the_first_answer_or_of_the_one_that_changed_most(tmp_path: Path) -> None:
    before = saved(tmp_path / "before", MORE)
    first = _changed(tmp_path / "first", before, MORE.replace("value: 600", "value: 606"))
    assert sentence(first).startswith("The median of “Casualties per km² gained” ")
    order = MORE.replace(
        "  per_km2: ", '  first: {title: First, formula: area / area, unit: "1"}\n  per_km2: '
    )
    assert order != MORE
    before = saved(tmp_path / "ordered", order)
    most = _changed(
        tmp_path / "most",
        before,
        order.replace("kyiv * 0.5", "kyiv * 0.6").replace("kyiv: 3, skeptic: 1", "kyiv: 1, skeptic: 3"),
    )
    assert sentence(most).startswith("The median of “Twice” ")


def test_an_answer_that_moved_within_error_has_a_row(tmp_path: Path) -> None:
    before = saved(tmp_path / "before", RANGES, tolerance=0.05)

    def nudged(document: dict[str, Any]) -> None:
        estimate = document["estimates"]["per_km2"]
        estimate["median"] += estimate["median_mcse"]
        estimate["intervals"][0]["low"] += estimate["intervals"][0]["low_mcse"]

    after = SavedRun.open(rewritten(saved(tmp_path / "after", RANGES, tolerance=0.05), nudged))
    page = _page(Difference.of(before, after))
    assert page.count("  within error\n") == 1 and "50 % interval" not in page
    assert re.search(r"\n  of its other numbers, 1 within error and \d+ the same\n", page)
    assert "No answer changed by more than the two runs' Monte Carlo error.\n" in page


def test_another_version_is_a_cause(tmp_path: Path, exact: SavedRun) -> None:
    def older(document: dict[str, Any]) -> None:
        document["provenance"]["numpy"] = "1.0"
        document["estimates"]["per_km2"]["median"] = 50.0

    before = SavedRun.open(rewritten(saved(tmp_path / "before", EXACT), older))
    found = Difference.of(before, exact)
    assert "because the version of numpy was 1.0 and is " in sentence(found)
    assert "  numpy: 1.0 → " in _page(found)


def test_answers_that_come_and_go(tmp_path: Path, exact: SavedRun) -> None:
    more = EXACT.replace(
        "questions:", "  half: {title: Half of it, formula: per_km2 / 2, unit: person/km²}\nquestions:"
    )
    found = _changed(tmp_path, exact, more)
    assert sentence(found).startswith(
        "“Half of it” is answered now, and was not before, because estimates.half"
    )
    assert "answered now, and not before" in _page(found)
    back = Difference.of(found.after, found.before)
    assert sentence(back).startswith("“Half of it” is no longer answered, because estimates.half")


def test_another_unit_is_said(tmp_path: Path, exact: SavedRun) -> None:
    text = EXACT.replace(
        "formula: casualties / area, unit: person/km²", "formula: casualties / area, unit: person/mi²"
    )
    found = _changed(tmp_path, exact, text.replace("per_km2 >= 99", "per_km2 >= 256"))
    assert "was 100 people per km² and is 270 people per mi², which are not of one unit" in sentence(found)
    assert "another unit" in _page(found)
    assert all(
        moved.difference is None
        for each in found.answers
        for moved in each.numbers
        if each.kind == "estimate" and moved.which.quantity != "disagreement_share"
    )


def test_bounds_and_states(tmp_path: Path) -> None:
    before = saved(tmp_path / "before", BOUNDS)
    found = _changed(tmp_path, before, BOUNDS.replace("value: 200000", "value: 210000"))
    assert sentence(found) == (
        "“Casualties per km²” was at least 33 and is at least 34 people per km² (more exactly at least 33.1 "
        "and at least 34.7, +5.0 %), because "
        "figures.toll.agreed.value in the scenario was 200000 and is 210000."
    )
    stated = BOUNDS.replace("bound: lower, ", "").replace("bound: upper, ", "")
    exact_now = _changed(tmp_path / "exact", before, stated)
    assert "was a lower bound and is" in sentence(exact_now)


def test_a_ratio_that_may_vanish(tmp_path: Path) -> None:
    before = saved(tmp_path / "before", VANISHING, tolerance=0.1)
    found = _changed(tmp_path, before, VANISHING.replace("mean: 10, sd: 6", "mean: 10, sd: 1"), tolerance=0.1)
    assert "was not estimable as a ratio and is an estimate with intervals" in sentence(found)
    page = _page(found)
    assert "the inverse" in page and "given a denominator above zero" in page


def test_months_whose_figures_changed(tmp_path: Path) -> None:
    def run(name: str, table: str) -> SavedRun:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "months.csv").write_text(table, encoding="utf-8")
        return saved(folder, SERIES)

    before = run("before", TABLE)
    found = Difference.of(before, run("after", TABLE.replace("500", "550")))
    assert "because the file months.csv changed" in sentence(found)
    assert "    isw, 2025-03: 500 → 550\n" in _page(found)
    beside = Difference.of(before, run("beside", TABLE.replace("400,1", "400,9")))
    assert beside.causes == () and not beside.is_empty
    assert "months.csv: changed, but no figure in the columns that are read" in _page(beside)


def test_comparisons_and_a_run(tmp_path: Path, exact: SavedRun) -> None:
    one = saved_comparison(tmp_path / "one", EXACT, within=0.1)
    other = saved_comparison(tmp_path / "other", EXACT.replace("value: 600", "value: 650"), within=0.3)
    found = Difference.of(one, other)
    assert {each.name for each in found.settings} == {"within"}
    assert "median, under weighting “even”" in _page(found)
    mixed = Difference.of(exact, one)
    assert mixed.causes == ()
    own = [moved for moved in mixed.answers[0].numbers if moved.which.case.weighting is None]
    assert {moved.verdict for moved in own} == {"same"}


def _track(folder: Path, first: float = 1000.0, window: str | None = None, **more: Any) -> SavedRun:
    """Three months of tolls, whose errors all months share: the ratio of two months has none."""
    folder.mkdir()
    columns = {"toll": [first, 2000.0, 3000.0], "ground": [10.0, 20.0, 40.0]}
    inputs = {"error": {"best": 1, "within": "10%", **WHY}}
    settings = {"sampling": {"tolerance": 0.05}, **compared(two=("2024-02", "2024-01")), **more}
    return saved_track(by_month(folder, columns, inputs=inputs, toll="toll * error", **settings), window)


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> SavedRun:
    return _track(tmp_path_factory.mktemp("months") / "before")


def test_a_corrected_month_of_a_track(tmp_path: Path, months: SavedRun) -> None:
    found = Difference.of(months, _track(tmp_path / "after", 1100.0))
    # 6,000 and 6,100 over 70 km²
    assert sentence(found) == (
        "The median of “Casualties per km², Q1 2024” was 86 and is 87 people per km² (more exactly 85.7 and "
        "87.1, +1.7 %), because "
        "the file months.csv changed."
    )
    assert [each.name for each in found.answers if not each.is_same] == [
        "per_km2@2024-01/2024-03", "per_km2_2024_01", "per_km2@2024-02 over 2024-01",
        "people@2024-01/2024-03", "people_2024_01", "people@2024-02 over 2024-01",
        "per_km2@2024-02 highest",  # with 100 no longer beside January's
    ]  # fmt: skip
    rises = {each.name: moved.relative for each in found.answers if (moved := each.pooled("median"))}
    assert rises["people_2024_01"] == pytest.approx(0.1)
    assert rises["people_2024_02"] == 0
    assert rises["people@2024-02 over 2024-01"] == pytest.approx(1 / 1.1 - 1)
    page = _page(found)
    assert "    toll, 2024-01: 1,000 → 1,100\n" in page
    assert "\nCasualties per km², Jan 2024 (people per km²)\n" in page
    assert "median, under weighting “even”" in page
    document = found.to_dict()
    assert (document["before"]["kind"], document["questions"].keys()) == (
        "track", {each.name for each in found.answers if each.kind == "question"},
    )  # fmt: skip


def test_a_track_and_itself_and_other_draws_of_it(tmp_path: Path, months: SavedRun) -> None:
    assert Difference.of(months, months).is_empty
    found = Difference.of(months, _track(tmp_path / "after", seed=6))
    assert sentence(found).startswith("Only the draws changed: seed in the scenario was 5 and is 6; ")
    numbers = [moved for each in found.answers for moved in each.numbers]
    beyond = sum(moved.verdict == "changed" for moved in numbers)
    assert any(moved.verdict == "within_error" for moved in numbers) and beyond < len(numbers) / 5


def test_another_window_of_a_track(tmp_path: Path, months: SavedRun) -> None:
    found = Difference.of(months, _track(tmp_path / "after", window="2024-02/2024-03"))
    assert {each.name: (each.before, each.after) for each in found.settings} == {
        "window": ("2024-01/2024-03", "2024-02/2024-03")
    }
    assert sentence(found) == (
        "“Casualties per km², Feb–Mar 2024” is answered now, and was not before, because the window was "
        "2024-01/2024-03 and is 2024-02/2024-03."
    )
    (feb,) = [each for each in found.answers if each.name == "people_2024_02"]
    assert feb.is_same
    (jan,) = [each for each in found.answers if each.name == "people_2024_01"]
    assert jan.is_gone
    stated = _track(tmp_path / "stated", each="month", comparisons={})
    assert {each.name: each.counts for each in Difference.of(months, stated).settings} == {
        "comparisons": False
    }


def test_a_track_beside_a_run(tmp_path: Path, months: SavedRun, exact: SavedRun) -> None:
    for runs in ((months, exact), (exact, months)):
        with pytest.raises(ContestedError) as caught:
            Difference.of(*runs)
        found, remedy = str(caught.value).split("; ")
        assert found == (
            f"{months.directory} is a saved track and {exact.directory} is not, so that no answer is in both"
        )
        assert remedy.startswith(
            "save both with `contested track SCENARIO --out DIR`, or both with `contested "
        )


@pytest.mark.parametrize("width", [40, 80, 100, 200])
def test_what_others_wrote_is_inert(tmp_path: Path, exact: SavedRun, width: int) -> None:
    hostile = '"<script>\\u202E ' + "x" * 500 + ' 🚀"'
    text = EXACT.replace("Casualties per km² gained", hostile).replace("kyiv: Kyiv", f"kyiv: {hostile}")
    after = saved(tmp_path, text.replace("value: 600", "value: 601"))

    def obeyed(document: dict[str, Any]) -> None:
        document["questions"]["over"]["title"] = "\x1b[31m over"
        document["scenario"] = "\x1b[31m"

    found = Difference.of(exact, SavedRun.open(rewritten(after, obeyed)))
    page = _page(found, width)
    assert "\x1b" not in page and "\u202e" not in page and "<script>" in page
    assert max(map(cell_len, page.splitlines())) <= min(width, 100)
    assert json.loads(found.to_json())["estimates"]["per_km2"]["title"].endswith("🚀")


def test_the_json(tmp_path: Path, exact: SavedRun) -> None:
    found = _changed(tmp_path, exact, EXACT.replace("value: 600", "value: 650"))
    document = json.loads(found.to_json())
    assert set(document) == {
        "before", "after", "same", "sentence", "causes", "scenario", "register", "register_unused", "files",
        "settings", "versions", "estimates", "questions",
    }  # fmt: skip
    (change,) = document["scenario"]
    assert change["path"] == "figures.area.agreed.value"
    assert (change["before"]["value"], change["after"]["value"]) == (600, 650)
    median = document["estimates"]["per_km2"]["numbers"][0]
    assert median["of"] == {
        "quantity": "median", "level": None, "kind": None, "form": None, "share_of": None, "dispute": None,
        "source": None, "weighting": None,
    }  # fmt: skip
    assert median["relative"] == pytest.approx(600 / 650 - 1)
    assert median["verdict"] == "changed"
