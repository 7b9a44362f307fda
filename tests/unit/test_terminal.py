"""The report as a whole, on numbers that can be worked out by hand: 160,600 / (600 mi²) is 103 per km²."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

import contested
from contested.report.terminal import render
from sample_scenarios import BOUNDS, EXACT, HUMPS, RANGES, VANISHING, written

PAGE = """\
What did a square kilometre cost?
sample, as of 22 August 2026

Weighting “lines”, pooled by the linear rule:
  Whose count: Kyiv 75 %, Skeptics 25 %

                                            median  50 % interval  90 % interval
Casualties per km² gained (person/km²)
  all, as weighted                             100      52 to 100      52 to 100
  Whose count
    Kyiv                                       100            100            100
    Skeptics                                    52             52             52
  >99 % of the variance is whom you believe

8,192 worlds drawn with seed 7: enough for a tolerance of 0.002 under every
named weighting, and with each source alone.

                                                                     probability
At least 99                                                                 75 %
  Whose count
    Kyiv                                                                   >99 %
    Skeptics                                                                <1 %

In a sentence
  For “Casualties per km² gained” (Ukraine and Kursk oblast, 1 January to 30
  April 2025), where “Russian casualties” means killed and wounded and “Area
  gained” means net change of controlled area, the model puts 90 % on 52 to 100
  people per km² (median 100; 52 to 100 as one source or another is taken), with
  what was known by 22 August 2026 (the last fact used is of 3 May 2025) and
  sources pooled by the linear rule under weighting “lines” (Whose count: Kyiv
  75 %, Skeptics 25 %), which comes to one independent line of evidence on
  “Whose count”.

Cited
  - General Staff, “Daily reports”, 2025-05-01 [gs-total]
  - ISW, “Assessment of 3 May”, 2025-05-03; relays gs-total [isw-area]

Judged
  - disputes.toll.sources.skeptic: half of it is thought invented
  - figures.area.agreed: a round number

No data of their own
  - Skeptics (toll.skeptic): all its claims are computed from another source's

Converted
  - figures.area.agreed: from mi² to km², times 2.589988
"""


def test_the_whole_page(tmp_path: Path) -> None:
    assert render(contested.load(written(tmp_path, EXACT)).run()) == PAGE


@pytest.mark.parametrize("scenario", [EXACT, VANISHING, HUMPS, BOUNDS, RANGES])
@pytest.mark.parametrize("width", [20, 60, 80, 100, 300])
def test_no_line_is_wider_than_the_terminal_or_than_can_be_read(
    tmp_path: Path, scenario: str, width: int
) -> None:
    page = render(contested.load(written(tmp_path, scenario)).run(tolerance=0.1), width=width)
    assert max(map(cell_len, page.splitlines())) <= min(max(width, 40), 100)
    assert "\x1b" not in page
    assert not re.search(r"[^\S\n]$", page, re.MULTILINE)


def test_a_run_that_did_not_converge_says_so(tmp_path: Path) -> None:
    short = RANGES.replace("tolerance: 0.02", "tolerance: 0.00001, max_draws: 1024")
    result = contested.load(written(tmp_path, short)).run()
    assert not result.converged
    assert "\nNOT CONVERGED: 1,024 worlds drawn with seed 0; some Monte Carlo error is above" in render(
        result
    )


def test_the_weighting_in_use_is_named_with_its_normalised_weights(tmp_path: Path) -> None:
    result = contested.load(written(tmp_path, RANGES)).run("trust_osint")
    assert (
        "Weighting “trust_osint”, pooled by the linear rule:\n  Whose count: Kyiv 25 %, OSINT 75 %\n"
        in render(result)
    )
    own = result.under({"toll": {"kyiv": 1, "osint": 2}})
    assert "Weights of the caller's own, pooled by the linear rule:" in render(own)
    assert "  Whose count: Kyiv 33.3 %, OSINT 66.7 %\n" in render(own)


def test_labels_are_text_and_nothing_else(tmp_path: Path) -> None:
    hostile = EXACT.replace("kyiv: Kyiv", 'kyiv: "[red]Kyiv[/red] \u202e:boom:"')
    page = render(contested.load(written(tmp_path, hostile)).run(), styled=True)
    assert "[red]Kyiv[/red] �:boom:" in page
    assert set(re.findall(r"\x1b\[[0-9;]*m", page)) == {"\x1b[1m", "\x1b[0m"}


def test_three_levels_fit_in_eighty_columns(tmp_path: Path) -> None:
    result = contested.load(written(tmp_path, RANGES)).run(levels=(0.5, 0.8, 0.9, 0.95), tolerance=0.1)
    table = render(result).split("\n\n")[2].splitlines()
    assert table[0].split() == ["median", "interval"]
    assert [line.split()[-5:-3] for line in table[2:6]] == [[a, "%"] for a in ("50", "80", "90", "95")]
