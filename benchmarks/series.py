"""Series: ten years of days and weeks of every kind to one table of months, files read and written."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from benchmarks.table import Measured
from contested.series.ingest import ingest

BEGIN = date(2016, 1, 1)


def measure(smoke: bool = False) -> Iterator[Measured]:
    """Six files, the median of several rounds; one process, no import counted."""
    with tempfile.TemporaryDirectory() as folder:
        files = _files(Path(folder), years=1 if smoke else 10)
        times = []
        for count in range(2 if smoke else 8):
            out = Path(folder) / f"monthly-{count}.csv"
            start = time.perf_counter()
            for kind, file in files:
                ingest(kind, file, out)
            times.append(time.perf_counter() - start)
        rows = sum(file.read_bytes().count(b"\n") - 1 for _, file in files)
    median = sorted(times[1:])[len(times[1:]) // 2]
    yield Measured("ten years of daily series ingested", median, 1, False, "s", note=f"{rows:,} rows")


def _files(folder: Path, years: int) -> Sequence[tuple[str, Path]]:
    """A file of each kind and form, as wide as those that are published."""
    days = 366 * years
    estimate = "date,days,estimate,low,high,type,country"
    isw = "date,assessed_control_plus_advances_km2,russian_claimed_km2,kursk_russian_advances_km2,other"
    dead = "week_start,EDAssembled,EDAssembledLow,EDAssembledHigh," + ",".join("abcdefghijkl")
    made: Sequence[tuple[str, str, Callable[[int], str]]] = (
        ("general-staff", "date,day,personnel_cum,step", lambda n: f"{n},{1000 * n},1000"),
        ("economist", estimate, lambda n: f"{n},{900.1 * n},,,casualties,russia"),
        ("economist", estimate, lambda n: f"{n},{300.1 * n},,,deaths,russia"),
        ("deepstate", "date,area_km2,geodesic,gained,lost", lambda n: f"{1e5 + 9.12 * n},{1e5 + n},9,0"),
        ("isw-layers", isw, lambda n: f"{1e5 + 9.12 * n},{500 + n % 90},{n % 70},{n}"),
        ("mediazona", dead, lambda n: f"{2e3 + n},{1e3 + n},{3e3 + n}" + ",1" * 12),
    )
    files = []
    for place, (kind, header, row) in enumerate(made):
        step = 7 if kind == "mediazona" else 1
        rows = (f"{BEGIN + timedelta(days=step * n)},{row(n)}\n" for n in range(days // step))
        file = folder / f"{place}.csv"
        file.write_text("".join([f"{header}\n", *rows]), encoding="utf-8")
        files.append((kind, file))
    return files
