"""Worlds mixed from two: some groups of variables from the one, the rest from the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from contested.engine.dependence import Copula
from contested.engine.freeze import Layout
from contested.engine.groups import Group
from contested.engine.model import Model, scale_path
from contested.engine.worlds import Worlds
from contested.shapes.base import Array, Coordinate

Halves = tuple[Array, Array]  # the two points of the cube, each of shape (coordinate, replicate, point)


class Mixing:
    """How the worlds of a model are mixed, group by group.

    Parameters
    ----------
    model : Model
        With a coordinate of its own for every variable (`Model.apart`).
    groups : sequence of Group
        Of places; no two share one.

    Notes
    -----
    Groups that a Gaussian copula ties together make one block. There, what is not shared is drawn from its
    law given what is: with z_v the shared scores, z = Σ_uv Σ_vv⁻¹ z_v + L n for the rest, L L' the
    conditional covariance and n normals of the other point.
    """

    def __init__(self, model: Model, groups: Sequence[Group]) -> None:
        self._model = model
        self._group = {place: index for index, group in enumerate(groups) for place in group.places}
        ties = [
            found
            for copula in model.copulas
            if len(found := {self._group[path] for path in copula.paths if path in self._group}) > 1
        ]
        self.layout = Layout.of(_connected(range(len(groups)), ties))

    def worlds(self, halves: Halves) -> Worlds:
        """Every mixture of two points of the cube: values have the layout's axes, then replicate, point."""
        one, other = halves
        cube = list(one)
        for place, index in self._model.coordinates.items():
            if place in self._group:
                cube[index] = self.layout.mixed(self._group[place], (one[index], other[index]))
        correlated: dict[str, Coordinate] = {}
        for copula in self._model.copulas:
            if any(path in self._group for path in copula.paths):
                law = self._of_a_t_copula if copula.kind == "t" else self._of_a_gaussian_copula
                correlated |= law(copula, halves)
        return Worlds(self._model, cube, correlated)

    def _normals(self, copula: Copula, half: Array) -> Array:
        return np.stack([Coordinate(u=half[self._model.coordinates[path]]).z for path in copula.paths])

    def _of_a_t_copula(self, copula: Copula, halves: Halves) -> dict[str, Coordinate]:
        """All its variables are of one group, so that their scores are mixed as they are."""
        scale = self._model.coordinates[scale_path(copula)]
        one, other = (copula.scores(self._normals(copula, h), Coordinate(u=h[scale])) for h in halves)
        return {
            path: Coordinate(u=self.layout.mixed(self._group[path], (a.u, b.u)))
            for path, a, b in zip(copula.paths, one, other, strict=True)
            if path in self._group
        }

    def _of_a_gaussian_copula(self, copula: Copula, halves: Halves) -> dict[str, Coordinate]:
        reached = [index for index, path in enumerate(copula.paths) if path in self._group]
        paths = [copula.paths[index] for index in reached]
        normals = [self._normals(copula, half) for half in halves]
        part = _Part(
            copula.matrix[np.ix_(reached, reached)],
            [np.stack([score.z for score in copula.scores(z)])[reached] for z in normals],
            [z[reached] for z in normals],
        )
        places = [self.layout.axis(self._group[path]) for path in paths]
        axis = places[0][0]  # all their groups are of one block
        by_state = [
            part.given([i for i, (_, member) in enumerate(places) if mask >> member & 1], role)
            for role, mask in self.layout.states(axis)
        ]
        return {
            path: Coordinate(z=self.layout.laid(axis, [state[i] for state in by_state]))
            for i, path in enumerate(paths)
        }


class _Part:
    """The variables of a Gaussian copula that are reached, at both points.

    Parameters
    ----------
    matrix : ndarray, shape (d, d)
        Correlation of their scores.
    scores, normals : pair of ndarray, each of shape (d, replicate, point)
        Their scores at the two points, and independent normals of their own.
    """

    def __init__(self, matrix: Array, scores: Sequence[Array], normals: Sequence[Array]) -> None:
        self._matrix, self._scores, self._normals = matrix, scores, normals

    def given(self, shared: Sequence[int], role: int) -> Array:
        """Scores that share some with one point; the rest are drawn afresh, given those."""
        rest = [index for index in range(len(self._matrix)) if index not in shared]
        if not rest:
            return self._scores[role]
        if not shared:
            return self._scores[1 - role]
        across = self._matrix[np.ix_(rest, shared)]
        slopes = across @ np.linalg.pinv(self._matrix[np.ix_(shared, shared)], hermitian=True)
        left = self._matrix[np.ix_(rest, rest)] - slopes @ across.T
        found = np.empty_like(self._scores[role])
        found[shared] = self._scores[role][shared]
        found[rest] = _combined(slopes, found[shared])
        found[rest] += _combined(_square_root(left), self._normals[1 - role][rest])
        return found


def _combined(matrix: Array, vectors: Array) -> Array:
    """A matrix times vectors, term by term, so that no bit depends on threads."""
    return np.asarray(np.einsum("ij,j...->i...", matrix, vectors))


def _square_root(matrix: Array) -> Array:
    """The symmetric root of a covariance, which may be singular."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    return np.asarray((vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T)


def _connected(members: Iterable[int], ties: Iterable[set[int]]) -> list[list[int]]:
    """Members in sets that no tie crosses."""
    blocks = [{member} for member in members]
    for tie in ties:
        touched = [block for block in blocks if block & tie]
        blocks = [block for block in blocks if not block & tie]
        blocks.append(set().union(*touched))
    return [sorted(block) for block in blocks]
