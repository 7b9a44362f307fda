"""The page's scripts: by hash the only ones that may run, and those of the sliders packed, for their size."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Iterable

from contested.report.interactive.fragment import Fragment

_FAST = 6  # of gzip's levels: the next three take twice as long for one part in a hundred


def packed(fragment: Fragment, runtime: str) -> tuple[str, str]:
    """The sliders' scripts as one: as it stands in the page, compressed, and as it runs."""
    script = f"{runtime}\n{fragment.script}"
    held = base64.b64encode(gzip.compress(script.encode(), _FAST, mtime=0)).decode()
    return held, script


def policy(scripts: Iterable[str]) -> str:
    """A Content-Security-Policy under which nothing is requested, and no script runs but some."""
    allowed = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
