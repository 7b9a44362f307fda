"""Sensitivity (topic SENS), each case with its source."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtri

from contested.answers.drivers import drivers
from contested.engine.delta import BINS, Shift
from contested.engine.design import REPLICATES, Design
from contested.engine.freeze import Costs, Layout
from contested.engine.shapley import first_order, shapley, total
from contested.shapes.base import Array
from running import agreed, disputed, propagation, ran

ABS = 0.01
Z = 1.6448536269514722  # standard normal quantile at 0.95
WEIGHTS = {"UA": 0.4, "SK": 0.25, "WO": 0.35}
CASUALTIES = {"UA": (10.3734911818, 0.12), "SK": (9.85219425815, 0.15), "WO": (10.1266311039, 0.18)}
AREA = {"UA": (6.04025471128, 0.1), "SK": (6.32793678373, 0.12), "WO": (6.1737861039, 0.08)}


def lognormal(mu: float, sigma: float) -> dict[str, float]:
    """A lognormal by its central 90 % interval."""
    return {"low": math.exp(mu - Z * sigma), "high": math.exp(mu + Z * sigma)}


def costs(function: Callable[..., Array], inputs: int, points: int) -> Array:
    """Explained variances of a function of independent uniforms, all replicates together."""
    layout = Layout.of([(i,) for i in range(inputs)])
    found = Costs(layout, [], 0, REPLICATES)
    for replicates, _, cube in Design(2 * inputs, 1).blocks(points):
        for start in range(0, cube.shape[2], 64):
            part = cube[..., start : start + 64]
            mixed = [layout.mixed(i, (part[i], part[inputs + i])) for i in range(inputs)]
            found.add([function(*mixed)], replicates)
    return found([(0, known) for known in range(1 << inputs)]).mean(axis=1)


def ishigami(*uniform: Array) -> Array:
    x1, x2, x3 = (math.pi * (2 * u - 1) for u in uniform)
    return np.asarray(np.sin(x1) + 7.0 * np.sin(x2) ** 2 + 0.1 * x3**4 * np.sin(x1))


def g_function(*uniform: Array) -> Array:
    product = np.ones(())
    for u, a in zip(uniform, (0, 1, 4.5, 9, 99, 99, 99, 99), strict=True):
        product = product * (np.abs(4 * u - 2) + a) / (1 + a)
    return product


def test_sens_01_ishigami() -> None:
    """SENS-01: Ishigami & Homma (1990), a = 7, b = 0.1; indices within 0.01."""
    found = costs(ishigami, 3, 1024)
    assert found[-1] == pytest.approx(13.8445879407, rel=ABS)
    assert first_order(found) == pytest.approx([0.313905191148, 0.44241114479, 0.0], abs=ABS)
    assert total(found) == pytest.approx([0.55758885521, 0.44241114479, 0.243683664062], abs=ABS)
    assert shapley(found) == pytest.approx([0.435747023179, 0.44241114479, 0.121841832031], abs=ABS)


def test_sens_02_g_function() -> None:
    """SENS-02: Saltelli & Sobol' (1995), a = (0, 1, 4.5, 9, 99, 99, 99, 99); indices within 0.01."""
    found = costs(g_function, 8, 512)
    assert found[-1] == pytest.approx(0.465424431902, rel=ABS)
    first = [0.716192168879, 0.17904804222, 0.0236757741778, 0.00716192168879, *[7.16192168879e-05] * 4]
    every = [0.787144126659, 0.242198192818, 0.0343169101541, 0.0104603870652, *[0.00010494905192] * 4]
    assert first_order(found) == pytest.approx(first, abs=ABS)
    assert total(found) == pytest.approx(every, abs=ABS)


@pytest.mark.parametrize(
    ("scale", "first", "variance", "every"),
    [
        ("natural", (0.678350359271, 0.293965637394), 471.29453534, (0.706034362606, 0.321649640729)),
        ("log", (0.692307692308, 0.307692307692), 0.13, (0.692307692308, 0.307692307692)),
    ],
)
def test_sens_04_ratio_of_lognormals(
    tmp_path: Path,
    *,
    scale: Any,
    first: tuple[float, float],
    variance: float,
    every: tuple[float, float],
) -> None:
    """SENS-04: closed form, of C/A and of its log; 0.01."""
    figures = agreed(c=lognormal(10, 0.3), a=lognormal(6, 0.2))
    result = ran(tmp_path, propagation(figures, {"r": "c / a"}, max_draws=8192))
    found = drivers(result, points=2048, scale=scale)["r"]
    assert found.scale == scale and found.variance is not None
    assert found.variance.value == pytest.approx(variance, rel=ABS)
    for name, own, whole in zip("ca", first, every, strict=True):
        assert found.first_order[name].value == pytest.approx(own, abs=ABS)
        # of two independent groups the Shapley effect is the mean of the first order and the total
        assert found.shapley[name].value == pytest.approx((own + whole) / 2, abs=ABS)


SHARED: Mapping[str, float] = {"variance": 401.09890238, "between": 0.728140174067, "who": 0.728140174067}
INDEPENDENT: Mapping[str, float] = {
    "variance": 268.847932039,
    "between": 0.60779023921,
    "toll": 0.456067536397,
    "map": 0.146178140197,
}


@pytest.mark.parametrize(("disputes", "expected"), [(("who", "who"), SHARED), (("toll", "map"), INDEPENDENT)])
def test_sens_05_which_source_is_right_as_an_input(
    tmp_path: Path, *, disputes: tuple[str, str], expected: Mapping[str, float]
) -> None:
    """SENS-05: law of total variance, Sobol' index of a categorical input; shares within 0.01.

    Between and within are 292.056 and 109.043 where one dispute is shared; with a dispute for each figure
    the sources' interaction is 0.00554.
    """
    figures = {
        name: disputed(dispute, {source.lower(): lognormal(*law) for source, law in laws.items()})
        for name, dispute, laws in zip("ca", disputes, (CASUALTIES, AREA), strict=True)
    }
    weights = {source.lower(): weight for source, weight in WEIGHTS.items()}
    document = propagation(
        figures,
        {"r": "c / a"},
        max_draws=8192,
        disputes={d: {"title": d, "sources": {s: s for s in weights}} for d in disputes},
        weightings={"stated": dict.fromkeys(disputes, weights)},
        default="stated",
    )
    found = drivers(ran(tmp_path, document), points=2048, scale="natural")["r"]
    assert found.variance is not None and found.between is not None and found.within is not None
    assert found.variance.value == pytest.approx(expected["variance"], rel=ABS)
    assert found.between.value == pytest.approx(expected["between"], abs=ABS)
    assert found.within.value == pytest.approx(1 - expected["between"], abs=ABS)
    for dispute in {*disputes}:
        assert found.first_order[dispute].value == pytest.approx(expected[dispute], abs=ABS)
    if len({*disputes}) == 2:
        joint = found.between.value - sum(found.first_order[d].value for d in disputes)
        assert joint == pytest.approx(0.00554456261515, abs=0.001)


def rank(pearson: float) -> float:
    """Spearman's correlation of normals with a correlation."""
    return 6 / math.pi * math.asin(pearson / 2)


@pytest.mark.parametrize(
    ("sds", "tied", "pearson", "variance", "shares", "first"),
    [
        ((1, 2), ("x1", "x2"), 0.7, 7.8, (0.401923076923, 0.598076923077), (0.738461538462, 0.934615384615)),
        (
            (1, 1, 2), ("x2", "x3"), 0.9, 9.6,
            (0.104166666667, 0.418229166667, 0.477604166667),
            (0.104166666667, 0.816666666667, 0.876041666667),
        ),
    ],
)  # fmt: skip
def test_sens_07_shapley_effects_of_correlated_inputs(
    tmp_path: Path,
    *,
    sds: tuple[float, ...],
    tied: tuple[str, str],
    pearson: float,
    variance: float,
    shares: tuple[float, ...],
    first: tuple[float, ...],
) -> None:
    """SENS-07: linear Gaussian, Owen & Prieur (2017), Iooss & Prieur (2019); 0.01."""
    names = [f"x{i}" for i in range(1, len(sds) + 1)]
    document = propagation(
        agreed(**{name: {"mean": 1, "sd": sd} for name, sd in zip(names, sds, strict=True)}),
        {"y": " + ".join(names)},
        max_draws=8192,
        correlations=[{"between": list(tied), "rank": rank(pearson), "because": "as the case has it"}],
    )
    found = drivers(ran(tmp_path, document))["y"]
    assert found.scale == "natural" and found.variance is not None
    assert found.variance.value == pytest.approx(variance, rel=ABS)
    assert [found.shapley[name].value for name in names] == pytest.approx(shares, abs=ABS)
    assert [found.first_order[name].value for name in names] == pytest.approx(first, abs=ABS)


def test_sens_09_borgonovo_delta() -> None:
    """SENS-09: Borgonovo (2007), X1 + X2 of independent normals with variance shares 0.8 and 0.2; 0.03."""
    ((_, _, cube),) = Design(2, 1).blocks(2048)
    values = 2 * ndtri(cube[0]) + ndtri(cube[1])
    shift = Shift([values], np.ones(1), ndtri(np.arange(1, BINS) / BINS) * math.sqrt(5))
    assert shift.variable(cube[0]) == pytest.approx(0.505497220128, abs=0.03)
    assert shift.variable(cube[1]) == pytest.approx(0.160393885343, abs=0.03)
    assert 0 < shift.baseline(np.random.Generator(np.random.PCG64DXSM(1))) < 0.06
