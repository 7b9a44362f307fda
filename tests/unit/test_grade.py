"""The grade of a claim: which thresholds it takes, and that Monte Carlo error only ever weakens it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from contested.answers.grade import Grounds, Kind, kind_of, one_line, provided_alike, sides
from contested.engine.precision import Measured


def grounds(
    default: float,
    combinations: Sequence[float],
    models: Sequence[float] = (),
    flip: float | None = None,
    mcse: float = 0.0,
) -> Grounds:
    """Probabilities with one error for all; the models hold the default."""
    return Grounds(
        default=Measured(default, mcse),
        combinations=[Measured(value, mcse) for value in combinations],
        models=[Measured(value, mcse) for value in (default, *models)],
        flip=None if flip is None else Measured(flip, mcse),
    )


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (grounds(0.95, [0.9, 0.99], [0.9]), "holds"),
        (grounds(0.95, [0.89, 0.99], [0.9]), "more_likely"),
        (grounds(0.95, [0.9, 0.99], [0.89]), "more_likely"),
        (grounds(0.6, [0.51, 0.7], [0.51]), "more_likely"),
        (grounds(0.8, [0.5, 0.9], [0.51], flip=0.25), "likely"),
        (grounds(0.8, [0.2, 0.9], [0.51], flip=None), "likely"),
        (grounds(0.8, [0.2, 0.9], [0.51], flip=0.24), "depends"),
        (grounds(0.79, [0.2, 0.9], [0.51], flip=0.5), "depends"),
        (grounds(0.8, [0.2, 0.9], [0.5], flip=0.5), "depends"),
        (grounds(0.05, [0.01, 0.1], [0.1]), "fails"),
        (grounds(0.05, [0.01, 0.11], [0.1]), "less_likely"),
        (grounds(0.4, [0.3, 0.49], [0.49]), "less_likely"),
        (grounds(0.2, [0.1, 0.5], [0.49], flip=0.25), "unlikely"),
        (grounds(0.2, [0.1, 0.9], [0.49], flip=0.24), "depends"),
        (grounds(0.21, [0.1, 0.9], [0.49], flip=0.5), "depends"),
        (grounds(0.6, [0.6, 0.7], [0.4]), "depends"),
        (grounds(0.5, [0.5, 0.5]), "not_graded"),
        (grounds(0.501, [0.499, 0.503], mcse=0.002), "not_graded"),
    ],
)
def test_the_first_grade_whose_every_inequality_holds(given: Grounds, kind: Kind) -> None:
    assert kind_of(given) == kind


@pytest.mark.parametrize(
    ("given", "error", "kind", "weaker"),
    [
        (grounds(0.95, [0.902]), 0.002, "holds", "more_likely"),
        (grounds(0.6, [0.502]), 0.002, "more_likely", "depends"),
        (grounds(0.802, [0.2, 0.9]), 0.002, "likely", "depends"),
        (grounds(0.9, [0.2, 0.9], [0.502]), 0.002, "likely", "depends"),
        (grounds(0.9, [0.2, 0.9], flip=0.252), 0.002, "likely", "depends"),
        (grounds(0.05, [0.098]), 0.002, "fails", "less_likely"),
        (grounds(0.4, [0.498]), 0.002, "less_likely", "depends"),
        (grounds(0.198, [0.2, 0.9]), 0.002, "unlikely", "depends"),
        (grounds(0.502, [0.502]), 0.002, "more_likely", "not_graded"),
    ],
)
def test_what_holds_by_less_than_two_errors_is_left_to_a_weaker_grade(
    given: Grounds, error: float, kind: Kind, weaker: Kind
) -> None:
    def drawn(error: float) -> Grounds:
        return Grounds(
            default=Measured(given.default.value, error),
            combinations=[Measured(c.value, error) for c in given.combinations],
            models=[Measured(c.value, error) for c in given.models],
            flip=given.flip and Measured(given.flip.value, error),
        )

    assert kind_of(drawn(0.49 * error)) == kind
    assert kind_of(drawn(0.51 * error)) == kind_of(drawn(error)) == weaker


def test_sides_are_taken_only_where_they_are_clear() -> None:
    chances = {
        "kyiv": Measured(0.51, 0.001),
        "osint": Measured(0.501, 0.001),
        "skeptic": Measured(0.49, 0.001),
        "even": Measured(0.5),
    }
    found = sides(chances)
    assert (found.yes, found.no, found.open) == (("kyiv",), ("skeptic",), ("osint", "even"))


def test_fewer_than_one_and_a_half_lines_are_one() -> None:
    assert one_line({"toll": 1.49, "territory": 1.5}) == ("toll",)


def test_only_a_clear_agreement_of_the_scopes_leaves_the_condition_unsaid() -> None:
    assert provided_alike(Measured(0.80), Measured(0.74))
    assert not provided_alike(Measured(0.80), Measured(0.76))
    assert provided_alike(Measured(0.80, 0.004), Measured(0.76, 0.004))  # 0.04 + 2 × 0.0057
    assert not provided_alike(Measured(0.80, 0.003), Measured(0.76, 0.003))  # 0.04 + 2 × 0.0042
