"""Labels come from files that others wrote: none of their characters may steer a terminal, nor a sentence."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.report.plain import isolates_closed, plain, printable, unisolated

STARTS, END = "\u2066\u2067\u2068", "\u2069"
LEFTWARD = ("R", "AL", "AN")
# Both directions, digits, what turns the direction, and what ends that.
TEXTS = st.text(
    st.one_of(
        st.sampled_from("ab 1٢,“”שלم\u2066\u2067\u2068\u2069\u202a\u202b\u202e\u200f\n"), st.characters()
    )
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kyiv's count", "Kyiv's count"),
        ("casualties per km² – 2025", "casualties per km² – 2025"),
        ("\x1b[31mred\x1b[0m", "�[31mred�[0m"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("a\u2028b\u00a0c", "a b c"),
        ("\u202egnp.exe", "�gnp.exe"),
        ("\x07\x9b2J", "��2J"),
        ("[bold]not markup[/bold]", "[bold]not markup[/bold]"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert plain(text) == printable(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("نامه\u200cها", "\u2067نامه\u200cها\u2069"),
        ("العربية RTL مصدر", "\u2067العربية RTL مصدر\u2069"),
        ("L500 שלום", "\u2066L500 שלום\u2069"),  # its own direction is that of its first letter
        ("(25) שלום", "\u2067(25) שלום\u2069"),
        ("١٢", "\u2066١٢\u2069"),  # digits move what is beside them, but run from left to right
        ("“\u2067שלום\u2069” with “b”", "“\u2067שלום\u2069” with “b”"),  # names in it are isolated already
        ("\u2069 1 שלום \u2067", "\u2067� 1 שלום �\u2069"),  # none breaks out, none holds what follows
        ("a \u2068b\u2069 \u2066c", "a \u2068b\u2069 �c"),
    ],
)
def test_what_runs_from_right_to_left_is_isolated(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(TEXTS)
def test_no_control_character_survives(text: str) -> None:
    shown = plain(text)
    assert len(unisolated(shown)) == len(unisolated(printable(text)))
    assert len(printable(text)) == len(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    turning = {c for c in shown if unicodedata.bidirectional(c) in ("LRE", "RLE", "LRO", "RLO", "PDF")}
    assert not turning and "\u200f" not in shown
    assert plain(shown) == shown and plain(printable(text)) == shown


@given(TEXTS, TEXTS)
def test_isolates_are_balanced_and_hold_all_that_runs_from_right_to_left(text: str, other: str) -> None:
    shown = f"{plain(text)} 1, {plain(other)}"
    depth = 0
    for character in shown:
        depth += (character in STARTS) - (character == END)
        assert depth >= 0
        assert depth > 0 or unicodedata.bidirectional(character) not in LEFTWARD
    assert depth == 0


@given(TEXTS)
def test_nothing_is_added_to_what_runs_from_left_to_right(text: str) -> None:
    if not any(unicodedata.bidirectional(character) in LEFTWARD for character in text):
        assert plain(text) == printable(text)


@given(TEXTS, st.lists(st.integers(0, 30), max_size=4))
def test_isolates_of_a_text_in_pieces_are_closed_in_each(text: str, cuts: list[int]) -> None:
    shown = f"“{plain(text)}” 25 %"
    ends = sorted({0, *(min(cut, len(shown)) for cut in cuts), len(shown)})
    pieces = [shown[a:b] for a, b in pairwise(ends)]
    closed = list(isolates_closed(pieces))
    assert list(map(unisolated, closed)) == list(map(unisolated, pieces))
    assert all(printable(each) == each for each in closed)  # an isolate that is not ended would show as �
    depth = 0
    for piece, each in zip(pieces, closed, strict=True):  # what was isolated is so in its piece
        inside = [depth := depth + (c in STARTS) - (c == END) for c in piece]
        still = 0
        found = [still := still + (c in STARTS) - (c == END) for c in each]
        kept = [d for d, c in zip(inside, piece, strict=True) if c not in STARTS + END]
        assert kept == [d for d, c in zip(found, each, strict=True) if c not in STARTS + END]


def test_a_piece_whose_isolate_began_elsewhere_ends_none() -> None:
    assert list(isolates_closed(["שלום\u2069 and “\u2066b"])) == ["שלום and “\u2066b\u2069"]
