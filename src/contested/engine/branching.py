"""Branch and bound for the widest interval: products of stretches of edges, cut until none can be wider.

All regions are cut together, so that a round asks few times where many quantiles lie. They are known to a
fine bucket, and to the draw only where a bucket is too wide beside the interval.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from contested.engine.brackets import Brackets
from contested.engine.pieces import Cut, Found, Pieces, Places, Region
from contested.engine.strata import TOLERANCE, Strata
from contested.engine.weights import side_by_side
from contested.shapes.base import Array

_MOST_POINTS = 16_384  # weightings that are tried in one region
_MOST_WEIGHTS = 4_194_304  # and weights of strata that they have
_SLACK = 1e-3  # of the width: how closely both its ends together must be known
_PARTS = 4  # that a piece is cut into
_CLOSER = range(3, 9)  # halvings of an edge: how far about the widest is looked in the end
_STEPS = 8  # in which the lower quantile of a piece is sought


class Search:
    """The search through some regions of one quantity's weightings.

    Parameters
    ----------
    strata : Strata
    regions : sequence of Region
        Of the same disputes, one at least.
    gap : float
        A piece is dropped where its bound exceeds the width found by at most this share.
    """

    def __init__(self, strata: Strata, regions: Sequence[Region], gap: float) -> None:
        disputes, number = len(regions[0].corners), len(regions)
        self._strata, self._brackets = strata, Brackets.fine(strata)
        self._regions, self._gap = regions, gap
        self._levels = np.array([[(1 - one.level) / 2, (1 + one.level) / 2] for one in regions])
        self._corners = [np.concatenate([one.corners[place] for one in regions]) for place in range(disputes)]
        self._whole = Cut.of(disputes, 0, 1)
        self._cuts = [Cut.of(disputes, along, _PARTS) for along in range(disputes)]
        self._most = min(_MOST_POINTS, _MOST_WEIGHTS // strata.count)
        self._tried = np.zeros(number, dtype=np.intp)
        self._widths, self._bounds = np.full(number, -np.inf), np.full(number, -np.inf)
        self._edges, self._shares = (
            np.zeros((number, disputes, 2), dtype=np.intp),
            np.zeros((number, disputes)),
        )

    def run(self) -> list[Found]:
        """The widest interval found in each region."""
        pieces = self._begun()
        while len((pieces := self._open(pieces)).region):
            pieces = self._cut(pieces)
        self._come_closer()
        return self._answers()

    def _begun(self) -> Pieces:
        """Every product of whole edges."""
        disputes = len(self._corners)
        region, edge = [], []
        offset = np.zeros(disputes, dtype=np.intp)
        for number, one in enumerate(self._regions):
            which = np.indices([len(edges) for edges in one.edges]).reshape(disputes, -1)
            own = np.stack([edges[place] for edges, place in zip(one.edges, which, strict=True)], axis=1)
            region.append(np.full(which.shape[1], number))
            edge.append(own + offset[:, None])
            offset += [len(corners) for corners in one.corners]
        regions, edges = np.concatenate(region), np.concatenate(edge)
        whole = np.broadcast_to([0.0, 1.0], edges.shape)
        widest = np.broadcast_to([0, self._brackets.count - 1], (len(regions), 2, 2))
        return self._seen(regions, edges, whole, widest, self._whole)

    def _open(self, pieces: Pieces) -> Pieces:
        """Those in which an interval may be wider than the widest found, and by more than the gap."""
        return self._unless_spent(self._unless_mixtures_fail(self._unless_bounded(pieces)))

    def _drop(self, pieces: Pieces, which: NDArray[np.bool_], bounds: Array) -> Pieces:
        """The other pieces; of those dropped, no width exceeds the bounds."""
        np.maximum.at(self._bounds, pieces.region[which], bounds[which])
        return pieces.only(~which)

    def _limits(self, pieces: Pieces) -> Array:
        """What a width in each piece must exceed to matter."""
        return np.asarray((1 + self._gap) * self._widths[pieces.region])

    def _unless_bounded(self, pieces: Pieces) -> Pieces:
        """Without those whose ends are bound enough."""
        bounds = pieces.bounds()
        return self._drop(pieces, bounds <= self._limits(pieces), bounds)

    def _unless_spent(self, pieces: Pieces) -> Pieces:
        """Without those of regions in which as many weightings have been tried as may be."""
        self._tried += np.bincount(pieces.region, minlength=len(self._tried)) * len(self._cuts[0].shares)
        return self._drop(pieces, self._tried[pieces.region] > self._most, pieces.bounds())

    def _unless_mixtures_fail(self, pieces: Pieces) -> Pieces:
        """Without those in which no mixture of the ends' pools is wide enough, as each weighting's pool is.

        A width above T has a lower quantile in some step from t to t + s and an upper one above t + T: so
        F(t + s) reaches the lower level, and F(t + T) does not reach the upper. Of these two, each end may
        have one and lack the other; a mixture of two ends has both if what they have, in units of what
        they lack, outweighs.
        """
        limits, brackets = self._limits(pieces), self._brackets
        start = np.fmin.reduce(pieces.outer[..., 0], axis=1)[:, None]
        steps = start + (pieces.bounds() - limits)[:, None] * (np.arange(_STEPS + 1) / _STEPS)
        weights = self._at_ends(pieces)
        levels = (self._levels[pieces.region] - TOLERANCE)[:, None] * (weights @ brackets.mass)[..., None]
        most, least = brackets.most(steps[:, 1:]), brackets.least(steps[:, :-1] + limits[:, None])
        lower = most @ weights.swapaxes(1, 2) - levels[:, None, :, 0]  # (piece, step, end); >= 0 to have it
        upper = levels[:, None, :, 1] - least @ weights.swapaxes(1, 2)  # > 0
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = upper / np.abs(lower)
        having = np.fmax.reduce(np.where(lower >= 0, ratio, -np.inf), axis=2)
        lacking = np.fmax.reduce(np.where(lower < 0, ratio, -np.inf), axis=2)
        possible = ((lower >= 0) & (upper > 0)).any(axis=2) | (having + lacking > 0)
        return self._drop(pieces, ~possible.any(axis=1), limits)

    def _cut(self, pieces: Pieces) -> Pieces:
        """Each piece in parts, along the dispute along which the quantiles change most."""
        along = np.argmax(pieces.changes(), axis=1)
        ranges = np.stack([pieces.places.min(axis=1), pieces.places.max(axis=1)], axis=2)
        ranges[np.isnan(pieces.outer).any(axis=(1, 2))] = [0, self._brackets.count - 1]
        parts = []
        for place in np.unique(along):
            own = along == place
            some = pieces.region[own], pieces.edge[own], pieces.stretch[own], ranges[own]
            parts.append(self._seen(*some, self._cuts[place]))
        return Pieces.joined(parts)

    def _seen(self, region: Places, edge: Places, stretch: Array, ranges: Places, cut: Cut) -> Pieces:
        """The parts of some pieces, and what is seen at their ends.

        Parameters
        ----------
        ranges : ndarray of integers, shape (piece, 2, 2)
            For the lower and the upper quantile, the first and the last bucket that it may lie in.
        """
        shares, (parts, ends) = cut.points(stretch), cut.ends.shape
        points, disputes = shares.shape[1:]
        places, outer = self._look(
            np.repeat(region, points),
            np.repeat(edge, points, axis=0),
            shares.reshape(-1, disputes),
            np.repeat(ranges, points, axis=0),
        )
        corners = shares[:, cut.ends]  # (piece, part, end, dispute)
        return Pieces(
            region=np.repeat(region, parts),
            edge=np.repeat(edge, parts, axis=0),
            stretch=np.stack([corners[:, :, 0], corners[:, :, -1]], axis=3).reshape(-1, disputes, 2),
            places=places.reshape(-1, points, 2)[:, cut.ends].reshape(-1, ends, 2),
            outer=outer.reshape(-1, points, 2)[:, cut.ends].reshape(-1, ends, 2),
        )

    def _look(self, region: Places, edge: Places, share: Array, ranges: Places) -> tuple[Places, Array]:
        """Buckets and outer values of both quantiles at some points; the widest interval is remembered.

        Parameters
        ----------
        region : ndarray of integers, shape (point,)
        edge : ndarray of integers, shape (point, dispute, 2)
        share : ndarray, shape (point, dispute)
        ranges : ndarray of integers, shape (point, 2, 2)
        """
        weights = side_by_side(self._parts(edge, share))
        rows, levels = np.repeat(weights, 2, axis=0), self._levels[region].ravel()
        places = self._brackets.find(rows, levels, *ranges.reshape(-1, 2).T).reshape(-1, 2)
        low, high = self._brackets.ends[places], self._brackets.ends[places + 1]
        low[(nowhere := weights @ self._brackets.mass <= 0)] = np.nan
        high[nowhere] = np.nan
        self._remember(low[:, 1] - high[:, 0], region, edge, share)
        vague = (high - low).sum(axis=1) > _SLACK * self._widths[region]
        if vague.any():
            both = np.repeat(vague, 2)
            low[vague] = high[vague] = self._strata.quantile_each(rows[both], levels[both]).reshape(-1, 2)
            self._remember(low[:, 1] - high[:, 0], region, edge, share)
        return places, np.stack([low[:, 0], high[:, 1]], axis=1)

    def _remember(self, widths: Array, region: Places, edge: Places, share: Array) -> None:
        """Keep the widest interval of each region, with its weights."""
        wider = np.flatnonzero(widths > self._widths[region])
        order = wider[np.lexsort((widths[wider], region[wider]))]
        last = order[np.flatnonzero(np.diff(region[order], append=-1))]  # the widest of each region
        own = region[last]
        self._widths[own], self._edges[own], self._shares[own] = widths[last], edge[last], share[last]

    def _parts(self, edge: Places, share: Array) -> list[Array]:
        """Weights by dispute at some points, each of shape (point, n)."""
        found = []
        for place, corners in enumerate(self._corners):
            along = share[:, place, None]
            found.append((1 - along) * corners[edge[:, place, 0]] + along * corners[edge[:, place, 1]])
        return found

    def _at_ends(self, pieces: Pieces) -> Array:
        """Weights of strata at the ends of some pieces: shape (piece, end, stratum)."""
        shares = self._whole.points(pieces.stretch)
        number, ends, disputes = shares.shape
        parts = self._parts(np.repeat(pieces.edge, ends, axis=0), shares.reshape(-1, disputes))
        return side_by_side(parts).reshape(number, ends, self._strata.count)

    def _come_closer(self) -> None:
        """Look about the widest found, along its edges, ever closer: the gap is a bound, not an aim."""
        number, disputes = self._shares.shape
        about = np.indices([3] * disputes).reshape(disputes, -1).T - 1.0
        points = len(about)
        widest = np.broadcast_to([0, self._brackets.count - 1], (number * points, 2, 2))
        for halvings in _CLOSER:
            shares = np.clip(self._shares[:, None] + about / 2**halvings, 0.0, 1.0).reshape(-1, disputes)
            edges = np.repeat(self._edges, points, axis=0)
            self._look(np.repeat(np.arange(number), points), edges, shares, widest)

    def _answers(self) -> list[Found]:
        parts = self._parts(self._edges, self._shares)
        rows = np.repeat(side_by_side(parts), 2, axis=0)
        ends = self._strata.quantile_each(rows, self._levels.ravel()).reshape(-1, 2)
        ends[self._widths == -np.inf] = np.nan
        return [
            Found(low, high, [part[place] for part in parts], bound)
            for place, (low, high, bound) in enumerate(
                zip(*ends.T.tolist(), self._bounds.tolist(), strict=True)
            )
        ]
