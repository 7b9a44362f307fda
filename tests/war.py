"""Monthly series as a war's observers would publish them, simulated."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from contested.answers.lineage import Lineage, lineage
from contested.series.months import months_between

Floats = NDArray[np.float64]


def compared(columns: dict[str, Floats], **settings: float) -> Lineage:
    """The lineage of columns of equal length, from January 2020 on."""
    length = len(next(iter(columns.values())))
    last = date(2020 + (length - 1) // 12, (length - 1) % 12 + 1, 1)
    return lineage(list(months_between(date(2020, 1, 1), last)), columns, **settings)


def toll(generator: Generator, months: int, *, walk: float = 0.1, rough: float = 0.1) -> Floats:
    """The true toll: a slow wave of two and a half years, a random walk, and good and bad months."""
    wave = 0.3 * np.sin(2 * np.pi * np.arange(months) / 30)
    walked = np.cumsum(generator.normal(0, walk, months))
    return 30_000 * np.exp(wave + walked + generator.normal(0, rough, months))


def counted(generator: Generator, truth: Floats, *, error: float, share: float = 1.0) -> Floats:
    """An independent count of a share of it, with an error of its own every month."""
    return np.rint(truth * share * np.exp(generator.normal(0, error, truth.size)))


def common_trend(months: int) -> Floats:
    """A trend in logs that two sources share, and nothing else."""
    return np.log(30_000) + 0.5 * np.sin(2 * np.pi * np.arange(months) / 40)
