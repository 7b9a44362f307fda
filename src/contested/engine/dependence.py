"""Correlated errors: rank correlations to one Gaussian or t copula per connected group of variables."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from scipy.special import gammaincinv, stdtr

from contested.errors import ContestedError
from contested.language.nodes import Correlation
from contested.shapes.base import Array, Coordinate

LARGEST_CHANGE = 0.1  # how far a repair may move an entry of a correlation matrix

_PRECISION = 1e-10  # of the repair, in the largest entry
_ITERATIONS = 100_000  # far beyond what matrices of this kind need; a bound, so that the loop ends
_BELOW_ONE = float(np.nextafter(1.0, 0.0))
_ABOVE_ZERO = float(np.finfo(float).tiny)


@dataclass(frozen=True, slots=True, eq=False)
class Repair:
    """The nearest correlation matrix, and how far it is from the one stated.

    Attributes
    ----------
    matrix : ndarray, shape (d, d)
        Positive semi-definite with a unit diagonal; read-only.
    frobenius : float
        Frobenius norm of the change; 0 where the stated matrix was kept as it is.
    largest_change : float
        Largest change of an entry.
    """

    matrix: Array
    frobenius: float
    largest_change: float


class RepairRefused(ContestedError):
    """Correlations that cannot hold together, nor nearly so.

    Attributes
    ----------
    correlation : Correlation
        The statement of the pair that would have to move furthest; the first of its group where
        nobody stated that pair.
    """

    def __init__(self, correlation: Correlation, message: str) -> None:
        super().__init__(message)
        self.correlation = correlation


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Copula:
    """The joint law of one connected group of variables, each uniform on its own.

    Attributes
    ----------
    paths : tuple of str
        The variables, sorted.
    kind : {'gaussian', 't'}
    df : float or None
        Degrees of freedom of a t copula.
    matrix : ndarray, shape (d, d)
        Correlation of the normal (or t) scores, repaired where that was needed; read-only.
    root : ndarray, shape (d, d)
        A matrix whose product with its own transpose is `matrix`; read-only.
    repair : Repair or None
        None where the stated correlations can hold together.
    """

    paths: tuple[str, ...]
    kind: Literal["gaussian", "t"]
    df: float | None
    matrix: Array
    root: Array
    repair: Repair | None

    @classmethod
    def of(cls, correlations: Sequence[Correlation]) -> Copula:
        """The copula of one connected group.

        Raises
        ------
        RepairRefused
            If an entry would have to move by more than `LARGEST_CHANGE`.
        """
        stated = _stated(correlations)
        paths = tuple(sorted({path for pair in stated for path in pair}))
        matrix = np.eye(len(paths))
        for (i, a), (j, b) in combinations(enumerate(paths), 2):
            if (a, b) in stated:
                correlation = stated[a, b]
                matrix[i, j] = matrix[j, i] = pearson(correlation.value, correlation.measure)
        repair = nearest_correlation(matrix)
        if repair.largest_change > LARGEST_CHANGE:
            raise _refusal(paths, matrix, repair, stated)
        first = min(correlations, key=lambda correlation: correlation.location)
        return cls(
            paths=paths, kind=first.copula, df=first.df if first.copula == "t" else None,
            matrix=repair.matrix, root=_root(repair.matrix), repair=repair if repair.frobenius else None,
        )  # fmt: skip

    def scores(self, normals: Array, chi: Coordinate | None = None) -> list[Coordinate]:
        """Correlated coordinates from independent ones.

        Parameters
        ----------
        normals : ndarray, shape (d, …)
            Independent standard normals, in the order of `paths`.
        chi : Coordinate, optional
            The coordinate, shape (…), from which a t copula takes its chi-square variable.

        Returns
        -------
        list of Coordinate
            One for each of `paths`, each of shape (…).

        Notes
        -----
        Sums run term by term in the order of `paths`, never through a matrix product, so that no bit
        depends on threads or on how the worlds are cut into blocks.
        """
        correlated = [_combination(row, normals) for row in self.root]
        if self.kind == "gaussian":
            return [Coordinate(z=z) for z in correlated]
        if self.df is None or chi is None:
            raise TypeError("a t copula needs degrees of freedom and a coordinate for its chi-square")
        square = 2.0 * gammaincinv(self.df / 2.0, chi.u)
        spread = np.sqrt(self.df / np.maximum(square, _ABOVE_ZERO))
        return [
            Coordinate(u=np.clip(stdtr(self.df, z * spread), _ABOVE_ZERO, _BELOW_ONE)) for z in correlated
        ]


def groups(correlations: Iterable[Correlation]) -> list[Copula]:
    """One copula per connected group of variables, ordered by the first path of each.

    A correlation between more than two variables holds for all their pairs; pairs that nobody states
    are uncorrelated.

    Raises
    ------
    RepairRefused
        If an entry of a group's matrix would have to move by more than `LARGEST_CHANGE`.
    """
    connected: list[list[Correlation]] = []
    for correlation in correlations:
        touched = [group for group in connected if any(_share_a_variable(correlation, one) for one in group)]
        connected = [group for group in connected if group not in touched]
        connected.append([*(one for group in touched for one in group), correlation])
    return sorted(map(Copula.of, connected), key=lambda copula: copula.paths)


def pearson(value: float, measure: Literal["spearman", "kendall"]) -> float:
    """Correlation of the scores that gives a rank correlation.

    Parameters
    ----------
    value : float
        Rank correlation, from -1 to 1.
    measure : {'spearman', 'kendall'}
        Spearman's is converted as under a Gaussian copula, 2 sin(πρ/6); Kendall's, sin(πτ/2), holds for
        every elliptical copula, the t among them (Kruskal 1958; method, section c).
    """
    if measure == "spearman":
        return 2.0 * math.sin(math.pi * value / 6.0)
    return math.sin(math.pi * value / 2.0)


def nearest_correlation(matrix: Array) -> Repair:
    """The correlation matrix nearest to a symmetric one, in the Frobenius norm.

    Parameters
    ----------
    matrix : ndarray, shape (d, d)
        Symmetric, with a unit diagonal. Kept bit for bit where it is positive semi-definite already.

    Notes
    -----
    Alternating projections on the positive semi-definite cone and on the unit diagonal, with Dykstra's
    correction for the cone (Higham 2002, IMA J. Numer. Anal. 22:329, algorithm 3.3), until no entry
    moves by more than 1e-10.
    """
    lowest = float(np.linalg.eigvalsh(matrix)[0])
    if lowest >= -1e-14 * len(matrix):  # below zero by rounding alone
        return Repair(_read_only(matrix.copy()), 0.0, 0.0)
    near, correction = matrix, np.zeros_like(matrix)
    for _ in range(_ITERATIONS):
        shifted = near - correction
        projected = _positive_part(shifted)
        correction = projected - shifted
        before, near = near, projected.copy()
        np.fill_diagonal(near, 1.0)
        if max(np.abs(near - before).max(), np.abs(near - projected).max()) <= _PRECISION:
            break
    change = near - matrix
    return Repair(_read_only(near), float(np.linalg.norm(change)), float(np.abs(change).max()))


def _stated(correlations: Sequence[Correlation]) -> dict[tuple[str, str], Correlation]:
    """The correlation that speaks of each pair, by its two paths in sorted order."""
    return {
        pair: correlation
        for correlation in correlations
        for pair in combinations(sorted(correlation.between), 2)
    }


def _share_a_variable(one: Correlation, other: Correlation) -> bool:
    return not set(one.between).isdisjoint(other.between)


def _refusal(
    paths: Sequence[str], matrix: Array, repair: Repair, stated: dict[tuple[str, str], Correlation]
) -> RepairRefused:
    """Names the pair that would move furthest, or, of those that move as far, the first that is stated."""
    moved = np.abs(repair.matrix - matrix).round(6).tolist()
    i, j = max(
        combinations(range(len(paths)), 2),
        key=lambda pair: (moved[pair[0]][pair[1]], (paths[pair[0]], paths[pair[1]]) in stated),
    )
    first = min(stated.values(), key=lambda correlation: correlation.location)
    return RepairRefused(
        stated.get((paths[i], paths[j]), first),
        f"must be possible together with the other correlations of these variables: that of {paths[i]!r}"
        f" with {paths[j]!r} would have to move from {matrix[i, j]:.2f} to {repair.matrix[i, j]:.2f}, as a"
        f" correlation of scores (at most {LARGEST_CHANGE} is repaired); weaken the strongest of them, or"
        " state the pairs left out",
    )


def _root(matrix: Array) -> Array:
    """Cholesky's factor; where that is (nearly) singular the symmetric root, with rows of unit length."""
    values, vectors = np.linalg.eigh(matrix)
    if values[0] > 1e-8:
        return _read_only(np.asarray(np.linalg.cholesky(matrix), dtype=float))
    root: Array = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    root /= np.sqrt(np.sum(root**2, axis=1, keepdims=True))
    return _read_only(root)


def _positive_part(matrix: Array) -> Array:
    """Projection on the positive semi-definite cone."""
    values, vectors = np.linalg.eigh(matrix)
    part = (vectors * np.maximum(values, 0.0)) @ vectors.T
    return np.asarray((part + part.T) / 2.0)


def _combination(row: Array, normals: Array) -> Array:
    total = np.zeros(normals.shape[1:])
    for coefficient, normal in zip(row.tolist(), normals, strict=True):
        if coefficient:
            total += coefficient * normal
    return total


def _read_only(matrix: Array) -> Array:
    matrix.flags.writeable = False
    return matrix
