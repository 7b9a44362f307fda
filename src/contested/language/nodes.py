"""The scenario as frozen values. One that exists is valid: every rule of the language has been checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from contested.errors import Location
from contested.language.formula import Formula
from contested.language.performance import Performance
from contested.language.periods import Period
from contested.language.repeated import Each
from contested.language.units import Unit

STATED_CONFIDENCE = 0.9  # what a stated range holds that names no confidence of its own
NONE_OF_THESE = "none_of_these"  # the source that stands for the truth that nobody listed

Direction = Literal["lower", "upper"]
IntervalKind = Literal["equal-tailed", "hdi"]
Rule = Literal["linear", "logarithmic", "quantile", "log-quantile"]
RULES: tuple[Rule, ...] = ("linear", "logarithmic", "quantile", "log-quantile")
Weights = Mapping[str, Mapping[str, float]]  # dispute -> source -> weight; sums to one in each dispute


# --- one uncertain number: the forms of a statement -------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Exact:
    """`value`: a number that is not in doubt."""

    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """`low`, `high` (perhaps within `min`, `max`): a central interval holding `confidence`."""

    low: float
    high: float
    min: float | None = None
    max: float | None = None
    confidence: float | None = None  # None: the scenario's confidence
    shape: str = "lognormal"  # lognormal, normal, beta, logit-normal, truncated-normal, gamma, …


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreePoint:
    """`low`, `best`, `high`: the same with a median (or, for a mode splice, a mode)."""

    low: float
    best: float
    high: float
    min: float | None = None
    max: float | None = None
    confidence: float | None = None
    shape: str = "jqpd-s"  # jqpd-s, jqpd-b, split-lognormal, metalog
    splice: Literal["median", "mode"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """`best` with `within`: best ÷× (1 + relative), or best ± amount, holding `confidence`."""

    best: float
    relative: float | None = None
    amount: float | None = None
    confidence: float | None = None
    shape: str = "lognormal"  # lognormal for a percentage, normal for an amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """`min`, `max` and perhaps `mode`: certain bounds."""

    min: float
    max: float
    mode: float | None = None
    shape: str = "uniform"  # uniform; pert or triangular with a mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """`mean`, `sd`; of the parent where the normal is truncated."""

    mean: float
    sd: float
    min: float | None = None
    max: float | None = None
    shape: str = "normal"  # normal, truncated-normal, lognormal, gamma, beta


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantiles:
    """`quantiles`: two or more, as (probability, value) in rising order."""

    points: tuple[tuple[float, float], ...]
    min: float | None = None
    max: float | None = None
    shape: str = "metalog"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """`draws`, `column`: an empirical sample in a file below the scenario's folder."""

    file: Path  # absolute, checked to lie below the scenario's folder
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """`formula`: a number computed from others; evaluates in base units."""

    formula: Formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """`fact` alone: the register entry itself, as one shared random variable."""

    fact: str  # the entry's id, as written (with hyphens)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """`mixture`: one of several; the same pick is the same choice wherever it stands."""

    pick: str
    weights: tuple[float, ...]  # normalised
    parts: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSided:
    """`bound`: at least, or at most, this; no distribution."""

    value: float
    direction: Direction


Literal_ = Interval | ThreePoint | Within | Limits | Moments | Quantiles | Sample  # a shape of its own
Form = Exact | Literal_ | Computed | Citation | Mixture | OneSided


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Why a statement is believed: cited facts, or a sentence of judgement."""

    cites: tuple[str, ...] = ()
    because: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Where a statement's number is read from, by month.

    Attributes
    ----------
    first, last : date
        The first days of the first and the last month.
    of : str
        `change`: the months' figures are summed; `level`: it is how far the figure moved over them.
    interpolated : tuple of date
        The months without a figure, taken from the line between their neighbours.
    """

    file: Path  # absolute, checked to lie below the scenario's folder
    column: str
    first: date
    last: date
    of: Literal["change", "level"]
    interpolated: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One uncertain number.

    Its numbers are in `unit`; a value times `unit.scale` is in base units (person, km, day).
    A Computed or Citation form is already in base units.
    """

    path: str  # 'inputs.gs_error', 'figures.area.claims.isw', 'figures.f.agreed', 'register.some-id'
    location: Location
    unit: Unit
    form: Form
    evidence: Evidence
    mismatch: str | None = None
    series: Series | None = None  # what the number of an Exact or Within form was read from


# --- what a scenario consists of ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A register entry: a statement with where and when it was published."""

    id: str
    statement: Statement
    measures: str | None
    period: Period | None
    place: str | None
    publisher: str
    title: str
    date: str  # as written: 2025, 2025-05 or 2025-05-03
    relays: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One side of a dispute."""

    name: str
    title: str
    because: str | None = None
    relays: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """One question of whom to believe.

    Attributes
    ----------
    sources : mapping of str to Source
        Those listed; where `none_of_these` is above 0, that name too, last.
    none_of_these : float
        The share that every weighting leaves to the truth that nobody listed.
    """

    name: str
    title: str
    sources: Mapping[str, Source]
    none_of_these: float = 0.0

    @property
    def listed(self) -> tuple[str, ...]:
        """The sources that weights are given to, sorted."""
        return tuple(sorted(source for source in self.sources if source != NONE_OF_THESE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """A past claim that was resolved since: what a dispute's sources stated, and what it turned out to be.

    Attributes
    ----------
    claims : mapping
        Source to (probability, quantile), rising; the same probabilities in all seeds of a dispute.
    logarithmic : bool
        Whether distances between its numbers are measured in logarithms.
    """

    path: str  # 'seeds.toll[0]'
    title: str
    outcome: float
    claims: Mapping[str, tuple[tuple[float, float], ...]]
    logarithmic: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """An uncertain quantity that claims are computed from."""

    name: str
    title: str | None
    statement: Statement
    per_figure: bool  # drawn afresh for each figure that uses it, the same for all sources within it


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A disputed figure, its claims by source; or one that nobody disputes, its one claim 'agreed'."""

    name: str
    title: str
    dispute: str | None
    unit: Unit
    measures: str | None
    period: Period | None
    place: str | None
    claims: Mapping[str, Statement]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What to compute."""

    name: str
    title: str
    formula: Formula
    unit: Unit
    mismatch: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A statement whose probability is wanted."""

    name: str
    title: str
    formula: Formula
    mismatch: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlation:
    """Rank correlation between the errors of two or more variables, named by their statements' paths."""

    between: tuple[str, ...]
    measure: Literal["spearman", "kendall"]
    value: float
    copula: Literal["gaussian", "t"]
    df: float | None
    because: str | None
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Which intervals are printed."""

    levels: tuple[float, ...] = (0.5, 0.9)  # rising, no two alike
    kind: IntervalKind = "equal-tailed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How far the draws go: doubled until the tolerance holds, or max_draws worlds are reached."""

    tolerance: float = 0.002
    max_draws: int = 1_048_576


@dataclass(frozen=True, slots=True, kw_only=True)
class Denominators:
    """From where on a denominator that may vanish forbids a ratio (method, section g)."""

    negligible: float = 1e-9
    estimable: float = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """A unit that was converted: where, from what, to what, by which factor."""

    path: str
    from_unit: str
    to_unit: str
    factor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mismatch:
    """Unlike things set side by side: what differs, and why it serves all the same (None: only noted)."""

    path: str
    difference: str
    because: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A whole scenario, read and checked.

    Mappings keep the order of the file, for people; nothing computed depends on it.

    Attributes
    ----------
    lines : mapping
        Dispute to source to its independent line of collection: sources that relay one another share one.
        `none_of_these` is on none.
    bounds : mapping
        Dispute to source to the least and the most weight that it may have among those listed.
    at_least : mapping
        Dispute to pairs of sources: the first is believed at least as much as the second.
    seeds : mapping
        Dispute to the past claims that were resolved since, of the disputes that have any.
    performance : mapping
        Dispute to source to how it did on them, of the disputes that have enough.
    each : Each or None
        What is repeated for every month or quarter of a window; inputs, figures, estimates and questions
        hold what was made for each.
    """

    name: str  # the file's name without its suffix
    file: Path
    title: str
    as_of: date
    seed: int
    disputes: Mapping[str, Dispute]
    default: str  # the name of the default weighting; 'even' where none is given
    weightings: Mapping[str, Weights]  # 'even' and all named ones; normalised, no source left out
    inputs: Mapping[str, Input]
    facts: Mapping[str, Fact]  # the register entries that the scenario names, by id
    figures: Mapping[str, Figure]
    estimates: Mapping[str, Estimate]
    questions: Mapping[str, Question]
    correlations: tuple[Correlation, ...]
    report: Report
    sampling: Sampling
    denominators: Denominators
    rule: Rule
    confidence: float  # what a stated range holds that names no confidence of its own
    conversions: tuple[Conversion, ...]
    mismatches: tuple[Mismatch, ...]
    files: tuple[Path, ...]  # everything it was run from: scenario, register, draws files, series
    scenario_sha256: str  # of the canonical JSON of what was parsed
    register_sha256: str | None
    lines: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    bounds: Mapping[str, Mapping[str, tuple[float, float]]] = field(default_factory=dict)
    at_least: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    seeds: Mapping[str, tuple[Seed, ...]] = field(default_factory=dict)
    performance: Mapping[str, Mapping[str, Performance]] = field(default_factory=dict)
    each: Each | None = None
