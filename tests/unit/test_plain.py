"""Labels come from files that others wrote: none of their characters may steer a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.report.plain import plain


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
        ("نامه\u200cها", "نامه\u200cها"),
        ("[bold]not markup[/bold]", "[bold]not markup[/bold]"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text())
def test_no_control_character_survives(text: str) -> None:
    shown = plain(text)
    assert len(shown) == len(text)
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    assert plain(shown) == shown
