"""Convergence of the net (topic SAMP), with its source."""

from __future__ import annotations

import numpy as np

from contested.engine.design import Design


def test_samp_02_convergence_on_a_product_integrand() -> None:
    """SAMP-02: Sobol's g product, Owen (1997) Ann. Statist. 25:1541; RMSE falls at least as n^-0.75.

    The slope is fitted to the root mean squared error of 32 replicates, as the case has it.
    """
    a = np.array([0.0, 0.5, 3.0, 9.0])[:, None, None]
    design, sums, counts = (
        Design(4, seed=0, replicates=32),
        np.zeros(32),
        [256, 256, 512, 1024, 2048, 4096, 8192],
    )
    points, sizes, errors = 0, [], []
    for new in counts:
        for replicates, _, cube in design.blocks(new):
            sums[replicates] += np.prod((np.abs(4 * cube - 2) + a) / (1 + a), axis=0).sum(axis=1)
        points += new
        if points in (256, 1024, 4096, 16384):
            sizes.append(points)
            errors.append(np.sqrt(np.mean((sums / points - 1.0) ** 2)))
    assert sizes == [256, 1024, 4096, 16384]
    slope = np.polyfit(np.log(sizes), np.log(errors), 1)[0]
    assert -slope >= 0.75, f"RMSE {errors} falls as n^{slope:.2f}"
