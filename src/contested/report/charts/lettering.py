"""Text in pictures: how wide it is, where its lines break, and the layers that write it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal
from unicodedata import category, east_asian_width

import altair as alt

from contested.report.charts.layers import Row, across, down, layer
from contested.report.charts.theme import FONT, INK, PAPER, Look

_NARROW_LETTERS = frozenset("iIjl.,:;'|! ()[]ftr/“”‘’-·")
_WIDE_LETTERS = frozenset("mMwW%@—–")
ELLIPSIS = "…"
_SURELY = 1.2  # how much wider than it is taken to be a text may be in another face


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


def written(texts: Iterable[Text]) -> Iterator[alt.Chart]:
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


def _layer(places: Sequence[Row], hand: Hand, rim: bool) -> alt.Chart:
    own: dict[str, Any] = {"color": hand.colour}
    if rim:
        own = {"color": PAPER, "stroke": PAPER, "strokeWidth": 3, "strokeJoin": "round"}
    if hand.limit is not None:
        own["limit"] = round(hand.limit, 1)
    return layer(
        places, "text", align=hand.align, baseline="middle", font=FONT, fontSize=hand.size,
        fontWeight="bold" if hand.bold else "normal", **own,
    ).encode(x=across(), y=down(), text=alt.Text("text:N"))  # fmt: skip


def width(text: str, size: float, *, bold: bool = False) -> float:
    """About how many pixels a text takes in a sans-serif face."""
    return size * sum(map(_advance, text)) * (1.06 if bold else 1.0)


def _advance(letter: str) -> float:
    if category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if east_asian_width(letter) in "WF":
        return 1.25  # emoji fonts are wider than an em
    if letter in _NARROW_LETTERS:
        return 0.32
    if letter in _WIDE_LETTERS:
        return 0.9
    return 0.68 if letter.isupper() else 0.56


def wrapped(text: str, room: float, size: float, *, bold: bool = False, lines: int = 2) -> list[str]:
    """A text in at most so many lines of so many pixels; what does not fit gives way to an ellipsis."""

    def fits(line: str) -> bool:
        return width(line, size, bold=bold) <= room

    found: list[str] = []
    rest = text.strip()
    while rest and len(found) < lines:
        line, rest = _first_line(rest, fits)
        found.append(line)
    if rest:
        last = found[-1]
        while last and not fits(last + ELLIPSIS):
            last = last[:-1]
        found[-1] = last.rstrip() + ELLIPSIS
    return found or [""]


def _first_line(text: str, fits: Callable[[str], bool]) -> tuple[str, str]:
    """As many words as fit, or as many letters of a word that is longer than a line; and the rest."""
    if fits(text):
        return text, ""
    end = 0
    while (space := text.find(" ", end + 1)) > 0 and fits(text[:space]):
        end = space
    if end:
        return text[:end], text[end:].lstrip()
    end = 1
    while end < len(text) and fits(text[: end + 1]):
        end += 1
    return text[:end], text[end:].lstrip()


def block(lines: Sequence[str], x: float, top: float, hand: Hand, look: Look) -> tuple[list[Text], float]:
    """Lines under each other, and where the next would begin."""
    texts = [Text(x, top + (i + 0.5) * look.line, line, hand) for i, line in enumerate(lines)]
    return texts, top + len(lines) * look.line
