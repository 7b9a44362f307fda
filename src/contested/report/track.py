"""A track as people read it in a terminal: the ratio by month, over windows, and windows compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contested.answers.bounds import Settled
from contested.answers.estimates import Answer
from contested.answers.track import Contrast, Track, Trail
from contested.language.spans import words
from contested.report.assumed import assumed_lines
from contested.report.layout import Heading, Line, Note, Row, set_lines, stacked
from contested.report.plain import plain
from contested.report.rows import case_rows, chance, estimate_headings, mismatch_lines
from contested.report.terminal import NARROWEST, WIDEST, sampling_note, top
from contested.report.track_across import question_tables, source_tables, weighting_tables
from contested.report.track_rows import is_quotient, point_tables
from contested.report.track_sentence import window_sentence
from contested.report.track_standing import said, said_shortly
from contested.report.track_width import drawn_in
from contested.report.wording import enumerated, number, per_cent, titled


def render_track(track: Track, *, width: int = 80, styled: bool = False) -> str:
    """Every estimate by period, by source and by weighting; its sums, and the windows that are compared.

    Parameters
    ----------
    track : Track
    width : int
        Columns there are; at most 100 are used.
    styled : bool
        Whether titles are set in bold.
    """
    columns = min(max(width, NARROWEST), WIDEST)
    parts = (*_parts(track, columns), list(_rest(track)))
    return "".join(set_lines(drawn_in(part, columns), width=columns, styled=styled) for part in parts)


def _parts(track: Track, width: int) -> Iterator[Sequence[Line]]:
    """Tables and prose, each set by itself."""
    yield list(_top(track))
    for trail in track.estimates.values():
        yield from _estimate(trail, track, width)
        yield [Note("")]
    if track.questions:
        yield [Heading("Questions: their probabilities")]
        yield from question_tables(track, width)
        yield list(_without_probability(track))


def _top(track: Track) -> Iterator[Line]:
    yield from top(track.result)
    periods = track.each.periods
    span = f"{words(periods[0])} to {words(periods[-1])}"
    step = track.each.step
    yield Note(f"Each {step} from {span}, all drawn in the same worlds.")
    own = track.scenario.each
    if own is not None and len(own.periods) > len(periods) and track.each.compared:
        whole = f"{words(own.periods[0])} to {words(own.periods[-1])}"
        yield Note(f"Windows are ranked among those of these {step}s; the scenario has more, {whole}.")
    for one in track.tracked.left_out:
        windows = f"{words(one.of)} over {words(one.over)}"
        named = "" if one.title == windows else f"“{plain(one.title)}”, "
        yield Note(f"Not compared, since it reaches beyond: {named}{windows}.")
    yield Note("")
    unasked = list(said_shortly(track))
    if unasked:
        yield Heading("Not asked, and worth knowing")
        yield from (Note(text, indent=2, bullet="-") for text in unasked)
        yield Note("")


def _estimate(trail: Trail, track: Track, width: int) -> Iterator[Sequence[Line]]:
    yield list(_heading(trail, track))
    yield from point_tables(trail.periods, trail, track, width)
    for tables in (*source_tables(trail, track, width), *weighting_tables(trail, track, width)):
        yield [Note("")]
        yield from tables
    if trail.sums:
        how = "ratios of sums, never means of ratios"
        lead = f"Over windows: {how if is_quotient(trail, track) else 'summed'}"
        yield [Note(""), Row(lead, (), strong=True)]
        yield from point_tables(trail.sums, trail, track, width)
        yield list(_mean_of_ratios(trail, track))
    elif trail.without_total:
        yield [Note(""), Note(f"Nothing over windows: {trail.without_total}.", indent=2)]
    for contrast in trail.contrasts:
        yield from _contrast(contrast, track, width)
    if track.each.compared and not trail.contrasts and not trail.without_total:
        yield [Note(""), Note("No windows are compared: two one-sided bounds bound no ratio.", indent=2)]


def _heading(trail: Trail, track: Track) -> Iterator[Line]:
    estimate = track.stated(trail)
    yield Heading(titled(trail.title, str(estimate.unit)))
    yield from mismatch_lines(f"estimates.{estimate.name}", estimate.formula.expression, track.study)


def _mean_of_ratios(trail: Trail, track: Track) -> Iterator[Line]:
    """By how much the mean of the periods' ratios would differ over the whole window."""
    whole, step = trail.sums[0].answer, track.each.step
    if not is_quotient(trail, track) or not isinstance(whole, Answer) or whole.summary is None:
        return
    if trail.vanishing:
        without = enumerated([words(point.period) for point in trail.vanishing])
        have = "has" if len(trail.vanishing) == 1 else "have"
        yield Note(f"The {step}s' ratios have no mean, since {without} {have} no ratio.", indent=2)
        return
    found = [point.answer.summary for point in trail.periods if isinstance(point.answer, Answer)]
    medians = [summary.median for summary in found if summary is not None]
    mean = sum(medians) / len(medians)
    apart = 100 * (mean / whole.summary.median - 1)
    if abs(apart) >= 1:
        differs = f"{abs(apart):.0f} % {'more' if apart > 0 else 'less'}"
        yield Note(
            f"The mean of the {step}s' medians would be {number(mean)}, {differs} than over the whole "
            f"window: it counts every {step} alike, however small its denominator.",
            indent=2,
        )


def _contrast(contrast: Contrast, track: Track, width: int) -> Iterator[Sequence[Line]]:
    """Two windows, their ratio, and what is said of them unasked."""
    of, over = words(contrast.compared.of), words(contrast.compared.over)
    levels = [per_cent(level) for level in track.study.report.levels]
    rows: list[Line] = [
        Note(""),
        Row(plain(contrast.compared.title), (), strong=True),
        estimate_headings(track.result),
        *case_rows(of, contrast.of.answer, 2),
        *case_rows(over, contrast.over.answer, 2),
        *case_rows("the former over the latter", contrast.ratio, 2),
    ]
    yield stacked(rows, levels, width)
    yield [
        Note(f"{of} is above {over}: {_higher(contrast)}", indent=2),
        *(Note(text, indent=2, bullet="!") for text in said(contrast, track)),
    ]


def _higher(contrast: Contrast) -> str:
    found = chance(contrast.higher)
    return found if isinstance(contrast.higher, Settled) else f"the model puts {found} on that"


def _without_probability(track: Track) -> Iterator[Line]:
    """Why some questions have no probability in some period."""
    asked = (answer for one in track.questions.values() for _, answer in one.periods)
    for reason in dict.fromkeys(answer.reason for answer in asked if answer.reason):
        yield Note(f"where there is no probability: {plain(reason)}", indent=2)
    yield Note("")


def _rest(track: Track) -> Iterator[Line]:
    yield from sampling_note(track.result)
    yield Note("What was precise after fewer of them was drawn in those alone.")
    yield Note("")
    if track.main is not None:
        yield Heading("In a sentence")
        yield Note(window_sentence(track.main, track), indent=2)
    yield from assumed_lines(track.result.assumptions, track.scenario)
