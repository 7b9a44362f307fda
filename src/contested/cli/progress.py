"""A progress bar on standard error for whatever takes over a second; none when that is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

_PATIENCE = 1.0  # seconds


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None] | None]:
    """Yield what is to be told how many worlds are drawn and how many may be; None where nobody watches."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    bar = _bar()
    task = bar.add_task("drawing worlds", total=None)

    def update(drawn: int, most: int) -> None:
        bar.update(
            task, completed=drawn, total=most, description=f"{drawn:,} worlds drawn of at most {most:,}"
        )

    later = Timer(_PATIENCE, bar.start)
    later.daemon = True
    later.start()
    try:
        yield update
    finally:
        later.cancel()
        later.join()
        bar.stop()


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
