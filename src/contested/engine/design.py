"""Randomised nets: R independent scramblings of one Sobol' net on the unit cube."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from contested.shapes.base import Array

if TYPE_CHECKING:
    from scipy.stats.qmc import Sobol

REPLICATES = 16
_BITS = 52  # with half a grid step added, u is never 0 or 1; at 53 bits the half step would round to 1
_HALF_STEP = 2.0**-53
_BLOCK = 32_768  # worlds evaluated at once: a fixed unit of work, which fits a core's cache


class Design:
    """Scrambled Sobol' replicates that can be extended by doubling.

    Parameters
    ----------
    dimension : int
        Coordinates of a world; at least 1.
    seed : int
        Replicate r draws its scrambling from the r-th child of ``SeedSequence(seed)``.
    replicates : int
        Independent scramblings; their spread is the Monte Carlo error.

    Notes
    -----
    SciPy's scrambling is a random linear matrix scramble with a digital shift, whose variance is of the
    order of nested scrambling's (Owen 2003). Its default of 30 bits would put points on a grid.
    """

    def __init__(self, dimension: int, seed: int, replicates: int = REPLICATES) -> None:
        # A net moves on as it is drawn from, so that each design has its own.
        self._nets = [deepcopy(net) for net in _scrambled(max(dimension, 1), seed, replicates)]
        self.replicates = replicates

    def blocks(self, points: int) -> Iterator[tuple[slice, slice, Array]]:
        """The next `points` points of every replicate, block by block.

        Parameters
        ----------
        points : int
            A power of two: the first call's number, later all drawn so far (so that the net doubles).

        Yields
        ------
        replicates, positions : slice
            Where the block belongs in an array of shape (replicate, point) of this call.
        cube : ndarray, shape (coordinate, replicate, point)
            Uniform on (0, 1).
        """
        together = max(1, min(self.replicates, _BLOCK // points))
        length = min(points, _BLOCK)
        for first in range(0, self.replicates, together):
            nets = self._nets[first : first + together]
            for start in range(0, points, length):
                cube = np.stack([net.random(length).T for net in nets], axis=1)
                cube += _HALF_STEP
                yield slice(first, first + len(nets)), slice(start, start + length), cube

    def cube(self, points: int) -> Array:
        """The next `points` points of every replicate at once: shape (coordinate, replicate, point)."""
        found = np.empty((self._nets[0].d, self.replicates, points))
        for replicates, positions, block in self.blocks(points):
            found[:, replicates, positions] = block
        return found


@lru_cache(maxsize=4)
def _scrambled(dimension: int, seed: int, replicates: int) -> tuple[Sobol, ...]:
    """The nets at their beginning: a report has several designs, and to copy is quicker than to scramble."""
    from scipy.stats import qmc  # half a second, which who only reads what was drawn need not wait

    children = np.random.SeedSequence(seed).spawn(replicates)
    streams = [np.random.Generator(np.random.PCG64DXSM(child)) for child in children]
    return tuple(qmc.Sobol(dimension, scramble=True, bits=_BITS, rng=stream) for stream in streams)
