"""Printed numbers against exact ones, by the error that is printed beside them."""

from __future__ import annotations

from collections.abc import Mapping

from contested.answers.estimates import Answer
from contested.answers.questions import Probability

STANDARD_ERRORS = 4  # the reference cases' tolerance for Monte Carlo answers
COARSEST = 0.01  # of a number's scale: an error beyond it would pass anything


def assert_close(what: str, value: float | None, mcse: float | None, exact: float, scale: float) -> None:
    """A drawn number lies within four of its own standard errors, and they are small beside its scale."""
    assert value is not None and mcse is not None, f"{what}: not printed"
    assert 0 < mcse <= COARSEST * scale, f"{what}: standard error {mcse} beside {scale}"
    distance = abs(value - exact) / mcse
    assert distance <= STANDARD_ERRORS, f"{what}: {value} is {distance:.2f} standard errors from {exact}"


def assert_quantiles(answer: Answer, quantiles: Mapping[float, float], scale: float = 0.0) -> None:
    """Quantiles as a report prints them: the median, and both ends of intervals.

    Parameters
    ----------
    scale : float
        What the error of a quantile near 0 is measured by.
    """
    for p, exact in quantiles.items():
        if p == 0.5:
            summary = answer.summary
            assert summary is not None
            value, mcse = summary.median, summary.median_mcse
        else:
            interval = answer.interval(abs(1 - 2 * p))
            value, mcse = (
                (interval.low, interval.low_mcse) if p < 0.5 else (interval.high, interval.high_mcse)
            )
        assert_close(f"{answer.name} at {p}", value, mcse, exact, max(abs(exact), scale))


def assert_moments(answer: Answer, mean: float | None, sd: float | None, scale: float = 0.0) -> None:
    """Mean and standard deviation; None for one that does not exist and must not be printed."""
    found = answer.moments
    assert found is not None
    for what, value, mcse, exact in (
        ("mean", found.mean, found.mean_mcse, mean),
        ("sd", found.sd, found.sd_mcse, sd),
    ):
        if exact is None:
            assert value is None and mcse is None, f"{answer.name}: a {what} that does not exist"
        else:
            assert_close(f"{answer.name}'s {what}", value, mcse, exact, max(abs(exact), scale))


def assert_probability(question: Probability, exact: float) -> None:
    """The probability of a question."""
    assert_close(question.name, question.value, question.mcse, exact, 1.0)
