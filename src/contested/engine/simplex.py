"""How much of all weightings agrees, and how little weight must move for an answer to flip."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.engine.design import Design
from contested.engine.forms import Form
from contested.engine.precision import sectioning
from contested.language.nodes import NONE_OF_THESE
from contested.shapes.base import Array

_POINTS = 1024  # of each replicate of the net
_ROUNDING = 1e-13  # below, two probabilities are the same


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOfWeightings:
    """A share of all weightings.

    Attributes
    ----------
    share : float
    mcse : float
        Monte Carlo standard error, of the worlds and, where it is not exact, of the weightings drawn.
    exact : bool
        Whether it is exact given the probability in each stratum.
    """

    share: float
    mcse: float
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """The least shift of weight within one dispute at which a probability reaches a level.

    Attributes
    ----------
    shift : float
        Total-variation distance, from 0 to 1.
    mcse : float
        Its Monte Carlo standard error.
    dispute : int
        Index of the dispute.
    weights : tuple of float
        That dispute's weights there.
    """

    shift: float
    mcse: float
    dispute: int
    weights: tuple[float, ...]


def share_above(form: Form, level: float, lines: Sequence[Array], seed: int) -> ShareOfWeightings:
    """The share of all weightings over independent lines under which a probability exceeds a level.

    Parameters
    ----------
    form : Form
    level : float
    lines : sequence of ndarray, shape (line, source)
        By dispute the weights of its sources where one line is right (`line_rows`); rows sum to one.
    seed : int
        Of the net; used only where two disputes or more have several lines.

    Returns
    -------
    ShareOfWeightings
        Weights are uniform on the product of simplices, one per dispute with a corner per line. Exact where
        at most one dispute has several lines: a length for two lines, a polygon's area for three, a
        polytope's content for more. Else a scrambled net is laid over the weights of all disputes but that
        with the most lines, whose own share is exact at each point.
    """
    by_line = _by_line(form, lines)
    if by_line.disputes > 1:
        return _over_net(by_line, level, seed)
    heights = by_line.values.reshape(len(by_line.values), -1) - level
    share = float(_content_above(heights.mean(axis=0)))
    return ShareOfWeightings(share=share, mcse=float(sectioning(_content_above(heights), share)), exact=True)


def nearest_flip(
    form: Form, weights: Sequence[Array], level: float, may_move: Sequence[NDArray[np.bool_]]
) -> Flip | None:
    """The smallest total-variation shift within one dispute that takes a probability to a level.

    Parameters
    ----------
    form : Form
    weights : sequence of ndarray, shape (source,)
        By dispute, from where weight moves.
    level : float
    may_move : sequence of ndarray of bool, shape (source,)
        By dispute, the sources whose weight may move: those listed.

    Returns
    -------
    Flip or None
        None where no shift within one dispute does. The first of the disputes, where two need the same.

    Notes
    -----
    The probability is linear in one dispute's weights, so that the greedy shift is the least (method,
    section i, total variation): weight goes to the source that pulls most to the other side, first from the
    source that pulls most to this one. The error is se(P) / |dP/dτ| there, se(P) by sectioning.
    """
    flips = (_flip(form, weights, level, dispute, listed) for dispute, listed in enumerate(may_move))
    return min((flip for flip in flips if flip is not None), key=lambda flip: flip.shift, default=None)


def line_rows(sources: Sequence[str], line_of: Mapping[str, str], none_of_these: float) -> Array:
    """The weights of a dispute's sources where one independent line of collection is right.

    Parameters
    ----------
    sources : sequence of str
        Those of the dispute, in the order of a form's axis.
    line_of : mapping
        Source to its line; `none_of_these` is on none.
    none_of_these : float
        The weight that it keeps.

    Returns
    -------
    ndarray, shape (line, source)
        A row per line, sorted by name: what is left is shared equally among its sources.
    """
    names = sorted({line_of[source] for source in sources if source != NONE_OF_THESE})
    on_line = np.array([[line_of.get(source) == name for source in sources] for name in names], dtype=float)
    rows = (1 - none_of_these) * on_line / on_line.sum(axis=1, keepdims=True)
    unlisted = np.array([source == NONE_OF_THESE for source in sources], dtype=float)
    return np.asarray(rows + none_of_these * unlisted)


def _by_line(form: Form, lines: Sequence[Array]) -> Form:
    """The form in the weights of lines instead of sources, without the disputes of one line."""
    values = form.values
    for axis, rows in enumerate(lines, start=1):
        spread = np.moveaxis(values, axis, -1)[..., None, :]
        values = np.moveaxis((spread * rows).sum(axis=-1), -1, axis)
    several = [len(rows) for rows in lines if len(rows) > 1]
    return Form(values.reshape(len(values), *several))


def _over_net(form: Form, level: float, seed: int) -> ShareOfWeightings:
    """The share by a scrambled net; its replicate r meets the draws' replicate r, so that their spread
    around the share of all draws together holds the error of both.
    """
    sizes = form.values.shape[1:]
    most, pooled = int(np.argmax(sizes)), form.pooled.values[0]
    found = []
    for own, weights in zip(form.values, _nets(sizes, most, seed, len(form.values)), strict=True):
        both = Form(np.stack([pooled, own]))
        found.append(_content_above(both.vary(most, weights) - level).mean(axis=1))
    of_pooled, replicates = np.array(found).T
    share = float(of_pooled.mean())
    return ShareOfWeightings(share=share, mcse=float(sectioning(replicates, share)), exact=False)


def _nets(sizes: Sequence[int], most: int, seed: int, replicates: int) -> Iterator[list[Array]]:
    """By replicate, weights uniform on each dispute's simplex, shape (point, line): spacings of uniforms.

    The dispute with the most lines takes no coordinate; its row counts for nothing.
    """
    taken = [0 if dispute == most else size - 1 for dispute, size in enumerate(sizes)]
    ends = np.cumsum(taken)
    cube = Design(int(ends[-1]), seed, replicates).cube(_POINTS)
    for r in range(replicates):
        parts = np.split(cube[:, r].T, ends[:-1], axis=1)
        yield [np.diff(np.sort(part, axis=1), axis=1, prepend=0.0, append=1.0) for part in parts]


def _content_above(heights: Array) -> Array:
    """The share of a simplex on which a linear function is above 0, from its heights at the corners.

    Parameters
    ----------
    heights : ndarray, shape (…, corner)

    Notes
    -----
    Varsi (1973) and Ali (1973): the edge from a corner above to one not above is cut where the function is
    0, which parts the simplex into two, each with a corner less on one side. All terms are averages, so
    that nothing cancels. For two corners it is a length, for three the area of a clipped triangle.
    """
    corners = heights.shape[-1]
    above = np.sort(heights, axis=-1)
    count = (above <= 0).sum(axis=-1)  # of corners that are not above, the first ones
    parts = [np.ones(count.shape)] + [np.zeros(count.shape)] * corners  # by how many of those were met
    for high in range(1, corners):
        for low in range(high):
            meet = (low < count) & (count <= high)
            gap = np.where(meet, above[..., high] - above[..., low], 1.0)
            cut = (above[..., high] * parts[low] - above[..., low] * parts[low + 1]) / gap
            parts[low + 1] = np.where(meet, cut, parts[low + 1])
    return np.asarray(np.take_along_axis(np.stack(parts, axis=-1), count[..., None], axis=-1)[..., 0])


def _flip(
    form: Form, weights: Sequence[Array], level: float, dispute: int, may_move: NDArray[np.bool_]
) -> Flip | None:
    """The least shift within one dispute."""
    own, given = weights[dispute], form.vary(dispute, weights)
    heights = given.mean(axis=0) - level
    here = float((own * heights).sum())
    pull = heights if here > 0 else -heights  # to the side that the probability is on
    target = int(np.argmin(np.where(may_move, pull, math.inf)))
    gains = np.where(may_move, pull - pull[target], 0.0)  # by the weight that goes to the target
    order = np.argsort(-gains, kind="stable")
    order = order[(gains[order] > _ROUNDING) & (own[order] > 0)]
    needed = abs(here) - np.cumsum(own[order] * gains[order])  # after each in turn has given all it has
    if not len(order) or needed[-1] > _ROUNDING:
        return None
    last = min(int((needed > 0).sum()), len(order) - 1)
    kept = np.zeros(len(order))
    kept[last] = max(-needed[last], 0.0) / gains[order[last]]
    moved = np.zeros(len(own))
    moved[order[: last + 1]] = (own[order] - kept)[: last + 1]
    there = own - moved
    there[target] += moved.sum()
    each = (given * there).sum(axis=1)
    return Flip(
        shift=float(moved.sum()),
        mcse=float(sectioning(each, each.mean())) / float(gains[order[last]]),
        dispute=dispute,
        weights=tuple(there.tolist()),
    )
