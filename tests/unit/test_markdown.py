"""A report in Markdown says what the briefing says, and is nothing but words, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from briefed import coarsely, sampled, texts
from contested.report.briefing.briefing import Briefing
from contested.report.markdown import markdown
from contested.report.outline import Outline
from contested.report.outline.blocks import Block, Listing, Tabled, row_notes
from outlined import HOSTILE, LONG, SCENARIOS, addresses, isw, ranges, rewritten, said
from sample_scenarios import BOUNDS, EXACT, EXACT_OR_BOUND, HUMPS, RANGES, VANISHING

READER = MarkdownIt("gfm-like", {"html": True})
BLOCKS = {"heading", "paragraph", "bullet_list", "list_item", "table", "thead", "tbody", "tr", "th", "td"}
INSIDE = {"text", "text_special", "code_inline", "strong_open", "strong_close", "link_open", "link_close"}
# Names in the file, beside titles that are printed; addresses, which links have; of a fact that a claim cites
# what the list of facts says; the unit of a quotient, which stands in its equation too.
UNPRINTED = re.compile(
    r"\.(key|kind|url|question|estimate)$|^\.headline\.(unit|lines\[\d+\]\.dispute)$|^\.arithmetic\[\d+\]\.unit$"
    r"|^\.(figures|inputs)\b.*\.cited\[\d+\]\.(states|measures|extent|relays)$"
)


def tokens_of(text: str) -> list[Token]:
    return READER.parse(text)


def shown(tokens: list[Token]) -> Iterator[str]:
    """Every line, cell and caption that a reader sees, in order."""
    for token in tokens:
        if token.type == "fence":
            yield token.content.strip()
        elif token.type == "inline":
            yield "".join(child.content for child in token.children or ())


def elements(tokens: list[Token]) -> set[str]:
    """What the blocks are, and what is in them."""
    found = {token.type for token in tokens} - {"inline", "fence"}
    return {each.removesuffix("_open").removesuffix("_close") for each in found} | {
        f"in a line: {child.type}" for token in tokens for child in token.children or ()
    }


def checked(briefing: Briefing) -> list[Token]:
    """Every text stands as it is and where it should, in elements of ours alone."""
    tokens = tokens_of(markdown(briefing))
    assert [each for each in shown(tokens) if each] == [each.strip() for each in said(briefing) if each]
    assert tokens[-1].content.removesuffix("\n") == briefing.provenance.scenario.removesuffix("\n")
    assert elements(tokens) <= BLOCKS | {f"in a line: {each}" for each in INSIDE}
    lists = [block for block in Outline.of(briefing).blocks if _is_listed(block)]
    assert [token.type for token in tokens].count("bullet_list_open") == len(lists)
    links = {
        child.attrs["href"] for token in tokens for child in token.children or () if child.type == "link_open"
    }
    assert len(links) == len(addresses(Outline.of(briefing)))
    assert all(str(link).startswith(("http://", "https://")) for link in links)
    return tokens


def _is_listed(block: Block) -> bool:
    return isinstance(block, Listing) or (isinstance(block, Tabled) and bool(row_notes(block.table)))


class TestWhatItSays:
    def test_everything_in_its_order(self) -> None:
        tokens = checked(isw())
        sections = [
            "".join(child.content for child in inside.children or ())
            for opening, inside in pairwise(tokens)
            if opening.type == "heading_open" and opening.tag == "h2"
        ]
        assert sections == [
            "The arithmetic of published ratios", "Unlike things side by side",
            "What holds, and for whose figures", "The pace of each period", "If one takes one source of each",
            "Under each assumption", "All numbers", "Where the width comes from",
            "What the questions hang on, and what to find out next", "Every figure", "Every input",
            "Facts that are used", "Method and limits", "To run it again",
        ]  # fmt: skip

    def test_no_text_of_the_briefing_is_lost(self) -> None:
        numbers = count()
        marked = rewritten(isw(), lambda text: f"{text} ⟦{next(numbers)}⟧")
        whole = "\n".join(shown(tokens_of(markdown(marked))))
        lost = [path for path, text in texts(marked) if text not in whole]
        assert [path for path in lost if not UNPRINTED.search(path)] == []

    def test_a_number_has_its_unit_and_a_table_its_own(self) -> None:
        text = markdown(isw())
        median = isw().headline.answer.median
        assert median is not None
        assert f"\n- **Median:** {median.text} casualties per km²\n" in text
        assert "\n**Casualties per km² gained, Jan–Apr 2025** (casualties per km²)\n\n|  | median |" in text

    def test_a_citation_links_to_its_page_and_names_its_id(self) -> None:
        text = markdown(isw())
        assert "](<https://www.wionews.com/world/99-russian-soldiers-die" in text
        assert r"\[claim-wion-per-km2-2025\]" in text

    @pytest.mark.parametrize(
        "address", ["javascript:alert(1)", "data:text/html,x", "//x.com", "http://", "http://[x"]
    )
    def test_what_has_no_address_to_fetch_is_no_link(self, address: str) -> None:
        first, *rest = isw().cited
        briefing = replace(isw(), cited=(replace(first, url=address), *rest))
        assert address not in markdown(briefing)
        assert addresses(Outline.of(briefing)) <= addresses(Outline.of(isw()))

    def test_what_has_not_converged_says_so_first(self, tmp_path: Path) -> None:
        hasty = RANGES.replace("{tolerance: 0.02}", "{tolerance: 0.000001, max_draws: 1024}")
        _, _, first, *_ = markdown(sampled(tmp_path, hasty)[1]).splitlines()
        assert first.startswith("**NOT CONVERGED")


class TestHostileTexts:
    def test_nothing_of_theirs_is_markup(self) -> None:
        checked(rewritten(ranges(), lambda text: f"{text} {HOSTILE}"))

    @pytest.mark.parametrize(
        "opening",
        [
            "- ",
            "+ ",
            "* ",
            "12. ",
            "3) ",
            "# ",
            "> ",
            "    ",
            "--- ",
            "=== ",
            "| ",
            "``` ",
            "~~~ ",
            ": ",
            "[a]: ",
        ],
    )
    def test_nor_where_a_line_begins(self, opening: str) -> None:
        checked(rewritten(ranges(), lambda text: f"{opening}{text}"))

    def test_words_of_500_characters(self) -> None:
        checked(rewritten(ranges(), lambda text: f"{text} {LONG}"))

    def test_a_scenario_that_holds_fences(self) -> None:
        scenario = f"title: |\n```\n`````\n~~~\n{HOSTILE}\n# </pre>\n"
        checked(replace(isw(), provenance=replace(isw().provenance, scenario=scenario)))


@pytest.mark.parametrize("text", [BOUNDS, EXACT, EXACT_OR_BOUND, HUMPS, RANGES, VANISHING])
def test_every_sort_of_answer(text: str, tmp_path: Path) -> None:
    checked(sampled(tmp_path, text)[1])


def test_no_questions_and_no_disputes(tmp_path: Path) -> None:
    checked(sampled(tmp_path, EXACT.partition("questions:")[0])[1])
    tokens = checked(sampled(tmp_path, BOUNDS.partition("questions:")[0])[1])
    assert not {"What holds, and for whose figures", "If one takes one source of each"} & set(shown(tokens))


@pytest.mark.slow
@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_every_scenario(file: Path) -> None:
    checked(rewritten(Briefing.of(coarsely(file)), lambda text: f"{text} {HOSTILE}"))
