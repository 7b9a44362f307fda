"""What the drawing process does: pictures to SVG and the scripts of a page, one order a line, as JSON.

Run as `python -m contested.report.page.drawer`; see `drawing`.
"""

from __future__ import annotations

import json
import sys
from typing import TextIO


def serve(orders: TextIO, answers: TextIO) -> None:
    """Answer every order until there are no more: `{"svg": SPECIFICATION}` or `{"bundle": true}`."""
    import vl_convert

    from contested.report.interactive.fragment import runtime

    for line in orders:
        order = json.loads(line)
        if "svg" in order:
            found = vl_convert.vegalite_to_svg(order["svg"], allowed_base_urls=[])
        else:
            found = runtime()
        answers.write(json.dumps(found) + "\n")
        answers.flush()


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
