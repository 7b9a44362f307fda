"""What it is worth to learn a variable before one acts, from conditional means."""

from __future__ import annotations

import numpy as np

from contested.engine.conditional import Conditional
from contested.engine.precision import sectioning
from contested.shapes.base import Array

_CLEAR = 3.0  # standard errors within which a value below 0 is noise


def value_of_learning(gains: Conditional, scale: float = 1.0, offset: float = 0.0) -> tuple[Array, Array]:
    """The expected value of learning a variable before one acts: E max_d E[b_d | U] - max_d E b_d.

    Parameters
    ----------
    gains : Conditional, of leading axes (action, …)
        E[b_d - b_0 | U]: what each further action is worth more than the first, once its values are
        multiplied by `scale` and `offset` is added. For the 0-1 loss of a claim T, acting on it is worth
        2T - 1 more than acting on the contrary.

    Returns
    -------
    value, mcse : ndarray, each of shape (…)
        Between 0 and the value of learning everything in these worlds.

    Notes
    -----
    Strong, Oakley & Brennan (2014, MDM 34:311) smooth the benefits and average the best. The best of noisy
    curves is too good. Here the worlds of each replicate are acted on as the other replicates' curves
    advise, and count what that action is worth there: a wrong advice costs little, since it is given
    where the actions are worth nearly the same.
    """
    cells = _with_first(scale * gains.cells + offset)
    smooth = _with_first(scale * gains.smooth + offset)
    replicates = smooth.shape[-2]
    others = (smooth.sum(axis=-2, keepdims=True) - smooth) / (replicates - 1)
    advised = np.take_along_axis(cells, others.argmax(axis=0, keepdims=True), axis=0)[0].mean(axis=-1)
    alone = cells.mean(axis=-1)
    best = alone.mean(axis=-1, keepdims=True).argmax(axis=0, keepdims=True)
    each = advised - np.take_along_axis(alone, np.broadcast_to(best, (1, *alone.shape[1:])), axis=0)[0]
    value = np.asarray(each.mean(axis=-1))
    error = sectioning(np.moveaxis(each, -1, 0), value)
    within = (value < 0) & (value >= -_CLEAR * error - 1e-12)
    return np.where(within, 0.0, value), error


def _with_first(gains: Array) -> Array:
    return np.concatenate([np.zeros((1, *gains.shape[1:])), gains])
