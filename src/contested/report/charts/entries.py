"""What a row of a picture says: numbers with their places on the axis, or the words that stand for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contested.answers.bounds import Bound
from contested.answers.distribution import Distribution, Summary, scaled
from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.engine.precision import probability_text
from contested.engine.weights import stratum_weights
from contested.language.bound_algebra import Bounded, Known
from contested.report.charts.theme import POOLED
from contested.report.plain import plain
from contested.report.rows import known_to
from contested.report.wording import Printed, bound, per_cent, share

Found = Answer | Bound | Bounded


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One piece of an interval.

    Attributes
    ----------
    rank : int
        0 for the narrowest level shown.
    """

    level: float
    rank: int
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row.

    Attributes
    ----------
    label : str
        In full, whatever room there is for it.
    source : str
        Whose colour it has: a key of `SourceColours`.
    numbers : str
        `110 (54 to 190)`, of the widest interval; or in a word why there are none.
    sentence : str
        The same for those who do not see the picture, with the reason where there are no numbers.
    centre : float or None
        Where its dot lies: the median, or a bound's value.
    direction : str or None
        Of a bound.
    """

    label: str
    source: str = POOLED
    numbers: str
    sentence: str
    centre: float | None = None
    held: tuple[Held, ...] = ()
    direction: Known | None = None

    @property
    def values(self) -> Iterator[float]:
        """All that has to have room on the axis."""
        if self.centre is not None:
            yield self.centre
        for piece in self.held:
            yield from (piece.low, piece.high)

    @classmethod
    def of(cls, label: str, found: Found, source: str = POOLED, *, inverse: bool = False) -> Entry:
        """An estimate under one assumption.

        Parameters
        ----------
        inverse : bool
            Whether its reciprocal is shown, in `Answer.inverse_unit`.
        """
        if not isinstance(found, Answer):
            said = bound(found.value, found.direction)
            return cls(
                label=label, source=source, numbers=said, sentence=f"{label}: {said}",
                centre=found.value, direction=found.direction,
            )  # fmt: skip
        summary = inverted(found) if inverse else found.summary
        if summary is None:
            said, why = _none(found, inverse=inverse)
            return cls(label=label, source=source, numbers=said, sentence=f"{label}: {why}")
        said, known = _numbers(summary)
        return cls(
            label=label, source=source, numbers=said, sentence=f"{label}: {said}{known}",
            centre=summary.median, held=tuple(_held(summary)),
        )  # fmt: skip

    @classmethod
    def of_chance(cls, label: str, question: Probability, source: str = POOLED) -> Entry:
        """A question's probability under one assumption; both limits where it has an upper one."""
        if question.value is None or question.mcse is None:
            reason = plain(question.reason or "")
            return cls(label=label, source=source, numbers="none", sentence=f"{label}: none, since {reason}")
        said = probability_text(question.value, question.mcse)
        held: tuple[Held, ...] = ()
        if question.upper is not None:
            said = f"{said} to {probability_text(question.upper, question.mcse)}"
            held = (Held(level=1.0, rank=0, low=question.value, high=question.upper),)
        return cls(
            label=label, source=source, numbers=said, sentence=f"{label}: {said}",
            centre=question.value, held=held,
        )  # fmt: skip


def inverted(answer: Answer) -> Summary | None:
    """The reciprocal's median and intervals, estimable or not; None where there are none."""
    pools = answer.drawn.by(answer.rule).inverse
    weights = stratum_weights(answer.drawn.quantity, answer.weights)
    if pools is None or pools.undefined(weights):
        return None
    report = answer.study.report
    found = Distribution(pools, weights).summary(report.levels, report.kind)
    return scaled(found, 1 / (answer.unit.scale * answer.inverse_unit.scale))


def shows_inverse(found: Found) -> bool:
    """Whether a picture of an estimate shows its reciprocal: the ratio is not estimable as it stands."""
    return isinstance(found, Answer) and not found.estimable and found.inverse is not None


def levels(entries: Sequence[Entry]) -> tuple[float, ...]:
    """The levels of the intervals shown, the narrowest first."""
    return tuple(sorted({piece.level for entry in entries for piece in entry.held}))


def key_line(found: Sequence[float]) -> str:
    """What dots and bars mean: `Dot: median. Bars: 50 % and 90 % of the model’s weight.`"""
    if not found:
        return ""
    shares = " and ".join(filter(None, [", ".join(map(per_cent, found[:-1])), per_cent(found[-1])]))
    return f"Dot: median. Bar{'s' * (len(found) > 1)}: {shares} of the model’s weight."


def _numbers(summary: Summary) -> tuple[str, str]:
    """What is written, as in tables; and what is said besides where an end has fewer than two digits."""
    shown, widest = Printed.of(summary), summary.intervals[-1]
    if widest.low == widest.high:  # an exact number
        return shown.median, ""
    known = known_to(summary) if len(widest.pieces) < 2 else None
    said = f", its ends known to ± {known} only" if known else ""
    return f"{shown.median} ({shown.short[-1]})", said


def _none(answer: Answer, *, inverse: bool) -> tuple[str, str]:
    """Why there are no numbers: in a word, and as half a sentence."""
    if answer.estimable or inverse:
        return "undefined", plain(answer.undefined or "undefined")
    vanishing = share(answer.denominator_nonpositive)
    why = f"not estimable, since its denominator is zero or negative with probability {vanishing}"
    return "not estimable", why


def _held(summary: Summary) -> Iterator[Held]:
    for rank, found in enumerate(summary.intervals):
        for low, high in [(p.low, p.high) for p in found.pieces] or [(found.low, found.high)]:
            yield Held(level=found.level, rank=rank, low=low, high=high)
