"""Text in pictures: it breaks between words, and ends in an ellipsis where there is no room for it all."""

from __future__ import annotations

import pytest

from contested.report.charts.layers import across, layer, mark
from contested.report.charts.lettering import Hand, Text, written
from contested.report.charts.measuring import ELLIPSIS, width, wrapped
from contested.report.plain import plain, printable

TITLE = "Casualties per km² gained in Ukraine alone, as the General Staff has it"


def test_it_breaks_between_words_and_loses_none() -> None:
    lines = wrapped(TITLE, 150, 13, lines=9)
    assert len(lines) > 2
    assert " ".join(lines) == TITLE
    assert all(width(line, 13) <= 150 for line in lines)


def test_what_does_not_fit_gives_way_to_an_ellipsis() -> None:
    first, second = wrapped(TITLE, 150, 13, lines=2)
    assert second.endswith(ELLIPSIS)
    assert TITLE.startswith(f"{first} {second.removesuffix(ELLIPSIS)}")
    assert width(second, 13) <= 150


def test_a_name_from_right_to_left_that_is_cut_stays_apart() -> None:
    lines = wrapped(f"“{plain('العربية RTL مصدر ' * 9)}”", 150, 13, lines=2)
    assert [printable(line) for line in lines] == lines  # an isolate that is not ended would show as �
    assert all(line.count("\u2067") == 1 for line in lines) and ELLIPSIS in lines[-1]


def test_isolates_take_no_room() -> None:
    assert width(plain("שלום"), 13) == width("שלום", 13)


@pytest.mark.parametrize("text", ["x" * 500, "很" * 80, "🪖" * 60])
def test_a_word_longer_than_a_line_is_broken(text: str) -> None:
    lines = wrapped(text, 120, 12, lines=3)
    assert len(lines) == 3
    assert all(width(line, 12) <= 120 for line in lines)
    assert text.startswith(lines[0] + lines[1])


def test_an_empty_text_is_a_line() -> None:
    assert wrapped("", 100, 12) == [""]


def test_marks_that_have_no_width_take_none() -> None:
    assert width("e\u0301", 10) == width("e", 10)
    assert width("𝐦🪖", 10) > width("mi", 10)


def test_a_limit_is_written_only_where_a_face_may_need_it() -> None:
    short, long = (
        Text(0, 0, "short", Hand(size=12, limit=100)),
        Text(0, 9, "x" * 15, Hand(size=12, limit=100)),
    )
    found = [(each["mark"].get("limit")) for each in written([short, long])]
    assert found == [None, 100]


def test_a_rim_lies_under_its_text() -> None:
    rim, text = written([Text(1, 2, "here", Hand(size=12, rim=True))])
    assert rim["mark"]["strokeWidth"] > 0
    assert rim["mark"]["color"] != text["mark"]["color"]


def test_a_layer_holds_its_rows() -> None:
    found = layer([{"x": 1}, {"x": 2}], mark("point", size=4), x=across())
    assert found["data"] == {"values": [{"x": 1}, {"x": 2}]}
    assert found["mark"] == {"type": "point", "size": 4}
    assert found["encoding"].keys() == {"x"}
