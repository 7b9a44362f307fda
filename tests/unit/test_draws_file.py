"""Every number of a result can be worked out again from the file of its worlds, and no byte of it varies."""

from __future__ import annotations

import io
import json
import sys
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import contested
from contested.answers.result import Result
from contested.engine.precision import sectioning
from contested.errors import ContestedError
from contested.report.draws_file import COLUMNS, METADATA, draws_file, refuse_without_parquet
from sample_scenarios import BOUNDS, EXACT, EXACT_OR_BOUND, HUMPS, RANGES, VANISHING, written

parquet = pytest.importorskip("pyarrow.parquet")

Frame = Any


def _file(result: Result) -> bytes:
    stream = io.BytesIO()
    draws_file(result)(stream)
    return stream.getvalue()


def _frame(result: Result) -> Frame:
    return parquet.read_table(io.BytesIO(_file(result))).to_pandas()


def _told(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(parquet.read_schema(io.BytesIO(_file(result))).metadata[METADATA])
    return found


def _quantile(rows: Frame, p: float) -> float:
    """As the file's metadata says: the smallest value at which the weights up to it reach p of their sum."""
    rows = rows.sort_values("value")
    upto = rows["weight"].to_numpy().cumsum()
    return float(rows["value"].to_numpy()[np.searchsorted(upto, (p - 1e-9) * upto[-1])])


def _ran(folder: Path, text: str, **settings: Any) -> Result:
    return contested.load(written(folder, text)).run(**settings)


@pytest.mark.parametrize("text", [RANGES, HUMPS, EXACT])
def test_medians_and_ends_are_those_of_the_result(tmp_path: Path, text: str) -> None:
    """To rounding, since weights are summed one by one: the smallest of 300,000 is 1e-6."""
    result = _ran(tmp_path, text, kind="equal-tailed")
    document, frame = json.loads(result.to_json()), _frame(result)
    for kind, name in [("estimate", name) for name in result.estimates] + [
        ("figure", n) for n in result.figures
    ]:
        rows, found = frame[(frame.kind == kind) & (frame.name == name)], document[f"{kind}s"][name]
        assert _quantile(rows, 0.5) == found["median"]
        for interval in found["intervals"]:
            level = interval["level"]
            assert _quantile(rows, (1 - level) / 2) == interval["low"]
            assert _quantile(rows, (1 + level) / 2) == interval["high"]
        for dispute, sources in found["by_source"].items():
            for source, alone in sources.items():
                assert _quantile(rows[rows[f"source_{dispute}"] == source], 0.5) == alone["median"]


def test_probabilities_and_their_errors_are_those_of_the_result(tmp_path: Path) -> None:
    result = _ran(tmp_path, RANGES)
    frame = _frame(result)
    rows = frame[frame.kind == "question"]
    each = [np.average(own.value, weights=own.weight) for _, own in rows.groupby("replicate")]
    whole = np.average(rows.value, weights=rows.weight)
    assert whole == pytest.approx(result.questions["over"].value, rel=1e-12)
    assert float(sectioning(np.array(each), whole)) == pytest.approx(result.questions["over"].mcse, rel=1e-9)


def test_what_stands_in_for_a_ratio_is_there(tmp_path: Path) -> None:
    result = _ran(tmp_path, VANISHING)
    answer, frame = result.estimates["per_km2"], _frame(result)
    rows = frame[frame.name == "per_km2"]
    possible = rows[rows.denominator_positive]
    assert len(possible) < len(rows)
    assert _quantile(possible, 0.5) == answer.given_positive_denominator.median
    inverse = rows.assign(value=1000 / rows.value)  # km² for 1,000 people
    assert _quantile(inverse, 0.5) == pytest.approx(answer.inverse.median, rel=1e-12)
    asked = frame[frame.kind == "question"]
    true = asked.value * asked.denominator_positive
    assert np.average(true, weights=asked.weight) == pytest.approx(result.questions["over"].value, rel=1e-12)


def test_rows_of_one_world_are_of_one_world(tmp_path: Path) -> None:
    """A ratio is that of its figures, world by world, and its weight the product of its sources'."""
    result = _ran(tmp_path, RANGES)
    frame = _frame(result)
    world = ["replicate", "world"]
    numbers = np.arange(result.run.worlds // 16)
    assert all(
        (own.world == numbers).all()
        for _, own in frame[frame.name == "area"][: 16 * numbers.size].groupby("replicate")
    )
    toll = frame[(frame.name == "casualties") & (frame.source_toll == "osint")].set_index(world)
    area = frame[(frame.name == "area") & (frame.source_map == "isw")].set_index(world)
    ratio = frame[
        (frame.name == "per_km2") & (frame.source_toll == "osint") & (frame.source_map == "isw")
    ].set_index(world)
    np.testing.assert_allclose((toll.value / area.value).loc[ratio.index], ratio.value, rtol=1e-14)
    assert set(ratio.weight) == {toll.weight.iloc[0] * area.weight.iloc[0]}
    assert toll.source_map.isna().all()
    assert set(ratio.unit) == {"person/km²"}


def test_the_metadata_say_what_the_file_is_of(tmp_path: Path) -> None:
    result = _ran(tmp_path, RANGES).under("trust_osint")
    told, document = _told(result), json.loads(result.to_json())
    assert (told["scenario"], told["weighting"], told["weights"]) == (
        "sample",
        "trust_osint",
        document["weights"],
    )
    assert told["sampling"] == document["sampling"]
    assert told["provenance"].items() <= document["provenance"].items()
    assert {"seed", "version", "scenario_sha256"} <= told["provenance"].keys()
    frame = _frame(result)
    assert list(told["columns"]) == sorted(frame.columns)
    assert COLUMNS.keys() <= told["columns"].keys()
    both = next(each["weights"] for each in told["strata"] if each["disputes"] == ["map", "toll"])
    for stratum in both:
        own = frame[(frame.name == "per_km2")]
        for dispute, source in stratum["sources"].items():
            own = own[own[f"source_{dispute}"] == source]
        assert set(own.weight) == {stratum["weight"]}
    assert sum(stratum["weight"] for stratum in both) == pytest.approx(1)
    units = {each["name"]: each["unit"] for each in told["quantities"]}
    assert units == {"per_km2": "person/km²", "casualties": "person", "area": "km²", "over": "true"}


def test_what_has_no_worlds_is_named(tmp_path: Path) -> None:
    bounded = _ran(tmp_path, BOUNDS)
    assert len(_frame(bounded)) == 0
    assert _told(bounded)["without_worlds"] == [
        f"{name}: rests on a one-sided bound"
        for name in (
            "estimates.per_km2",
            "figures.ground",
            "figures.toll",
            "questions.open",
            "questions.settled",
        )
    ]
    assert _told(_ran(tmp_path, EXACT_OR_BOUND))["quantities"] == []


def test_no_name_in_a_scenario_takes_a_column_s(tmp_path: Path) -> None:
    text = EXACT.replace("toll", "value")
    frame = _frame(_ran(tmp_path, text))
    assert set(frame[frame.name == "casualties"].source_value) == {"kyiv", "skeptic"}
    assert frame.value.dtype == np.float64


def test_hostile_titles_are_kept_as_text(tmp_path: Path) -> None:
    title = "=1+1 <script> 😀 \u202e “"
    result = _ran(tmp_path, EXACT.replace("Casualties per km² gained", json.dumps(title, ensure_ascii=False)))
    assert _told(result)["quantities"][0]["title"] == title


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    assert _file(_ran(tmp_path, RANGES)) == _file(_ran(tmp_path, RANGES))


def test_one_stratum_at_a_time_is_in_memory(tmp_path: Path) -> None:
    result = _ran(tmp_path, RANGES, tolerance=0.002)
    stored = parquet.ParquetFile(io.BytesIO(_file(result)))
    strata = 4 + 2 + 2 + 4  # of the estimate, the two figures and the question
    assert stored.num_row_groups == strata
    assert {stored.metadata.row_group(i).num_rows for i in range(strata)} == {result.run.worlds}
    tracemalloc.start()
    draws_file(result)(io.BytesIO())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    a_row = 8 + 8 + 4 + 2 + 1  # bytes, of what varies
    assert most < 4 * a_row * result.run.worlds + 2e6


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ContestedError, match=r"--draws needs pyarrow: pip install 'contested\[parquet\]'"):
        refuse_without_parquet()
