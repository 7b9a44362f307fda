"""What periods share in a run, what each has of its own, and what a month of lost ground comes to."""

from __future__ import annotations

import math

import pytest

from contested.scenario import Scenario
from each_text import MONTHS, with_table
from scenario_text import changed, study_of

Z = 1.6448536269514722  # of the standard normal at 0.95
RISE = ("questions:", "  rise: {title: R, formula: cost_2025_03 / cost_2025_01}\nquestions:")
TOLL = ("questions:", "  rise: {title: R, formula: casualties_2025_03 / casualties_2025_01}\nquestions:")
ALONE = (
    "      osint: {series: {file: data/m.csv, column: alt}, because: j}",
    "      osint: {formula: kyiv * 2}",
)
OWN = ("formula: gs * bias", "formula: gs * bias * noise")


@pytest.fixture
def run(tmp_path):
    """Runs the scenario of months with parts of its text replaced."""
    return lambda *pairs: Scenario(study_of(with_table(tmp_path), changed(*pairs, text=MONTHS), None)).run()


def ends(result, name):
    return [result[name].quantile(p) for p in (0.05, 0.5, 0.95)]


def test_an_error_that_all_months_share_leaves_their_ratio_unwidened(run):
    """gs · bias of March over that of January is 30/10, whatever the bias and whoever is right."""
    result = run(ALONE, TOLL)
    assert ends(result, "rise") == pytest.approx([3, 3, 3], rel=1e-12)
    low, _, high = ends(result, "cost_2025_01")
    assert high > 2 * low


def test_an_error_of_each_month_s_own_widens_it_by_both(run):
    """noise ÷× 1.2 at 0.9 in either month: their ratio is 3 ÷× 1.2^√2."""
    low, median, high = ends(run(ALONE, TOLL, OWN), "rise")
    assert median == pytest.approx(3, rel=0.003)
    assert (low, high) == pytest.approx((3 / 1.2 ** math.sqrt(2), 3 * 1.2 ** math.sqrt(2)), rel=0.006)


def test_within_one_month_all_sources_draw_the_same_error(run):
    """What one source says over another has nothing of the month's error."""
    both = (
        "      osint: {series: {file: data/m.csv, column: alt}, because: j}",
        "      osint: {formula: 3 * gs * noise}",
    )
    kyiv = ("formula: gs * bias", "formula: gs * noise")
    share = (
        "questions:",
        "  rise: {title: R, formula: casualties_2025_02.osint / casualties_2025_02.kyiv}\nquestions:",
    )
    assert ends(run(both, kyiv, share), "rise") == pytest.approx([3, 3, 3], rel=1e-12)


def test_a_source_that_is_right_in_one_month_is_right_in_all(run):
    """Of independent choices a quarter of the worlds would mix them, and the ratio would have four values."""
    half = (
        "      osint: {series: {file: data/m.csv, column: alt}, because: j}",
        "      osint: {formula: kyiv * 100}",
    )
    result = run(half, TOLL, OWN)
    assert result["rise"].quantile(0.001) > 1 and result["rise"].quantile(0.999) < 10


def test_a_pick_chooses_once_for_all_months(run):
    part = "{{series: {{file: data/m.csv, column: {}}}, weight: 1, because: j}}"
    parts = f"{part.format('count')}, {part.format('held')}"
    result = run(
        ALONE, TOLL,
        ("{series: {file: data/m.csv, column: count}, unit: person, because: j}",
         f"{{mixture: {{pick: edition, of: [{parts}]}}, unit: person}}"),
    )  # fmt: skip
    assert sorted({round(result["rise"].quantile(p), 9) for p in (0.1, 0.3, 0.7, 0.9)}) == [
        pytest.approx(1025 / 1010), pytest.approx(3)
    ]  # fmt: skip


def test_a_correlation_of_two_errors_stands_in_every_month(run):
    """Errors of 10 % with rank 0.8 between them: their ratio has √(2 - 2ρ) of one's log width."""
    pairs = (
        ("column: count}", "column: count}, within: 10%"), ("column: gain}", "column: gain}, within: 10%"),
        ALONE, ("formula: gs * bias", "formula: gs"),
        ("estimates:", "correlations:\n  - {between: [gs, ground], rank: 0.8, because: j}\nestimates:"),
    )  # fmt: skip
    result = run(*pairs, RISE)
    rho = 2 * math.sin(math.pi * 0.8 / 6)
    for month, ratio in ((1, 10), (2, 10), (3, 7.5)):
        source = result[f"cost_2025_0{month}"].by_source["toll"]["kyiv"]
        width = math.log(source.quantile(0.95) / source.quantile(0.05)) / 2
        assert source.quantile(0.5) == pytest.approx(ratio, rel=0.003)
        assert width == pytest.approx(math.log(1.1) * math.sqrt(2 - 2 * rho), rel=0.02)
    width = math.log(result["rise"].quantile(0.95) / result["rise"].quantile(0.05)) / 2
    assert width == pytest.approx(math.log(1.1) * 2 * math.sqrt(1 - rho), rel=0.02)  # months are apart


def test_errors_of_the_months_own_shrink_in_a_sum_and_shared_ones_do_not(run):
    """10, 20 and 30 with a lognormal error each; their sum by its two moments (Fenton 1960), to 1e-4 here."""
    terms = " + ".join(f"casualties_2025_0{month}" for month in (1, 2, 3))
    same = (
        "      osint: {series: {file: data/m.csv, column: alt}, because: j}",
        "      osint: {formula: kyiv}",
    )
    asked = ("questions:", f"  sum: {{title: T, formula: {terms}, unit: person}}\nquestions:")
    variance = (math.log(1.2) / Z) ** 2
    squares = (10**2 + 20**2 + 30**2) / 60**2
    summed = math.log(1 + squares * math.expm1(variance))
    median = 60 * math.exp((variance - summed) / 2)
    spread = math.exp(Z * math.sqrt(summed))
    own = run(same, asked, ("formula: gs * bias", "formula: gs * noise"))
    assert ends(own, "sum") == pytest.approx([median / spread, median, median * spread], rel=0.003)
    shared = run(same, asked)
    assert ends(shared, "sum") == pytest.approx([60 * 0.9, 60 * math.sqrt(0.9 * 1.1), 60 * 1.1], rel=0.003)


def test_a_month_that_lost_ground_has_no_ratio_and_its_neighbours_have(run):
    """Ground moves by +10, +20 and -5 km²: March has no casualties per km², and a question has limits."""
    result = run(ALONE, ("column: gain}", "column: held, of: level}"))
    lost, gained = result["cost_2025_03"], result["cost_2025_02"]
    assert (lost.estimable, gained.estimable) == (False, True)
    told = result.to_dict()["estimates"]["cost_2025_03"]
    assert (told["median"], told["intervals"], told["denominator_nonpositive"]) == (None, [], 1.0)
    asked = result.to_dict()["questions"]["dear_2025_03"]
    assert (asked["probability"], asked["probability_upper"]) == (0.0, 1.0)
