"""Figures and inputs in groups: what stands for one thing in every period is one entry of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contested.language.repeated import Repeated
from contested.report.briefing.evidence import FigurePage, InputPage
from contested.report.plain import plain

Page = FigurePage | InputPage


@dataclass(frozen=True, slots=True)
class Group:
    """Pages of figures or inputs.

    Attributes
    ----------
    title : str
        Of what stands for one thing in every period; empty of one page by itself.
    pages : sequence of FigurePage or InputPage
    """

    title: str
    pages: Sequence[Page]

    @property
    def alike(self) -> bool:
        """Whether they are inputs of several periods that rest on the same ground."""
        said = [page.said for page in self.pages if isinstance(page, InputPage)]
        grounds = {(each.judged, each.cited, each.relays) for each in said}
        return bool(self.title) and len(grounds) == 1


def grouped(pages: Sequence[Page], repeated: Mapping[str, Repeated]) -> list[Group]:
    """Pages in their order, with what stands for one thing in several periods together under its title.

    Parameters
    ----------
    pages : sequence of FigurePage or InputPage
    repeated : mapping of str to Repeated
        What the scenario repeats of their kind.
    """
    stands = {name: one for one in repeated.values() if len(one.names) > 1 for name in one.names}
    found: dict[tuple[bool, str], list[Page]] = {}
    for page in pages:
        one = stands.get(page.name)
        key = (False, page.name) if one is None else (True, one.name)
        found.setdefault(key, []).append(page)
    return [Group(plain(repeated[name].title) if many else "", held) for (many, name), held in found.items()]
