"""Every shipped scenario goes through every export and display, whatever its answers are."""

from __future__ import annotations

import io

import numpy as np
import pytest
from rich.cells import cell_len

import contested
from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.report.draws_file import draws_file
from contested.report.terminal import render
from shipped import CASES


@pytest.fixture(scope="module", params=CASES)
def result(request: pytest.FixtureRequest) -> Result:
    return contested.load(request.param).run(tolerance=0.2)


@pytest.mark.parametrize("width", [60, 80, 100])
def test_its_strips_keep_the_page_s_width(result: Result, width: int) -> None:
    page = render(result, width=width, strips=True)
    assert max(map(cell_len, page.splitlines())) <= width


def test_its_table_for_notebooks_has_a_row_for_every_answer(result: Result) -> None:
    shown = result._repr_html_()
    assert shown.count('<th scope="row">') == len(result.estimates) + len(result.questions)


def test_its_medians_can_be_worked_out_again(result: Result) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    stream = io.BytesIO()
    draws_file(result)(stream)
    stream.seek(0)
    worlds = parquet.read_table(stream, columns=["kind", "name", "weight", "value"]).to_pandas()
    of_each = worlds[worlds.kind == "estimate"].groupby("name", observed=True)
    for name, answer in result.estimates.items():
        if not isinstance(answer, Answer) or answer.summary is None or answer.rule != "linear":
            continue
        rows = of_each.get_group(name).sort_values("value")
        upto = rows.weight.to_numpy().cumsum()
        median = rows.value.to_numpy()[np.searchsorted(upto, (0.5 - 1e-9) * upto[-1])]
        assert median == answer.summary.median


def test_its_posterior_has_a_variable_for_every_answer_or_says_why_not(result: Result) -> None:
    pytest.importorskip("arviz_base")
    if result.rule != "linear":
        pytest.skip(f"the {result.rule} rule has no draws")
    posterior = result.to_arviz(100)["posterior"]
    asked = len(result.estimates) + len(result.study.figures) + len(result.questions)
    left_out = [reason for reason in posterior.attrs["left_out"].split("; ") if reason]
    assert len(posterior.data_vars) + len(left_out) == asked
