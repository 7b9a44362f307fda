"""Arrays as text in JSON: base64 of little-endian numbers, which the page reads back in one call."""

from __future__ import annotations

from base64 import b64encode

import numpy as np
from numpy.typing import ArrayLike


def floats(values: ArrayLike) -> str:
    """Single precision, seven digits."""
    return _packed(values, "<f4")


def shorts(values: ArrayLike) -> str:
    """Whole numbers from 0 to 65,535."""
    return _packed(values, "<u2")


def wholes(values: ArrayLike) -> list[int | str]:
    """Whole numbers from 0 to 4,294,967,295: how many bytes each takes, two where those suffice, and they."""
    size = 2 if np.max(values, initial=0) < 2**16 else 4
    return [size, _packed(values, f"<u{size}")]


def bytes_of(values: ArrayLike) -> str:
    """Whole numbers from -127 to 127."""
    return _packed(values, "<i1")


def _packed(values: ArrayLike, kind: str) -> str:
    return b64encode(np.ascontiguousarray(values, dtype=kind).tobytes()).decode("ascii")
