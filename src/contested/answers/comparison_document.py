"""A comparison as a JSON object: stable keys, full precision, non-finite as None.

`asked` keeps what was set side by side: the weightings in their order, `within`, `contaminate` and `at`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contested.answers.break_even import level_key
from contested.answers.document import answered, heading, number, provenance, sampling
from contested.answers.drivers import Drivers
from contested.answers.learning import Worth
from contested.answers.result import Result
from contested.answers.tipping import TippingPoint
from contested.engine.precision import Measured
from contested.language.scopes import NotApplicable

if TYPE_CHECKING:
    from contested.answers.comparison import Comparison


def document(comparison: Comparison) -> dict[str, Any]:
    """All of a comparison, as plain dictionaries, lists, text and numbers; each part shaped like a run's."""
    study, result = comparison.study, comparison.result
    return {
        **heading(result),
        "asked": _asked(comparison),
        "weightings": {name: answered(each) for name, each in comparison.weightings.items()},
        "leave_out": {
            dispute: {source: answered(each) for source, each in sources.items()}
            for dispute, sources in comparison.leave_out.items()
        },
        "sets": {key: found.to_dict() for key, found in comparison.sets.items()},
        "break_even": {
            name: found
            and {
                dispute: {source: each.to_dict() for source, each in sources.items()}
                for dispute, sources in found.items()
            }
            for name, found in comparison.break_even.items()
        },
        "segments": {
            name: found and {pair: each.to_dict() for pair, each in found.items()}
            for name, found in comparison.segments.items()
        },
        "tipping": {
            name: {each: tipping(point) for each, point in comparison.tipping[name].items()}
            for name in result.questions
        },
        "rules": {rule: answered(each) for rule, each in comparison.rules.items()},
        "scopes": {scope: _scope(each) for scope, each in comparison.scopes.items()},
        "drivers": {name: _drivers(found) for name, found in comparison.explained.items()},
        "learning": {name: _worth(comparison.learning[name]) for name in comparison.learning},
        "effective_lines": dict(comparison.effective_lines),
        "lines": {dispute: dict(lines) for dispute, lines in study.lines.items()},
        "sampling": sampling(result),
        "provenance": provenance(result),
    }


def _asked(comparison: Comparison) -> dict[str, Any]:
    asked = comparison.asked
    return {
        "weightings": list(asked.weightings),
        "within": asked.within,
        "contaminate": asked.contaminate,
        "at": list(asked.at),
    }


def tipping(point: TippingPoint) -> dict[str, Any]:
    """One variable's tipping points: by level the values and their errors.

    [] means that none was found from one end of `reach` to the other: what is too narrow to be seen, between
    values looked at, `Tipping.of` says.
    """
    return {
        "at": {level_key(level): list(values) for level, values in point.at.items()},
        "mcse": {
            level_key(level): [number(error) for error in errors] for level, errors in point.mcse.items()
        },
        "method": point.method,
        "unit": point.unit,
        "stated": {"median": point.stated.median, "low": point.stated.low, "high": point.stated.high},
        "reach": list(point.reach),
    }


def _scope(found: Result | NotApplicable) -> dict[str, Any]:
    return {"not_applicable": found.reason} if isinstance(found, NotApplicable) else answered(found)


def _drivers(found: Drivers) -> dict[str, Any]:
    return {
        "scale": found.scale,
        "given_positive": found.given_positive,
        "reason": found.reason,
        "merging": found.merging,
        "variance": _value(found.variance),
        "between": _value(found.between),
        "between_mcse": _error(found.between),
        "within": _value(found.within),
        **_shares("shapley", found.shapley),
        **_shares("first_order", found.first_order),
        **_shares("evppi", found.evppi),
        "delta": {name: number(value) for name, value in found.delta.items()},
        "delta_baseline": number(found.delta_baseline),
    }


def _shares(key: str, found: Mapping[str, Measured]) -> dict[str, Any]:
    return {
        key: {name: _value(share) for name, share in found.items()},
        f"{key}_mcse": {name: _error(share) for name, share in found.items()},
    }


def _value(share: Measured | None) -> float | None:
    return None if share is None else number(share.value)


def _error(share: Measured | None) -> float | None:
    return None if share is None else number(share.mcse)


def _worth(found: Worth) -> dict[str, Any]:
    return {
        "evppi": dict(found.evppi),
        "evppi_mcse": {name: number(error) for name, error in found.mcse.items()},
        "evpi": found.evpi,
        "evpi_mcse": number(found.evpi_mcse),
    }
