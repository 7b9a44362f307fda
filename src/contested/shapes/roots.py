"""The root of a monotone function of one variable, without the cost of importing scipy.optimize."""

from __future__ import annotations

import math
from collections.abc import Callable


def root(f: Callable[[float], float], low: float, high: float, *, steps: int = 200) -> float:
    """Where f changes sign between low and high (Chandrupatla 1997, Adv. Eng. Softw. 28:145).

    Parameters
    ----------
    f : callable
        Of opposite signs, or zero, at low and high; a jump counts as a change of sign.
    steps : int
        Evaluations at most; few roots need 20.

    Returns
    -------
    float
        Within a few units in the last place.
    """
    a, b, fa, fb = high, low, f(high), f(low)
    c, fc, t = a, fa, 0.5
    for _ in range(steps):
        x = a + t * (b - a)
        fx = f(x)
        if (fx > 0) == (fa > 0):
            c, fc = a, fa
        else:
            c, b, fc, fb = b, a, fb, fa
        a, fa = x, fx
        best, f_best = (a, fa) if abs(fa) < abs(fb) else (b, fb)
        tolerance = 4 * math.ulp(best) / (abs(b - a) or 1.0)
        if f_best == 0 or tolerance > 0.5 or a == b:
            break
        t = min(max(_fraction((a, fa), (b, fb), (c, fc)), tolerance), 1 - tolerance)
    return best


def _fraction(*points: tuple[float, float]) -> float:
    """How far from the first point to the second to look: by inverse quadratic where that is safe, else half.

    The points are (x, f(x)); the root lies between the first two, and the third came before them.
    """
    (a, fa), (b, fb), (c, fc) = points
    if len({fa, fb, fc}) < 3:
        return 0.5
    xi, phi = (a - b) / (c - b), (fa - fb) / (fc - fb)
    if not (phi * phi < xi and (1 - phi) ** 2 < 1 - xi):
        return 0.5
    return fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
