"""Reference cases of topic DIST: distributions from statements. Values as published or in closed form."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtri

import judging
from contested.answers.estimates import Answer
from contested.language.nodes import Interval, Limits, Moments, Quantiles, ThreePoint
from contested.shapes.base import Coordinate, Shape
from contested.shapes.fitting import FitError, fit
from contested.shapes.jqpd import JQPDS
from contested.shapes.least_squares import least_squares
from contested.shapes.metalog import Metalog
from contested.shapes.normal import LogNormal, MedianSplitLogNormal, ModeSplitLogNormal
from contested.shapes.parametric import Beta
from running import agreed, propagation, ran

CENTRAL_90 = 0.9


def fit_shape(form, confidence):
    """The shape alone."""
    return fit(form, confidence).shape


def assert_quantiles(shape: Shape, quantiles: Mapping[float, float], rel: float) -> None:
    """Quantiles at each probability, within a relative tolerance."""
    for p, quantile in quantiles.items():
        assert shape.ppf(p) == pytest.approx(quantile, rel=rel), f"quantile {p}"


def moments(shape: Shape, kink: float = 0.5) -> tuple[float, float]:
    """Mean and standard deviation, by Gauss-Legendre panels over normal scores that part at a kink."""
    bend = ndtri(kink)
    edges = np.concatenate([np.linspace(-8.2, bend, 41), np.linspace(bend, 8.2, 41)[1:]])
    nodes, weights = np.polynomial.legendre.leggauss(20)
    half = np.diff(edges)[:, None] / 2
    z = edges[:-1, None] + half * (1 + nodes)
    values, mass = shape.at(Coordinate(z=z)), half * weights * np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    mean = np.sum(mass * values)
    return float(mean), math.sqrt(np.sum(mass * (values - mean) ** 2))


def test_dist_01_lognormal_from_a_central_interval() -> None:
    """DIST-01. Johnson, Kotz & Balakrishnan 1994, Continuous Univariate Distributions 1, ch. 14."""
    shape = fit_shape(Interval(low=25000, high=40000, shape="lognormal"), CENTRAL_90)
    assert isinstance(shape, LogNormal)
    assert shape.mu == pytest.approx(10.3616329185, rel=1e-9)
    assert shape.sigma == pytest.approx(0.142870958712, rel=1e-9)
    assert_quantiles(
        shape,
        {0.025: 23899.4562105, 0.05: 25000.0, 0.5: 31622.7766017, 0.95: 40000.0, 0.975: 41841.9562015},
        rel=1e-9,
    )
    assert 1 - shape.cdf(45000) == pytest.approx(0.00676973206898, rel=1e-9)
    assert moments(shape) == pytest.approx((31947.1730002, 4587.71445577), rel=1e-9)


def test_dist_03_pert() -> None:
    """DIST-03. Clark 1962, Oper. Res. 10:405; Vose 2008, Risk Analysis."""
    shape = fit_shape(Limits(min=20000, mode=30000, max=50000, shape="pert"), CENTRAL_90)
    assert isinstance(shape, Beta)
    assert (shape.a, shape.b) == pytest.approx((2.33333333333, 3.66666666667), rel=1e-9)
    assert_quantiles(
        shape,
        {
            0.05: 23284.9717599,
            0.25: 27396.6712749,
            0.5: 31274.3752101,
            0.75: 35559.9006616,
            0.95: 41398.6215964,
        },
        rel=1e-9,
    )
    assert moments(shape) == pytest.approx((31666.6666667, 5527.70798393), rel=1e-9)


def test_dist_05_triangular() -> None:
    """DIST-05. JCGM 101:2008, 6.4.5; Evans, Hastings & Peacock 2000."""
    shape = fit_shape(Limits(min=300, mode=450, max=800, shape="triangular"), CENTRAL_90)
    assert_quantiles(
        shape,
        {
            0.05: 361.23724357,
            0.25: 436.930639376,
            0.5: 504.196010845,
            0.75: 590.834993366,
            0.95: 706.458565331,
        },
        rel=1e-9,
    )
    assert moments(shape, kink=0.3) == pytest.approx((516.666666667, 104.74837575), rel=1e-9)


def test_dist_07_split_lognormal_spliced_at_the_median() -> None:
    """DIST-07, median splice. Wallis 2014, Statist. Sci. 29:106; Possolo, Merkatas & Bodnar 2019."""
    form = ThreePoint(low=20000, best=28000, high=45000, shape="split-lognormal", splice="median")
    shape = fit_shape(form, CENTRAL_90)
    assert isinstance(shape, MedianSplitLogNormal)
    found = (shape.mu, shape.left, shape.right)
    assert found == pytest.approx((10.2399597892, 0.204560595002, 0.28844997015), rel=1e-9)
    assert_quantiles(
        shape,
        {
            0.025: 18751.4880384,
            0.05: 20000.0,
            0.25: 24391.3969364,
            0.5: 28000.0,
            0.75: 34013.6208792,
            0.95: 45000.0,
            0.975: 49281.8600488,
        },
        rel=1e-9,
    )
    assert shape.cdf(28000) == pytest.approx(0.5, rel=1e-9)
    assert moments(shape)[0] == pytest.approx(29886.5133219, rel=1e-9)


def test_dist_07_split_lognormal_spliced_at_the_mode() -> None:
    """DIST-07, mode splice. Fechner 1897; Wallis 2014, Statist. Sci. 29:106."""
    form = ThreePoint(low=20000, best=28000, high=45000, shape="split-lognormal", splice="mode")
    shape = fit_shape(form, CENTRAL_90)
    assert isinstance(shape, ModeSplitLogNormal)
    found = (shape.mu, shape.left, shape.right)
    assert found == pytest.approx((10.2399597892, 0.213586296222, 0.278416951187), rel=1e-9)
    assert_quantiles(
        shape,
        {
            0.025: 18664.8653877,
            0.05: 20000.0,
            0.25: 24846.6434642,
            0.5: 29165.2040713,
            0.75: 34686.7339743,
            0.95: 45000.0,
            0.975: 49032.7549012,
        },
        rel=1e-9,
    )
    assert shape.cdf(28000) == pytest.approx(0.434115622909, rel=1e-9)
    assert moments(shape, kink=shape.below)[0] == pytest.approx(30415.560473, rel=1e-9)


def test_dist_08_truncated_normal() -> None:
    """DIST-08. Johnson, Kotz & Balakrishnan 1994, 13.10. (Its log density is not printed by any command.)"""
    shape = fit_shape(Moments(mean=450, sd=150, min=200, shape="truncated-normal"), CENTRAL_90)
    assert_quantiles(shape, {0.05: 253.768313376, 0.5: 458.989827431, 0.95: 700.271632598}, rel=1e-8)
    assert moments(shape) == pytest.approx((465.670468005, 135.413512735), rel=1e-8)


JUDGEMENTS = {
    "A": (((0.25, 25.0), (0.5, 30.0), (0.75, 35.0)), 11.588067356, 26.7115677626, 4.19421328427e-05),
    "B": (((0.25, 30.0), (0.5, 35.0), (0.75, 50.0)), 3.76504412785, 6.0006787298, 0.00859116677106),
    "consensus": (((0.25, 25.0), (0.5, 30.0), (0.75, 40.0)), 5.45213405057, 11.6055800461, 0.00343105668682),
}


@pytest.mark.parametrize(("points", "a", "b", "ssq"), JUDGEMENTS.values(), ids=JUDGEMENTS)
def test_dist_12_least_squares_beta(
    points: tuple[tuple[float, float], ...], a: float, b: float, ssq: float
) -> None:
    """DIST-12. Oakley, SHELF vignette "Getting Started with SHELF"; O'Hagan et al. 2006."""
    shape = least_squares(points, "beta", 0, 100)
    assert isinstance(shape, Beta)
    assert (shape.a, shape.b) == pytest.approx((a, b), rel=2e-4)
    assert sum((shape.cdf(x) - p) ** 2 for p, x in points) == pytest.approx(ssq, rel=2e-4)


def test_dist_12_the_published_consensus() -> None:
    """DIST-12. SHELF vignette: P5 = 15.2, P(X < 25) = 0.283, P95 = 51.2."""
    shape = least_squares(JUDGEMENTS["consensus"][0], "beta", 0, 100)
    assert_quantiles(shape, {0.05: 15.1726583225, 0.95: 51.2235947224}, rel=1e-4)
    for x, p in {25: 0.283199610321, 30: 0.456143896788, 40: 0.770136652463}.items():
        assert shape.cdf(x) == pytest.approx(p, rel=1e-4)
    assert f"{shape.ppf(0.05):.1f} {shape.cdf(25):.3f} {shape.ppf(0.95):.1f}" == "15.2 0.283 51.2"


def test_dist_12_a_statement_is_refused_where_the_published_fit_misses_by_too_much() -> None:
    """DIST-12, against the language's own limit of 0.02: expert A stands; B and the consensus do not."""
    misses = fit(Quantiles(points=JUDGEMENTS["A"][0], min=0, max=100, shape="beta"), CENTRAL_90).misses
    assert sum(miss.in_probability**2 for miss in misses) == pytest.approx(4.19421328427e-05, rel=2e-4)
    for name in ("B", "consensus"):
        with pytest.raises(FitError, match=r"misses the 0\.5 quantile by 0\.0"):
            fit_shape(Quantiles(points=JUDGEMENTS[name][0], min=0, max=100, shape="beta"), CENTRAL_90)


def test_dist_13_metalog_of_a_symmetric_triplet() -> None:
    """DIST-13. Keelin 2016, Decision Analysis 13:243, symmetric percentile triplets."""
    shape = fit_shape(Quantiles(points=((0.1, 17), (0.5, 24), (0.9, 35))), CENTRAL_90)
    assert isinstance(shape, Metalog)
    assert shape.terms == pytest.approx((24.0, 4.09607651982, 2.27559806657), rel=1e-9)
    assert_quantiles(
        shape,
        {
            0.01: 10.3017939409,
            0.05: 14.954514475,
            0.25: 20.125,
            0.75: 29.125,
            0.95: 39.0758092083,
            0.99: 47.9457189887,
        },
        rel=1e-9,
    )
    step = 1e-5
    density = 2 * step / (shape.ppf(0.5 + step) - shape.ppf(0.5 - step))
    assert density == pytest.approx(0.0610340160371, rel=1e-9)
    assert moments(shape) == pytest.approx((25.1377990333, 7.55301877107), rel=1e-9)


def test_dist_13_keelins_closed_form_and_feasibility_limit() -> None:
    """DIST-13. Keelin 2016: a1, a2, a3 of a symmetric triplet, and k = 0.166578 < r < 1 - k."""
    low, middle, high, tail = 17.0, 24.0, 35.0, 0.1
    r, spread = (middle - low) / (high - low), (high - low) / math.log((1 - tail) / tail)
    closed = (middle, spread / 2, (1 - 2 * r) * spread / (1 - 2 * tail))
    assert Metalog.through(((tail, low), (0.5, middle), (1 - tail, high))).terms == pytest.approx(
        closed, rel=1e-12
    )
    for r in (0.166578 - 1e-5, 1 - 0.166578 + 1e-5):
        with pytest.raises(FitError):
            Metalog.through(((tail, low), (0.5, low + r * (high - low)), (1 - tail, high)))
    for r in (0.166578 + 1e-5, 1 - 0.166578 - 1e-5):
        Metalog.through(((tail, low), (0.5, low + r * (high - low)), (1 - tail, high)))


def test_dist_14_log_metalog() -> None:
    """DIST-14. Keelin 2016, semi-bounded metalog."""
    shape = fit_shape(Quantiles(points=((0.05, 12000), (0.5, 21000), (0.95, 52000)), min=0), CENTRAL_90)
    assert isinstance(shape, Metalog)
    assert shape.terms == pytest.approx((9.95227771671, 0.249001096502, 0.130983447999), rel=1e-9)
    assert_quantiles(
        shape,
        {
            0.01: 8982.3005101,
            0.1: 13633.5154049,
            0.25: 16559.199023,
            0.75: 28618.4927531,
            0.9: 40721.4014016,
            0.99: 88556.0596208,
        },
        rel=1e-9,
    )
    step = 1e-5
    density = 2 * step / (shape.ppf(0.5 + step) - shape.ppf(0.5 - step))
    assert density == pytest.approx(4.78100782365e-05, rel=1e-9)


def test_dist_16_beta_through_two_quantiles() -> None:
    """DIST-16. Two-quantile beta."""
    shape = fit_shape(Interval(low=0.5, high=0.85, min=0, max=1, shape="beta"), CENTRAL_90)
    assert isinstance(shape, Beta)
    assert (shape.a, shape.b) == pytest.approx((12.3211154411, 5.60889781965), rel=1e-7)
    assert_quantiles(shape, {0.25: 0.617014567899, 0.5: 0.694272022792, 0.75: 0.764782380413}, rel=1e-8)
    assert moments(shape) == pytest.approx((0.687178267072, 0.106563311427), rel=1e-8)


def test_dist_19_jqpd_s() -> None:
    """DIST-19. Hadlock & Bickel 2017, Decision Analysis 14:35."""
    shape = fit_shape(ThreePoint(low=20000, best=28000, high=45000, shape="jqpd-s"), CENTRAL_90)
    assert isinstance(shape, JQPDS)
    assert (shape.n, shape.theta) == (1, 20000)
    assert (shape.delta, shape.lam) == pytest.approx((0.408798444136, 0.500394749385), rel=1e-8)
    assert shape.c == pytest.approx(ndtri(0.95), rel=1e-12)
    assert_quantiles(
        shape,
        {
            0.01: 17932.3932445,
            0.025: 18986.8039743,
            0.25: 24010.6016288,
            0.75: 33482.6046664,
            0.975: 49900.3073422,
            0.99: 56459.458727,
        },
        rel=1e-8,
    )
    assert moments(shape)[0] == pytest.approx(29670.1357807, rel=1e-6)


def test_dist_18_a_discounted_figure(tmp_path: Path) -> None:
    """DIST-18. A lognormal times the beta of DIST-16, by quadrature; 4 standard errors."""
    document = propagation(
        agreed(x={"low": 25000, "high": 40000}, d={"low": 0.5, "high": 0.85, "min": 0, "max": 1}),
        {"y": "x * d"},
    )
    found = ran(tmp_path, document)["y"]
    assert isinstance(found, Answer)
    judging.assert_quantiles(
        found,
        {
            0.05: 14689.365141,
            0.25: 18706.6784323,
            0.5: 21725.2014779,
            0.75: 24944.8122359,
            0.95: 29992.0730971,
        },
    )
    judging.assert_moments(found, 21953.4029801, 4665.58329212)
