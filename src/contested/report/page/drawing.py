"""Pictures and scripts made beside everything else: vl-convert holds Python's lock, so it gets a process."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from contested.report.page.drawer import Runtime, Showing, Shown, Vega

if TYPE_CHECKING:
    from contested.answers.comparison import Comparison
    from contested.report.charts.layers import Specification
    from contested.report.reported import Reported

_COMMAND = (sys.executable, "-P", "-m", "contested.report.page.drawer")


def order(drawing: Drawing, reported: Reported) -> Future[Shown]:
    """Ask for what a page shows of a report, before anything else of the page is made or imported.

    The picture along time is put together here: a track is too large to be handed over.
    """
    if reported.track is None:
        return drawing.shown(reported.comparison)
    from contested.report.charts.export import charts_along_time

    return drawing.shown(reported.comparison, charts_along_time(reported.track))


class Drawing:
    """A process that draws; to be started early and left when all is drawn.

    Examples
    --------
    >>> with Drawing() as drawing:  # doctest: +SKIP
    ...     found = drawing.shown(comparison)
    ...     found.result().pictures["forest"].wide
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._beside = ThreadPoolExecutor(max_workers=1)  # waits for the process without Python's lock

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._process.kill()  # nobody wants what is still to be drawn
        self._beside.shutdown(cancel_futures=True)
        self._process.communicate()

    def vega(self) -> Future[Vega]:
        """Vega, for the sliders; it takes a second where it is not in the cache."""
        return self._order(Runtime())

    def shown(self, comparison: Comparison, more: Mapping[str, Specification] | None = None) -> Future[Shown]:
        """The pictures of a comparison, those of some more specifications, and its tables and sliders.

        Parameters
        ----------
        comparison : Comparison
        more : mapping of str to dict
            By NAME-wide and NAME-narrow.
        """
        return self._order(Showing(comparison, dict(more or {})))

    def _order(self, order: Runtime | Showing) -> Future[Any]:
        # Pickled here and now: a comparison grows while the rest of the report is made from it.
        return self._beside.submit(self._answer, pickle.dumps(order, protocol=pickle.HIGHEST_PROTOCOL))

    def _answer(self, order: bytes) -> Any:
        orders, answers = self._process.stdin, self._process.stdout
        assert orders is not None and answers is not None  # both are pipes
        try:
            orders.write(order)
            orders.flush()
            return pickle.load(answers)
        except (EOFError, BrokenPipeError):  # it has said why on standard error
            raise RuntimeError("the process that draws pictures ended before it had drawn all") from None
