"""A report in LaTeX says what the briefing says, and TeX obeys nothing in it but the report's commands."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from briefed import coarsely, sampled
from contested.report.briefing.briefing import Briefing
from contested.report.briefing.values import Cell, Group, Row, Table
from contested.report.latex import latex
from contested.report.latex_numbers import Units
from contested.report.latex_table import latex_table
from contested.report.latex_text import escaped
from contested.report.outline import Outline
from contested.report.outline.blocks import Tabled
from contested.report.plain import plain, printable
from outlined import HOSTILE, LONG, SCENARIOS, isw, ranges, rewritten, said
from sample_scenarios import BOUNDS, EXACT, EXACT_OR_BOUND, HUMPS, RANGES, VANISHING
from tex import Read


def squeezed(text: str) -> str:
    """A text without white space and without what siunitx puts into numbers."""
    return re.sub(r"[\s,]", "", text).replace("−", "-")


def checked(briefing: Briefing) -> Read:
    """Groups and environments are balanced, and the words are the briefing's, in its order."""
    read = Read(latex(briefing))
    _, *texts = said(briefing, printed=True)
    assert squeezed(read.text) == squeezed(printable("".join(texts)))
    return read


class TestWhatItSays:
    def test_everything_in_its_order(self) -> None:
        read = checked(isw())
        tables = sum(isinstance(block, Tabled) for block in Outline.of(isw()).blocks)
        assert read.environments.count("longtable") == tables > 10

    def test_numbers_are_siunitx_s_and_units_are_declared_once(self) -> None:
        text = latex(isw())
        assert r"\DeclareSIUnit{\unitCasualtiesPerKmSquared}{\text{casualties per km²}}" in text
        median = isw().headline.answer.median
        assert median is not None
        assert rf"\textbf{{Median:}} \qty{{{median.text}}}{{\unitCasualtiesPerKmSquared}}" in text
        low, _, high = isw().headline.answer.intervals[-1].text.partition(" to ")
        assert rf"\qtyrange[range-units=single]{{{low}}}{{{high}}}{{\unitCasualtiesPerKmSquared}}" in text
        assert len(re.findall(r"\\DeclareSIUnit\{(.*?)\}", text)) == len(
            set(re.findall(r"\\unit[A-Z]\w*", text))
        )

    def test_letters_of_arabic_join(self) -> None:
        """Each font shapes one script alone: told no script, it sets them apart, which reads as misspelt."""
        assert r"\fallback{DejaVu Sans}{mode=node;script=arab;}" in latex(isw())

    def test_it_says_how_to_compile(self) -> None:
        assert latex(isw()).startswith("% Compile with LuaLaTeX")

    def test_the_title_and_the_day(self) -> None:
        text = latex(replace(isw(), title="50 % & more"))
        assert r"\title{50~\% \& more}" in text
        assert rf"\date{{{isw().headline.as_of}}}" in text


class TestTables:
    def test_numbers_alone_stand_at_the_point(self) -> None:
        cells = ("1,627", "−1.25", "–", "")
        rows = tuple(Row(label="a", cells=(Cell(text), Cell("54 to 190"))) for text in cells)
        table = Table(title="t", columns=("x", "y"), groups=(Group("", rows),))
        text = latex_table(table, Units({}))
        assert "S[table-format=-4.2," in text
        body = [line.split(" & ")[1] for line in text.splitlines() if line.startswith("a &")]
        assert body == ["1627", "-1.25", "{–}", ""]
        assert text.count(r"\numrange{54}{190}") == 4

    @pytest.mark.parametrize("text", ["at least 33", "97 %", "54 to 190", "2.0 or 3.0", "yes, by the bounds"])
    def test_anything_else_does_not(self, text: str) -> None:
        rows = (Row(label="a", cells=(Cell("1.0"),)), Row(label="b", cells=(Cell(text),)))
        assert "S[" not in latex_table(Table(title="t", columns=("x",), groups=(Group("", rows),)), Units({}))

    def test_columns_fill_the_line(self) -> None:
        rows = (Row(label="a", cells=tuple(Cell("93 (54 to 190)") for _ in range(12))),)
        table = Table(title="t", columns=tuple("abcdefghijkl"), groups=(Group("", rows),))
        text = latex_table(table, Units({}))
        shares = [float(each) for each in re.findall(r"dimexpr([\d.]+)", text)]
        assert len(shares) == 13 and sum(shares) == pytest.approx(1, abs=0.001)


class TestAmounts:
    @pytest.mark.parametrize(
        ("text", "set_as"),
        [
            ("93", r"\num{93}"),
            ("8.0", r"\num{8.0}"),
            ("−1,234.50", r"\num{-1234.50}"),
            ("54 to 190", r"\numrange{54}{190}"),
            ("97 %", r"\qty{97}{\percent}"),
            ("40 % to 43 %", r"\qtyrange{40}{43}{\percent}"),
            ("94 % to >99 %", r"\qty{94}{\percent} to \textgreater{}\qty{99}{\percent}"),
            ("93 (54 to 190)", r"\num{93} (\numrange{54}{190})"),
            ("at least 33", r"at least \num{33}"),
            ("5 ± 2 %", r"\num{5} ± \qty{2}{\percent}"),
            ("2025", "2025"),
            ("1e-05", "1e-05"),
            ("gs_2025 v1.2.3 0.1.2", r"gs\_2025 v1.2.3 0.1.2"),
            ("–", "–"),
        ],
    )
    def test_each_digit_stays(self, text: str, set_as: str) -> None:
        assert Units({}).amount(text) == set_as

    @pytest.mark.parametrize(
        ("text", "set_as"),
        [
            ("93", r"\qty{93}{\unitKm}"),
            (
                "8.0 to 12 or 27 to 33",
                r"\numrange{8.0}{12} or \qtyrange[range-units=single]{27}{33}{\unitKm}",
            ),
            ("93 (54 to 190)", r"\num{93} (\numrange{54}{190})~\unit{\unitKm}"),
            ("–", r"–~\unit{\unitKm}"),
        ],
    )
    def test_the_unit_comes_last(self, text: str, set_as: str) -> None:
        assert Units.of(["km"]).amount(text, "km") == set_as

    def test_no_two_units_have_one_name(self) -> None:
        units = Units.of(["km²", "km squared", "km-squared", "²", "танк", "", "km²"])
        assert len(set(units.commands.values())) == len(units.commands) == 5
        assert all(re.fullmatch(r"\\unit[A-Z][A-Za-z]+", name) for name in units.commands.values())


class TestHostileTexts:
    def test_nothing_of_theirs_is_obeyed(self) -> None:
        checked(rewritten(ranges(), lambda text: f"{text} {HOSTILE}"))

    @pytest.mark.parametrize(
        "opening", ["[x]", "*", "[", "]", "\\", "{", "}", "%", "&", "--", "''", "^^41", "~"]
    )
    def test_nor_where_a_cell_or_an_item_begins(self, opening: str) -> None:
        checked(rewritten(ranges(), lambda text: f"{opening}{text}{opening}"))

    def test_names_from_right_to_left_are_groups_of_their_own(self) -> None:
        names = f"“{plain('العربية RTL')}” 25 %, “{plain('L500 שלום')}” 1"
        assert escaped(names) == r"“\leftwards{العربية RTL}” 25~\%, “\rightwards{L500 שלום}” 1"
        assert escaped("a\u2069 \u2067b") == r"a \leftwards{b}"  # no group is left open
        checked(rewritten(ranges(), lambda text: f"{text} {names}"))

    def test_words_of_500_characters_may_break(self) -> None:
        read = checked(rewritten(ranges(), lambda text: f"{text} {LONG}"))
        assert LONG in read.text
        assert "w" * 40 not in latex(rewritten(ranges(), lambda text: f"{text} {LONG}"))

    def test_a_scenario_that_closes_its_own_environment(self) -> None:
        scenario = f"title: x\n\\end{{verbatim}}\n  {HOSTILE}\n\n\t\u202ey\n"
        read = checked(replace(isw(), provenance=replace(isw().provenance, scenario=scenario)))
        assert "�y" in read.text and "\u202e" not in latex(
            replace(isw(), provenance=replace(isw().provenance, scenario=scenario))
        )


@pytest.mark.parametrize("text", [BOUNDS, EXACT, EXACT_OR_BOUND, HUMPS, RANGES, VANISHING])
def test_every_sort_of_answer(text: str, tmp_path: Path) -> None:
    checked(sampled(tmp_path, text)[1])


def test_no_questions_and_no_disputes(tmp_path: Path) -> None:
    checked(sampled(tmp_path, EXACT.partition("questions:")[0])[1])
    checked(sampled(tmp_path, BOUNDS.partition("questions:")[0])[1])


@pytest.mark.slow
@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_every_scenario(file: Path) -> None:
    checked(rewritten(Briefing.of(coarsely(file)), lambda text: f"{text} {HOSTILE}"))


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("lualatex"), reason="lualatex is not installed")
@pytest.mark.parametrize("added", ["", f" {HOSTILE}", f" {plain(HOSTILE)}", f" {LONG}"])
def test_it_compiles(added: str, tmp_path: Path) -> None:
    text = latex(rewritten(isw(), lambda text: f"{text}{added}"))
    (tmp_path / "report.tex").write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "report.tex"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:].decode(errors="replace")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
