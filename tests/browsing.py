"""What the browser tests need of the machine, and what happens where it is missing."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

REQUIRED = "CONTESTED_REQUIRE_BROWSER"  # set where the browser tests may not be skipped


def missing(what: str) -> NoReturn:
    """Skip the test with the reason; fail it where browser tests must run."""
    if os.environ.get(REQUIRED):
        pytest.fail(f"{what}, and {REQUIRED} is set")
    pytest.skip(what)
