"""What a result rests on, for people: what is cited and what is judged, apart, and all that was adjusted.

What a scenario says once for every month or quarter is told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from contested.answers.assumptions import Assumptions, Cited
from contested.language.nodes import Study
from contested.language.periods import Period
from contested.report.layout import Heading, Line, Note
from contested.report.plain import plain

_NAME = re.compile(r"\b[a-z][a-z0-9_]*\b")
_REPEATED_BY_PLACE = re.compile(r"^correlations\.\d+$")  # what has no name of its own


def assumed_lines(found: Assumptions, study: Study) -> Iterator[Line]:
    """Everything that the numbers rest on, under a heading each."""
    once = _Once(study)
    yield from _list("Cited", map(_cited, found.cited))
    yield from _list("Judged", once.told((judged.path, judged.because) for judged in found.judged))
    yield from _list("No data of their own", (_without(name, study) for name in found.without_own_evidence))
    yield from _list(
        "Unlike things side by side",
        once.told(
            (m.path, f"{m.difference}{f'; {m.because}' if m.because else ''}") for m in found.mismatches
        ),
    )
    yield from _list(
        "Converted",
        once.told(
            (c.path, f"from {c.from_unit} to {c.to_unit}, times {c.factor:.7g}") for c in found.conversions
        ),
    )
    yield from _list(
        "Correlations moved to the nearest possible",
        once.told((", ".join(r.paths), f"none by more than {r.largest_change:.2g}") for r in found.repairs),
    )


@dataclass(frozen=True)
class _Once:
    """Tells once what a scenario says of every month or quarter."""

    study: Study

    def told(self, found: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Each path with what is said of it; alike ones as one, in the place of the first."""
        alike: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for path, text in dict.fromkeys(found):
            alike.setdefault(self._template(path, text), []).append((path, text))
        for (path, text), each in alike.items():
            yield f"{path}, {self._how_often(len(each))}: {text}" if len(each) > 1 else ": ".join(each[0])

    def _template(self, path: str, text: str) -> tuple[str, str]:
        """A path and what is said of it, as they would be of any period."""
        period = next((self._made[name][1] for name in _NAME.findall(path) if name in self._made), None)
        if period is None:
            again = self.study.each is not None and _REPEATED_BY_PLACE.match(path)
            return ("correlations", self._unnamed(text)) if again else (path, text)
        assert self.study.each is not None
        itself = rf"(?<![\w/-]){re.escape(period.text)}(?![\w/-])"
        return self._unnamed(path), re.sub(itself, f"the {self.study.each.step}", self._unnamed(text))

    def _unnamed(self, text: str) -> str:
        """A text with the names of one period's by those that stand for all."""
        return _NAME.sub(lambda found: self._made[found[0]][0] if found[0] in self._made else found[0], text)

    @cached_property
    def _made(self) -> dict[str, tuple[str, Period]]:
        """By each name that was made for a period, the one that stands for all, and the period."""
        each = self.study.each
        if each is None:
            return {}
        kinds = (each.inputs, each.figures, each.estimates, each.questions)
        return {
            made: (name, period)
            for kind in kinds
            for name, repeated in kind.items()
            for made, period in zip(repeated.names, each.periods, strict=True)
        }

    def _how_often(self, count: int) -> str:
        assert self.study.each is not None
        step, periods = self.study.each.step, len(self.study.each.periods)
        return f"each {step}" if count >= periods else f"in {count} of {periods} {step}s"


def _list(title: str, texts: Iterable[str]) -> Iterator[Line]:
    items = [Note(plain(text), indent=2, bullet="-") for text in texts]
    if items:
        yield Note("")
        yield Heading(title)
        yield from items


def _cited(cited: Cited) -> str:
    fact = cited.fact
    relayed = f"; relays {fact.relays}" if fact.relays else ""
    return f"{fact.publisher}, “{fact.title}”, {fact.date}{relayed} [{fact.id}]"


def _without(name: str, study: Study) -> str:
    dispute, source = name.split(".")
    title = study.disputes[dispute].sources[source].title
    return f"{title} ({dispute}.{source}): all its claims are computed from another source's"
