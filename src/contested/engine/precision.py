"""Monte Carlo error from replicates, and how many digits it earns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from contested.shapes.base import Array

CLEAR = 2.0  # Monte Carlo standard errors by which an inequality must hold to be clear
_ROUNDING = 1e-12

_CONFIDENCE = 0.95  # of the Monte Carlo interval that decides on digits
_SMALLEST_PLAIN = 1e-4  # below, and from _LARGEST_PLAIN on, people get powers of ten
_LARGEST_PLAIN = 1e15


def sectioning(replicates: ArrayLike, pooled: ArrayLike) -> Array:
    """Monte Carlo standard error of a pooled answer, from the same answer of each replicate.

    Parameters
    ----------
    replicates : array_like, shape (R, …)
        The answer from each of R >= 2 independent scrambles alone.
    pooled : array_like, shape (…)
        The answer from all draws together.

    Returns
    -------
    ndarray, shape (…)
        sqrt(Σ (q_r - q)² / (R - 1) / R); with Student's t of R - 1 degrees of freedom it gives an
        interval (method, section e: sectioning, which keeps its coverage where averaging the
        replicates' quantiles loses it).
    """
    each = np.asarray(replicates, dtype=float)
    count = each.shape[0]
    squares = (each - np.asarray(pooled, dtype=float)) ** 2
    return np.asarray(np.sqrt(squares.sum(axis=0) / (count - 1) / count))


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with its Monte Carlo standard error, and how it lies to a level by two of them.

    What differs from a level by rounding alone is on it.
    """

    value: float
    mcse: float = 0.0

    @classmethod
    def of(cls, replicates: Array, pooled: float | None = None) -> Measured:
        """From the answer of each replicate alone, shape (R,); the pooled one is their mean where absent."""
        value = float(np.mean(replicates)) if pooled is None else pooled
        return cls(value, float(sectioning(replicates, value)))

    def above(self, level: float) -> bool:
        """Whether it is clearly greater."""
        return self.value - CLEAR * self.mcse > level + _ROUNDING

    def below(self, level: float) -> bool:
        """Whether it is clearly less."""
        return self.value + CLEAR * self.mcse < level - _ROUNDING

    def at_least(self, level: float) -> bool:
        """Whether it is clearly no less."""
        return self.value - CLEAR * self.mcse >= level - _ROUNDING

    def at_most(self, level: float) -> bool:
        """Whether it is clearly no greater."""
        return self.value + CLEAR * self.mcse <= level + _ROUNDING


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number as people are shown it.

    Attributes
    ----------
    value : float
        A whole multiple of 10^place; nan where no digit is known.
    place : int
        Exponent of the last digit shown.
    """

    value: float
    place: int

    def __str__(self) -> str:
        """`1,600`, `99`, `0.043`, `4.3e-12`; `–` where there is no number to show."""
        if not math.isfinite(self.value):
            return "–"
        size = abs(self.value)
        if size and not _SMALLEST_PLAIN <= size < _LARGEST_PLAIN:
            return f"{self.value:.{max(Decimal(str(size)).adjusted() - self.place, 0)}e}"
        return f"{self.value:,.{max(-self.place, 0)}f}"


def rounded(estimate: float, mcse: float, significant: int = 2, df: int = 15) -> Rounded:
    """A number rounded to its significant digits, and never finer than its Monte Carlo error earns.

    Parameters
    ----------
    estimate : float
    mcse : float
        Its Monte Carlo standard error; 0 for a number that was not drawn.
    significant : int
        Most significant digits.
    df : int
        Degrees of freedom of the error: replicates less one.

    Notes
    -----
    The last place is the coarser of two: that of the last significant digit, and ⌈log10 2h⌉ with h the
    half-width of the 95 % Monte Carlo interval (method, section e). Each number of a row, the centre and
    the ends of its interval, is rounded by its own size and its own error: `96 [50, 140]`. One place
    for the whole row would claim a third digit of the 140, or, taken from the worst known end of a
    skewed interval, would wipe out the other end and the centre.
    """
    if not (math.isfinite(estimate) and math.isfinite(mcse)):
        return Rounded(math.nan, 0)
    place = significant_place(estimate, significant)
    reach = half_width(mcse, df)
    if reach > 0:
        earned = last_place(reach)
        place = earned if place is None else max(place, earned)
    return Rounded(round_to(estimate, place or 0), place or 0)


def probability_text(probability: float, mcse: float, df: int = 15) -> str:
    """A probability for people: `97 %`, at the ends `<1 %` and `>99 %`.

    In whole per cent; in tens where the Monte Carlo error earns no more (`<10 %`, `40 %`, `>90 %`).
    There is no coarser step: an error that calls for one is an answer that has not converged.
    """
    reach = 100 * half_width(mcse, df)
    step = 10 if reach > 0.5 else 1
    per_cent = 100 * probability
    nearest = int(round_to(per_cent, 1 if step == 10 else 0))
    if nearest == 0 or per_cent + reach < step:
        return f"<{step} %"
    if nearest == 100 or per_cent - reach > 100 - step:
        return f">{100 - step} %"
    return f"{nearest} %"


def last_place(reach: float) -> int:
    """Exponent k of the last place that a half-width > 0 earns: the least with 10^k / 2 >= reach.

    The half-width is that of the Monte Carlo interval (method, section e: k = ⌈log10 2h⌉).
    """
    return math.ceil(math.log10(2 * reach))


def significant_place(value: float, digits: int = 2) -> int | None:
    """Exponent l of the last of a number's significant digits: value = c·10^l with c of so many digits.

    A carry counts: 0.9996 to two digits is 1.0, and l is -1. None for 0, which has none. JCGM 101:2008,
    7.9.2, where 10^l / 2 is the numerical tolerance.
    """
    if value == 0:
        return None
    return Decimal(f"{value:.{digits - 1}e}").adjusted() - digits + 1


def round_to(value: float, place: int) -> float:
    """The nearest multiple of 10^place; a tie goes to the even one, and nothing becomes -0."""
    return round(value, -place) + 0.0


def half_width(mcse: float, df: int = 15) -> float:
    """Half of the 95 % Monte Carlo interval of an answer whose standard error it is."""
    return float(stdtrit(df, (1 + _CONFIDENCE) / 2)) * mcse
