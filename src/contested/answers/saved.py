"""The JSON of a run or a comparison, read back: its answers, and what is needed to run it again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, NoReturn, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from contested.errors import ContestedError
from contested.language.faults import path_text
from contested.language.nodes import IntervalKind, Rule
from contested.language.tree import Scalar

Positive = Field(ge=0)
Share = Field(gt=0, lt=1)


class SavedPart(BaseModel):
    """A part of the JSON; what a later version adds to it is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True, allow_inf_nan=False)


class SavedInterval(SavedPart):
    """One interval of an answer."""

    level: float
    kind: IntervalKind
    low: float | None
    high: float | None
    low_mcse: float | None
    high_mcse: float | None


class SavedSummary(SavedPart):
    """Median and intervals, None and none where there are none."""

    median: float | None = None
    median_mcse: float | None = None
    intervals: list[SavedInterval] = []


class SavedInverse(SavedSummary):
    """What stands in for a ratio that is not estimable, in a unit of its own."""

    unit: str


class SavedAnswer(SavedSummary):
    """An estimate, pooled or of one source: a distribution, what stands in for it, or a bound."""

    estimable: bool = True
    undefined: str | None = None
    bound: Literal["lower", "upper", "exact"] | None = None
    value: float | None = None
    inverse: SavedInverse | None = None
    given_positive_denominator: SavedSummary | None = None


class SavedEstimate(SavedAnswer):
    """An estimate, pooled and by source."""

    title: str
    unit: str
    by_source: dict[str, dict[str, SavedAnswer]] = {}
    disagreement_share: dict[str, float | None] | None = None
    disagreement_share_mcse: dict[str, float | None] | None = None


class SavedChance(SavedPart):
    """A probability, None with the reason where there is none."""

    probability: float | None
    mcse: float | None = None
    reason: str | None = None
    probability_upper: float | None = None


class SavedQuestion(SavedChance):
    """A question, pooled and by source; where bounds settle it, sources have plain numbers."""

    title: str
    by_source: dict[str, dict[str, SavedChance | float | None]] = {}


class SavedAnswers(SavedPart):
    """All estimates and questions under one weighting."""

    estimates: dict[str, SavedEstimate]
    questions: dict[str, SavedQuestion]

    @property
    def answers(self) -> SavedAnswers:
        """Themselves."""
        return self

    @property
    def under(self) -> Mapping[str, SavedAnswers]:
        """What named weightings set beside them give: none."""
        return {}


class SavedSampling(SavedPart):
    """How far the draws went."""

    draws: int
    tolerance: float = Share
    converged: bool


class SavedReport(SavedPart):
    """Which intervals were asked for."""

    levels: list[float] = Field(min_length=1)
    kind: IntervalKind


class SavedFiles(SavedPart):
    """What it was run from, by names below the scenario's folder."""

    scenario: str
    register_: str | None = Field(alias="register")
    read: list[str]

    @property
    def all(self) -> tuple[str, ...]:
        """Every file's name."""
        return (self.scenario, *([self.register_] if self.register_ else []), *self.read)


class SavedCited(SavedPart):
    """A register entry that was used."""

    id: str


class SavedProvenance(SavedPart):
    """What it was made from, and with which versions."""

    seed: int = Positive
    confidence: float = Share
    report: SavedReport
    files: SavedFiles
    cited: list[SavedCited]
    version: str
    numpy: str
    scipy: str


class SavedAsked(SavedPart):
    """What a comparison sets side by side."""

    weightings: list[str]
    within: float
    contaminate: float | None
    at: list[float]


class SavedHeading(SavedPart):
    """What was run, how it was pooled, and what it was made from."""

    scenario: str
    title: str
    as_of: str
    weighting: str | None
    weights: dict[str, dict[str, float]]
    rule: Rule
    sampling: SavedSampling
    provenance: SavedProvenance


class SavedResult(SavedHeading, SavedAnswers):
    """The JSON of a run."""


class SavedComparison(SavedHeading):
    """The JSON of a comparison."""

    asked: SavedAsked
    weightings: dict[str, SavedAnswers]
    rules: dict[Rule, SavedAnswers]

    @property
    def answers(self) -> SavedAnswers:
        """Its estimates and questions under the scenario's own weighting and rule."""
        return self.rules[self.rule]

    @property
    def under(self) -> Mapping[str, SavedAnswers]:
        """The same under every named weighting that was set beside it."""
        return self.weightings


_Model = TypeVar("_Model", bound=BaseModel)


class HasAnswers(Protocol):
    """What was answered as weighted, and under what is set beside it."""

    @property
    def answers(self) -> SavedAnswers:
        """As weighted."""

    @property
    def under(self) -> Mapping[str, SavedAnswers]:
        """Under every named weighting that was set beside it."""


def parse_result(text: str, shown: str) -> SavedResult:
    """The JSON of a run.

    Parameters
    ----------
    text : str
    shown : str
        How its file is called in errors.

    Raises
    ------
    ContestedError
        Where it is not the JSON that this version saves, with the first place where it is not.
    """
    return parsed(SavedResult, text, shown)


def parse_comparison(text: str, shown: str) -> SavedComparison:
    """The JSON of a comparison; parameters and errors as in `parse_result`."""
    found = parsed(SavedComparison, text, shown)
    if found.rule not in found.rules:
        _refuse(shown, f"rules.{found.rule} is missing")
    return found


def parsed(model: type[_Model], text: str, shown: str) -> _Model:
    """The JSON of one kind of answers; parameters and errors as in `parse_result`."""
    try:
        return model.model_validate(_json(text))
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = path_text(tuple(str(part) for part in first["loc"]))
        _refuse(shown, f"{place}: {first['msg']}" if place else first["msg"])
    except (ValueError, RecursionError) as error:
        _refuse(shown, f"{error}")


def _json(text: str) -> Any:
    def refuse(constant: str) -> Scalar:
        raise ValueError(f"{constant} is no number of JSON")

    return json.loads(text, parse_constant=refuse)


def _refuse(shown: str, why: str) -> NoReturn:
    raise ContestedError(
        f"{shown} is not what this version of contested saves ({why}); save it anew with --out from the "
        "scenario beside it"
    )
