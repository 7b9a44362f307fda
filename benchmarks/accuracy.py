"""Accuracy per second of the numeric core: net points to quantiles, against plain NumPy and OpenTURNS.

The quantity is the ratio of two figures with lognormal claims under three sources of one dispute, whose
quantiles have a closed form up to one root; it serves only to judge. Accuracy is the worst relative RMSE
over seeds of the 5, 50 and 95 % quantiles; what is compared is the time each needs to reach 1e-4.
"""

from __future__ import annotations

import math
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from benchmarks.scenarios import MEDIANS, SIGMAS, WEIGHTS, one_dispute
from benchmarks.table import Measured
from contested.engine.draws import Draws
from contested.engine.model import Model
from contested.engine.run import Run
from contested.engine.weights import stratum_weights
from contested.language.reading import read

LEVELS = [0.05, 0.5, 0.95]
TARGET = 1e-4
SOURCES = sorted(WEIGHTS)
MU = np.array([math.log(MEDIANS[s][0] / MEDIANS[s][1]) for s in SOURCES])
SIGMA = np.array([math.hypot(*SIGMAS[s]) for s in SOURCES])
W = np.array([WEIGHTS[s] for s in SOURCES])


def measure(smoke: bool = False) -> Iterator[Measured]:
    """The bars on accuracy per second."""
    seeds = 4 if smoke else 20
    ours, points = _time_to_target(_contested(), seeds)
    plain = _plain(seeds, 100_000 if smoke else 1_000_000)
    note = f"{ours * 1e3:.1f} ms at {points} points a replicate; plain NumPy {plain:.2f} s"
    yield Measured("accuracy per second against plain NumPy", plain / ours, 100, True, note=note)
    try:
        import openturns  # noqa: F401
    except ImportError:
        print("openturns is not installed: its two rows are left out (pip install '.[benchmark]')")
        return
    randomised, _ = _time_to_target(_openturns(16), seeds)
    single, _ = _time_to_target(_openturns(1), 1)
    yield Measured(
        "time against OpenTURNS, 16 randomised nets",
        ours / randomised,
        0.5,
        False,
        note=f"{randomised * 1e3:.1f} ms",
    )
    yield Measured(
        "time against OpenTURNS, one net, no error", ours / single, 1, False, note=f"{single * 1e3:.1f} ms"
    )


def exact() -> np.ndarray:
    """The mixture's quantiles."""

    def cdf(x: float) -> float:
        return float(W @ ndtr((math.log(x) - MU) / SIGMA))

    return np.array([brentq(lambda x, p=p: cdf(x) - p, 1, 1000, xtol=1e-12, rtol=1e-14) for p in LEVELS])


def _time_to_target(method: Callable[[int, int], np.ndarray], seeds: int) -> tuple[float, int]:
    """Median time, and points, at the smallest power of two that reaches the target.

    Parameters
    ----------
    method : callable
        (points, seed) -> quantiles.
    """
    truth = exact()
    for exponent in range(9, 20):
        points = 1 << exponent
        errors = np.array([method(points, seed) / truth - 1 for seed in range(seeds)])
        if np.sqrt((errors**2).mean(axis=0)).max() <= TARGET:
            times = []
            for seed in range(7):
                start = time.perf_counter()
                method(points, seed)
                times.append(time.perf_counter() - start)
            return float(np.median(times)), points
    raise RuntimeError("the target was not reached")


def _contested() -> Callable[[int, int], np.ndarray]:
    """Net, worlds, strata, quantiles and their Monte Carlo errors; the model is read beforehand."""
    with tempfile.TemporaryDirectory() as folder:
        study = read(one_dispute(Path(folder)))
    model = Model.of(study)
    quantity = next(q for q in model.quantities if q.kind == "estimate")
    weights = stratum_weights(quantity, study.weightings["stated"])[None]

    def quantiles(points: int, seed: int) -> np.ndarray:
        draws = Draws(model, seed)
        while draws.points < points:
            draws.extend()
        return Run.of(draws).estimates["ratio"].all_worlds(weights, LEVELS)[0][0]

    return quantiles


def _plain(seeds: int, draws: int) -> float:
    """Seconds that plain Monte Carlo needs, extrapolated as 1/√n: the indicator drawn, then both figures."""
    truth, errors, times = exact(), [], []
    medians = np.array([MEDIANS[s] for s in SOURCES])
    sigmas = np.array([SIGMAS[s] for s in SOURCES])
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        start = time.perf_counter()
        k = rng.choice(len(W), size=draws, p=W)
        c = medians[k, 0] * np.exp(sigmas[k, 0] * rng.standard_normal(draws))
        a = medians[k, 1] * np.exp(sigmas[k, 1] * rng.standard_normal(draws))
        found = np.quantile(c / a, LEVELS)
        times.append(time.perf_counter() - start)
        errors.append(found / truth - 1)
    rmse = np.sqrt((np.array(errors) ** 2).mean(axis=0)).max()
    return float(np.median(times) * (rmse / TARGET) ** 2)


def _openturns(replicates: int) -> Callable[[int, int], np.ndarray]:
    """The same strata by OpenTURNS: its distributions on its Sobol' nets, randomised if several."""
    import openturns as ot

    joints = [
        ot.JointDistribution(
            [ot.LogNormal(math.log(m), s) for m, s in zip(MEDIANS[k], SIGMAS[k], strict=True)]
        )
        for k in SOURCES
    ]

    def quantiles(points: int, seed: int) -> np.ndarray:
        ot.RandomGenerator.SetSeed(seed)
        ratios, shares = [], []
        for joint, weight in zip(joints, W, strict=True):
            for _ in range(replicates):
                net = ot.LowDiscrepancyExperiment(ot.SobolSequence(), joint, points, False)
                net.setRandomize(replicates > 1)
                sample = np.asarray(net.generate())
                ratios.append(sample[:, 0] / sample[:, 1])
                shares.append(np.full(points, weight / points / replicates))
        x, w = np.concatenate(ratios), np.concatenate(shares)
        order = np.argsort(x)
        return x[order][np.searchsorted(np.cumsum(w[order]), LEVELS)]

    return quantiles
