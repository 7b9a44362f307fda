"""A result as the JSON object of the language page: stable keys, full precision, non-finite as None.

Its provenance keeps what was chosen on the command line and does not follow from the scenario's file: `seed`,
`confidence` and `report` ({levels, kind}); the tolerance stands under `sampling`, the weighting at the top.
With `files` ({scenario, register, read}, by their names below the scenario's folder) a saved run runs again
to the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from contested._version import __version__
from contested.answers.assumptions import Assumptions
from contested.answers.bounds import Bound, Settled
from contested.answers.distribution import CredibleInterval, Summary
from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.engine.design import REPLICATES
from contested.engine.intervals import Piece
from contested.engine.model import Stratum
from contested.language.bound_algebra import Bounded
from contested.language.nodes import Study

if TYPE_CHECKING:
    from contested.answers.result import Result


def document(result: Result) -> dict[str, Any]:
    """All of a result, as plain dictionaries, lists, text and numbers."""
    return {
        **heading(result),
        **answered(result),
        "figures": {name: _answer(answer) for name, answer in result.figures.items()},
        "sampling": sampling(result),
        "provenance": provenance(result),
    }


def heading(result: Result) -> dict[str, Any]:
    """Which scenario was asked, and under which weighting and rule."""
    study = result.study
    return {
        "scenario": study.name,
        "title": study.title,
        "as_of": study.as_of.isoformat(),
        "weighting": result.weighting,
        "weights": {dispute: dict(sources) for dispute, sources in result.weights.items()},
        "rule": result.rule,
    }


def answered(result: Result) -> dict[str, Any]:
    """Its estimates and questions alone."""
    return {
        "estimates": {name: _estimate(answer) for name, answer in result.estimates.items()},
        "questions": {name: question(answer) for name, answer in result.questions.items()},
    }


def sampling(result: Result) -> dict[str, Any]:
    """How many worlds were drawn, and whether they were enough."""
    study = result.study
    return {
        "replicates": REPLICATES,
        "draws": result.run.worlds,
        "mcse_df": REPLICATES - 1,
        "tolerance": study.sampling.tolerance,
        "converged": result.converged,
    }


def provenance(result: Result) -> dict[str, Any]:
    """What an answer was made from, and what it rests on."""
    import numpy as np
    import scipy

    study, found = result.study, result.assumptions
    return {
        "scenario_sha256": study.scenario_sha256,
        "register_sha256": study.register_sha256,
        "seed": study.seed,
        "confidence": study.confidence,
        "report": {"levels": list(study.report.levels), "kind": study.report.kind},
        "files": _files(study),
        "version": __version__,
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        **_assumed(found),
    }


def _files(study: Study) -> dict[str, Any]:
    """The scenario, its register, and the draws files and series that it reads."""
    named = [file.relative_to(study.file.parent).as_posix() for file in study.files]
    count = 1 if study.register_sha256 is None else 2
    register = named[1] if count == 2 else None
    return {"scenario": named[0], "register": register, "read": sorted(named[count:])}


def summary(found: Summary, strata: tuple[Stratum, ...]) -> dict[str, Any]:
    """Median and intervals."""
    return {
        "median": number(found.median),
        "median_mcse": number(found.median_mcse),
        "intervals": [_interval(interval, strata) for interval in found.intervals],
    }


def number(value: float | None) -> float | None:
    """A number as JSON can hold it."""
    return value if value is not None and math.isfinite(value) else None


def _interval(interval: CredibleInterval, strata: tuple[Stratum, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "level": interval.level,
        "kind": interval.kind,
        "low": number(interval.low),
        "high": number(interval.high),
        "low_mcse": number(interval.low_mcse),
        "high_mcse": number(interval.high_mcse),
    }
    if interval.kind == "hdi":
        found["pieces"] = [
            {
                "low": p.low,
                "high": p.high,
                "low_mcse": number(p.low_mcse),
                "high_mcse": number(p.high_mcse),
                "mass": p.mass,
                "source": _most(p, strata),
            }
            for p in interval.pieces
        ]
    return found


def _most(piece: Piece, strata: tuple[Stratum, ...]) -> str | None:
    """The sources that most of a piece comes from; None where the law is no mixture of theirs."""
    return None if piece.stratum is None else stratum_label(strata[piece.stratum])


def stratum_label(stratum: Stratum) -> str | None:
    """The sources of a stratum, by dispute in sorted order: 'osint', or 'isw, osint' for two disputes."""
    return ", ".join(stratum[dispute] for dispute in sorted(stratum)) or None


def _estimate(answer: Answer | Bound) -> dict[str, Any]:
    if isinstance(answer, Bound):
        return {
            "title": answer.title,
            "unit": answer.unit.text,
            **bound(answer),
            "by_source": {
                dispute: {source: bound(alone) for source, alone in sources.items()}
                for dispute, sources in answer.by_source.items()
            },
        }
    shares = answer.disagreement_share
    return {
        **_answer(answer),
        "disagreement_share": shares and {name: share.value for name, share in shares.items()},
        "disagreement_share_mcse": shares and {name: share.mcse for name, share in shares.items()},
        "moments": _moments(answer),
    }


def bound(found: Bound | Bounded) -> dict[str, Any]:
    """What follows from one-sided bounds: the direction and the value."""
    return {"bound": found.direction, "value": number(found.value)}


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "title": answer.title,
        "unit": answer.unit.text,
        **values(answer),
        "by_source": {
            dispute: {source: values(alone) for source, alone in sources.items()}
            for dispute, sources in answer.by_source.items()
        },
        "denominator_nonpositive": answer.denominator_nonpositive,
    }


def values(answer: Answer) -> dict[str, Any]:
    """Median and intervals, or what stands in for a ratio that is not estimable."""
    strata = answer.drawn.quantity.strata
    if answer.summary is not None:
        return {"estimable": True, **summary(answer.summary, strata)}
    nothing: dict[str, Any] = {"median": None, "median_mcse": None, "intervals": []}
    if answer.undefined:
        nothing["undefined"] = answer.undefined
    if answer.estimable:
        return {"estimable": True, **nothing}
    given = answer.given_positive_denominator
    inverse = answer.inverse
    return {
        "estimable": False,
        **nothing,
        "denominator_nonpositive": answer.denominator_nonpositive,
        "inverse": inverse and {"unit": answer.inverse_unit.text, **summary(inverse, strata)},
        "given_positive_denominator": given and summary(given, strata),
    }


def _moments(answer: Answer) -> dict[str, Any] | None:
    found = answer.moments
    if found is None:
        return None
    return {
        "mean": number(found.mean),
        "mean_mcse": number(found.mean_mcse),
        "sd": number(found.sd),
        "sd_mcse": number(found.sd_mcse),
        "given_positive_denominator": answer.moments_are_conditional,
    }


def question(answer: Probability | Settled) -> dict[str, Any]:
    """A question's title and probability, by source underneath."""
    if isinstance(answer, Settled):
        return {
            "title": answer.title, "probability": answer.probability,
            "mcse": None if answer.probability is None else 0.0,
            "by_source": {dispute: dict(values) for dispute, values in answer.by_source.items()},
            "reason": answer.reason,
        }  # fmt: skip
    return {
        "title": answer.title,
        **probability(answer),
        "by_source": {
            dispute: {source: probability(alone) for source, alone in sources.items()}
            for dispute, sources in answer.by_source.items()
        },
    }


def probability(answer: Probability) -> dict[str, Any]:
    """A probability with its error, and its upper limit where a denominator may vanish."""
    found: dict[str, Any] = {"probability": answer.value, "mcse": answer.mcse}
    if answer.reason:
        found["reason"] = answer.reason
    return found if answer.upper is None else {**found, "probability_upper": answer.upper}


def _assumed(found: Assumptions) -> Mapping[str, Any]:
    return {
        "cited": [
            {
                "id": cited.fact.id, "publisher": cited.fact.publisher, "title": cited.fact.title,
                "date": cited.fact.date, "url": cited.fact.url, "relays": cited.fact.relays,
                "used_by": list(cited.used_by),
            }
            for cited in found.cited
        ],
        "judged": [{"path": judged.path, "because": judged.because} for judged in found.judged],
        "mismatches": [
            {"path": m.path, "difference": m.difference, "because": m.because} for m in found.mismatches
        ],
        "conversions": [
            {"path": c.path, "from": c.from_unit, "to": c.to_unit, "factor": c.factor}
            for c in found.conversions
        ],
        "fits": [
            {
                "path": path, "probability": miss.probability, "value": miss.value,
                "missed_in_probability": miss.in_probability, "missed_in_value": miss.in_value,
            }
            for path, miss in found.misses
        ],
        "without_own_evidence": list(found.without_own_evidence),
        "correlation_repair": [
            {"between": list(r.paths), "frobenius": r.frobenius, "largest_change": r.largest_change}
            for r in found.repairs
        ]
        or None,
    }  # fmt: skip
