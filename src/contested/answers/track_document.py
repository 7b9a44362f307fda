"""A track as a JSON object: stable keys, full precision, non-finite as None.

Beside what a result says of its scenario, weighting, sampling and provenance:

each, window : str
    The step (month, quarter), and the periods that were tracked as one window.
estimates : {name: estimate}
    title, unit, inverse_unit; `periods` in the order of time and `sums`, lists of points, the sums being
    ratios of sums over the whole window, its calendar years and the windows that are compared; `comparisons`
    by name; `without_total` says why an estimate has no sums, None where it has.
questions : {name: {title, periods}}
    A list of one question's probabilities, by source underneath.
compared, left_out : [{name, title, of, over}]
    The windows that are compared; the scenario's comparisons that reach beyond the window.
sampling : object
    As of a result; `draws` is the most worlds that any number took, and others may have taken fewer of them.

A point has period, first and last (its days), `estimable`, median, median_mcse, intervals, and where it is
not estimable given_positive_denominator, as an estimate of a result has; `by_source` and `by_weighting` the
same; and, whether or not it is estimable, denominator_nonpositive and `inverse` ({unit, median, median_mcse,
intervals}; None where it is not finite). A bound has bound and value instead.

A comparison has title, of and over (two windows), `ratio` (a point without a period), `probability_higher`
({probability, mcse, …}: that `of` is above `over`), and `standing` ({of, over}, None where nothing can be
ranked): how a window stands among all `count` windows of its length. Its `rank` is 1 for the lowest ratio;
`by_combination` is the rank if one takes each combination of sources; `lowest` and `highest` are the
probabilities of being that, `likeliest_lowest` and `likeliest_highest` the windows with the largest;
`medians` are those of all windows in `unit`, of the `reciprocal` where a denominator may vanish in some
period; `tied` counts the windows whose medians Monte Carlo error does not tell from its own; `said` says
whether it is in the outer tenth, however ties fall, and so told unasked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contested.answers.bounds import Bound, Settled
from contested.answers.document import (
    bound,
    heading,
    number,
    probability,
    provenance,
    question,
    sampling,
    summary,
    values,
)
from contested.answers.estimates import Answer, inverse_unit
from contested.answers.questions import Probability
from contested.language.periods import Period
from contested.language.repeated import ComparedWindows

if TYPE_CHECKING:
    from contested.answers.standing import Standing
    from contested.answers.track import Asked, Contrast, Point, Track, Trail


def document(track: Track) -> dict[str, Any]:
    """All of a track, as plain dictionaries, lists, text and numbers."""
    return {
        **heading(track.result),
        "each": track.each.step,
        "window": track.window.text,
        "estimates": {name: _trail(trail, track) for name, trail in track.estimates.items()},
        "questions": {name: _asked(asked) for name, asked in track.questions.items()},
        "compared": [{"name": one.name, **_windows(one)} for one in track.each.compared.values()],
        "left_out": [{"name": one.name, **_windows(one)} for one in track.tracked.left_out],
        "sampling": sampling(track.result),
        "provenance": provenance(track.result),
    }


def _trail(trail: Trail, track: Track) -> dict[str, Any]:
    unit = track.stated(trail).unit
    return {
        "title": trail.title,
        "unit": unit.text,
        "inverse_unit": inverse_unit(unit).text,
        "periods": [_point(point) for point in trail.periods],
        "sums": [_point(point) for point in trail.sums],
        "without_total": trail.without_total,
        "comparisons": {contrast.compared.name: _contrast(contrast) for contrast in trail.contrasts},
    }


def _point(point: Point) -> dict[str, Any]:
    found = {
        **_days(point.period),
        **_answer(point.answer),
        "by_weighting": {name: _values(answer) for name, answer in point.under.items()},
    }
    if isinstance(point.answer, Bound):
        return found
    inverse, strata = point.inverse, point.answer.drawn.quantity.strata
    return {
        **found,
        "inverse": inverse and {"unit": point.answer.inverse_unit.text, **summary(inverse, strata)},
    }


def _answer(answer: Answer | Bound) -> dict[str, Any]:
    """An answer with its sources."""
    if isinstance(answer, Bound):
        by_source: dict[str, Any] = {
            dispute: {source: bound(alone) for source, alone in sources.items()}
            for dispute, sources in answer.by_source.items()
        }
        return {**bound(answer), "by_source": by_source}
    return {
        **values(answer),
        "denominator_nonpositive": answer.denominator_nonpositive,
        "by_source": {
            dispute: {source: values(alone) for source, alone in sources.items()}
            for dispute, sources in answer.by_source.items()
        },
    }


def _values(answer: Answer | Bound) -> dict[str, Any]:
    return bound(answer) if isinstance(answer, Bound) else values(answer)


def _contrast(contrast: Contrast) -> dict[str, Any]:
    compared = contrast.compared
    windows = {"of": compared.of, "over": compared.over}
    return {
        **_windows(compared),
        "ratio": _answer(contrast.ratio),
        "probability_higher": _without_title(contrast.higher),
        "standing": {key: _standing(contrast.standing.get(window)) for key, window in windows.items()},
    }


def _windows(compared: ComparedWindows) -> dict[str, Any]:
    return {"title": compared.title, "of": compared.of.text, "over": compared.over.text}


def _standing(standing: Standing | None) -> dict[str, Any] | None:
    if standing is None:
        return None
    return {
        "window": standing.window.text,
        "count": standing.count,
        "rank": standing.rank,
        "by_combination": [{"sources": dict(stratum), "rank": rank} for stratum, rank in standing.by_stratum],
        "lowest": probability(standing.lowest),
        "highest": probability(standing.highest),
        "likeliest_lowest": _likeliest(standing.likeliest_lowest),
        "likeliest_highest": _likeliest(standing.likeliest_highest),
        "tied": standing.tied,
        "said": standing.is_said,
        "reciprocal": standing.reciprocal,
        "unit": standing.unit.text,
        "medians": [
            {"window": window.text, "median": number(median), "median_mcse": number(error)}
            for window, median, error in standing.medians
        ],
    }


def _likeliest(found: tuple[Period, Probability]) -> dict[str, Any]:
    window, answer = found
    return {"window": window.text, **probability(answer)}


def _asked(asked: Asked) -> dict[str, Any]:
    return {
        "title": asked.title,
        "periods": [{**_days(period), **_without_title(answer)} for period, answer in asked.periods],
    }


def _without_title(answer: Probability | Settled) -> dict[str, Any]:
    found = question(answer)
    del found["title"]  # it is said once for all periods
    return found


def _days(period: Period) -> dict[str, Any]:
    assert period.start is not None
    return {"period": period.text, "first": period.start.isoformat(), "last": period.end.isoformat()}
