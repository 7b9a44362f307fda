"""Rows of the table where there is no plain interval: bounds, pieces, denominators that may vanish."""

from __future__ import annotations

import re
from pathlib import Path

import contested
from contested.answers.result import Result
from contested.engine.precision import half_width
from contested.report.layout import Line, Note, Row
from contested.report.rows import estimate_rows, question_rows
from sample_scenarios import BOUNDS, EXACT, EXACT_OR_BOUND, HOPPING, HUMPS, RANGES, VANISHING, written


def _run(folder: Path, text: str) -> Result:
    return contested.load(written(folder, text)).run()


def _estimate(result: Result, name: str) -> list[Line]:
    return list(estimate_rows(result.estimates[name], result.study))


def _question(result: Result, name: str) -> list[Line]:
    return list(question_rows(result.questions[name], result.study))


def test_a_ratio_that_is_not_estimable(tmp_path: Path) -> None:
    rows = _estimate(_run(tmp_path, VANISHING), "per_km2")
    assert rows[:3] == [
        Row("Casualties per km² (person/km²)", (), strong=True),
        Row("all, as weighted", ("–",), indent=2),
        Note("not estimable as a ratio: its denominator is zero or negative with probability 2 %", indent=4),
    ]
    labels = [(row.label, row.indent) for row in rows if isinstance(row, Row)]
    stand_ins = ["the inverse (km²/(1000 person))", "only given a denominator above zero"]
    assert labels[2:] == [
        *((label, 4) for label in stand_ins),
        ("Whose map", 2),
        ("Wide map", 4),
        *((label, 6) for label in stand_ins),
        ("Narrow map", 4),
    ]
    assert (
        Note("not estimable as a ratio: its denominator is zero or negative with probability 5 %", 6) in rows
    )
    inverse = next(row for row in rows if isinstance(row, Row) and row.label == stand_ins[0])
    assert inverse.cells[0] == "10"


def test_a_question_on_it_has_a_lower_and_an_upper_number(tmp_path: Path) -> None:
    rows = _question(_run(tmp_path, VANISHING), "over")
    assert rows[0] == Row("At least 100", ("46 % to 49 %",), strong=True)
    assert rows[-1] == Note(
        "a denominator in it is zero or negative with probability 2 %: the lower number counts only worlds "
        "where none is, the upper one adds all the others",
        indent=2,
    )


def test_a_denominator_that_hardly_ever_vanishes_is_mentioned(tmp_path: Path) -> None:
    rows = _estimate(_run(tmp_path, VANISHING.replace("sd: 6", "sd: 3.9")), "per_km2")
    assert isinstance(rows[1], Row)
    assert len(rows[1].cells) == 3
    assert rows[2] == Note("its denominator is zero or negative with probability <1 %", indent=4)


def test_a_highest_density_interval_in_two_pieces(tmp_path: Path) -> None:
    rows = _estimate(_run(tmp_path, HUMPS), "ground_gained")
    assert rows[1] == Row("all, as weighted", ("11", "2 pieces"), indent=2)
    assert rows[2] == Note(
        "90 % in 2 pieces: 8.0 to 12 (57 %, most of it “Near map”), 27 to 33 (33 %, most of it “Far map”)",
        indent=4,
    )
    assert rows[4] == Row("Near map", ("10", "8.4 to 12"), indent=4)  # 10 ∓ 1.645


def test_each_piece_has_its_own_digits(tmp_path: Path) -> None:
    """Some replicates lack the lower piece, whose absence is no error of any end: not `0 to 0, 0 to 100`."""
    result = _run(tmp_path, HOPPING)
    widest = result["per_km2"].summary.intervals[-1]
    notes = [row.text for row in _estimate(result, "per_km2") if isinstance(row, Note)]
    (note,) = (text for text in notes if text.startswith("90 % in 2 pieces"))
    ends = re.findall(r"([\d.]+) to ([\d.]+) \(", note)
    assert widest.low_mcse > widest.pieces[0].high
    for piece, (low, high) in zip(widest.pieces, ends, strict=True):
        assert abs(float(low) - piece.low) <= max(half_width(piece.low_mcse), 0.05 * piece.low)
        assert abs(float(high) - piece.high) <= max(half_width(piece.high_mcse), 0.05 * piece.high)
        assert 0 < float(low) < float(high)


def test_a_bound(tmp_path: Path) -> None:
    result = _run(tmp_path, BOUNDS)
    assert _estimate(result, "per_km2") == [
        Row("Casualties per km² (person/km²)", (), strong=True),
        Row("as stated", ("at least 33",), indent=2),
    ]
    assert _question(result, "settled") == [Row("Over 30", ("yes, by the bounds",), strong=True)]
    assert _question(result, "open")[0] == Row("Over 40", ("not settled",), strong=True)


def test_a_source_that_is_exact_beside_one_that_states_a_bound(tmp_path: Path) -> None:
    result = _run(tmp_path, EXACT_OR_BOUND)
    assert _estimate(result, "people") == [
        Row("People (person)", (), strong=True),
        Row("all, as weighted", ("900",), indent=2),
        Row("Whose count", (), indent=2),
        Row("Named dead", ("at least 100",), indent=4),
        Row("Kyiv", ("900",), indent=4),
        Row("Moscow", ("50",), indent=4),
    ]
    assert _question(result, "many")[0] == Row("Over 60", ("yes, by the bounds",), strong=True)
    pooled = result.under("exact")
    assert _estimate(pooled, "people")[1] == Row("all, as weighted", ("at least 50",), indent=2)
    assert _question(pooled, "many")[0] == Row("Over 60", ("75 %",), strong=True)


def test_the_share_of_disagreement_by_dispute(tmp_path: Path) -> None:
    notes = [row.text for row in _estimate(_run(tmp_path, RANGES), "per_km2") if isinstance(row, Note)]
    assert len(notes) == 1
    whole, _, apart = notes[0].partition(" of the variance is whom you believe: ")
    assert whole.endswith(" %")
    assert [part.split("“")[1] for part in apart.split(", ")] == ["Whose count”", "Whose map”"]


def test_an_estimate_s_mismatch_is_printed_beside_it(tmp_path: Path) -> None:
    elsewhere = EXACT.replace("place: Ukraine and Kursk oblast\n    agreed", "place: Ukraine\n    agreed")
    text = elsewhere.replace("unit: person/km²}", "unit: person/km², mismatch: nobody counts Kursk apart}")
    assert _estimate(_run(tmp_path, text), "per_km2")[-1] == Note(
        "unlike things side by side: nobody counts Kursk apart", indent=2
    )


def test_a_claim_s_mismatch_is_printed_beside_what_rests_on_it(tmp_path: Path) -> None:
    narrower = EXACT.replace("measures: killed and wounded", "measures: killed and wounded by fire")
    text = narrower.replace("{fact: gs-total}", "{fact: gs-total, mismatch: hardly any are not}")
    assert _estimate(_run(tmp_path, text), "per_km2")[-1] == Note(
        "unlike things side by side: hardly any are not", indent=2
    )
