"""A statement's numbers as a form: default shapes, and every rule about the order of numbers and bounds."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from contested.language.faults import Faults, listed, number_text
from contested.language.hints import share
from contested.language.nodes import (
    Exact,
    Form,
    Interval,
    Limits,
    Moments,
    OneSided,
    Quantiles,
    ThreePoint,
    Within,
)
from contested.language.schema import PERCENTAGE
from contested.language.statement_keys import Row
from contested.language.structure import got
from contested.language.tree import Place
from contested.language.yaml_text import scalar


@dataclass(slots=True)
class Keys:
    """The keys of one statement, and whether any was refused."""

    place: Place
    faults: Faults
    refused: bool = False

    def __contains__(self, key: str) -> bool:
        return self.place.get(key) is not None

    def number(self, key: str) -> float | None:
        return self.place.number(key)

    def required(self, key: str) -> float:
        """A number that the form needs; its presence was checked."""
        value = self.place.number(key)
        assert value is not None
        return value

    def refuse(self, key: str, message: str) -> None:
        """Fault the value of a key."""
        place = self.place.get(key) or self.place
        self.faults.add(place.location, place.path, message)
        self.refused = True


def literal(row: Row, place: Place, faults: Faults, around: float | None = None) -> Form | None:
    """The form that a statement's own numbers make, None where they are refused.

    Parameters
    ----------
    row : Row
        Which form its keys make; one that needs neither files nor other statements.
    place : Place
        The statement.
    faults : Faults
        Where faults are put.
    around : float, optional
        The fact's value where the row is `fact` with `within`.
    """
    keys = Keys(place, faults)
    form = _READERS[row.name](keys) if around is None else _within(keys, around)
    return None if keys.refused else form


def percentage(text: str) -> float | None:
    """A percentage as a share, None where the text is none."""
    return float(text.strip().rstrip("%")) / 100 if re.match(PERCENTAGE, text) else None


def rising(keys: Keys, *names: str) -> None:
    """Refuse numbers that do not rise strictly in this order, each beside its next."""
    present = [(name, value) for name in names if (value := keys.number(name)) is not None]
    for (name, value), (after, above) in pairwise(present):
        if value >= above:
            keys.refuse(name, f"must be below {after} (got {number_text(value)} and {number_text(above)})")


def _exact(keys: Keys) -> Form:
    value = keys.required("value")
    if "bound" in keys and "shape" in keys:
        keys.refuse("shape", "a bound has no shape; leave it out")
    _shape(keys, ("point",))
    match keys.place.text("bound"):
        case "lower":
            return OneSided(value=value, direction="lower")
        case "upper":
            return OneSided(value=value, direction="upper")
    return Exact(value=value)


def _interval(keys: Keys) -> Form:
    low, high = keys.required("low"), keys.required("high")
    rising(keys, "min", "low", "high", "max")
    bounds = [key for key in ("min", "max") if key in keys]
    if len(bounds) == 2:
        allowed: tuple[str, ...] = ("beta", "logit-normal", "truncated-normal")
    elif bounds:
        allowed = ("truncated-normal",)
        if "shape" not in keys:
            other = "max" if bounds == ["min"] else "min"
            keys.refuse(bounds[0], f"needs {other} beside it, or shape: truncated-normal")
    else:
        allowed = ("lognormal", "normal", "gamma") if low > 0 else ("normal", "lognormal", "gamma")
    shape = _shape(keys, allowed)
    _positive(keys, shape, "low")
    confidence = _confidence(keys)
    return Interval(
        low=low, high=high, min=keys.number("min"), max=keys.number("max"), confidence=confidence, shape=shape
    )


def _three_point(keys: Keys) -> Form:
    rising(keys, "min", "low", "best", "high", "max")
    bounded = "min" in keys and "max" in keys
    if "max" in keys and "min" not in keys:
        keys.refuse("max", "needs min beside it")
    shape = _shape(keys, ("jqpd-b", "metalog") if bounded else ("jqpd-s", "metalog", "split-lognormal"))
    minimum = keys.number("min")
    if shape == "jqpd-s" and minimum is None:
        minimum = 0.0
        if keys.required("low") <= 0:
            low = number_text(keys.required("low"))
            keys.refuse("low", f"must be above min, which is 0 where none is given (got {low}); give min")
    _positive(keys, shape, "low")
    return ThreePoint(
        low=keys.required("low"),
        best=keys.required("best"),
        high=keys.required("high"),
        min=minimum,
        max=keys.number("max"),
        confidence=_confidence(keys),
        shape=shape,
        splice=_splice(keys, shape),
    )


def _splice(keys: Keys, shape: str) -> Literal["median", "mode"] | None:
    splice = keys.place.text("splice")
    if shape == "split-lognormal" and splice is None:
        keys.refuse("shape", "split-lognormal needs splice: median or splice: mode, for what best is")
    if shape != "split-lognormal" and splice is not None:
        keys.refuse("splice", f"belongs to shape: split-lognormal (got shape {shape})")
    return "mode" if splice == "mode" else "median" if splice else None


def _within(keys: Keys, around: float | None = None) -> Form:
    best = keys.required("best") if around is None else around
    confidence = _confidence(keys)
    relative = percentage(keys.place.text("within") or "")
    if relative is not None:
        if not 0 < relative < math.inf:
            keys.refuse("within", f"must be above 0 %, and finite (got {keys.place.text('within')})")
        if best <= 0:
            keys.refuse(
                "within", f"a percentage needs a number above 0 (got {number_text(best)}); write an amount"
            )
        return Within(best=best, relative=relative, confidence=confidence, shape=_shape(keys, ("lognormal",)))
    amount = keys.required("within")
    if amount <= 0:
        keys.refuse("within", f"must be above 0 (got {number_text(amount)})")
    elif amount < 1 <= abs(best) and amount < abs(best) / 10:
        shown = f"got {number_text(amount)} around {number_text(best)}"
        meant = f"{number_text(round(100 * amount, 10))}%, or " if best > 0 else ""
        keys.refuse("within", f"looks like a percentage ({shown}); write {meant}low and high")
    return Within(best=best, amount=amount, confidence=confidence, shape=_shape(keys, ("normal",)))


def _limits(keys: Keys) -> Form:
    low, high, mode = keys.required("min"), keys.required("max"), keys.number("mode")
    rising(keys, "min", "max")
    if mode is not None and low < high and not low <= mode <= high:
        span = f"{number_text(low)} to {number_text(high)}"
        keys.refuse("mode", f"must lie between min and max (got {number_text(mode)}, outside {span})")
    shape = _shape(keys, ("uniform",) if mode is None else ("pert", "triangular"))
    return Limits(min=low, max=high, mode=mode, shape=shape)


def _moments(keys: Keys) -> Form:
    mean, sd = keys.required("mean"), keys.required("sd")
    low, high = keys.number("min"), keys.number("max")
    if sd <= 0:
        keys.refuse("sd", f"must be above 0 (got {number_text(sd)})")
    rising(keys, "min", "max")
    if low is None and high is None:
        shape = _shape(keys, ("normal", "lognormal", "gamma"))
    else:
        shape = _shape(keys, ("truncated-normal", "beta"))
    _positive(keys, shape, "mean")
    if shape == "beta":
        _beta_moments(keys, mean, sd)
    return Moments(mean=mean, sd=sd, min=low, max=high, shape=shape)


def _beta_moments(keys: Keys, mean: float, sd: float) -> None:
    low, high = keys.number("min"), keys.number("max")
    if low is None or high is None:
        keys.refuse("shape", "beta needs both min and max")
    elif not low < mean < high:
        keys.refuse("mean", f"must lie between min and max (got {number_text(mean)})")
    elif sd**2 >= (mean - low) * (high - mean):
        widest = f"{math.sqrt((mean - low) * (high - mean)):.3g}"
        keys.refuse("sd", f"must be below {widest} for a beta within these bounds (got {number_text(sd)})")


def _quantiles(keys: Keys) -> Form:
    points = _points(keys)
    values = [value for _, value in points]
    low, high = keys.number("min"), keys.number("max")
    rising(keys, "min", "max")
    if points and low is not None and values[0] <= low:
        keys.refuse(
            "min", f"must be below every quantile (got {number_text(low)} and {number_text(values[0])})"
        )
    if points and high is not None and values[-1] >= high:
        keys.refuse(
            "max", f"must be above every quantile (got {number_text(high)} and {number_text(values[-1])})"
        )
    shape = _quantiles_shape(keys, values)
    if _splice(keys, shape) == "mode":
        keys.refuse("splice", "must be median (got mode): quantiles state no mode")
    return Quantiles(points=points, min=low, max=high, shape=shape)


def _quantiles_shape(keys: Keys, values: list[float]) -> str:
    if "min" in keys and "max" in keys:
        return _shape(keys, ("metalog", "beta", "logit-normal", "truncated-normal"))
    if "min" in keys:
        return _shape(keys, ("metalog", "truncated-normal"))
    if "max" in keys:
        if "shape" not in keys:
            keys.refuse("max", "needs min beside it, or shape: truncated-normal")
        return _shape(keys, ("truncated-normal",))
    shape = _shape(keys, ("metalog", "lognormal", "normal", "gamma", "split-lognormal"))
    if shape in ("lognormal", "gamma", "split-lognormal") and values and values[0] <= 0:
        shown = number_text(values[0])
        keys.refuse("quantiles", f"{shape} needs quantiles above 0 (got {shown}); use shape: normal")
    return shape


def _points(keys: Keys) -> tuple[tuple[float, float], ...]:
    place = keys.place.get("quantiles") or keys.place
    points: list[tuple[float, float]] = []
    for key, value in place.items():
        probability = scalar(key)
        if (
            isinstance(probability, bool)
            or not isinstance(probability, int | float)
            or not 0 < probability < 1
        ):
            written = percentage(key)
            remedy = share(probability) if written is None else f"; write {number_text(written)}"
            message = f"a probability must lie between 0 and 1 (got {got(probability)}){remedy}"
            keys.faults.add(value.key_location, place.path, message)
            keys.refused = True
        else:
            points.append((float(probability), place.number(key) or 0.0))
    points.sort()
    if len(points) < 2 and not keys.refused:
        keys.refuse("quantiles", f"must hold at least 2 entries (got {len(points) or 'none'})")
    for (p, x), (q, y) in pairwise(points):
        if p == q:
            keys.refuse("quantiles", f"probability {number_text(p)} stands twice; keep one")
        elif x >= y:
            shown = f"got {number_text(x)} at {number_text(p)} and {number_text(y)} at {number_text(q)}"
            keys.refuse("quantiles", f"must rise with probability ({shown})")
    return tuple(points)


_READERS: Mapping[str, Callable[[Keys], Form]] = {
    "exact": _exact,
    "interval": _interval,
    "three-point": _three_point,
    "within": _within,
    "limits": _limits,
    "moments": _moments,
    "quantiles": _quantiles,
}


def _shape(keys: Keys, allowed: tuple[str, ...]) -> str:
    """The shape that is asked for, else the first of those allowed."""
    asked = keys.place.text("shape")
    if asked is None or asked in allowed:
        return asked or allowed[0]
    keys.refuse("shape", f"must be {listed(allowed, 'or')} with these keys (got '{asked}')")
    return allowed[0]


def _positive(keys: Keys, shape: str, key: str) -> None:
    value = keys.required(key)
    if shape in ("lognormal", "gamma", "split-lognormal") and value <= 0:
        remedy = "; use shape: normal" if shape != "split-lognormal" else "; use jqpd-s, with a min below low"
        keys.refuse(key, f"must be above 0 for {shape} (got {number_text(value)}){remedy}")


def _confidence(keys: Keys) -> float | None:
    confidence = keys.number("confidence")
    if confidence is not None and not 0 < confidence < 1:
        remedy = share(confidence)
        keys.refuse("confidence", f"must lie between 0 and 1 (got {number_text(confidence)}){remedy}")
    return confidence
