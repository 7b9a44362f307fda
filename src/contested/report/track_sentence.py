"""One sentence on a whole window that can be printed as it is."""

from __future__ import annotations

from dataclasses import replace

from contested.answers.track import Track, Trail
from contested.answers.tracked import name_over
from contested.language.nodes import Figure
from contested.report.counted import Term, sides_beside
from contested.report.plain import plain
from contested.report.qualifiers import owned
from contested.report.quotation import quoted
from contested.report.sentence import conditions, statement
from contested.report.wording import enumerated, figures_of, period


def window_sentence(trail: Trail, track: Track) -> str:
    """What the model says of an estimate over all that is tracked, each figure told once for all periods."""
    answer = track.result.estimates[name_over(track.each, trail.name, track.window)]
    figures = _figures(trail, track)
    places = {figure.place for figure in figures.values()}
    shared = places.pop() if len(places) == 1 else None
    meant = [_meaning(title, figure, told=shared is None) for title, figure in figures.items()]
    meaning = enumerated([text for text in meant if text])
    where = ", ".join(filter(None, [plain(shared or ""), period(track.window)]))
    count = len(track.each.periods)
    over = f", summed over {count} {track.each.step}s" if count > 1 else ""
    subject = f"For “{plain(trail.title)}” ({where}){over}"
    said = f"{statement(answer)}, {conditions(track.result, answer)}"
    return f"{subject}{f', where {meaning},' if meaning else ','} {said}."


def window_quotation(trail: Trail, track: Track) -> str:
    """The same as a sentence to quote: short, and without the weights."""
    answer = track.result.estimates[name_over(track.each, trail.name, track.window)]
    stated = track.stated(trail)
    count = len(track.each.periods)
    over = f", summed over {count} {track.each.step}s" if count > 1 else ""
    terms = window_terms(trail, track)
    return quoted(
        track.result,
        answer,
        terms,
        title=trail.title,
        sides=sides_beside(track.study, stated.formula.expression),
        unlike=owned(f"estimates.{stated.name}", stated.formula.expression, track.study),
        over=over,
    )


def window_terms(trail: Trail, track: Track) -> list[Term]:
    """What the figures of an estimate count over all that is tracked, each told once for all periods."""
    when = period(track.window)
    return [
        replace(Term.of(figure), title=plain(title), when=when)
        for title, figure in _figures(trail, track).items()
    ]


def _figures(trail: Trail, track: Track) -> dict[str, Figure]:
    """The figures of the first period by the title that stands for all."""
    titles = {one.names[0]: one.title for one in track.each.figures.values()}
    found = figures_of(track.study, track.stated(trail).formula.expression)
    return {titles.get(name, figure.title): figure for name, figure in found.items()}


def _meaning(title: str, figure: Figure, *, told: bool) -> str:
    where = f" ({plain(figure.place)})" if told and figure.place else ""
    if figure.measures:
        return f"“{plain(title)}”{where} means {plain(figure.measures)}"
    return f"“{plain(title)}” is of {plain(figure.place)}" if where and figure.place else ""
