"""Monte Carlo error from replicates, and how many digits it earns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from contested.shapes.base import Array

CLEAR = 2.0  # Monte Carlo standard errors by which an inequality must hold to be clear
_ROUNDING = 1e-12

_CONFIDENCE = 0.95  # of the Monte Carlo interval that decides on digits
_SMALLEST_PLAIN = 1e-4  # below, and from _LARGEST_PLAIN on, people get powers of ten
_LARGEST_PLAIN = 1e15

_DIGITS = 2  # significant ones that people get
_MOST_DIGITS = 6  # that they get where fewer do not tell two numbers of a row apart
_ALIKE = 1e-5  # of their size, by which numbers may differ though so many digits are the same
_SPARED = (1.0, 0.1, 0.0)  # of the errors, in turn, where the whole of them would make a row misread


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


def rounded(
    estimate: float, mcse: float, significant: int = _DIGITS, df: int = 15, *, nonzero: bool = False
) -> Rounded:
    """A number rounded to its significant digits, or where its Monte Carlo error is large, to fewer.

    Parameters
    ----------
    estimate : float
    mcse : float
        Its Monte Carlo standard error; 0 for a number that was not drawn.
    significant : int
        Most significant digits.
    df : int
        Degrees of freedom of the error: replicates less one.
    nonzero : bool
        Whether its first digit stays whatever the error, so that it is not shown as 0.

    Notes
    -----
    The last place is the coarser of two: that of the last significant digit, and the last that the error
    leaves whole (`last_place`), or the one after it where rounding would move the number by more than its
    error: 152 ± 5.4 is shown as 150, not as 200. Each number is rounded by its own size and its own error:
    `96 (50 to 140)`. One place for a whole row would claim a third digit of the 140, or, taken from the
    worst known end of a skewed interval, would wipe out the other end and the centre.
    """
    if not (math.isfinite(estimate) and math.isfinite(mcse)):
        return Rounded(math.nan, 0)
    place = significant_place(estimate, significant)
    reach = half_width(mcse, df)
    if reach > 0:
        earned = _earned_place(estimate, reach)
        first = significant_place(estimate, 1) if nonzero else None
        earned = earned if first is None else min(earned, first)
        place = earned if place is None else max(place, earned)
    return Rounded(round_to(estimate, place or 0), place or 0)


def rounded_together(numbers: Sequence[Measured], sets: Sequence[int] = (), df: int = 15) -> list[Rounded]:
    """Numbers that are read side by side, each as `rounded` has it, to digits that let them be compared.

    Parameters
    ----------
    numbers : sequence of Measured
    sets : sequence of int, optional
        By number, which interval it is an end of, counted from 1; 0 of a centre, which belongs to all.
    df : int
        Degrees of freedom of the errors.

    Notes
    -----
    None is shown out of order, and where all are above 0, or all below, none as 0. Two ends of one interval,
    or a centre and an end, are shown alike only where they differ by no more than the larger of their errors
    (the half-widths of their Monte Carlo intervals), or by less than six digits can show. Where two digits
    do not do, all numbers get more. Where errors do not let that be, since one number is known much worse
    than its neighbour, they count for a tenth, and at last not at all: a digit too many misleads less than
    an end on the wrong side of its median.
    """
    one_sided = all(number.value > 0 for number in numbers) or all(number.value < 0 for number in numbers)
    row: list[Rounded] = []
    for spared in _SPARED:
        for digits in range(_DIGITS, _MOST_DIGITS + 1):
            row = [rounded(n.value, spared * n.mcse, digits, df, nonzero=one_sided) for n in numbers]
            if _comparable(numbers, row, sets or [0] * len(row), df):
                return row
    return row


def _comparable(numbers: Sequence[Measured], row: Sequence[Rounded], sets: Sequence[int], df: int) -> bool:
    """Whether no two numbers of a row are shown out of order, or alike though they are not."""
    known = [each for each in zip(numbers, row, sets, strict=True) if math.isfinite(each[1].value)]
    known.sort(key=lambda each: each[0].value)
    for (less, first, one), (more, second, other) in combinations(known, 2):
        if first.value > second.value:
            return False
        if first.value == second.value and (one == other or 0 in (one, other)):
            error = half_width(max(less.mcse, more.mcse), df)
            if more.value - less.value > max(error, _ALIKE * max(abs(less.value), abs(more.value))):
                return False
    return True


def probability_text(probability: float, mcse: float, df: int = 15) -> str:
    """A probability for people: `97 %`, at the ends `<1 %` and `>99 %`.

    In whole per cent; in tens where the Monte Carlo error earns no more (`<10 %`, `40 %`, `>90 %`) and
    rounding to them adds no more than it. There is no coarser step: an error that calls for one is an answer
    that has not converged.
    """
    reach = 100 * half_width(mcse, df)
    per_cent = 100 * probability
    step = 10 if reach > 0 and _earned_place(per_cent, reach) >= 1 else 1
    nearest = int(round_to(per_cent, 1 if step == 10 else 0))
    if nearest == 0 or per_cent + reach < step:
        return f"<{step} %"
    if nearest == 100 or per_cent - reach > 100 - step:
        return f">{100 - step} %"
    return f"{nearest} %"


def last_place(reach: float) -> int:
    """Exponent k of the last place that a half-width > 0 leaves whole: the least with 10^k / 2 >= reach.

    The half-width is that of the Monte Carlo interval (method, section e: k = ⌈log10 2h⌉).
    """
    return math.ceil(math.log10(2 * reach))


def _earned_place(value: float, reach: float) -> int:
    """The last place that an error leaves whole, or the next where that would add more than the error."""
    whole = last_place(reach)
    return whole if abs(round_to(value, whole) - value) <= reach else whole - 1


def significant_place(value: float, digits: int = _DIGITS) -> int | None:
    """Exponent l of the last of a number's significant digits: value = c·10^l with c of so many digits.

    A carry counts: 0.9996 to two digits is 1.0, and l is -1. None for 0, which has none. JCGM 101:2008,
    7.9.2, where 10^l / 2 is the numerical tolerance.
    """
    if value == 0:
        return None
    return int(f"{value:.{digits - 1}e}".partition("e")[2]) - digits + 1


def round_to(value: float, place: int) -> float:
    """The nearest multiple of 10^place; a tie goes to the even one, and nothing becomes -0."""
    return round(value, -place) + 0.0


def half_width(mcse: float, df: int = 15) -> float:
    """Half of the 95 % Monte Carlo interval of an answer whose standard error it is."""
    return float(stdtrit(df, (1 + _CONFIDENCE) / 2)) * mcse
