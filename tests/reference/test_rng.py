"""Known answers of the random streams (topic RNG), each with its source."""

from __future__ import annotations

import numpy as np
from scipy.stats import qmc

from contested.engine.design import Design


def test_rng_02_replicates_are_scrambled_from_spawned_children() -> None:
    """RNG-02: numpy.random's guarantee for SeedSequence and bit generators (NEP 19); exact.

    A run's replicates take the children of its seed, known by their states, to PCG64DXSM; the case's
    draws of PCG64 itself are of a generator that no command uses.
    """
    states = [
        [13729193726644583001, 7698903634429059810],
        [1541481317522987174, 2071345466375141727],
        [16509573094957701944, 7238772877842046934],
    ]
    children = np.random.SeedSequence(12345).spawn(3)
    assert [child.generate_state(2, np.uint64).tolist() for child in children] == states
    (_, _, cube), *_ = Design(2, seed=12345, replicates=3).blocks(64)
    for replicate, child in enumerate(children):
        stream = np.random.Generator(np.random.PCG64DXSM(child))
        net = qmc.Sobol(2, scramble=True, bits=52, rng=stream).random(64)
        assert (cube[:, replicate] == net.T + 2.0**-53).all()
