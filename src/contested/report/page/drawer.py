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
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from contested.answers.comparison import Comparison
    from contested.report.briefing.tables import Tables
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
    more: dict[str, dict[str, Any]]

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
    """Import what draws and draw a letter: two seconds, which pass while the worlds are drawn."""
    import contested.report.charts.export  # noqa: F401
    from contested.report.charts.layers import layer, mark, nominal
    from contested.report.page.svg import drawn

    drawn({"layer": [layer([{"text": "a"}], mark("text"), text=nominal("text"))]})


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who ordered decides what an interrupt ends
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    warm_up()
    serve(sys.stdin.buffer, answers)
    os._exit(0)  # all is answered, and to take Vega down in order would be waited for
