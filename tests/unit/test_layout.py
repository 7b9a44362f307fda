"""How lines are set: nothing cut, nothing beyond the width, no markup obeyed."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from contested.report.layout import Heading, Line, Note, Row, set_lines, stacked, wrapped
from contested.report.plain import plain, printable, unisolated

ROWS: list[Line] = [
    Row("", ("median", "50 % interval", "90 % interval")),
    Row("Casualties per km² gained, Jan–Apr 2025 (person/km²)", (), strong=True),
    Row("all, as weighted", ("96", "73 to 120", "50 to 140"), indent=2),
    Row("Whose count of killed and wounded", (), indent=2),
    Row("Independent count of the dead", ("110", "90 to 130", "70 to 160"), indent=4),
]


def test_a_table_in_eighty_columns() -> None:
    assert set_lines(ROWS, width=80, styled=False).splitlines() == [
        "                                            median  50 % interval  90 % interval",
        "Casualties per km² gained, Jan–Apr 2025 (person/km²)",
        "  all, as weighted                              96      73 to 120      50 to 140",
        "  Whose count of killed and wounded",
        "    Independent count of the dead              110      90 to 130      70 to 160",
    ]


def test_names_from_right_to_left_are_apart_in_every_line() -> None:
    sentence = f"30 if one takes “{plain('العربية RTL مصدر ' * 6)}” with “{plain('שלום')}”"
    lines = list(wrapped(sentence, 20))
    assert " ".join(map(unisolated, lines)) == unisolated(sentence).replace("  ", " ")
    assert all(printable(line) == line and cell_len(line) <= 20 for line in lines)
    assert sum("\u2067" in line for line in lines) > 4  # each begins again what the one before it ended


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_nothing_is_wider_than_asked_or_ends_in_spaces(width: int) -> None:
    lines = [*ROWS, Heading("H" * 200), Note("some words " * 30, indent=4), Note("more words " * 30, 2, "-")]
    text = set_lines(stacked(lines, ["50 %", "90 %"], width), width=width, styled=False)
    for line in text.splitlines():
        assert cell_len(line) <= width
        assert line == line.rstrip()


def test_wide_intervals_are_set_one_under_the_other() -> None:
    wide: list[Line] = [
        Row("", ("median", "50 % interval", "90 % interval")),
        Row("The whole war", ("1,000,000", "930,000 to 1,100,000", "830,000 to 1,200,000"), indent=2),
    ]
    assert set_lines(stacked(wide, ["50 %", "90 %"], 72), width=72, styled=False).splitlines() == [
        "                                      median                    interval",
        "  The whole war                    1,000,000  50 %  930,000 to 1,100,000",
        "                                              90 %  830,000 to 1,200,000",
    ]


def test_rows_that_fit_are_left_alone() -> None:
    assert stacked(ROWS, ["50 %", "90 %"], 80) == ROWS


def test_a_bullet_hangs() -> None:
    text = set_lines([Note("one two three four five six seven eight", 2, "-")], width=30, styled=False)
    assert text.splitlines() == ["  - one two three four five", "    six seven eight"]


def test_markup_and_emoji_codes_are_text() -> None:
    hostile = "[red]x[/red] :boom: [link=file:///etc]y[/link]"
    lines: list[Line] = [Heading(hostile), Note(hostile), Row(hostile, (hostile[:9],))]
    text = set_lines(lines, width=100, styled=True)
    assert text.count("[red]x[/red] :boom: [link=file:///etc]y[/link]") == 3
    assert "\x1b]8" not in text


def test_styles_are_bold_alone_and_only_where_asked() -> None:
    lines: list[Line] = [Heading("Title"), Row("Row", ("1",), strong=True)]
    assert "\x1b" not in set_lines(lines, width=80, styled=False)
    styled = set_lines(lines, width=80, styled=True)
    assert "\x1b[1m" in styled
    assert "\x1b[3" not in styled


def test_a_number_and_its_per_cent_sign_stay_together() -> None:
    assert list(wrapped("Kyiv 25 %, OSINT 75 %", 8)) == ["Kyiv", "25 %,", "OSINT", "75 %"]


def test_a_word_that_is_too_long_is_cut() -> None:
    assert list(wrapped("a bcdefghij k", 4)) == ["a", "bcde", "fghi", "j k"]
    assert list(wrapped("", 4)) == [""]


def test_wide_characters_take_two_cells() -> None:
    assert list(wrapped("東京 東京", 4)) == ["東京", "東京"]
