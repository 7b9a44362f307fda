"""Published and closed-form values of dependence (topic DEP), each with its source."""

from __future__ import annotations

import math

import numpy as np
import pytest

from contested.engine.dependence import Copula, nearest_correlation, pearson
from contested.errors import Location
from contested.language.nodes import Correlation
from contested.shapes.base import Coordinate


def test_dep_03_rank_to_score_correlation() -> None:
    """DEP-03: Kruskal (1958) JASA 53:814, rho = 2 sin(pi rho_S/6) = sin(pi tau/2); relative 1e-9."""
    assert pearson(0.6, "spearman") == pytest.approx(0.61803398875, rel=1e-9)
    assert pearson(0.5, "kendall") == pytest.approx(0.707106781187, rel=1e-9)
    assert pearson(0.424141195856, "kendall") == pytest.approx(pearson(0.6, "spearman"), rel=1e-9)


def test_dep_06_nearest_correlation_matrix() -> None:
    """DEP-06: Higham (2002) IMA J. Numer. Anal. 22:329, (0.7607, 0.1573) to four decimals; absolute 1e-6."""
    stated = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0], [0.0, 1.0, 1.0]])
    near, far = 0.760689853402, 0.157298106138
    repair = nearest_correlation(stated)
    assert repair.matrix == pytest.approx(
        np.array([[1.0, near, far], [near, 1.0, near], [far, near, 1.0]]), abs=1e-6
    )
    assert repair.frobenius == pytest.approx(0.527790463582, abs=1e-6)
    assert np.linalg.eigvalsh(repair.matrix)[0] == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize(
    ("correlation", "low", "high"),
    [
        (-0.5, 33.4994266922, 105.945611554),
        (0.6, 42.8736050236, 82.7809381943),
        (0.95, 49.1241570174, 72.2479012996),
    ],
)
def test_dep_08_ratio_of_correlated_lognormals(correlation: float, low: float, high: float) -> None:
    """DEP-08: closed form (Mostafa & Mahmoud 1964), ratio of correlated lognormals; relative 1e-9.

    The 5 % and 95 % quantiles of the ratio lie where its own normal score does: the worlds at those
    scores are asked for through the copula's scores.
    """
    copula = Copula.of(
        [
            Correlation(
                between=("a", "c"), measure="spearman", value=6.0 * math.asin(correlation / 2.0) / math.pi,
                copula="gaussian", df=None, because=None, location=Location("", 1, 1),
            )
        ]
    )  # fmt: skip
    sigma = np.array([0.15, 0.25])
    # The score of log(c/a) is a fixed combination of the two independent normals: move along it alone.
    direction = copula.root.T @ np.array([-sigma[0], sigma[1]])
    unit = direction / np.linalg.norm(direction)
    normals = np.outer(unit, np.array([-1.6448536269514722, 1.6448536269514722]))
    area, toll = (
        np.exp(mu + s * coordinate.z)
        for mu, s, coordinate in zip(
            (6.1527326947, 10.2399597892), sigma, copula.scores(normals), strict=True
        )
    )
    assert toll / area == pytest.approx(np.array([low, high]), rel=1e-9)


def test_dep_08_needs_the_score_correlation_not_the_rank() -> None:
    """DEP-08's scores at rank 0.6 would be 0.618 apart: the conversion is not skipped."""
    copula = Copula.of(
        [
            Correlation(
                between=("a", "c"), measure="spearman", value=0.6, copula="gaussian", df=None,
                because=None, location=Location("", 1, 1),
            )
        ]
    )  # fmt: skip
    scores = copula.scores(np.array([[1.0], [0.0]]))
    assert [type(score) for score in scores] == [Coordinate, Coordinate]
    assert scores[1].z == pytest.approx(np.array([0.61803398875]), rel=1e-9)
