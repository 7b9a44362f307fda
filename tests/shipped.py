"""The shipped scenarios and the whole example, as the cases of a test; what takes long is marked slow."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "tests" / "configs" / "whole_example" / "early-2025.yaml"
SHIPPED = sorted(path for path in (ROOT / "configs").glob("*.yaml") if path.stem != "register")
CASES = [
    pytest.param(path, id=path.stem, marks=pytest.mark.slow if path.stem == "monthly" else ())
    for path in (*SHIPPED, EXAMPLE)
]
