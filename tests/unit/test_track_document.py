"""A track as JSON and as a table: the same numbers, under keys that stay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contested.answers.track_table import COLUMNS, rows
from months import WHY, by_month, compared, disputed, tracked

TOLL = [26220.0, 25430.0, 27910.0, 26080.0]
GROUND = [78.9, -120.0, 308.3, 123.5]
SLIP = {"slip": {"mean": 0, "sd": 60, "unit": "km²", "drawn": "per_figure", **WHY}}
POINT = {
    "period", "first", "last", "estimable", "median", "median_mcse", "intervals", "denominator_nonpositive",
    "by_source", "by_weighting", "inverse",
}  # fmt: skip


@pytest.fixture
def file(tmp_path: Path) -> Path:
    claims = disputed(
        casualties={"kyiv": "toll", "osint": "toll * 0.5"},
        area={"isw": "ground + slip", "deepstate": "ground"},
    )
    return by_month(
        tmp_path, {"toll": TOLL, "ground": GROUND}, inputs=SLIP, **claims, default="lines",
        weightings={"lines": {"whose_casualties": {"kyiv": 3, "osint": 1}}},
        questions={"dear": {"title": "At least 210", "formula": "per_km2 >= 210"}},
        sampling={"tolerance": 0.02}, **compared(two=("2024-03/2024-04", "2024-01")),
    )  # fmt: skip


def test_its_keys_are_those_that_are_documented(file: Path) -> None:
    text = tracked(file).to_json()
    document = json.loads(text, parse_constant=pytest.fail)  # no NaN, no Infinity
    assert document.keys() == {
        "scenario", "title", "as_of", "weighting", "weights", "rule", "each", "window", "estimates",
        "questions", "compared", "left_out", "sampling", "provenance",
    }  # fmt: skip
    assert (document["each"], document["window"], document["left_out"]) == ("month", "2024-01/2024-04", [])
    (compared_,) = document["compared"]
    assert compared_ == {
        "name": "two",
        "title": "Mar–Apr 2024 over Jan 2024",
        "of": "2024-03/2024-04",
        "over": "2024-01",
    }
    assert list(document["estimates"]) == ["people", "per_km2"]
    trail = document["estimates"]["per_km2"]
    assert trail.keys() == {
        "title",
        "unit",
        "inverse_unit",
        "periods",
        "sums",
        "without_total",
        "comparisons",
    }
    assert (trail["unit"], trail["inverse_unit"]) == ("person/km²", "km²/(1000 person)")
    assert [point["period"] for point in trail["periods"]] == ["2024-01", "2024-02", "2024-03", "2024-04"]
    assert [point["period"] for point in trail["sums"]] == ["2024-01/2024-04", "2024-03/2024-04"]
    for point in (*trail["periods"], *trail["sums"]):
        extra = set() if point["estimable"] else {"given_positive_denominator"}
        assert point.keys() == POINT | extra
        assert point["by_source"].keys() == {"whose_casualties", "whose_area"}
        assert point["by_weighting"].keys() == {"lines", "even"}
        assert point["inverse"].keys() == {"unit", "median", "median_mcse", "intervals"}
    assert (trail["periods"][1]["first"], trail["periods"][1]["last"]) == ("2024-02-01", "2024-02-29")
    two = trail["comparisons"]["two"]
    assert two.keys() == {"title", "of", "over", "ratio", "probability_higher", "standing"}
    assert (two["of"], two["over"]) == ("2024-03/2024-04", "2024-01")
    assert {"probability", "mcse", "by_source"} <= two["probability_higher"].keys()
    assert two["standing"]["of"].keys() == {
        "window", "count", "rank", "by_combination", "lowest", "highest", "likeliest_lowest",
        "likeliest_highest", "tied", "said", "reciprocal", "unit", "medians",
    }  # fmt: skip
    assert (two["standing"]["of"]["count"], two["standing"]["over"]["count"]) == (3, 4)
    assert len(two["standing"]["of"]["by_combination"]) == 4
    assert document["questions"]["dear"].keys() == {"title", "periods"}
    assert document["questions"]["dear"]["periods"][0]["period"] == "2024-01"
    assert tracked(file).to_json() == text


def test_a_month_that_lost_ground_has_no_median_and_no_interval(file: Path) -> None:
    month = tracked(file).to_dict()["estimates"]["per_km2"]["periods"][1]
    assert (month["estimable"], month["median"], month["intervals"]) == (False, None, [])
    assert month["denominator_nonpositive"] > 0.98
    assert month["inverse"]["median"] < 0
    # by ISW, whose error is normal, ground may have been gained: -120 + 60 z > 0 in 2.3 % of the worlds
    assert month["given_positive_denominator"]["median"] > 0
    by_deepstate = month["by_source"]["whose_area"]["deepstate"]
    assert by_deepstate["given_positive_denominator"] is None
    assert by_deepstate["denominator_nonpositive"] == 1


def test_a_bound_has_its_value(tmp_path: Path) -> None:
    figures = {"casualties": {"title": "Casualties", "unit": "person", "period": "each", "place": "Ukraine",
                              "agreed": {"value": 20000, "bound": "lower", **WHY}}}  # fmt: skip
    estimates = {"people": {"title": "People", "formula": "casualties", "unit": "person"}}
    track = tracked(by_month(tmp_path, {"ground": GROUND}, figures=figures, estimates=estimates))
    month = track.to_dict()["estimates"]["people"]["periods"][0]
    assert (month["bound"], month["value"], month["by_weighting"]) == (
        "lower", 20000.0, {"even": {"bound": "lower", "value": 20000.0}},
    )  # fmt: skip
    assert {row["status"] for row in rows(track)} == {"lower bound"}


def test_the_table_has_every_number_of_the_json(file: Path) -> None:
    track = tracked(file)
    everything = list(rows(track))
    table = track.table()
    assert tuple(table.columns) == COLUMNS and len(table) == len(everything)

    def found(**wanted: object) -> list[dict[str, Any]]:
        return [row for row in everything if all(row[key] == value for key, value in wanted.items())]

    document = track.to_dict()["estimates"]["per_km2"]
    for point in (*document["periods"], *document["sums"]):
        pooled = [
            row for row in found(kind="estimate", name="per_km2", period=point["period"])
            if row["weighting"] is None and row["source"] is None
        ]  # fmt: skip
        ratios = [row for row in pooled if row["status"] == "estimable"]
        assert [row["median"] for row in ratios] == [point["median"]] * (2 if point["estimable"] else 0)
        inverses = [row for row in pooled if row["status"] == "inverse"]
        assert [row["low"] for row in inverses] == [each["low"] for each in point["inverse"]["intervals"]]
        assert {row["unit"] for row in inverses} == {"km²/(1000 person)"}
        assert bool([row for row in pooled if row["status"] == "not estimable"]) != point["estimable"]
    (ratio, *_) = [row for row in found(kind="comparison", name="per_km2") if row["source"] is None]
    assert ratio["comparison"] == "two"
    (higher, *_) = found(kind="higher", name="per_km2")
    assert higher["median"] == document["comparisons"]["two"]["probability_higher"]["probability"]
    standings = found(kind="standing", name="per_km2")
    both = document["comparisons"]["two"]["standing"].values()
    ranks = [(each["window"], each["rank"], each["count"]) for each in both]
    assert [(row["period"], row["rank"], row["of_windows"]) for row in standings] == ranks
    assert len([row for row in found(kind="question", name="dear") if row["source"] is None]) == 4


def test_a_month_that_lost_ground_has_no_ratio_in_the_table(file: Path) -> None:
    wanted = {"name": "per_km2", "period": "2024-02", "source": None, "weighting": None}
    month = [row for row in rows(tracked(file)) if wanted.items() <= row.items()]
    assert {row["status"] for row in month} == {"not estimable", "inverse", "given positive denominator"}
    (headline,) = (row for row in month if row["status"] == "not estimable")
    assert headline["median"] is None and headline["denominator_nonpositive"] > 0.98
