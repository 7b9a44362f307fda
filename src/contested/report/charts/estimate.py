"""One estimate as pictures show it: what it is called, and its numbers under each assumption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contested.answers.bounds import Bound
from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.errors import ContestedError
from contested.language.faults import unknown
from contested.report.charts.entries import Entry, Found, shows_inverse
from contested.report.charts.ladder import Group
from contested.report.charts.theme import SourceColours
from contested.report.counted import short_unit
from contested.report.plain import plain
from contested.report.wording import share, titled


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate of a result.

    Attributes
    ----------
    inverse : bool
        Whether its reciprocal is shown, since the ratio is not estimable.
    """

    result: Result
    name: str
    found: Answer | Bound
    inverse: bool

    @classmethod
    def of(cls, result: Result, name: str | None) -> Estimate:
        """One by name; the scenario's first where none is given.

        Raises
        ------
        ContestedError
            With the nearest name there is.
        """
        chosen = next(iter(result.estimates)) if name is None else name
        if chosen not in result.estimates:
            raise ContestedError(unknown("estimate", chosen, result.estimates))
        found = result.estimates[chosen]
        return cls(result, chosen, found, shows_inverse(found))

    @property
    def unit(self) -> str:
        """As it is spoken, of what is shown: `casualties per km²`."""
        found = self.found
        unit = found.inverse_unit if self.inverse and isinstance(found, Answer) else found.unit
        return short_unit(self.result.study, self.name, unit)

    @property
    def title(self) -> str:
        """What is shown, with its unit."""
        called = f"The inverse of “{self.found.title}”" if self.inverse else self.found.title
        return titled(called, self.unit)

    @property
    def notes(self) -> tuple[str, ...]:
        """Why the inverse is shown, where it is."""
        if not self.inverse or not isinstance(self.found, Answer):
            return ()
        vanishing = share(self.found.denominator_nonpositive)
        return (
            f"Not estimable as a ratio: its denominator is zero or negative with probability {vanishing}.",
        )

    @property
    def pooled(self) -> Entry:
        """As weighted."""
        if not self.found.by_source:
            return self.entry("As stated", self.result)
        name = self.result.weighting
        used = f"weighting “{plain(name)}”" if name else "weights of the caller’s own"
        return self.entry(f"As weighted ({used})", self.result)

    @property
    def reference(self) -> float | None:
        """The median as weighted."""
        return self.pooled.centre if isinstance(self.found, Answer) else None

    def entry(self, label: str, result: Result) -> Entry:
        """Its numbers in another result of the same scenario."""
        return Entry.of(label, result.estimates[self.name], inverse=self.inverse)

    def by_source(self, only: str | None = None) -> Iterator[Group]:
        """Each dispute that it depends on, or only one of them, with each source alone."""
        study, colours = self.result.study, SourceColours(self.result.study)
        alone: Mapping[str, Mapping[str, Found]] = self.found.by_source
        for name, dispute in study.disputes.items():
            if name in alone and only in (None, name):
                entries = [
                    Entry.of(
                        plain(source.title),
                        alone[name][key],
                        colours.key(name, key),
                        inverse=self.inverse,
                    )
                    for key, source in dispute.sources.items()
                ]
                yield Group(f"{plain(dispute.title)}: each source alone", entries)
