"""Questions over all weightings of one dispute: a small weight triangle each, or bars by source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from contested.answers.comparison import Comparison
from contested.answers.questions import Probability
from contested.report.charts.axes import Axis
from contested.report.charts.entries import Entry
from contested.report.charts.ladder import Group, Ladder, drawn, heading_block
from contested.report.charts.layers import Specification
from contested.report.charts.lettering import Hand, Text, block, written
from contested.report.charts.measuring import wrapped
from contested.report.charts.placing import Box, Taken
from contested.report.charts.simplex_map import CORNERS
from contested.report.charts.simplex_values import Simplex, of_question
from contested.report.charts.theme import MUTED, WIDE, Look, SourceColours, picture
from contested.report.charts.triangle import (
    OTHERS,
    corner_dots,
    kept_apart,
    linear_note,
    listed,
    source_titles,
    whole_label,
)
from contested.report.charts.triangle_drawing import Drawing, Frame, Mark, marks
from contested.report.plain import plain
from contested.report.wording import per_cent, share

_GAP = 20
_APART = 12  # pixels between lines of equal probability
_RIM = 8  # pixels about a triangle, for the dots at its corners
_DOTS = "Dots: the named weightings."
_MOST = 12  # questions in one picture
_PLACES = ("lower left", "lower right", "top")


def probabilities(comparison: Comparison, dispute: str, look: Look = WIDE) -> Specification | None:
    """Each question's probability over all weightings of a dispute of three sources.

    Parameters
    ----------
    comparison : Comparison
    dispute : str
    look : Look

    Returns
    -------
    Specification or None
        A small triangle for each question that hangs on the dispute: a corner is all weight on one source,
        a line all weightings of one probability; the other disputes stay at the default weighting, and a
        dot is a named weighting that leaves them there. For another number of sources, each question by
        source alone. Of many questions the twelve that hang on the dispute most. None where no question
        with a probability does. Sources are pooled linearly, whichever rule the comparison's result has.

    Raises
    ------
    ContestedError
        Where no dispute has that name.
    """
    sources = listed(comparison, dispute)
    asked = [
        question
        for question in comparison.linear.questions.values()
        if isinstance(question, Probability) and dispute in question.tally.quantity.disputes
    ]
    if not asked:
        return None
    shown = _foremost(asked, dispute)
    few = [f"The {_MOST} of {len(asked)} questions that hang on it most."] if len(shown) < len(asked) else []
    if len(sources) != 3:
        return _by_source(comparison, dispute, shown, few, look)
    return _triangles(comparison, dispute, shown, few, look)


def _foremost(asked: Sequence[Probability], dispute: str) -> list[Probability]:
    """The questions whose probability varies most by the dispute's source, in the scenario's order."""

    def varies(question: Probability) -> float:
        alone = [own.value for own in question.by_source[dispute].values() if own.value is not None]
        return max(alone) - min(alone)

    names = [question.name for question in sorted(asked, key=varies, reverse=True)[:_MOST]]
    return [question for question in asked if question.name in names]


def _by_source(
    comparison: Comparison,
    dispute: str,
    asked: Sequence[Probability],
    few: Sequence[str],
    look: Look,
) -> Specification:
    colours, stated = SourceColours(comparison.study), comparison.study.disputes[dispute]
    groups = []
    for question in asked:
        alone = question.by_source[dispute]
        entries = [
            Entry.of_chance(plain(source.title), alone[name], colours.key(dispute, name))
            for name, source in stated.sources.items()
        ]
        whole = Entry.of_chance(whole_label(comparison, "As weighted"), question)
        groups.append(Group(plain(question.title), [whole, *entries]))
    ladder = Ladder(
        title=f"Probabilities by source: {plain(stated.title)}",
        unit="probability",
        groups=groups,
        numbers="probability",
        notes=(
            "Dot: the probability if one takes that source’s figures.",
            *linear_note(comparison),
            *few,
        ),
        reference=0.5,
        axis=Axis.of_shares,
    )
    return drawn(ladder, colours, look)


def _triangles(
    comparison: Comparison,
    dispute: str,
    asked: Sequence[Probability],
    few: Sequence[str],
    look: Look,
) -> Specification:
    title = plain(comparison.study.disputes[dispute].title)
    heading = f"Probabilities over all weightings of this dispute: {title}"
    several = any(len(question.tally.quantity.disputes) > 1 for question in asked)
    corners = ", ".join(map(": ".join, zip(_PLACES, source_titles(comparison, dispute), strict=True)))
    notes = [
        f"Corners, each one source alone: {corners}.",
        "Lines: one probability; the thick one: 50 %. "
        + (f"{OTHERS}; dots: the named weightings that leave them so." if several else _DOTS),
        *linear_note(comparison),
        *few,
    ]
    texts, top = heading_block(heading, notes, look)
    panels = _Panels(comparison, dispute, look)
    columns = 2 if look.stacked else 3
    for first in range(0, len(asked), columns):
        top = panels.add(asked[first : first + columns], top, (look.width - _GAP * (columns - 1)) / columns)
    layers = [
        *panels.drawing.layers(),
        corner_dots(comparison, dispute, panels.frames),
        *written([*texts, *panels.texts, *panels.drawing.texts]),
    ]
    said = " ".join(f"{_sentence(comparison, dispute, question)}." for question in asked)
    return picture(layers, look, top, f"{heading}. {' '.join(notes)} {said}")


@dataclass
class _Panels:
    """Small triangles, row by row."""

    comparison: Comparison
    dispute: str
    look: Look
    texts: list[Text] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)

    @cached_property
    def drawing(self) -> Drawing:
        """What is drawn in them."""
        return Drawing(self.look.small - 1)

    def add(self, asked: Sequence[Probability], top: float, room: float) -> float:
        """A row of them, each so wide; where the next begins."""
        line, sources = self.look.line, listed(self.comparison, self.dispute)
        titles = [wrapped(plain(question.title), room, self.look.small, lines=4) for question in asked]
        base = top + max(map(len, titles)) * line
        for column, (question, lines) in enumerate(zip(asked, titles, strict=True)):
            left = column * (room + _GAP)
            hand = Hand(size=self.look.small, limit=room + 6)
            self.texts += block(lines, left, base - len(lines) * line, hand, self.look)[0]
            found = of_question(self.comparison, self.dispute, question, sources).apart(_APART / room)
            muted = replace(hand, colour=MUTED)
            self.texts.append(Text(left, base + 0.5 * line, _range(found, question), muted))
            frame = Frame(left + _RIM, base + 1.9 * line, room - 2 * _RIM)
            taken = Taken(Box(left, frame.top, left + room, frame.bottom + _RIM))
            taken.boxes += [Box.around(*frame.place(corner), 14, 14) for corner in CORNERS]
            self.drawing.mark(frame, self._marks(question), taken, named=False)
            self.drawing.add(frame, found, _middles(found), per_cent, taken)
            self.frames.append(frame)
        return self.frames[-1].bottom + _GAP

    def _marks(self, question: Probability) -> list[Mark]:
        """The named weightings that leave the question's other disputes as they are."""
        names, _ = kept_apart(self.comparison, self.dispute, question.tally.quantity.disputes)
        weightings = {name: self.comparison.weightings[name].weights[self.dispute] for name in names}
        return marks(weightings, listed(self.comparison, self.dispute))


def _middles(found: Simplex) -> list[float]:
    """How strong each band is: the probability in its middle, so that triangles compare."""
    ends = [found.low, *(level.value for level in found.levels), found.high]
    return [(low + high) / 2 for low, high in pairwise(ends)]


def _range(found: Simplex, question: Probability) -> str:
    low, high = (share(value, question.mcse or 0.0) for value in (found.low, found.high))
    return low if low == high else f"{low} to {high}"


def _sentence(comparison: Comparison, dispute: str, question: Probability) -> str:
    sources = comparison.study.disputes[dispute].sources
    alone = question.by_source[dispute]
    entries = [Entry.of_chance(plain(sources[name].title), alone[name]) for name in sources]
    return f"{plain(question.title)}: {'; '.join(entry.sentence for entry in entries)}"
