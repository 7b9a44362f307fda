"""What the drawing process does: it answers orders, pickled, on its standard input and output.

Run as `python -m contested.report.page.drawer` by `drawing`, and by nothing else.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, get_args

if TYPE_CHECKING:
    from contested.answers.comparison import Comparison
    from contested.report.briefing.tables import Tables
    from contested.report.charts.layers import Specification
    from contested.report.interactive.sliders import Sliders
    from contested.report.page.pictures import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Vega:
    """What the sliders need to draw.

    Attributes
    ----------
    script : str
        What `runtime()` gives.
    specifications : mapping
        What `specifications()` gives.
    """

    script: str
    specifications: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Runtime:
    """An order for Vega as a script, and for the specifications of what it draws."""

    def answer(self) -> Vega:
        """Both."""
        from contested.report.interactive.fragment import runtime, runtime_key, specifications
        from contested.report.page.kept import kept

        script = kept(f"vega-{runtime_key()}.js", runtime)
        return Vega(script=script, specifications=specifications())


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a page shows of a comparison, beside its sentences: all that asks for the same numbers.

    Attributes
    ----------
    pictures : mapping of str to Picture
        By name.
    tables : Tables
    sliders : Sliders
    """

    pictures: Mapping[str, Picture]
    tables: Tables
    sliders: Sliders


@dataclass(frozen=True, slots=True)
class Showing:
    """An order for the pictures of a comparison, for some more, and for its tables and sliders.

    Attributes
    ----------
    comparison : Comparison
    more : dict of str to dict
        Vega-Lite specifications as `pictures` has them: NAME-wide and NAME-narrow.
    """

    comparison: Comparison
    more: dict[str, Specification]

    def answer(self) -> Shown:
        """All of it."""
        from contested.report.briefing.tables import Tables
        from contested.report.charts.export import charts_of
        from contested.report.interactive.sliders import Sliders
        from contested.report.page.pictures import pictures

        drawn = pictures({**charts_of(self.comparison), **self.more})
        return Shown(
            pictures={picture.name: picture for picture in drawn},
            tables=Tables.of(self.comparison),
            sliders=Sliders.of(self.comparison.result),
        )


def serve(orders: BinaryIO, answers: BinaryIO) -> None:
    """Answer every order until there are no more."""
    while True:
        try:
            order: Runtime | Showing = pickle.load(orders)
        except EOFError:
            return
        pickle.dump(order.answer(), answers)
        answers.flush()


def warm_up() -> None:
    """Import what an order needs and draw a mark of each kind: seconds that pass while worlds are drawn."""
    import scipy.stats  # noqa: F401 - whose nets tell where a width comes from

    import contested.report.briefing.tables
    import contested.report.charts.export
    import contested.report.interactive.sliders
    import contested.report.page.pictures  # noqa: F401
    from contested.report.charts.layers import Kind, along, down, layer, mark, nominal
    from contested.report.charts.theme import WIDE, picture
    from contested.report.page.svg import drawn

    rows = [{"x": 1, "y": 1, "text": "a"}, {"x": 2, "y": 2, "text": "b"}]
    axis, text = along("x", (1, 10), (0, WIDE.width), logarithmic=True), nominal("text")
    layers = [layer(rows, mark(kind), x=axis, y=down(), text=text) for kind in get_args(Kind)]
    drawn(picture(layers, WIDE, 10, "a mark of each kind"))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who ordered decides what an interrupt ends
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    warm_up()
    serve(sys.stdin.buffer, answers)
    os._exit(0)  # all is answered, and to take Vega down in order would be waited for
