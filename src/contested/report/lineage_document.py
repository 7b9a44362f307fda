"""A lineage as a JSON object: stable keys, full precision, non-finite as None."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contested.answers.agreement import Agreement
from contested.answers.concordance import Concordance
from contested.answers.document import number
from contested.answers.lineage import Lineage
from contested.answers.trial import LAGS, Pair


def document(found: Lineage, file: str, ends: Mapping[str, str]) -> dict[str, Any]:
    """All of a lineage, as plain dictionaries, lists, text and numbers.

    Parameters
    ----------
    found : Lineage
    file : str
        The table's name.
    ends : mapping of str to str
        Columns that state an end of another's interval.
    """
    first, last = (f"{month:%Y-%m}" for month in found.months)
    return {
        "file": file,
        "first_month": first,
        "last_month": last,
        "sources": list(found.sources),
        "running_totals": sorted(found.totals),
        "interval_ends": dict(ends),
        "independent_error": found.independent_error,
        "false_alarms": found.false_alarms,
        "seed": found.seed,
        "lags": sorted(LAGS),
        "tests": found.tests,
        "pairs": [_pair(pair) for pair in found.pairs],
        "groups": [list(group) for group in found.groups],
        "effective_sources": found.effective_sources,
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "first": pair.first,
        "second": pair.second,
        "verdict": pair.verdict,
        "follows": pair.follows,
        "lag": pair.lag,
        "false_alarm": pair.false_alarm,
        "correlation": pair.correlation,
        "agreement": None if pair.agreement is None else _agreement(pair.agreement),
        "concordance": None if pair.concordance is None else _concordance(pair.concordance),
    }


def _agreement(found: Agreement) -> dict[str, Any]:
    return {
        "relation": found.relation,
        "size": number(found.size),
        "months": found.months,
        "median": number(found.median),
        "root_mean_square": number(found.spread),
        "largest": number(found.largest),
        "together": number(found.together),
        "exact": found.exact,
        "probability": found.chance,
    }


def _concordance(found: Concordance) -> dict[str, Any]:
    return {
        "steps": found.steps,
        "unlike": found.unlike,
        "probability_shuffled": found.shuffled,
        "probability_simulated": found.simulated,
    }
