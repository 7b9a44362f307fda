"""The structure of a scenario file and of a register: which keys there are, and what each holds.

The models check structure only, all of it at once; what the keys of a statement mean together, and what
names refer to, is decided where the statements are read. They also make the JSON Schema that editors use.
"""

from __future__ import annotations

import math
import re
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    RootModel,
    WithJsonSchema,
)

NAME = "^[a-z][a-z0-9_]*$"
ID = "^[a-z0-9-]+$"
PERCENTAGE = r"^\s*[0-9]*\.?[0-9]+\s*%\s*$"

WAYS = ("lineage", "performance")  # what `by` may name in a weighting
SHAPES = (
    "point", "lognormal", "normal", "truncated-normal", "split-lognormal", "beta", "logit-normal", "gamma",
    "uniform", "triangular", "pert", "jqpd-s", "jqpd-b", "metalog", "empirical",
)  # fmt: skip


def json_schema() -> dict[str, Any]:
    """JSON Schema of a scenario file, for editors.

    Returns
    -------
    dict
        Draft 2020-12; it accepts every file that `read` accepts, and tells of unknown keys, missing keys and
        wrong kinds of value.
    """
    schema = _for_editors(ScenarioFile.model_json_schema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _for_editors(schema: Any) -> Any:
    """Without the models' filler for absent keys, and with no names beside those that are well formed."""
    if isinstance(schema, list):
        return [_for_editors(value) for value in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {"additionalProperties": False} if "patternProperties" in schema else {}
    entries = schema.items()
    return {key: _for_editors(value) for key, value in entries if (key, value) != ("default", None)} | closed


def _optional(description: str, *examples: object, **constraints: Any) -> Any:
    return Field(default=None, description=description, examples=list(examples) or None, **constraints)


def _required(description: str, *examples: object, **constraints: Any) -> Any:
    return Field(description=description, examples=list(examples) or None, **constraints)


def _year_as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _title_alone(value: object) -> object:
    return {"title": value} if isinstance(value, str) else value


def _percentage_or_number(value: object) -> object:
    """A percentage passes as any number; which of the two it is, the statement's reader asks."""
    return 1.0 if isinstance(value, str) and re.match(PERCENTAGE, value) else value


def _without_by(value: object) -> object:
    """What `by` names, and whether it stands alone, the weightings' reader asks."""
    return {key: held for key, held in value.items() if key != "by"} if isinstance(value, dict) else value


class _OrBy:
    """Marks weights in whose place a mapping may say by what they come about."""

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        by = {"enum": list(WAYS), "description": "How the weights come about.", "examples": ["lineage"]}
        alone = {
            "type": "object",
            "properties": {"by": by},
            "required": ["by"],
            "additionalProperties": False,
        }
        return {"anyOf": [alone, handler(core_schema)]}


def _number_as_fact(value: object) -> object:
    """A finite number passes as any fact; which of the two it is, the seed's reader asks."""
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return {"fact": "any"} if number else value


Name = Annotated[str, Field(pattern=NAME)]
EntryId = Annotated[str, Field(pattern=ID)]
Text = Annotated[str, Field(pattern=r"\S")]
Dated = Annotated[
    str,
    BeforeValidator(_year_as_text),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
]
Spread = Annotated[
    float,
    BeforeValidator(_percentage_or_number),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": PERCENTAGE}]}),
]
Weight = Annotated[float, Field(ge=0)]
Weighing = Annotated[dict[Name, Weight], BeforeValidator(_without_by), _OrBy()]
Weighting = Annotated[dict[Name, Weighing], BeforeValidator(_without_by), _OrBy()]
Ends = Annotated[list[Annotated[float, Field(ge=0, le=1)]], Field(min_length=2, max_length=2)]
Pair = Annotated[list[Name], Field(min_length=2, max_length=2)]
Quotient = Annotated[list[Text], Field(min_length=2, max_length=2)]
ShapeName = Literal[SHAPES]  # type: ignore[valid-type]  # the tuple is what the readers use


class _Strict(BaseModel):
    """No unknown keys, nothing converted, nothing that is not finite."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class _Range(_Strict):
    """The keys that state a number in itself."""

    value: float = _optional("An exact number.", 160600)
    low: float = _optional("Lower end of a central interval.", 0.95)
    best: float = _optional("The median, between low and high; or the number that `within` surrounds.", 2.1)
    high: float = _optional("Upper end of a central interval.", 1.03)
    min: float = _optional("A certain lower bound.", 0)
    mode: float = _optional("The most likely value between min and max.", 5)
    max: float = _optional("A certain upper bound.", 1)
    mean: float = _optional("Mean, with `sd`.", 100)
    sd: float = _optional("Standard deviation, with `mean`.", 10)
    within: Spread = _optional(
        "How far around `best`, `fact` or `series`: a percentage or an amount.", "8%", 50
    )
    quantiles: dict[str, float] = _optional("Probability: value, two or more.", {"0.05": 10, "0.95": 40})
    confidence: float = _optional("What the interval holds; 0.9 where nothing is said.", 0.8)
    shape: ShapeName = _optional("The distribution's shape, where the default does not serve.", "lognormal")
    splice: Literal["median", "mode"] = _optional("What `best` is in a split-lognormal.")
    bound: Literal["lower", "upper"] = _optional("The number is a bound and nothing more.")
    unit: Text = _optional("The statement's own unit.", "km²")
    because: Text = _optional("A sentence of judgement.", "spread of published totals")


class Series(_Strict):
    """A number from a table of months: the sum of a period's months, or how far a level moved over them."""

    file: Text = _required("A CSV file with a row for each month.", "data/monthly.csv")
    column: Text = _required("Its column.", "general_staff")
    from_: Dated = _optional("The first month; the figure's if nothing is said.", "2025-01", alias="from")
    to: Dated = _optional("The last month; the figure's if nothing is said.", "2025-04")
    of: Literal["change", "level"] = _optional(
        "What a month's figure is: what came about in it, which is summed (change, if nothing is said), or "
        "what stood at its end (level): the last month's less that of the month before the first."
    )
    gaps: Literal["interpolate", "refuse"] = _optional(
        "Whether a month without a figure is taken from the line between its neighbours; refused if nothing "
        "is said."
    )


class Statement(_Range):
    """One uncertain number."""

    fact: EntryId = _optional("A register entry.", "isw-area-2025-jan-apr")
    series: Series = _optional("A number from a table of months.")
    draws: Text = _optional("A CSV or Parquet file with an empirical sample.", "draws.csv")
    column: Text = _optional("The sample's column in `draws`.")
    formula: Text = _optional("The number as computed from others.", "reported * discount")
    mixture: Mixture = _optional("One of several statements.")
    cites: list[EntryId] = _optional("The register entries that it rests on.")
    mismatch: Text = _optional("Why what differs in definition, period or place serves all the same.")


class Part(Statement):
    """One of the statements of a mixture."""

    weight: Weight = _required("How far it is believed, relative to the other parts.", 1)


class Mixture(_Strict):
    """One of several statements; the same pick is the same choice wherever it stands."""

    pick: Name = _required("The name of the choice.")
    of: list[Part] = _required("The statements to choose from.", min_length=2)


class Outcome(_Strict):
    """What a seed turned out to be: a number, or a fact that is exact."""

    fact: EntryId = _required("A register entry that holds one number; the claims are in its unit.")

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "number"}, handler.resolve_ref_schema(handler(core_schema))]}


class SeedClaim(_Strict):
    """What a source stated of a seed: low, best and high (at 5, 50 and 95 %), or quantiles."""

    low: float = _optional("The quantile at 5 %.", 5)
    best: float = _optional("The median.", 12)
    high: float = _optional("The quantile at 95 %.", 50)
    quantiles: dict[str, float] = _optional("Probability: value, two or more.", {"0.05": 5, "0.95": 50})


class Seed(_Strict):
    """A past claim that was resolved since."""

    title: Text = _required("What was claimed.", "Confirmed dead by name, end of 2023")
    outcome: Annotated[Outcome, BeforeValidator(_number_as_fact)] = _required("What it turned out to be.")
    scale: Literal["natural", "log"] = _optional("How distances are measured; natural if nothing is said.")
    claims: dict[Name, SeedClaim] = _required("What every source of the dispute stated.")
    cites: list[EntryId] = _optional("The register entries that it rests on.")
    because: Text = _optional("A sentence of judgement.")


class Input(Statement):
    """An uncertain quantity that claims are computed from."""

    title: Text = _optional("What it is.")
    drawn: Literal["once", "per_figure"] = _optional(
        "One value per world, or one for each figure that uses it."
    )


class Source(_Strict):
    """One side of a dispute."""

    title: Text = _required("Who it is.")
    because: Text = _optional("How it arrives at its figures.")
    relays: Text = _optional(
        "Whom it passes on: a source of the dispute, a register entry or a publisher.", "ukrainian"
    )

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "anyOf": [{"type": "string", "pattern": r"\S"}, handler.resolve_ref_schema(handler(core_schema))]
        }


class Dispute(_Strict):
    """One question of whom to believe."""

    title: Text = _required("The question.", "Whose casualty count")
    sources: dict[Name, Annotated[Source, BeforeValidator(_title_alone)]] = _required(
        "Who takes part: a title each, or title, because and relays.", min_length=1
    )
    none_of_these: float = _optional(
        "The share of every weighting that goes to the truth that nobody listed.", 0.1, gt=0, lt=1
    )


class Figure(_Strict):
    """A figure that the sources of a dispute state each in its way, or that nobody disputes (`agreed`)."""

    title: Text = _required("What it is.", "Russian casualties, Jan–Apr 2025")
    dispute: Name = _optional("The dispute whose sources make its claims.")
    unit: Text = _optional("Its unit; a plain number where there is none.", "person")
    measures: Text = _optional("What is counted.", "killed and wounded")
    period: Dated = _optional(
        "2025, 2025-01, 2025-01-01/2025-04-30, a day, or ../2025-09-30; or `each`, for a figure that is "
        "repeated for every month or quarter of the scenario's window."
    )
    place: Text = _optional("Where.", "Ukraine")
    claims: dict[Name, Statement] = _optional("A statement from every source of the dispute.")
    agreed: Statement = _optional("The one statement of a figure that nobody disputes.")


class Estimate(_Strict):
    """What to compute."""

    title: Text = _required("What it is.")
    formula: Text = _required("How it is computed.", "casualties / area")
    unit: Text = _optional("Its unit; a plain number where there is none.", "person/km²")
    mismatch: Text = _optional("Why unlike figures are set side by side all the same.")


class Question(_Strict):
    """A statement whose probability is wanted."""

    title: Text = _required("The statement in words.")
    formula: Text = _required("The statement.", "per_km2_2025 > per_km2_2024")
    mismatch: Text = _optional("Why unlike figures are set side by side all the same.")


class Correlation(_Strict):
    """Rank correlation between the errors of two or more variables."""

    between: list[Text] = _required("Inputs, facts, figure.source, or agreed figures.", min_length=2)
    rank: float = _optional("Spearman's rank correlation.", 0.5, ge=-1, le=1)
    kendall: float = _optional("Kendall's rank correlation.", 0.4, ge=-1, le=1)
    copula: Literal["gaussian", "t"] = _optional("How the tails go together; gaussian where nothing is said.")
    df: float = _optional("Degrees of freedom of the t copula.", 4, gt=0)
    because: Text = _required("The error that they share.", "one lab processed both")


class Report(_Strict):
    """Which intervals are printed."""

    levels: list[Annotated[float, Field(gt=0, lt=1)]] = _optional("What the intervals hold.", min_length=1)
    kind: Literal["equal-tailed", "hdi"] = _optional("Equal tails, or highest density.")


class Sampling(_Strict):
    """How far the draws go."""

    tolerance: float = _optional("Monte Carlo error, relative, at which drawing ends.", 0.002, gt=0, lt=1)
    max_draws: int = _optional("Worlds after which drawing ends all the same.", 1048576, ge=1024)


class Denominator(_Strict):
    """From where on a denominator that may vanish forbids a ratio."""

    negligible: float = _optional("Probability of zero or below that goes unmentioned.", 1e-9, ge=0, lt=1)
    estimable: float = _optional("The same above which there is no ratio.", 0.005, ge=0, lt=1)


class Pooling(_Strict):
    """How the sources' laws are pooled."""

    rule: Literal["linear", "logarithmic", "quantile", "log-quantile"] = _required(
        "linear: one source is right; logarithmic or (log-)quantile: a compromise between all."
    )


class ComparedWindows(_Strict):
    """Two windows whose ratio is wanted, and how each stands among all windows of its length."""

    title: Text = _optional("What is compared.", "What ISW compared")
    of: Dated = _required("The window above the line.", "2025-01/2025-04")
    over: Dated = _required("The window below it.", "2024-09/2024-12")


class ScenarioFile(_Strict):
    """What is disputed, who says what, how far each is believed, and what to compute."""

    title: Text = _required("The question that the scenario answers.")
    as_of: Dated = _required("What was known when: no later fact may be used.", "2026-08-22")
    seed: int = _optional("Seed of the random numbers.", 20250503, ge=0)
    register_: Text = _optional("The register file, relative to this one.", "register.yaml", alias="register")
    units: list[Name] = _optional("Counting units that the scenario declares.", ["tank", "case"])
    each: Literal["month", "quarter"] = _optional(
        "Figures whose period is `each` are repeated for every month or quarter of the window, and so is "
        "what is computed from them."
    )
    window: Dated = _optional("What `each` goes through, in whole months or quarters.", "2024-01/2025-12")
    comparisons: dict[Name, ComparedWindows] = _optional(
        "Comparisons of two windows of what is repeated.",
        {"isw": {"of": "2025-01/2025-04", "over": "2024-09/2024-12"}},
    )
    disputes: dict[Name, Dispute] = _optional("Questions of whom to believe.")
    default: Name = _optional("The weighting used where none is asked for; `even` where nothing is said.")
    weightings: dict[Name, Weighting] = _optional(
        "Weights of sources, by name and dispute; or `by: lineage`, one vote for each independent line; "
        "or `by: performance`, what each source earned on the seeds.",
        {"trust_osint": {"toll": {"osint": 3, "others": 1}}, "independent": {"by": "lineage"}},
    )
    bounds: dict[Name, dict[Name, Ends]] = _optional(
        "The least and the most weight that a source may have, by dispute.", {"toll": {"osint": [0.2, 0.6]}}
    )
    at_least: dict[Name, list[Pair]] = _optional(
        "Pairs of sources, the first believed at least as much as the second, by dispute.",
        {"toll": [["osint", "skeptic"]]},
    )
    seeds: dict[Name, Annotated[list[Seed], Field(min_length=1)]] = _optional(
        "Past claims that were resolved since, by dispute."
    )
    inputs: dict[Name, Input] = _optional("Uncertain quantities that claims are computed from.")
    figures: dict[Name, Figure] = _required("The figures.", min_length=1)
    estimates: dict[Name, Estimate] = _required("What to compute.", min_length=1)
    questions: dict[Name, Question] = _optional("Statements whose probability is wanted.")
    correlations: list[Correlation] = _optional("Errors that are shared.")
    report: Report = _optional("Which intervals are printed.")
    sampling: Sampling = _optional("How far the draws go.")
    denominator: Denominator = _optional("When a ratio is not estimable.")
    pooling: Pooling = _optional("How the sources' laws are pooled.")


class Entry(_Range):
    """A cited fact."""

    measures: Text = _optional("What is counted.")
    period: Dated = _optional("2025, 2025-01, 2025-01-01/2025-04-30, a day, or ../2025-09-30.")
    place: Text = _optional("Where.")
    publisher: Text = _required("Who published it.")
    title: Text = _required("The title of the publication.")
    date: Dated = _required("When it was published: 2025, 2025-05 or 2025-05-03.")
    relays: Text = _optional("The entry or publisher that it passes on.")
    ratio_of: Quotient = _optional(
        "A ratio's two parts: entries, numbers with a unit, or sums and differences of these.",
        ["isw-toll-2025-jan-apr", "isw-area-2025-jan-apr"],
        ["611000 person", "783000 person - 611000 person"],
    )
    url: Text = _optional("Where it can be read.")


class RegisterFile(RootModel[dict[EntryId, Entry]]):
    """Cited facts by id."""
