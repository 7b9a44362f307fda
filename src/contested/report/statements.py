"""A statement in words: the numbers as they were stated, and the distribution that they were read as."""

from __future__ import annotations

from contested.language.nodes import (
    Citation,
    Computed,
    Exact,
    Form,
    Interval,
    Limits,
    Mixture,
    Moments,
    OneSided,
    Quantiles,
    Sample,
    Statement,
    Study,
    ThreePoint,
    Within,
)
from contested.report.plain import plain
from contested.report.wording import per_cent, spoken_unit

_SHAPES = {"jqpd-s": "J-QPD-S", "jqpd-b": "J-QPD-B"}


def in_words(study: Study, statement: Statement) -> str:
    """What a statement says: `160,600 people`, `0.4 to 0.9, holding 90 %, within 0 and 1`."""
    form, unit = statement.form, plain(spoken_unit(str(statement.unit)))
    match form:
        case Computed(formula=formula):
            return f"computed: {plain(formula.text)}"
        case Citation(fact=fact):
            return f"as published: {in_words(study, study.facts[fact].statement)}"
        case Mixture():
            parts = (
                f"{per_cent(weight)}: {in_words(study, part)}"
                for weight, part in zip(form.weights, form.parts, strict=True)
            )
            return f"one of {len(form.parts)}: {'; '.join(parts)}"
        case Sample():
            return f"the draws in column “{plain(form.column)}” of {plain(form.file.name)}"
    said, asides = _numbers(form, study.confidence)
    measured = f"{said} {unit}" if unit else said
    return ", ".join([measured, *asides, *_within(form)])


def stated_of(study: Study, path: str) -> str:
    """What was stated of an uncertain number, as the scenario or a fact states it.

    Parameters
    ----------
    path : str
        As in `variable_title`.
    """
    return in_words(study, _statement(study, path))


def shape_of(study: Study, statement: Statement) -> str:
    """What a statement was read as: `lognormal`, `exact`, `computed from others`."""
    form = statement.form
    match form:
        case Exact():
            return "exact"
        case Computed():
            return "computed from others"
        case Citation(fact=fact):
            return f"that of the cited fact: {shape_of(study, study.facts[fact].statement)}"
        case Mixture():
            return "mixture"
        case OneSided():
            return "bound, which has no distribution"
        case Sample():
            return "empirical"
        case ThreePoint(shape=shape, splice=splice):
            spliced = f", spliced at the {splice}" if splice else ""
            return f"{_SHAPES.get(shape, shape)}{spliced}"
    return _SHAPES.get(form.shape, form.shape)


def written(value: float) -> str:
    """A number as it was stated, all its digits: `160,600`, `0.4`, `−3`."""
    return f"{value:,.12g}".replace("-", "−", 1) if value < 0 else f"{value:,.12g}"


def _statement(study: Study, path: str) -> Statement:
    kind, _, rest = path.partition(".")
    name, _, claim = rest.partition(".")
    match kind:
        case "inputs":
            return study.inputs[rest.partition("@")[0]].statement
        case "register":
            return study.facts[rest].statement
    return study.figures[name].claims[claim.removeprefix("claims.")]


def _numbers(form: Form, confidence: float) -> tuple[str, list[str]]:
    """A form's numbers, which its unit follows; and what else there is to say of them."""
    match form:
        case Exact(value=value):
            return written(value), []
        case OneSided(value=value, direction=direction):
            return f"{'at least' if direction == 'lower' else 'at most'} {written(value)}", []
        case Interval(low=low, high=high):
            return f"{written(low)} to {written(high)}", [_holding(form.confidence, confidence)]
        case ThreePoint(low=low, high=high, best=best):
            middle = "most likely" if form.splice == "mode" else "median"
            held = _holding(form.confidence, confidence)
            return f"{written(low)} to {written(high)}", [f"{middle} {written(best)}", held]
        case Within(best=best, relative=relative, amount=amount):
            held = _holding(form.confidence, confidence)
            if amount is not None:
                return f"{written(best)} ± {written(amount)}", [held]
            return written(best), [f"times or divided by up to {written(1 + (relative or 0.0))}", held]
        case Limits(min=low, max=high, mode=mode):
            most = [] if mode is None else [f"most likely {written(mode)}"]
            return f"between {written(low)} and {written(high)}", most
        case Moments(mean=mean, sd=sd):
            return f"mean {written(mean)}, standard deviation {written(sd)}", []
        case Quantiles(points=points):
            return ", ".join(f"{per_cent(p)} below {written(value)}" for p, value in points), []
    raise TypeError(f"{form} has no numbers of its own")


def _holding(own: float | None, confidence: float) -> str:
    return f"holding {per_cent(own or confidence)}"


def _within(form: Form) -> list[str]:
    """The certain bounds of a form that has a range besides."""
    if not isinstance(form, Interval | ThreePoint | Moments | Quantiles):
        return []
    low, high = form.min, form.max
    if form.shape == "jqpd-s" and low == 0:  # as where none is stated
        low = None
    if low is not None and high is not None:
        return [f"never outside {written(low)} to {written(high)}"]
    below = [] if low is None else [f"never below {written(low)}"]
    return below + ([] if high is None else [f"never above {written(high)}"])
