"""How every picture looks: sizes, the colours that a page may turn dark, and one colour for each source.

A picture is drawn for a light page. It goes dark by style sheet alone: everything but the sources is drawn in
the few colours below, which nothing else has, so that a page overrides them by attribute, as in
`svg [fill="#1b1c1e"] {fill: …}`. The sources' own colours stand out from white and from near-black alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from contested.language.nodes import NONE_OF_THESE, Study
from contested.report.charts.layers import Channel, Layer, Specification, nominal
from contested.report.plain import plain

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # in which pictures are written

INK = "#1b1c1e"  # titles and numbers
MUTED = "#5c5f66"  # what explains: headings, axes, units
GRID = "#dcdee3"  # lines behind
PAPER = "#fefefe"  # the ground, and rims that part marks from what is behind them
POOL = "#33353a"  # the pool of all sources
SHADE = "#8a8d94"  # where there is no answer, and what is nobody's
ACCENT = "#16719f"  # levels of one quantity, by opacity, so that the ground shows through
SENTINELS = (INK, MUTED, GRID, PAPER, POOL, SHADE, ACCENT)

# For eyes of every kind: at least 3:1 on white and on near-black, and apart under protanopia, deuteranopia
# and tritanopia (Machado, Oliveira & Fernandes 2009, IEEE TVCG 15:1291); found by search for the
# largest least distance in OKLab.
PALETTE = ("#046db1", "#da6506", "#34a266", "#951afe", "#945262", "#cc79b1", "#c02a02", "#9a7aeb")

# Faces of about one width, so that labels have room, whichever a machine has.
FONT = (
    "'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', 'Noto Sans', 'DejaVu Sans Condensed', "
    "sans-serif"
)
POOLED = "pooled"  # in place of a source: all of them
NOBODYS = "nobody's"  # in place of a source: what does not hang on whom one believes


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A size to draw at.

    Attributes
    ----------
    width : int
        Of the whole picture, in CSS pixels.
    size : int
        Of the text, in CSS pixels.
    stacked : bool
        Whether labels stand above what they label, where there is no room beside it.
    """

    name: Literal["wide", "narrow"]
    width: int
    size: int
    stacked: bool

    @property
    def small(self) -> int:
        """Size of text that explains."""
        return self.size - 1

    @property
    def line(self) -> int:
        """Height of a line of text."""
        return round(1.3 * self.size)


WIDE = Look(name="wide", width=680, size=13, stacked=False)
NARROW = Look(name="narrow", width=320, size=12, stacked=True)
LOOKS = (WIDE, NARROW)


@dataclass(frozen=True)
class SourceColours:
    """A colour for each source of a scenario, the same in every picture of it.

    Colours go by title in the scenario's order of disputes and sources, so that a source that stands in two
    disputes has one colour. A source that nobody listed is drawn in `SHADE`, the pool in `POOL`. With more
    titles than colours they are given again in turn: every picture names its sources in words too.
    """

    study: Study

    @cached_property
    def by_title(self) -> Mapping[str, str]:
        """Title to colour."""
        titles = [self._title(dispute, source) for dispute, source in self._sources]
        listed = dict.fromkeys(
            title for title, (_, source) in zip(titles, self._sources, strict=True) if source != NONE_OF_THESE
        )
        given = {title: PALETTE[index % len(PALETTE)] for index, title in enumerate(listed)}
        return {title: given.get(title, SHADE) for title in titles}

    def of(self, dispute: str, source: str) -> str:
        """A source's colour."""
        return self.by_title[self._title(dispute, source)]

    def key(self, dispute: str, source: str) -> str:
        """What a source is called in the scale's domain: `dispute.source`."""
        return f"{dispute}.{source}"

    @cached_property
    def scale(self) -> dict[str, Any]:
        """The whole scale, domain and range, whichever of its sources a picture shows."""
        keys = [self.key(dispute, source) for dispute, source in self._sources]
        colours = [self.of(dispute, source) for dispute, source in self._sources]
        return {"domain": [*keys, POOLED, NOBODYS], "range": [*colours, POOL, SHADE]}

    def channel(self, field: str = "source") -> Channel:
        """The channel for a field that holds keys, without a legend, since rows are labelled."""
        return nominal(field, scale=self.scale, legend=None)

    @cached_property
    def _sources(self) -> Sequence[tuple[str, str]]:
        return [(name, source) for name, d in self.study.disputes.items() for source in d.sources]

    def _title(self, dispute: str, source: str) -> str:
        return plain(self.study.disputes[dispute].sources[source].title)


def picture(layers: Sequence[Layer], look: Look, height: float, description: str) -> Specification:
    """Layers as one picture of the look's width, with its alt text."""
    return {
        "$schema": SCHEMA,
        "description": description,
        "width": look.width,
        "height": round(height),
        "padding": 1,
        "background": PAPER,
        "config": {"font": FONT, "view": {"stroke": None}},
        "layer": [*layers],
    }
