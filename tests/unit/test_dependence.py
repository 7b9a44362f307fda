from __future__ import annotations

from typing import Literal

import numpy as np
import pytest
from scipy.integrate import dblquad
from scipy.special import gammainc, ndtr, ndtri
from scipy.stats import kendalltau, qmc, spearmanr

from contested.engine.dependence import (
    LARGEST_CHANGE,
    Copula,
    RepairRefused,
    groups,
    nearest_correlation,
    pearson,
)
from contested.errors import Location
from contested.language.nodes import Correlation
from contested.shapes.base import Array, Coordinate


def stated(
    *between: str,
    rank: float | None = None,
    kendall: float | None = None,
    df: float | None = None,
    line: int = 1,
) -> Correlation:
    measure: Literal["spearman", "kendall"] = "kendall" if rank is None else "spearman"
    value = kendall if rank is None else rank
    assert value is not None
    return Correlation(
        between=between, measure=measure, value=value, copula="gaussian" if df is None else "t", df=df,
        because="a shared error", location=Location("s.yaml", line, 1),
    )  # fmt: skip


def cube(dimension: int, exponent: int = 13) -> Array:
    net = qmc.Sobol(dimension, bits=52, rng=np.random.default_rng(5))
    return np.asarray(net.random_base2(exponent).T + 2.0**-53)


# --- conversion -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", ["spearman", "kendall"])
def test_a_perfect_rank_correlation_is_a_perfect_correlation(
    measure: Literal["spearman", "kendall"],
) -> None:
    assert pearson(1.0, measure) == pytest.approx(1.0, abs=1e-15)
    assert pearson(-1.0, measure) == pytest.approx(-1.0, abs=1e-15)
    assert pearson(0.0, measure) == 0.0


def test_draws_have_the_rank_correlation_that_was_stated() -> None:
    normals = ndtri(cube(2))
    one, other = Copula.of([stated("a", "b", rank=-0.7)]).scores(normals)
    assert spearmanr(one.z, other.z).statistic == pytest.approx(-0.7, abs=2e-3)
    one, other = Copula.of([stated("a", "b", kendall=0.4)]).scores(normals)
    assert kendalltau(one.z, other.z).statistic == pytest.approx(0.4, abs=2e-3)


# --- the nearest matrix -----------------------------------------------------------------------------------


def test_a_possible_matrix_is_kept_bit_for_bit() -> None:
    matrix = np.array([[1.0, 0.3, -0.2], [0.3, 1.0, 1 / 3], [-0.2, 1 / 3, 1.0]])
    repair = nearest_correlation(matrix)
    assert np.array_equal(repair.matrix, matrix)
    assert (repair.frobenius, repair.largest_change) == (0.0, 0.0)
    singular = np.ones((3, 3))
    assert np.array_equal(nearest_correlation(singular).matrix, singular)


def test_the_repair_is_a_correlation_matrix_and_leaves_its_argument_alone() -> None:
    rng = np.random.default_rng(11)
    upper = np.triu(rng.uniform(-1, 1, (6, 6)), 1)
    matrix = upper + upper.T + np.eye(6)
    before = matrix.copy()
    repair = nearest_correlation(matrix)
    assert np.array_equal(matrix, before)
    assert np.array_equal(np.diag(repair.matrix), np.ones(6))
    assert np.array_equal(repair.matrix, repair.matrix.T)
    assert np.linalg.eigvalsh(repair.matrix)[0] > -1e-9
    assert repair.frobenius == pytest.approx(np.sqrt(np.sum((repair.matrix - matrix) ** 2)))
    assert repair.largest_change == np.abs(repair.matrix - matrix).max()
    with pytest.raises(ValueError, match="read-only"):
        repair.matrix[0, 1] = 0.0


def test_the_repair_is_nearest() -> None:
    """No other correlation matrix is nearer: the variational inequality <A - X, Z - X> <= 0, for many Z."""
    rng = np.random.default_rng(12)
    upper = np.triu(rng.uniform(-1, 1, (5, 5)), 1)
    matrix = upper + upper.T + np.eye(5)
    near = nearest_correlation(matrix).matrix
    for _ in range(200):
        loadings = rng.normal(size=(5, rng.integers(1, 6)))
        loadings /= np.linalg.norm(loadings, axis=1, keepdims=True)
        assert np.sum((matrix - near) * (loadings @ loadings.T - near)) < 1e-8


# --- groups -----------------------------------------------------------------------------------------------


def test_connected_variables_make_one_copula_whatever_the_order() -> None:
    pairs = [
        stated("z", "y", rank=0.2, line=1),
        stated("b", "a", rank=0.3, line=2),
        stated("c", "b", kendall=0.1, line=3),
        stated("x", "w", rank=0.4, line=4),
        stated("y", "x", rank=0.5, line=5),
    ]
    found = groups(pairs)
    assert [copula.paths for copula in found] == [("a", "b", "c"), ("w", "x", "y", "z")]
    assert found[0].matrix == pytest.approx(
        np.array(
            [
                [1.0, pearson(0.3, "spearman"), 0.0],
                [pearson(0.3, "spearman"), 1.0, pearson(0.1, "kendall")],
                [0.0, pearson(0.1, "kendall"), 1.0],
            ]
        )
    )
    assert all(copula.repair is None for copula in found)
    for one, other in zip(found, groups(pairs[::-1]), strict=True):
        assert np.array_equal(one.matrix, other.matrix)
        assert np.array_equal(one.root, other.root)


def test_more_than_two_names_correlate_in_all_pairs() -> None:
    (copula,) = groups([stated("c", "a", "b", kendall=0.5, df=4.0)])
    rho = pearson(0.5, "kendall")
    assert copula.paths == ("a", "b", "c")
    assert (copula.kind, copula.df) == ("t", 4.0)
    assert np.array_equal(copula.matrix, np.where(np.eye(3) == 1.0, 1.0, rho))


def test_nothing_stated_gives_no_copula() -> None:
    assert groups([]) == []


def test_a_small_repair_is_made_and_reported() -> None:
    (copula,) = groups(
        [stated("a", "b", rank=0.9), stated("b", "c", rank=0.9, line=2), stated("a", "c", rank=0.55, line=3)]
    )
    assert copula.repair is not None
    assert 0.0 < copula.repair.largest_change < LARGEST_CHANGE
    assert np.array_equal(copula.matrix, copula.repair.matrix)


def test_a_large_repair_is_refused_at_the_pair_that_would_move_furthest() -> None:
    pairs = [
        stated("b", "c", rank=0.9, line=4),
        stated("a", "c", rank=-0.8, line=3),
        stated("b", "a", rank=0.9, line=5),
    ]
    with pytest.raises(RepairRefused) as refused:
        groups(pairs)
    assert refused.value.correlation is pairs[2]
    assert str(refused.value) == (
        "must be possible together with the other correlations of these variables: that of 'a' with 'b' would"
        " have to move from 0.91 to 0.53, as a correlation of scores (at most 0.1 is repaired); weaken the"
        " strongest of them, or state the pairs left out"
    )


def test_where_the_furthest_pair_is_not_stated_the_first_statement_is_pointed_at() -> None:
    pairs = [stated("c", "d", "b", rank=0.97, line=8), stated("a", "c", "d", rank=0.97, line=7)]
    with pytest.raises(RepairRefused, match=r"'a' with 'b' would have to move from 0\.00 to 0\.") as refused:
        groups(pairs)
    assert refused.value.correlation is pairs[1]


# --- scores -----------------------------------------------------------------------------------------------


def test_scores_of_a_gaussian_copula_have_its_matrix() -> None:
    copula = Copula.of([stated("a", "b", rank=0.6), stated("b", "c", rank=-0.3, line=2)])
    scores = [score.z for score in copula.scores(np.eye(3))]
    assert np.array(scores) @ np.array(scores).T == pytest.approx(copula.matrix, abs=1e-15)


def test_a_perfect_correlation_draws_one_variable_twice() -> None:
    normals = ndtri(cube(3, 6))
    one, other, third = Copula.of(
        [stated("a", "b", rank=1.0), stated("b", "c", rank=-0.5), stated("a", "c", rank=-0.5)]
    ).scores(normals)
    assert one.z == pytest.approx(other.z, abs=1e-7)
    assert not np.allclose(one.z, third.z)


def test_scores_of_a_repaired_matrix_are_standard_normal_and_nearly_have_it() -> None:
    copula = Copula.of([stated("a", "b", rank=0.9), stated("b", "c", rank=0.9), stated("a", "c", rank=0.55)])
    assert np.sum(copula.root**2, axis=1) == pytest.approx(np.ones(3), abs=1e-15)
    assert copula.root @ copula.root.T == pytest.approx(copula.matrix, abs=1e-9)


@pytest.mark.parametrize("df", [None, 3.0])
def test_scores_do_not_depend_on_how_worlds_are_cut(df: float | None) -> None:
    copula = Copula.of([stated("a", "b", "c", kendall=0.3, df=df)])
    points = cube(4, 10)
    normals = ndtri(points[:3])
    whole = [score.u for score in copula.scores(normals, Coordinate(u=points[3]))]
    for part in (slice(0, 7), slice(7, 1024)):
        parts = copula.scores(normals[:, part], Coordinate(u=points[3, part]))
        assert all(np.array_equal(a[part], b.u) for a, b in zip(whole, parts, strict=True))
    folded = copula.scores(normals.reshape(3, 32, 32), Coordinate(u=points[3].reshape(32, 32)))
    assert all(np.array_equal(a, b.u.ravel()) for a, b in zip(whole, folded, strict=True))


def test_the_t_copula_is_the_bivariate_t_law() -> None:
    """Uniform margins, Kendall's tau as stated, and the joint tail of the bivariate t distribution."""
    df, tau, tail = 4.0, 0.5, 0.05
    copula = Copula.of([stated("a", "b", kendall=tau, df=df)])
    points = cube(3, 16)
    one, other = (score.u for score in copula.scores(ndtri(points[:2]), Coordinate(u=points[2])))
    for u in (one, other):
        assert np.quantile(u, [0.01, 0.3, 0.5, 0.9]) == pytest.approx([0.01, 0.3, 0.5, 0.9], abs=1e-3)
    assert kendalltau(one[:8192], other[:8192]).statistic == pytest.approx(tau, abs=5e-3)
    rho = pearson(tau, "kendall")
    edge = -2.13184678632665  # the 5 % point of t with 4 degrees of freedom

    def density(y: float, x: float) -> float:
        form = (x * x - 2 * rho * x * y + y * y) / (df * (1 - rho**2))
        return float((1 + form) ** (-(df + 2) / 2) / (2 * np.pi * np.sqrt(1 - rho**2)))

    exact, _ = dblquad(density, -np.inf, edge, -np.inf, edge)
    assert np.mean((one < tail) & (other < tail)) == pytest.approx(exact, rel=0.01)
    assert np.mean((one > 1 - tail) & (other > 1 - tail)) == pytest.approx(exact, rel=0.01)
    gaussian = Copula.of([stated("a", "b", kendall=tau)]).scores(ndtri(points[:2]))
    assert np.mean((gaussian[0].u < tail) & (gaussian[1].u < tail)) < 0.9 * exact


def test_the_chi_square_is_drawn_by_its_quantile() -> None:
    copula = Copula.of([stated("a", "b", kendall=0.0, df=2.0)])
    square = 1.7
    chi = Coordinate(u=np.array([gammainc(1.0, square / 2)]))
    (u, _) = (score.u for score in copula.scores(np.array([[1.0], [0.0]]), chi))
    t = 1.0 * np.sqrt(2.0 / square)
    assert u[0] == pytest.approx(0.5 + t / (2 * np.sqrt(2 + t * t)), rel=1e-12)


def test_uniforms_of_a_t_copula_never_reach_0_or_1() -> None:
    copula = Copula.of([stated("a", "b", kendall=0.9, df=0.5)])
    extreme = np.array([[-8.2, 8.2, 0.0], [-8.2, 8.2, 0.0]])
    for score in copula.scores(extreme, Coordinate(u=np.full(3, 2.0**-53))):
        assert np.all((score.u > 0.0) & (score.u < 1.0))
        assert np.all(np.isfinite(score.z))
        assert score.u[2] == 0.5


def test_a_t_copula_without_its_chi_square_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError, match="chi-square"):
        Copula.of([stated("a", "b", kendall=0.5, df=4.0)]).scores(np.zeros((2, 1)))


def test_a_gaussian_coordinate_is_uniform_too() -> None:
    one, _ = Copula.of([stated("a", "b", rank=0.5)]).scores(np.array([[0.3], [0.0]]))
    assert one.u[0] == ndtr(0.3)
