"""Text in pictures, and the layers that write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from contested.report.charts.layers import Layer, Row, across, down, layer, mark, nominal
from contested.report.charts.measuring import width
from contested.report.charts.theme import FONT, INK, PAPER, Look

_SURELY = 1.15  # how much wider than it is taken to be a text may be in another face


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """How a text is written.

    Attributes
    ----------
    limit : float or None
        Pixels beyond which it is cut, whatever the reader's font; the alt text holds it in full.
    rim : bool
        Whether a rim of the ground's colour parts it from what is behind.
    """

    size: float
    colour: str = INK
    bold: bool = False
    align: Literal["left", "center", "right"] = "left"
    limit: float | None = None
    rim: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text about the middle of its height, in pixels from the picture's upper left corner."""

    x: float
    y: float
    text: str
    hand: Hand


def written(texts: Iterable[Text]) -> Iterator[Layer]:
    """A layer for each way of writing."""
    by_hand: dict[Hand, list[dict[str, Any]]] = {}
    for text in texts:
        place = {"x": round(text.x, 1), "y": round(text.y, 1), "text": text.text}
        by_hand.setdefault(_needed(text), []).append(place)
    for hand, places in by_hand.items():
        for rim in [True, False] if hand.rim else [False]:
            yield _layer(places, hand, rim)


def _needed(text: Text) -> Hand:
    """How a text is written, with no limit where it fits in any face: to measure it again takes long."""
    hand = text.hand
    fits = hand.limit is not None and _SURELY * width(text.text, hand.size, bold=hand.bold) <= hand.limit
    return replace(hand, limit=None) if fits else hand


def _layer(places: Sequence[Row], hand: Hand, rim: bool) -> Layer:
    own: dict[str, Any] = {"color": hand.colour}
    if rim:
        own = {"color": PAPER, "stroke": PAPER, "strokeWidth": 3, "strokeJoin": "round"}
    if hand.limit is not None:
        own["limit"] = round(hand.limit, 1)
    letters = mark(
        "text", align=hand.align, baseline="middle", font=FONT, fontSize=hand.size,
        fontWeight="bold" if hand.bold else "normal", **own,
    )  # fmt: skip
    return layer(places, letters, x=across(), y=down(), text=nominal("text"))


def block(lines: Sequence[str], x: float, top: float, hand: Hand, look: Look) -> tuple[list[Text], float]:
    """Lines under each other, and where the next would begin."""
    texts = [Text(x, top + (i + 0.5) * look.line, line, hand) for i, line in enumerate(lines)]
    return texts, top + len(lines) * look.line
