"""The weight triangle: an estimate's median, and questions, over all weightings of three sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from contested.answers.comparison import Comparison
from contested.answers.estimates import Answer
from contested.errors import ContestedError
from contested.language.faults import unknown
from contested.language.nodes import NONE_OF_THESE
from contested.report.charts.axes import tick_text
from contested.report.charts.estimate import Estimate
from contested.report.charts.ladder import Group, Ladder, drawn, heading_block, of_estimates
from contested.report.charts.layers import Layer, Row, Specification, across, down, layer, mark
from contested.report.charts.lettering import Hand, Text, block, written
from contested.report.charts.measuring import width, wrapped
from contested.report.charts.placing import Box, Taken
from contested.report.charts.simplex_map import CORNERS
from contested.report.charts.simplex_values import Simplex, of_median
from contested.report.charts.theme import PAPER, WIDE, Look, SourceColours, picture
from contested.report.charts.triangle_drawing import Drawing, Frame, marks
from contested.report.naming import pooled_by
from contested.report.plain import plain
from contested.report.wording import enumerated, per_cent

_SIDE = 0.62  # of a wide picture
_MARGIN = 12
_APART = 14  # pixels between lines of equal median
_ROUNDING = 1e-9  # by which two weights that are the same may differ
_OVER_ALL = "Median over all weightings of this dispute"
OTHERS = "The other disputes stay as weighted"


def triangle(
    comparison: Comparison, dispute: str, estimate: str | None = None, look: Look = WIDE
) -> Specification:
    """An estimate's pooled median over all weightings of a dispute of three sources.

    Parameters
    ----------
    comparison : Comparison
    dispute : str
    estimate : str, optional
        The scenario's first where absent.
    look : Look

    Returns
    -------
    Specification
        A corner is all weight on one source, a line all weightings of one median; the other disputes stay
        at the default weighting, and a dot is a named weighting that leaves them there. Grey where the
        ratio is not estimable. In its place bars, of each source alone, where the dispute has another
        number of sources, or the estimate is a bound, is estimable nowhere, or does not hang on the
        dispute. Sources are pooled linearly, whichever rule the comparison's result has.

    Raises
    ------
    ContestedError
        Where no dispute or no estimate has that name.
    """
    sources = listed(comparison, dispute)
    of = Estimate.of(comparison.linear, estimate)
    found = None
    if len(sources) == 3 and isinstance(of.found, Answer) and dispute in of.found.by_source:
        found = of_median(comparison, dispute, of.found, sources)
    if found is None:
        return _alone(comparison, dispute, of, look)
    return _drawn(comparison, dispute, of, found, look)


def listed(comparison: Comparison, dispute: str) -> list[str]:
    """A dispute's sources in the scenario's order, without the truth that nobody listed.

    Raises
    ------
    ContestedError
        With the nearest name there is.
    """
    disputes = comparison.study.disputes
    if dispute not in disputes:
        raise ContestedError(unknown("dispute", dispute, disputes))
    return [source for source in disputes[dispute].sources if source != NONE_OF_THESE]


def kept_apart(comparison: Comparison, dispute: str, among: Iterable[str]) -> tuple[list[str], list[str]]:
    """The named weightings that leave the other disputes of some as they are weighted, and the others."""
    whole, others = comparison.result.weights, [name for name in among if name != dispute]
    marked = [
        name
        for name, result in comparison.weightings.items()
        if all(_same(result.weights[other], whole[other]) for other in others)
    ]
    return marked, [name for name in comparison.weightings if name not in marked]


def _same(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    return all(abs(one[source] - other[source]) <= _ROUNDING for source in other)


def linear_note(comparison: Comparison) -> tuple[str, ...]:
    """That all is pooled linearly here, where the result is not."""
    rule = comparison.result.rule
    if rule == "linear":
        return ()
    return (f"Sources are pooled linearly here; {pooled_by(rule)}, as elsewhere, the numbers differ.",)


def whole_label(comparison: Comparison, label: str) -> str:
    """What all sources together are called here: that they are pooled linearly, where the result is not."""
    if comparison.result.rule == "linear":
        return label
    return label.replace("As weighted", "As weighted, pooled linearly", 1)


def source_titles(comparison: Comparison, dispute: str) -> list[str]:
    """What those sources are called."""
    sources = comparison.study.disputes[dispute].sources
    return [plain(sources[source].title) for source in listed(comparison, dispute)]


def corner_dots(comparison: Comparison, dispute: str, frames: Sequence[Frame]) -> Layer:
    """A dot in its source's colour at each corner of some triangles."""
    colours = SourceColours(comparison.study)
    places: list[Row] = []
    for frame in frames:
        for corner, source in zip(CORNERS, listed(comparison, dispute), strict=True):
            x, y = frame.place(corner)
            places.append({"source": colours.key(dispute, source), "x": x, "y": y})
    dot = mark("point", shape="circle", filled=True, size=110, opacity=1, stroke=PAPER, strokeWidth=1.5)
    return layer(places, dot, x=across(), y=down(), fill=colours.channel())


def _drawn(comparison: Comparison, dispute: str, of: Estimate, found: Simplex, look: Look) -> Specification:
    marked, otherwise = kept_apart(comparison, dispute, of.found.by_source)
    notes = _notes(comparison, dispute, found, otherwise, alone=len(of.found.by_source) < 2)
    texts, top = heading_block(f"{_OVER_ALL}: {of.title}", notes, look)
    side = look.width - 2 * _MARGIN if look.stacked else _SIDE * look.width
    found = found.apart(_APART / side)
    titles = source_titles(comparison, dispute)
    above, top = _top_label(titles[2], top, look)
    frame = Frame((look.width - side) / 2, top + 0.6 * look.line, side)
    below, bottom = _base_labels(titles[:2], frame, look)
    weightings = {name: comparison.weightings[name].weights[dispute] for name in marked}
    drawing = Drawing(look.small)
    taken = Taken(Box(0, top, look.width, frame.bottom + 4))
    taken.boxes += [Box.around(*frame.place(corner), 14, 14) for corner in CORNERS]
    drawing.mark(frame, marks(weightings, listed(comparison, dispute)), taken, named=True)
    count = len(found.levels)
    drawing.add(frame, found, [rank / max(count, 1) for rank in range(count + 1)], tick_text, taken)
    layers = [*drawing.layers(), corner_dots(comparison, dispute, [frame])]
    layers += written([*texts, *above, *below, *drawing.texts])
    return picture(layers, look, bottom, _description(comparison, dispute, of, notes, marked))


def _notes(
    comparison: Comparison, dispute: str, found: Simplex, otherwise: Sequence[str], *, alone: bool
) -> list[str]:
    title = plain(comparison.study.disputes[dispute].title)
    notes = [
        f"“{title}”: a corner is one source alone, a line all weightings of one median, a dot a named "
        f"weighting.{'' if alone else f' {OTHERS}.'}",
        *linear_note(comparison),
    ]
    if otherwise:
        names = enumerated([f"“{plain(name)}”" for name in otherwise])
        notes.append(f"Not marked, since the other disputes are weighted otherwise there: {names}.")
    if len(found.within) != 3 or (found.within != CORNERS).any():
        notes.append("Grey: not estimable as a ratio.")
    if not found.levels:
        notes.append(f"The median is {tick_text(float(f'{found.low:.2g}'))} throughout, to two digits.")
    return notes


def _description(
    comparison: Comparison, dispute: str, of: Estimate, notes: Sequence[str], marked: Sequence[str]
) -> str:
    """All that the picture says, in sentences."""
    alone = next(of.by_source(dispute))
    said = "; ".join(entry.sentence for entry in alone.entries)
    named = "; ".join(f"{plain(name)}: {_shares(comparison, dispute, name)}" for name in marked)
    whole = f"{_OVER_ALL}: {of.title}. {' '.join(notes)} {alone.title}: {said}."
    return f"{whole} Named weightings: {named}." if named else whole


def _shares(comparison: Comparison, dispute: str, weighting: str) -> str:
    own = comparison.weightings[weighting].weights[dispute]
    titles = zip(listed(comparison, dispute), source_titles(comparison, dispute), strict=True)
    return ", ".join(f"{title} {per_cent(own[source])}" for source, title in titles)


def _top_label(title: str, top: float, look: Look) -> tuple[list[Text], float]:
    lines = wrapped(title, 0.6 * look.width, look.size)
    return block(lines, look.width / 2, top, Hand(size=look.size, align="center"), look)


def _base_labels(titles: Sequence[str], frame: Frame, look: Look) -> tuple[list[Text], float]:
    """Under the corners of the base, each in its half of the picture."""
    texts: list[Text] = []
    bottom = frame.bottom
    for title, right in zip(titles, (False, True), strict=True):
        lines = wrapped(title, 0.47 * look.width, look.size, lines=3)
        room = max(width(line, look.size) for line in lines)
        corner = frame.left + frame.side * right
        x = min(max(corner, room / 2), look.width - room / 2)
        found, below = block(lines, x, frame.bottom + 10, Hand(size=look.size, align="center"), look)
        texts += found
        bottom = max(bottom, below)
    return texts, bottom


def _alone(comparison: Comparison, dispute: str, of: Estimate, look: Look) -> Specification:
    """Each source alone, in place of a triangle."""
    title = plain(comparison.study.disputes[dispute].title)
    pooled = of.entry(whole_label(comparison, of.pooled.label), of.result)
    groups = [Group("", [pooled]), *of.by_source(dispute)]
    numbers, notes = of_estimates(groups)
    apart = () if len(groups) > 1 else (f"It does not depend on “{title}”.",)
    pooling = linear_note(comparison) if of.found.by_source else ()
    ladder = Ladder(
        title=of.title, unit=of.unit, groups=groups, numbers=numbers,
        notes=(*of.notes, *apart, *pooling, *notes), reference=of.reference,
    )  # fmt: skip
    return drawn(ladder, SourceColours(comparison.study), look)
