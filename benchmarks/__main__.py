"""Measure what the project promises: `python -m benchmarks [--smoke] [NAME …]`."""

from __future__ import annotations

import argparse
import sys

from benchmarks.table import show

NAMES = ("accuracy", "reweighting", "comparing", "tracking", "series", "commands", "page")


def main() -> int:
    """Print the table; with --smoke, smaller runs whose bars are not judged."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--smoke", action="store_true", help="small and quick: shows that the scripts run, judges nothing"
    )
    parser.add_argument("name", nargs="*", help=f"which to run: {', '.join(NAMES)} (all where none is named)")
    chosen = parser.parse_args()
    unknown = set(chosen.name) - set(NAMES)
    if unknown:
        parser.error(f"no benchmark is named {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    good = True
    for name in chosen.name or NAMES:
        module = __import__(f"benchmarks.{name}", fromlist=["measure"])
        good &= show(module.measure(smoke=chosen.smoke))
    return 0 if good or chosen.smoke else 1


if __name__ == "__main__":
    sys.exit(main())
