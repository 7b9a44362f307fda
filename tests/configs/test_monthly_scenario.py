"""2024 and 2025 by month: tables add up, judgements are what they say, and plain NumPy gives the same."""

from __future__ import annotations

import calendar
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import yaml
from scipy.stats import norm

import contested
from contested.language.periods import parse_period
from contested.language.reading import read
from contested.series.monthly_table import read_monthly
from contested.series.months import months_between
from contested.shapes.fitting import fit

CONFIGS = Path(__file__).parents[2] / "configs"
MONTHLY = CONFIGS / "monthly.yaml"
MONTHS = list(months_between(date(2024, 1, 1), date(2025, 12, 1)))
BASELINE = 8  # of the 21 windows of four months, September to December 2024 is the ninth
WORLDS = 50_000


def column(name: str, table: str = "monthly") -> np.ndarray:
    """The 24 months of a column, shape (24,)."""
    figures = read_monthly(CONFIGS / "data" / f"{table}.csv").columns[name]
    return np.array([figures[month] for month in MONTHS])


def moved(name: str) -> np.ndarray:
    """How far a level of Kursk moved in each month, shape (24,)."""
    figures = read_monthly(CONFIGS / "data" / "kursk.csv").columns[name]
    levels = [figures[month] for month in (date(2023, 12, 1), *MONTHS)]
    return np.diff(levels)


def over(months: np.ndarray, length: int) -> np.ndarray:
    """Sums over all windows of a length, along the last axis."""
    return np.stack([months[..., at : at + length].sum(-1) for at in range(25 - length)], axis=-1)


def four(months: np.ndarray) -> np.ndarray:
    """Sums over all windows of four months, along the last axis."""
    return over(months, 4)


@pytest.fixture(scope="module")
def register():
    return yaml.safe_load((CONFIGS / "register.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scenario():
    return contested.load(MONTHLY)


@pytest.fixture(scope="module")
def result(scenario):
    return scenario.run()


@pytest.fixture(scope="module")
def by_source(scenario):
    """Tolls, dead and areas by source, world and month, (worlds, 24), with the formulas written by hand."""
    study, rng = scenario.study, np.random.default_rng(20251231)

    def given(name: str, months: int = 1) -> np.ndarray:
        return fit(study.inputs[name].statement.form, 0.9).shape.ppf(rng.random((WORLDS, months)))

    years = column("day_years", "calendar") / column("days", "calendar")
    dead = column("dead") + given("registry_score") * (column("dead_high") - column("dead_low")) / 3.92
    dead = dead + column("days_beyond", "calendar") * given("dead_a_day")
    toll_error = given("level") * given("drift") ** years * given("scatter", 24)
    map_error = given("map_level") * given("map_drift") ** years
    ukraine, theatre = given("map_scatter", 24), given("map_scatter", 24)
    maps = {name: column(name) for name in ("isw", "isw_with_claimed", "deepstate")}
    kursk = {name: moved(f"{name}_held") for name in ("isw", "deepstate")}
    return {
        "casualties": {
            "ukrainian": column("general_staff") * given("kyiv_error") * toll_error,
            "economist": column("economist") * given("meta_error") * toll_error,
            "osint": dead * (1 + given("wounded_per_dead")) * toll_error,
        },
        "killed": {"osint": dead * given("scatter", 24)},
        "area": {
            name: (gained + ukraine * np.sqrt(np.abs(gained))) * map_error for name, gained in maps.items()
        },
        "theatre": {
            name: (maps[name] - held + theatre * np.sqrt(np.abs(maps[name]) + np.abs(held))) * map_error
            for name, held in kursk.items()
        },
    }


@pytest.fixture(scope="module")
def drawn(by_source):
    """The same, each world with the source that it takes to be right, by the default weighting."""
    rng = np.random.default_rng(20251232)

    def pooled(name: str, *shares: float) -> np.ndarray:
        return np.choose(rng.choice(len(shares), (WORLDS, 1), p=shares), list(by_source[name].values()))

    return {
        "casualties": pooled("casualties", 0.25, 0.25, 0.5),
        "killed": by_source["killed"]["osint"],
        "area": pooled("area", 0.25, 0.25, 0.5),
        "theatre": pooled("theatre", 0.5, 0.5),
    }


@pytest.fixture(scope="module")
def judged():
    """What 2025.yaml judges of 2024 and 2025, by source and world, each (worlds, 2)."""
    study, rng = contested.load(CONFIGS / "2025.yaml").study, np.random.default_rng(20251233)

    def given(name: str, chances: np.ndarray) -> np.ndarray:
        return fit(study.inputs[name].statement.form, 0.9).shape.ppf(chances)

    def own(name: str) -> np.ndarray:  # for each figure
        return given(name, rng.random((WORLDS, 2)))

    def shared(name: str) -> np.ndarray:
        return given(name, rng.random((WORLDS, 1)))

    (rank,) = {one.value for one in study.correlations}
    normal = rng.standard_normal((WORLDS, 2))
    pearson = 2 * np.sin(np.pi * rank / 6)
    normal[:, 1] = pearson * normal[:, 0] + np.sqrt(1 - pearson**2) * normal[:, 1]
    dead = np.stack(
        [
            fit(study.facts[f"deaths-{year}"].statement.form, 0.9).shape.ppf(norm.cdf(normal[:, index]))
            for index, year in enumerate((2024, 2025))
        ],
        axis=1,
    )
    dead[:, 1] += shared("dead_at_year_end")[:, 0]
    drift, map_error = own("drift"), own("map_error")
    ground = ("isw", "isw_with_claimed", "deepstate")
    return {
        "casualties": {
            "ukrainian": years_of(column("general_staff")) * shared("gs_error") * drift,
            "economist": years_of(column("economist")) * shared("meta_error") * drift,
            "osint": dead * (1 + shared("wounded_per_dead")) * drift,
        },
        "killed": {"osint": dead},
        "area": {name: years_of(column(name)) * map_error for name in ground},
        "theatre": {
            name: years_of(column(name) - moved(f"{name}_held")) * map_error for name in ("isw", "deepstate")
        },
    }


def years_of(months: np.ndarray) -> np.ndarray:
    """Sums over 2024 and over 2025, along the last axis."""
    return np.stack([months[..., :12].sum(-1), months[..., 12:].sum(-1)], axis=-1)


def widths(years: np.ndarray) -> dict[str, float]:
    """The spreads in logs that 90 % intervals have: of each year, their sum and their ratio."""
    of = {
        "2024": years[:, 0],
        "2025": years[:, 1],
        "sum": years.sum(1),
        "ratio": years[:, 1] / years[:, 0],
    }
    return {name: spread(sample) for name, sample in of.items()}


def spread(sample: np.ndarray) -> float:
    """The standard deviation in logs of a lognormal with this 90 % interval."""
    low, high = np.quantile(sample, [0.05, 0.95])
    return float(np.log(high / low) / (2 * norm.ppf(0.95)))


def ends(sample: np.ndarray) -> list[float]:
    return list(np.quantile(sample, [0.05, 0.5, 0.95]))


# --- Its tables --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "entry", "tolerance"),
    [
        ("general_staff", "gs-2024", 0),
        ("general_staff", "gs-2025", 0),
        ("uk_mod", "uk-mod-2024", 0),
        ("uk_mod", "uk-mod-2025", 0),
        ("economist", "economist-2024", 0.5),
        ("economist", "economist-2025", 0.5),
        ("dead", "deaths-2024", 0.5),
        ("dead", "deaths-2025", 0.5),
        ("isw", "isw-layers-2024", 0.5),
        ("isw", "isw-layers-2025", 0.5),
        ("isw_kursk", "isw-kursk-2025", 0.5),
        ("deepstate", "deepstate-2024", 0.5),
    ],
)  # fmt: skip
def test_months_sum_to_the_year_to_the_last_person(name, entry, tolerance, register):
    """Or to the rounding of what the register has, where the months are no whole numbers."""
    stated = register[entry]
    year = stated["period"] if isinstance(stated["period"], int) else int(str(stated["period"])[:4])
    months = column(name)[:12] if year == 2024 else column(name)[12:]
    total = stated.get("value", stated.get("best"))
    assert months.sum() == pytest.approx(total, abs=tolerance + 1e-6)


def test_by_quarter_it_reads_the_sums_of_its_months(scenario, tmp_path):
    quarters = _by_quarter(tmp_path)
    assert len(quarters.each.periods) == 8
    for name, repeated in scenario.study.each.inputs.items():
        months = [scenario.study.inputs[one].statement for one in repeated.names]
        if months[0].series is None:
            continue
        read_months = np.array([statement.form.value for statement in months])
        read_quarters = [
            quarters.inputs[one].statement.form.value for one in quarters.each.inputs[name].names
        ]
        np.testing.assert_allclose(
            read_months.reshape(8, 3).sum(axis=1), read_quarters, rtol=1e-12, atol=1e-9
        )


def _by_quarter(folder: Path):
    text = MONTHLY.read_text(encoding="utf-8")
    for month, quarter in (
        ("\neach: month\n", "\neach: quarter\n"),
        ("of: 2025-01/2025-04\n", "of: 2025-01/2025-06\n"),
        ("over: 2024-09/2024-12\n", "over: 2024-07/2024-12\n"),
    ):
        assert text.count(month) == 1
        text = text.replace(month, quarter)
    (folder / "monthly.yaml").write_text(text, encoding="utf-8")
    (folder / "register.yaml").write_bytes((CONFIGS / "register.yaml").read_bytes())
    (folder / "data").mkdir()
    for name in ("monthly.csv", "kursk.csv", "calendar.csv"):
        (folder / "data" / name).write_bytes((CONFIGS / "data" / name).read_bytes())
    return read(folder / "monthly.yaml")


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("gs-months", "general_staff"),
        ("uk-mod-months", "uk_mod"),
        ("economist-months", "economist"),
        ("deaths-months", "dead"),
        ("isw-layers-months", "isw"),
        ("isw-claimed-months", "isw_with_claimed"),
        ("isw-kursk-months", "isw_kursk"),
        ("deepstate-months", "deepstate"),
    ],
)
def test_the_register_has_each_column_as_the_sum_of_its_months(entry, name, register):
    figures = read_monthly(CONFIGS / "data" / "monthly.csv").columns[name]
    stated = register[entry]
    assert sum(figures.values()) == pytest.approx(stated.get("value", stated.get("best")), abs=0.5)
    period = parse_period(str(stated["period"]))
    told = [month for month, figure in figures.items() if figure]
    assert (period.start, period.end.replace(day=1)) == (min(told), max(figures))


def test_every_column_that_it_reads_is_cited(scenario, register):
    for statement in (entry.statement for entry in scenario.study.inputs.values()):
        if statement.series is not None and statement.series.file.stem != "calendar":
            assert statement.evidence.cites, statement.path
            assert all(cited in register for cited in statement.evidence.cites)


def test_the_calendar_is_the_calendar():
    days = column("days", "calendar")
    assert list(days) == [calendar.monthrange(month.year, month.month)[1] for month in MONTHS]
    # The registry's edition ends on 28 December 2025.
    assert list(column("days_beyond", "calendar")) == [0] * 23 + [3]
    middles = column("day_years", "calendar") / days
    for month, middle, length in zip(MONTHS, middles, days, strict=True):
        year = 366 if month.year == 2024 else 365
        assert middle == pytest.approx(((month - date(2025, 1, 1)).days + length / 2) / year, abs=1e-4)
    assert all(before < after for before, after in pairwise(middles))


def test_what_ukraine_held_in_kursk_by_either_map(register):
    isw, deepstate = moved("isw_held"), moved("deepstate_held")
    august = MONTHS.index(date(2024, 8, 1))
    np.testing.assert_allclose(np.delete(-isw, august), np.delete(column("isw_kursk"), august), atol=0.006)
    assert isw[august] == pytest.approx(column("isw_kursk").sum(), abs=0.01)
    for entry, months in (
        ("kursk-2024-aug", slice(august, august + 1)),
        ("kursk-2024-sep-dec", slice(8, 12)),
        ("kursk-2025-jan-apr", slice(12, 16)),
        ("kursk-2025-jan", slice(12, 13)),
        ("kursk-2025-to-aug-1", slice(12, 19)),
        ("kursk-months", slice(0, 19)),
    ):
        assert -deepstate[months].sum() == pytest.approx(register[entry]["value"], abs=0.5), entry
    apart = (np.cumsum(isw) - np.cumsum(deepstate))[august + 1 : 16]
    assert (np.abs(apart).min(), np.abs(apart).max()) == pytest.approx((7.05, 146.35))
    assert np.abs(apart / np.cumsum(deepstate)[august + 1 : 16]).max() < 0.25


# --- Its judgements ----------------------------------------------------------------------------------------


def test_the_scatter_of_maps_is_what_the_table_says(scenario):
    """The monthly differences of ISW and DeepState: their size, how it goes with the ground, their sums."""
    isw, deepstate = column("isw"), column("deepstate")
    apart, ground = isw - deepstate, (isw + deepstate) / 2
    small = ground < 230
    assert (apart[small].std(ddof=1), apart[~small].std(ddof=1)) == pytest.approx((37, 95), abs=0.5)
    assert isw.sum() / deepstate.sum() == pytest.approx(1.101, abs=0.0005)
    yearly = np.log(years_of(isw) / years_of(deepstate))
    assert yearly[1] - yearly[0] == pytest.approx(0.03, abs=0.005)
    beyond = apart - apart.sum() / ground.sum() * ground
    of_root = (beyond / np.sqrt(ground)).std(ddof=1)
    assert of_root == pytest.approx(4.2, abs=0.05)
    stated = scenario.study.inputs["map_scatter"].statement
    assert (stated.form.amount, stated.unit.text) == (4.9, "km")
    assert of_root / np.sqrt(2) * 1.645 == pytest.approx(stated.form.amount, abs=0.05)

    def misfit(power: float) -> float:
        """Twice the negative log-likelihood where the normal spread goes with a power of the ground."""
        scaled = beyond / ground**power
        return float(len(scaled) * np.log(scaled.var()) + 2 * power * np.log(ground).sum())

    assert misfit(0.5) < min(misfit(0), misfit(1)) - 4
    independent = np.random.default_rng(20251231).standard_normal((20_000, 24)) * apart.std(ddof=1)
    for months, found, apart_alone in ((4, 162, 143), (6, 173, 161), (12, 114, 158)):
        assert over(apart, months).std(ddof=1) == pytest.approx(found, abs=0.5)
        alike = over(independent, months).std(axis=-1, ddof=1).mean()
        assert alike == pytest.approx(apart_alone, abs=1.5)


def test_drift_and_scatter_of_tolls_are_what_the_table_says():
    years = np.arange(24) / 12
    dead = column("dead") + column("days_beyond", "calendar") * 1450 / 3
    for count, year, scatter, neighbours in (
        (column("economist"), 0.11, 0.15, 0.3),
        (dead, 0.17, 0.12, 0.7),
    ):
        log = np.log(count / column("general_staff"))
        beyond = log - np.polyval(np.polyfit(years, log, 1), years)
        assert beyond.std(ddof=2) == pytest.approx(scatter, abs=0.005)
        assert (beyond[1:] * beyond[:-1]).sum() / (beyond**2).sum() == pytest.approx(neighbours, abs=0.02)
        totals = np.log(years_of(count) / years_of(column("general_staff")))
        assert totals[1] - totals[0] == pytest.approx(year, abs=0.006)
        windows = np.log(four(count) / four(column("general_staff")))
        assert np.sqrt(((windows[4:] - windows[:-4]) ** 2).mean()) == pytest.approx(0.14, abs=0.005)


def test_two_counts_come_apart_from_window_to_window_as_they_are_seen_to(by_source):
    """By 0.14 between neighbouring windows of four months; in a month by 0.18, which is more than is seen."""
    errors = by_source["casualties"]["ukrainian"] / column("general_staff")
    windows = np.log(four(errors))
    between = (windows[:, 4:] - windows[:, :-4]).std() * np.sqrt(2)  # two counts, each with its own
    assert between == pytest.approx(0.14, abs=0.003)
    slopes = np.diff(np.log(errors), axis=1)  # of neighbours: two scatters, and a twelfth of the drift
    assert slopes.std() == pytest.approx(0.18, abs=0.003)


def test_its_years_are_as_wide_as_those_of_the_year_s_own_scenario_by_source(by_source, judged):
    """A year, the sum of both and their ratio, to what its comments say."""
    for name, sources in judged.items():
        for source, years in sources.items():
            theirs, ours = widths(years), widths(years_of(by_source[name][source]))
            for what, width in theirs.items():
                beside = EXCEPTED.get((name, source, what), EXCEPTED.get((name, "", what), 1.0))
                within = 0.025 if name == "casualties" else 0.03 if beside != 1 else 0.08
                assert ours[what] / width == pytest.approx(beside, abs=within), (name, source, what)


EXCEPTED = {  # how wide ours are beside theirs, where the comments say that they differ
    ("casualties", "osint", "ratio"): 0.92,
    ("killed", "osint", "2024"): 1.22,
    ("killed", "osint", "2025"): 1.09,
    ("killed", "osint", "sum"): 1.12,
    ("killed", "osint", "ratio"): 1.19,
    ("theatre", "", "2024"): 1.33,
    ("theatre", "", "sum"): 1.075,
    ("theatre", "", "ratio"): 1.135,
}


def test_no_month_is_surer_than_its_own_error(by_source):
    """Of Kyiv's count 26 per cent either way at the turn of the years, and 37 at the window's ends."""
    months = by_source["casualties"]["ukrainian"]
    within = [np.exp(norm.ppf(0.95) * spread(months[:, at])) - 1 for at in (11, 12, 0, 23)]
    assert within == pytest.approx([0.26, 0.26, 0.37, 0.37], abs=0.01)
    assert spread(months.sum(1)) * norm.ppf(0.95) == pytest.approx(0.12, abs=0.005)


def test_december_2025_has_the_three_days_that_the_year_s_own_scenario_adds(scenario, by_source):
    stated = scenario.study.inputs["dead_a_day"].statement.form
    theirs = contested.load(CONFIGS / "2025.yaml").study.inputs["dead_at_year_end"].statement.form
    assert 3 * stated.mean == pytest.approx(theirs.best, rel=0.001)
    added = norm(3 * stated.mean, 3 * stated.sd).ppf([0.025, 0.975])
    assert added == pytest.approx([theirs.low, theirs.high], rel=0.001)
    december = np.median(by_source["killed"]["osint"][:, -1])
    assert december == pytest.approx(column("dead")[-1] + 1450, rel=0.01)


def test_its_years_are_those_of_the_year_s_own_scenario(drawn):
    """Pooled, in place as in width."""
    year = contested.load(CONFIGS / "2025.yaml").run()
    halves = {name: years_of(months) for name, months in drawn.items()}
    ratio = halves["casualties"] / halves["area"]
    for name, sample in (
        ("per_km2", ratio[:, 1]),
        ("per_km2_2024", ratio[:, 0]),
        ("per_km2_with_kursk", halves["casualties"][:, 1] / halves["theatre"][:, 1]),
        ("per_day", halves["casualties"][:, 1] / 365),
        ("rise", ratio[:, 1] / ratio[:, 0]),
        ("toll_pace", halves["casualties"][:, 1] / halves["casualties"][:, 0]),
        ("ground_pace", halves["area"][:, 1] / halves["area"][:, 0]),
        ("killed_per_km2", halves["killed"][:, 1] / halves["area"][:, 1]),
    ):
        theirs = [year[name].quantile(p) for p in (0.05, 0.5, 0.95)]
        assert ends(sample) == pytest.approx(theirs, rel=0.04), name


# --- What it gives -----------------------------------------------------------------------------------------


def test_it_has_every_month_and_its_comparisons(scenario):
    each = scenario.study.each
    assert (each.step, len(each.periods)) == ("month", 24)
    assert {name: (one.of.text, one.over.text) for name, one in each.compared.items()} == {
        "isw": ("2025-01/2025-04", "2024-09/2024-12"),
        "years": ("2025-01/2025-12", "2024-01/2024-12"),
    }


@pytest.mark.slow
@pytest.mark.parametrize("month", ["2024_05", "2024_11", "2025_03", "2025_12"])
def test_a_month_agrees_with_plain_numpy(result, drawn, month):
    """To 2 %: 50,000 worlds of NumPy leave about 0.7 % of error on an end, the run half of one per cent."""
    at = [f"{one:%Y_%m}" for one in MONTHS].index(month)
    casualties, killed, area, theatre = (
        drawn[name][:, at] for name in ("casualties", "killed", "area", "theatre")
    )
    days = column("days", "calendar")[at]
    for name, sample in (
        ("per_km2", casualties / area),
        ("per_km2_with_kursk", casualties / theatre),
        ("per_day", casualties / days),
        ("ground_per_day", area / days),
        ("killed_per_km2", killed / area),
    ):
        ours = [result[f"{name}_{month}"].quantile(p) for p in (0.05, 0.5, 0.95)]
        assert ours == pytest.approx(ends(sample), rel=0.02), name


@pytest.mark.slow
def test_months_that_have_no_ratio(result):
    """Where the maps hardly moved, and the August in which ground was lost in Kursk oblast."""
    without = {
        name: [f"{month:%Y-%m}" for month in MONTHS if not result[f"{name}_{month:%Y_%m}"].estimable]
        for name in ("per_km2", "per_km2_with_kursk", "killed_per_km2", "per_day")
    }
    assert without == {
        "per_km2": ["2024-01", "2024-03"],
        "per_km2_with_kursk": ["2024-01", "2024-03", "2024-08"],
        "killed_per_km2": ["2024-01", "2024-03"],
        "per_day": [],
    }
    august = result.to_dict()["estimates"]["per_km2_with_kursk_2024_08"]
    assert august["denominator_nonpositive"] > 0.999 and august["intervals"] == []
    assert column("isw")[7] - moved("isw_held")[7] == pytest.approx(-790, abs=0.5)
    assert column("deepstate")[7] - moved("deepstate_held")[7] == pytest.approx(-545, abs=0.5)


def test_what_its_comment_says_of_the_baseline(drawn):
    """Ground per casualty, which stays finite where ground was lost: the more the cheaper."""
    casualties = four(drawn["casualties"])
    theatre, ukraine = (four(drawn[name]) / casualties for name in ("theatre", "area"))
    order = np.argsort(-np.median(theatre, axis=0))
    assert order[0] == BASELINE
    alone = np.argsort(-np.median(ukraine, axis=0))
    assert (int(alone[0]), int(np.flatnonzero(alone == BASELINE)[0]) + 1) == (
        16,
        7,
    )  # from May 2025; the seventh
    baseline, spring = 1 / theatre[:, BASELINE], 1 / theatre[:, 12]
    assert ends(baseline) == pytest.approx([51, 69, 99], rel=0.02)
    assert ends(spring) == pytest.approx([80, 115, 180], rel=0.02)
    assert ends(spring / baseline) == pytest.approx([1.27, 1.67, 2.19], rel=0.02)
    assert (theatre.argmax(1) == BASELINE).mean() == pytest.approx(0.47, abs=0.01)
    dearer = np.delete((theatre < theatre[:, [BASELINE]]).mean(axis=0), BASELINE)
    assert dearer.min() == pytest.approx(0.64, abs=0.01)
    years = years_of(drawn["casualties"]) / years_of(drawn["theatre"])
    assert ends(years[:, 0]) == pytest.approx([101, 141, 196], rel=0.02)
    assert ends(years[:, 1]) == pytest.approx([65, 87, 130], rel=0.02)
    layers, retaken = four(column("isw")), four(column("isw_kursk"))
    assert (retaken[BASELINE], layers[BASELINE] + retaken[BASELINE]) == pytest.approx((585, 2726), abs=0.5)


@pytest.mark.slow
def test_what_its_comment_says_of_pace(drawn, result):
    """From the one window to the other casualties a day stayed and ground a day fell."""
    days = four(column("days", "calendar"))

    def pace(name: str) -> list[float]:
        a_day = four(drawn[name]) / days
        return ends(a_day[:, 12] / a_day[:, BASELINE])

    assert pace("casualties") == pytest.approx([0.82, 0.98, 1.17], rel=0.02)
    assert pace("area") == pytest.approx([0.36, 0.50, 0.70], rel=0.02)
    a_day = [result[f"per_day_{month}"].quantile(0.5) for month in ("2024_12", "2025_10")]
    assert a_day == pytest.approx([1600, 960], rel=0.02)
    ground = np.median(four(drawn["area"]) / days, axis=0)
    assert (ground[BASELINE], ground[16]) == pytest.approx((17, 17), abs=0.5)
    march = [
        result[f"{name}_2025_03"].quantile(p)
        for name in ("per_km2", "per_km2_with_kursk")
        for p in (0.05, 0.5, 0.95)
    ]
    assert march == pytest.approx([122, 250, 567, 52, 82, 140], rel=0.03)
