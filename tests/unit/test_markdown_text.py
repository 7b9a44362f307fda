"""Whatever a text holds, Markdown shows it as it is."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from contested.report.markdown_text import fenced, line, link, strong, words

READERS = {
    "CommonMark, with HTML": MarkdownIt("commonmark", {"html": True}),
    "GitHub's, with links found in words": MarkdownIt("gfm-like", {"html": True}),
}
INSIDE = {"text", "code_inline", "text_special"}

SPECIAL = st.text("\\`*_{}[]()<>#+-.!|~^$&;:=%@/'\" 1aw.é😀ש\u200d", max_size=30)
NOTORIOUS = st.sampled_from(
    (
        *("http://", "https://x.com", "www.x.com", "x.com", "a@b.com", "@a", "<b>", "<!--", "-->", "&lt;"),
        *("&#64;", "```", "~~~", "[a](b)", "![a](b)", "[a]: b", "---", "===", "    ", "1.", "2)", "\\\\"),
    )
)
TEXTS = st.lists(SPECIAL | NOTORIOUS, max_size=8).map("".join)


def read(markdown: str, reader: str) -> tuple[list[str], str]:
    """The types of blocks and of what is in them, and the text."""
    tokens = READERS[reader].parse(markdown)
    inside = [child for token in tokens for child in token.children or ()]
    return [token.type for token in tokens] + [
        child.type for child in inside if child.type not in INSIDE
    ], "".join(child.content for child in inside)


@pytest.mark.parametrize("reader", READERS)
class TestWords:
    @given(TEXTS)
    @example("- a")
    @example("12. a")
    @example("\u2028- a")
    def test_a_line_is_a_paragraph_of_words(self, reader: str, text: str) -> None:
        types, shown = read(line(words(text)), reader)
        assert shown == text.strip()
        assert types == (["paragraph_open", "inline", "paragraph_close"] if text.strip() else [])

    @given(TEXTS)
    def test_what_stands_out_does_and_no_more(self, reader: str, text: str) -> None:
        types, shown = read(line(f"a {strong(text)} b"), reader)
        assert shown == (f"a {text.strip()} b" if text.strip() else "a  b")
        assert types[3:] == (["strong_open", "strong_close"] if text.strip() else [])

    @given(TEXTS)
    def test_a_cell_is_one_cell(self, reader: str, text: str) -> None:
        table = f"| {words(text)} | b |\n| --- | --- |\n| c | {words(text)} |"
        tokens = MarkdownIt("gfm-like").parse(table)
        cells = [token for token in tokens if token.type == "inline"]
        assert len(cells) == 4
        for cell in (cells[0], cells[3]):
            assert {child.type for child in cell.children or ()} <= INSIDE
            assert "".join(child.content for child in cell.children or ()) == text.strip()

    @given(TEXTS)
    def test_a_link_leads_where_it_says(self, reader: str, text: str) -> None:
        types, shown = read(line(f"a {link(text, 'https://x.example/?a=1&copy;=(2)')}, b"), reader)
        assert shown == f"a {text}, b"
        assert types[3:] == ["link_open", "link_close"]


def test_an_address_is_whole() -> None:
    markdown = link("there", "https://x.example/?a=1&copy;=(2)*_[3]")
    assert 'href="https://x.example/?a=1&amp;copy;=(2)*_%5B3%5D"' in MarkdownIt("commonmark").render(markdown)


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("killed_2025", r"killed\_2025"),
        ("write to a.b@c.example or @d", "write to `a.b@c.example` or `@d`"),
        ("see https://x.example/a_b?c=1.", "see `https://x.example/a_b?c=1.`"),
        ("figures.area is 1.5", r"figures\.area is 1.5"),
        ("2024–25. Then", "2024–25. Then"),
    ],
)
def test_a_reader_of_the_source_can_still_read_it(text: str, markdown: str) -> None:
    assert words(text) == markdown


@given(st.text("`~a\n \\", max_size=30))
@example("a\n```\nb")
@example("a\n`````\nb\n````")
def test_a_fence_ends_where_the_text_does(text: str) -> None:
    (token,) = MarkdownIt("commonmark").parse(fenced(text, "yaml"))
    assert (token.type, token.info) == ("fence", "yaml")
    assert token.content == text.removesuffix("\n") + "\n" or not text.strip("\n")
