"""Correlations as they are read; what is refused stands among the faults of scenarios."""

from __future__ import annotations

import pytest

from contested.language.nodes import Correlation
from scenario_text import SMALL, changed, faults_of, study_of


def correlated(*entries, text=SMALL):
    return text + "correlations:\n" + "".join(f"  - {{{entry}, because: one error}}\n" for entry in entries)


def test_variables_are_named_by_their_paths(tmp_path):
    text = correlated("between: [error, deaths, casualties.osint, area], rank: -0.2")
    (correlation,) = study_of(tmp_path, text).correlations
    assert correlation == Correlation(
        between=("inputs.error", "register.deaths", "figures.casualties.claims.osint", "figures.area.agreed"),
        measure="spearman",
        value=-0.2,
        copula="gaussian",
        df=None,
        because="one error",
        location=correlation.location,
    )


def test_a_fact_that_is_correlated_is_named(tmp_path):
    assert "deaths" in study_of(tmp_path, correlated("between: [error, deaths], rank: 0.5")).facts


def test_a_t_copula(tmp_path):
    text = correlated(
        "between: [error, area], kendall: 0.3, copula: t, df: 4",
        "between: [area, deaths], kendall: 0, copula: t, df: 4.0",
    )
    first, second = study_of(tmp_path, text).correlations
    assert (first.measure, first.copula, first.df) == ("kendall", "t", 4.0)
    assert second.value == 0.0


def test_groups_that_are_not_connected_may_differ(tmp_path):
    text = correlated(
        "between: [error, area], kendall: 0.3, copula: t, df: 4",
        "between: [casualties.osint, deaths], rank: 0.1",
    )
    assert len(study_of(tmp_path, text).correlations) == 2


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("{value: 1, because: j}", "is exact and has no error"),
        (
            "{low: 1, high: 2, drawn: per_figure, because: j}",
            "is drawn per_figure; only what has one value per world is correlated",
        ),
        ("{formula: 2 * gs / gs}", "is computed; correlate what it is computed from"),
        ("{fact: deaths}", "is the fact itself; correlate 'deaths'"),
        (
            "{mixture: {pick: k, of: [{low: 1, high: 2, weight: 1}, {value: 3, weight: 1}]}, because: j}",
            "is a mixture; correlate what its parts are computed from",
        ),
    ],
)
def test_only_a_law_of_its_own_is_correlated(tmp_path, statement, reason):
    text = changed(("inputs:\n", f"inputs:\n  other: {statement}\n"))
    found = faults_of(tmp_path, correlated("between: [error, other], rank: 0.1", text=text))
    assert [fault.split(": ", 1)[1] for fault in found] == [f"correlations[0].between[1]: 'other' {reason}"]


def test_a_statement_at_fault_is_not_called_unknown(tmp_path):
    text = changed(("{low: 120000, high: 180000, because: judged}", "{low: 3, high: 2, because: judged}"))
    found = faults_of(tmp_path, correlated("between: [error, casualties.osint], rank: 0.1", text=text))
    assert len(found) == 1 and "must be below high" in found[0]
    text = changed(("{low: 0.95, high: 1.03", "{low: 2, high: 1"), text=text)
    found = faults_of(tmp_path, correlated("between: [error, casualties.osint], rank: 0.1", text=text))
    assert len(found) == 2
