"""What the marks of a track mean: those of the pool, then each source's line."""

from __future__ import annotations

from collections.abc import Iterator

from contested.language.bound_algebra import Known
from contested.language.nodes import Study
from contested.report.charts.legend import Item, Swatch
from contested.report.charts.theme import ACCENT, POOL, SourceColours
from contested.report.charts.track_panel import MEDIAN, SOURCE, SUM, TURNED, dash, disputes_of, shade
from contested.report.charts.track_spots import Shown, mark_of
from contested.report.plain import plain
from contested.report.wording import per_cent

_BOUNDS: dict[Known, str] = {"lower": "at least", "upper": "at most", "exact": "exactly"}


def legend_rows(study: Study, shown: Shown) -> Iterator[list[Item]]:
    """A row of the pool, and a row for each dispute."""
    yield list(_pooled(shown))
    colours = SourceColours(study)
    for rank, name in enumerate(disputes_of(shown.above.spots, study)):
        dispute = study.disputes[name]
        lines = [
            Item(
                Swatch(kind="line", colour=colours.of(name, key), thickness=SOURCE, dash=dash(rank)),
                plain(source.title),
            )
            for key, source in dispute.sources.items()
        ]
        yield [Item(Swatch(kind="none"), f"{plain(dispute.title)}:"), *lines]


def _pooled(shown: Shown) -> Iterator[Item]:
    levels = shown.levels
    if levels:
        yield Item(Swatch(kind="line", colour=POOL, thickness=MEDIAN), "median")
    for level in levels:
        yield Item(Swatch(kind="block", colour=POOL, opacity=shade(level, levels)), per_cent(level))
    for direction in dict.fromkeys(spot.bound.direction for spot in shown.above.spots if spot.bound):
        yield Item(Swatch(kind=TURNED[direction], colour=POOL), _BOUNDS[direction])
    drawn = [spot for spot in (*shown.above.sums, *shown.below.sums) if spot.centre is not None]
    if drawn:
        of = "ratio of sums over a window"
        text = f"median {of}" if any(spot.summary for spot in drawn) else of
        yield Item(Swatch(kind="line", colour=ACCENT, thickness=SUM), text)
    reasons = (reason for content in shown.panels if content.values for reason in content.reasons)
    for reason in dict.fromkeys(reasons):
        yield Item(Swatch(kind=mark_of(reason)), reason)
