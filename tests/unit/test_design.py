"""The net: where it lies, how it doubles, and that its replicates are independent streams."""

import numpy as np

from contested.engine.design import Design


def gather(design, points, dimension):
    found = np.empty((dimension, design.replicates, points))
    for replicates, positions, cube in design.blocks(points):
        found[:, replicates, positions] = cube
    return found


def test_points_lie_strictly_inside_the_cube():
    cube = gather(Design(3, seed=0), 4096, 3)
    assert cube.min() > 0
    assert cube.max() < 1


def test_each_replicate_is_a_net():
    """One point in each of n equal intervals, in every coordinate: a (0, m, 1)-net."""
    cube = gather(Design(5, seed=1), 256, 5)
    cells = np.sort(np.floor(cube * 256).astype(int), axis=2)
    assert (cells == np.arange(256)).all()


def test_doubling_continues_the_same_net():
    design = Design(2, seed=2)
    twice = np.concatenate([gather(design, 128, 2), gather(design, 128, 2)], axis=2)
    assert (twice == gather(Design(2, seed=2), 256, 2)).all()


def test_long_calls_come_in_blocks_of_the_same_points():
    long = gather(Design(1, seed=3, replicates=2), 2**17, 1)
    short = Design(1, seed=3, replicates=2)
    parts = [gather(short, n, 1) for n in (2**10, *(2**k for k in range(10, 17)))]
    assert (long == np.concatenate(parts, axis=2)).all()


def test_replicates_and_seeds_differ():
    first, other = gather(Design(1, seed=4), 16, 1), gather(Design(1, seed=5), 16, 1)
    assert len({tuple(row) for row in first[0]} | {tuple(row) for row in other[0]}) == 32
