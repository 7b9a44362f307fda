"""The table as CSV: every digit, and nothing that a spreadsheet would compute."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import contested
from contested.answers.table import COLUMNS
from contested.answers.table import rows as tidy
from contested.report.csv_table import csv_text
from sample_scenarios import EXACT, RANGES, written


def _rows(folder: Path, text: str) -> list[dict[str, str]]:
    return list(
        csv.DictReader(StringIO(csv_text(COLUMNS, tidy(contested.load(written(folder, text)).run()))))
    )


def test_numbers_come_back_to_the_last_bit(tmp_path: Path) -> None:
    result = contested.load(written(tmp_path, RANGES)).run()
    rows = list(csv.DictReader(StringIO(csv_text(COLUMNS, tidy(result)))))
    assert tuple(rows[0]) == COLUMNS
    first = next(row for row in rows if row["level"] == "0.9" and row["source"] == "")
    interval = result.estimates["per_km2"].interval(0.9)
    assert (float(first["low"]), float(first["high"])) == (interval.low, interval.high)
    assert float(first["median"]) == result.estimates["per_km2"].quantile(0.5)


def test_it_has_as_many_rows_as_the_data_frame(tmp_path: Path) -> None:
    result = contested.load(written(tmp_path, RANGES)).run()
    assert len(csv_text(COLUMNS, tidy(result)).splitlines()) == 1 + len(result.table())


@pytest.mark.parametrize(
    "title",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        " =1+1",
        "\u3000=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(A1)",
        "\u22121",
        "'=1",
    ],
)
def test_text_that_a_spreadsheet_would_compute_is_defused(tmp_path: Path, title: str) -> None:
    titles = {
        row["title"] for row in _rows(tmp_path, EXACT.replace("title: At least 99", f'title: "{title}"'))
    }
    assert f"'{title}" in titles
    assert title not in titles


@pytest.mark.parametrize("title", ["\tfoo", "\rfoo", "\nfoo", "\0foo", "\ufeff=1", "\u200b@x", '"=1'])
def test_what_some_programs_drop_before_they_look_is_defused(title: str) -> None:
    assert _read(title) == [f"'{title}"]


@pytest.mark.parametrize("title", ["Casualties; -5 % a month", "a\t=1", "a\r\n=1", "a;“b”;\u200b＝1", "x|@y"])
def test_what_follows_where_some_locales_part_cells_is_defused_too(title: str) -> None:
    [found] = _read(title)
    assert found != title
    assert found.replace("'", "") == title


@pytest.mark.parametrize("title", ["", "a-b", "a = b; c", "5 + 3", "Кількість", "100 %", "“=1”", "a;b|c"])
def test_other_text_is_left_alone(title: str) -> None:
    assert _read(title) == [title]


def _read(title: str) -> list[str]:
    [line] = list(csv.reader(StringIO(csv_text(["title"], [{"title": title}]), newline="")))[1:] or [[""]]
    return line or [""]


_TEXTS = st.text(st.sampled_from("=+-@＝a1 ;,|\t\r\n\"'\u200b\u3000"), max_size=8)


@given(st.lists(_TEXTS, min_size=1, max_size=3), st.sampled_from([",", ";", "\t", "|"]))
def test_no_text_makes_a_formula_whatever_parts_cells(texts: list[str], delimiter: str) -> None:
    columns = [f"c{i}" for i in range(len(texts))]
    text = csv_text(columns, [dict(zip(columns, texts, strict=True))])
    for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
        for cell in row:
            seen = cell.lstrip(' \t\r\n\u3000\u200b"')
            assert not seen.startswith(("=", "+", "-", "@", "＝"))


def test_negative_numbers_are_left_alone(tmp_path: Path) -> None:
    below = EXACT.replace(
        "formula: casualties / area, unit: person/km²", "formula: 1 - casualties / (2 * casualties) * 4"
    )
    medians = {row["median"] for row in _rows(tmp_path, below.replace("per_km2 >= 99", "per_km2 >= -1"))}
    assert "-1.0" in medians
