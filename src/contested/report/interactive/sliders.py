"""What the page's sliders need: every estimate and question by stratum, ready for any weights.

Nothing is drawn in the page. The cdf of a mixture is linear in the weights of its strata, and so is the
probability of a question; quantile averages are linear in the strata's quantiles, or in their logarithms. So
lines through each stratum's draws, close enough together, serve every weighting (`knots`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contested.answers.bounds import Settled
from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.engine.model import Quantity
from contested.engine.precision import half_width
from contested.language.nodes import NONE_OF_THESE
from contested.report.charts.theme import SourceColours
from contested.report.interactive.asked import asked
from contested.report.interactive.estimated import estimated
from contested.report.plain import plain
from contested.report.wording import enumerated, per_cent

MOST_BYTES = 700_000  # of all laws; the page holds pictures and scripts besides
MOST_STRATA = 64  # of one quantity
_NO_DISPUTE = "no estimate that has a distribution rests on a dispute, so there are no weights to move"
_LOGARITHMIC = (
    "the logarithmic rule multiplies densities, which needs every draw: run another weighting with "
    "--weights, or pool by another rule"
)
_NO_MIXTURE = (
    "a highest-density interval under the {} rule is sought in a law made anew for each weighting, which "
    "needs every draw: run another weighting with --weights, or ask for equal-tailed intervals"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sliders:
    """The estimates and questions of a result, ready for any weights.

    Attributes
    ----------
    refusal : str or None
        Why there is nothing to move, as half a sentence; None where there is.
    left_out : str or None
        Which estimates have no place in the page, as a sentence; None where all have.
    content : mapping
        What `to_dict` gives; empty where there is nothing to move.
    """

    refusal: str | None
    left_out: str | None
    content: Mapping[str, Any]

    @classmethod
    def of(cls, result: Result) -> Sliders:
        """Those of a result, whatever its weighting: the page opens at it, or at what its address says."""
        if reason := _refused(result):
            return cls(refusal=reason, left_out=None, content={})
        estimates, left_out = _fitting(result)
        if not estimates:
            return cls(refusal=f"no estimate has room in the page: {left_out}", left_out=None, content={})
        return cls(refusal=None, left_out=left_out, content=_content(result, estimates))

    def to_dict(self) -> Mapping[str, Any]:
        """A compact JSON-able value: numbers by stratum, packed; empty where there is nothing to move."""
        return self.content


def _refused(result: Result) -> str | None:
    kind = result.study.report.kind
    if not any(_moves(answer) for answer in result.estimates.values()):
        return _NO_DISPUTE
    if result.rule == "logarithmic":
        return _LOGARITHMIC
    if kind == "hdi" and result.rule != "linear":
        return _NO_MIXTURE.format(result.rule)
    return None


def _moves(answer: object) -> bool:
    return isinstance(answer, Answer) and len(answer.drawn.quantity.strata) > 1


def _fitting(result: Result) -> tuple[list[dict[str, Any]], str | None]:
    """The estimates that have room, in the scenario's order, and which have not."""
    found, missing, room = [], [], MOST_BYTES
    for answer in result.estimates.values():
        if not isinstance(answer, Answer):
            continue
        if len(answer.drawn.quantity.strata) > MOST_STRATA:
            missing.append(answer.title)
            continue
        own = estimated(answer)
        size = _size(own)
        if size > room:
            missing.append(answer.title)
        else:
            room -= size
            found.append(own)
    if not missing:
        return found, None
    titles = enumerated([f"“{plain(title)}”" for title in missing])
    return found, f"there is no room here for {titles}; contested run --weights gives them"


def _size(value: object) -> int:
    """About how many characters of JSON a value takes."""
    match value:
        case str():
            return len(value)
        case dict():
            return sum(map(_size, value.values()))
        case list():
            return sum(map(_size, value))
    return 8


def _content(result: Result, estimates: list[dict[str, Any]]) -> dict[str, Any]:
    study = result.study
    questions = [asked(result, answer) for answer in result.questions.values() if _few(answer)]
    used = {name for part in (*estimates, *questions) for name in part["disputes"]}
    return {
        "rule": result.rule,
        "kind": study.report.kind,
        "levels": list(study.report.levels),
        "levelNames": [per_cent(level) for level in study.report.levels],
        "estimable": study.denominators.estimable,
        "negligible": study.denominators.negligible,
        "halfWidth": half_width(1.0),
        "default": {"name": result.weighting, "weights": result.weights},
        "weightings": {
            name: {d: dict(w) for d, w in given.items()} for name, given in study.weightings.items()
        },
        "disputes": dict(_disputes(result, used)),
        "estimates": estimates,
        "questions": questions,
    }


def _few(answer: Any) -> bool:
    quantity: Quantity = answer.quantity if isinstance(answer, Settled) else answer.tally.quantity
    return len(quantity.strata) <= MOST_STRATA


def _disputes(result: Result, used: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The disputes that anything rests on, with their sources in the scenario's order."""
    colours = SourceColours(result.study)
    for name, dispute in result.study.disputes.items():
        if name in used:
            yield (
                name,
                {
                    "title": plain(dispute.title),
                    "unlisted": dispute.none_of_these,
                    "sources": {
                        source: {
                            "title": plain(found.title),
                            "colour": colours.of(name, source),
                            "listed": source != NONE_OF_THESE,
                        }
                        for source, found in dispute.sources.items()
                    },
                },
            )
