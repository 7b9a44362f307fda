"""A progress bar on standard error for whatever takes over a second; none when that is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

_PATIENCE = 1.0  # seconds


class Watcher:
    """Told how far a run is; this one, where nobody watches, shows nothing."""

    def drawn(self, worlds: int, most: int) -> None:
        """So many worlds are drawn, and so many may be."""

    def summarising(self) -> None:
        """No more are drawn: the answers are computed."""


@contextmanager
def progress_bar() -> Iterator[Watcher]:
    """Yield what is to be told how far the run is."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield Watcher()
        return
    bar = _bar()
    later = Timer(_PATIENCE, bar.start)
    later.daemon = True
    later.start()
    try:
        yield _Shown(bar)
    finally:
        later.cancel()
        later.join()
        bar.stop()


class _Shown(Watcher):
    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("drawing worlds", total=None)

    def drawn(self, worlds: int, most: int) -> None:
        self._bar.update(
            self._task,
            completed=worlds,
            total=most,
            description=f"{worlds:,} worlds drawn of at most {most:,}",
        )

    def summarising(self) -> None:
        self._bar.remove_task(self._task)
        self._task = self._bar.add_task("summarising what was drawn", total=None)


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    # Standard output stays what it is: what it can show is asked while the bar is up.
    return Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False
    )
