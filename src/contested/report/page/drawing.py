"""Pictures and scripts made beside everything else: vl-convert holds Python's lock, so it gets a process."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Any, Self

_COMMAND = (sys.executable, "-P", "-m", "contested.report.page.drawer")


class Drawing:
    """A process that draws; to be started early and left when all is drawn.

    Examples
    --------
    >>> with Drawing() as drawing:  # doctest: +SKIP
    ...     found = drawing.svg(chart.to_dict())
    ...     found.result()
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
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

    def svg(self, specification: dict[str, Any]) -> Future[str]:
        """A Vega-Lite specification as SVG."""
        return self._beside.submit(self._answer, {"svg": specification})

    def runtime(self) -> Future[str]:
        """Vega as a script."""
        return self._beside.submit(self._answer, {"bundle": True})

    def _answer(self, order: dict[str, Any]) -> str:
        orders, answers = self._process.stdin, self._process.stdout
        assert orders is not None and answers is not None  # both are pipes
        orders.write(json.dumps(order, allow_nan=False) + "\n")
        orders.flush()
        answer = answers.readline()
        if not answer:  # it has said why on standard error
            raise RuntimeError("the process that draws pictures ended before it had drawn all")
        return str(json.loads(answer))
