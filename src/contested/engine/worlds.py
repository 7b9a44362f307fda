"""Worlds: points of the net to variables, claims, figures and estimates, one stratum at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from contested.engine.model import Model, Stratum, scale_path
from contested.engine.underlying import named, variable
from contested.language.formula import Expression, Number, Operation, Reference, fold
from contested.language.nodes import Citation, Computed, Exact, Mixture, Statement
from contested.shapes.base import Array, Coordinate

_COMPARISONS = ("<", "<=", ">", ">=")

Values = Array | np.float64  # a constant stays a scalar until it meets an array
Truths = NDArray[np.bool_]

_OPERATORS: dict[str, Callable[..., Values]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "**": np.power,
    "neg": np.negative,
    "abs": np.abs,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "and": np.logical_and,
    "or": np.logical_or,
    "not": np.logical_not,
    "min": lambda *operands: _chain(np.minimum, operands),
    "max": lambda *operands: _chain(np.maximum, operands),
}


class Worlds:
    """A block of worlds: one value of every variable in each.

    Parameters
    ----------
    model : Model
    cube : ndarray, shape (coordinate, …), or one array for each coordinate
        Uniform on (0, 1). Arrays of their own need only broadcast against each other: what a name stands
        for is then evaluated on the axes that it varies along, and on no others.
    correlated : mapping of str to Coordinate, optional
        What the correlated variables are, by path, where that is not what their copulas make of the cube.

    Notes
    -----
    What a name stands for is evaluated once per combination of the sources it depends on and kept, so
    that every stratum sees the same worlds.
    """

    def __init__(
        self,
        model: Model,
        cube: Array | Sequence[Array],
        correlated: Mapping[str, Coordinate] | None = None,
    ) -> None:
        self._model = model
        self._cube = cube
        self._coordinates: dict[int, Coordinate] = {}
        self._correlated = dict(correlated or {})
        self._kept: dict[tuple[object, ...], Values] = {}
        for copula in model.copulas if correlated is None else ():
            normals = np.stack([self._independent(path).z for path in copula.paths])
            chi = self._independent(scale_path(copula)) if copula.kind == "t" else None
            self._correlated |= dict(zip(copula.paths, copula.scores(normals, chi), strict=True))

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of a coordinate, where all have one."""
        return self._cube[0].shape

    def value(self, expression: Expression, stratum: Stratum, figure: str | None = None) -> Values:
        """An expression's values, in base units, where the stratum's sources are right.

        Parameters
        ----------
        figure : str, optional
            The figure in whose claim the expression stands: it decides which draw a per-figure input is.

        Returns
        -------
        ndarray, shape of a coordinate; or a scalar where nothing in it varies
        """
        return fold(expression, _Arrays(self, stratum, figure))

    def question(self, expression: Expression, stratum: Stratum) -> tuple[Values, Truths]:
        """Whether a question is true, and whether that hangs on a side that has no value in the world."""
        arrays = _Arrays(self, stratum, None)
        truth = fold(expression, arrays)
        if not arrays.valueless:
            return truth, np.zeros((), dtype=bool)
        otherwise = fold(expression, _Arrays(self, stratum, None, benefit=True))
        return truth, np.asarray(np.not_equal(truth, otherwise), dtype=bool)

    def reference(self, reference: Reference, stratum: Stratum, figure: str | None) -> Values:
        """What a name stands for, kept for the strata that agree on what it depends on."""
        model = self._model
        right = {dispute: stratum[dispute] for dispute in model.disputes(reference)}
        key = (reference, figure if reference.kind == "input" else None, *sorted(right.items()))
        if key not in self._kept:
            if reference.kind == "estimate":
                formula = model.study.estimates[reference.name].formula
                self._kept[key] = self.value(formula.expression, stratum, None)
            else:
                source = next(iter(right.values()), None)
                inside = reference.name if reference.kind in ("figure", "claim") else figure
                self._kept[key] = self._statement(named(model.study, reference, source), stratum, inside)
        return self._kept[key]

    def coordinate(self, path: str) -> Coordinate:
        """The coordinate of a variable, by the variable's path."""
        return self._correlated.get(path) or self._independent(path)

    def _statement(self, statement: Statement, stratum: Stratum, figure: str | None) -> Values:
        match statement.form:
            case Exact(value=value):
                return np.float64(value * statement.unit.scale)
            case Computed(formula=formula):
                return self.value(formula.expression, stratum, figure)
            case Citation(fact=fact):
                return self.reference(Reference("fact", fact), stratum, None)
            case Mixture():
                return self._mixture(statement.form, stratum, figure)
            case _:
                place = variable(self._model.study, statement, figure)
                drawn = self._model.fits[statement.path].shape.at(self.coordinate(place))
                return drawn if statement.unit.scale == 1.0 else drawn * statement.unit.scale

    def _mixture(self, mixture: Mixture, stratum: Stratum, figure: str | None) -> Values:
        """The part that the pick chooses; the last threshold is left out, so that rounding loses no world."""
        thresholds = np.cumsum(mixture.weights)[:-1]
        chosen = np.searchsorted(thresholds, self.coordinate(f"picks.{mixture.pick}").u, side="right")
        parts = [self._statement(part, stratum, figure) for part in mixture.parts]
        return np.select([chosen == index for index in range(len(parts))], parts)

    def _independent(self, path: str) -> Coordinate:
        index = self._model.coordinates[path]
        if index not in self._coordinates:
            self._coordinates[index] = Coordinate(u=self._cube[index])
        return self._coordinates[index]


class _Arrays:
    """The algebra of arrays.

    Parameters
    ----------
    benefit : bool
        What a comparison is where a side has no value: false, or true.

    Attributes
    ----------
    valueless : bool
        Whether a side of some comparison had no value in some world.
    """

    def __init__(
        self, worlds: Worlds, stratum: Stratum, figure: str | None, *, benefit: bool = False
    ) -> None:
        self._worlds, self._stratum, self._figure = worlds, stratum, figure
        self._benefit, self.valueless = benefit, False

    def number(self, node: Number) -> Values:
        return np.float64(node.value)

    def reference(self, node: Reference) -> Values:
        return self._worlds.reference(node, self._stratum, self._figure)

    def apply(self, node: Operation, operands: Sequence[Values]) -> Values:
        found = combined(node, operands)
        if node.operator not in _COMPARISONS:
            return found
        without = np.logical_or.reduce(np.broadcast_arrays(*map(np.isnan, operands)))
        self.valueless |= bool(without.any())
        return np.logical_or(found, without) if self._benefit else found


def combined(operation: Operation, operands: Sequence[Values]) -> Values:
    """What an operation makes of the values of its operands."""
    return _OPERATORS[operation.operator](*operands)


def _chain(function: Callable[..., Values], operands: Sequence[Values]) -> Values:
    result = operands[0]
    for operand in operands[1:]:
        result = function(result, operand)
    return result
