"""Linear combinations of normal variables: the denominators whose P(Y <= 0) has a closed form."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scipy.special import ndtr

from contested.language.formula import Number, Operation, Reference


@dataclass(frozen=True, slots=True)
class Combination:
    """A constant plus multiples of independent normal variables.

    Attributes
    ----------
    mean : float
    terms : dict of str to float
        Variable to its multiple.
    sds : dict of str to float
        Variable to its standard deviation.
    """

    mean: float
    terms: dict[str, float]
    sds: dict[str, float]

    def below_zero(self) -> float | None:
        """P(the combination <= 0); None where nothing in it varies."""
        variance = math.fsum((term * self.sds[path]) ** 2 for path, term in self.terms.items())
        return float(ndtr(-self.mean / math.sqrt(variance))) if variance > 0 else None


class Linear:
    """The algebra of linear combinations; None for whatever is not one.

    Parameters
    ----------
    variable : callable
        What a name stands for.
    """

    def __init__(self, variable: Callable[[Reference], Combination | None]) -> None:
        self._variable = variable

    def number(self, node: Number) -> Combination | None:
        return Combination(node.value, {}, {})

    def reference(self, node: Reference) -> Combination | None:
        return self._variable(node)

    def apply(self, node: Operation, operands: Sequence[Combination | None]) -> Combination | None:
        match node.operator, operands:
            case _, [*some] if None in some:
                return None
            case "neg", [Combination() as a]:
                return _times(a, -1.0)
            case "+", [Combination() as a, Combination() as b]:
                return _plus(a, b)
            case "-", [Combination() as a, Combination() as b]:
                return _plus(a, _times(b, -1.0))
            case "*", [Combination() as a, Combination() as b] if not a.terms:
                return _times(b, a.mean)
            case "*", [Combination() as a, Combination() as b] if not b.terms:
                return _times(a, b.mean)
            case "/", [Combination() as a, Combination() as b] if not b.terms and b.mean:
                return _times(a, 1 / b.mean)
        return None


def _times(a: Combination, factor: float) -> Combination:
    return Combination(a.mean * factor, {path: term * factor for path, term in a.terms.items()}, a.sds)


def _plus(a: Combination, b: Combination) -> Combination:
    terms = {path: a.terms.get(path, 0.0) + b.terms.get(path, 0.0) for path in {**a.terms, **b.terms}}
    return Combination(a.mean + b.mean, terms, {**a.sds, **b.sds})
