"""What a scenario says once for every month or quarter, told once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from contested.language.nodes import Study
from contested.language.periods import Period

_NAME = re.compile(r"\b[a-z][a-z0-9_]*\b")
_REPEATED_BY_PLACE = re.compile(r"^correlations\.\d+$")  # what has no name of its own


@dataclass(frozen=True)
class Once:
    """Tells once what a scenario says of every month or quarter."""

    study: Study

    def told(self, found: Iterable[tuple[str, str]]) -> Iterator[str]:
        """Each path with what is said of it; alike ones as one, in the place of the first."""
        alike: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for path, text in dict.fromkeys(found):
            alike.setdefault(self.template(path, text), []).append((path, text))
        for (path, text), each in alike.items():
            yield f"{path}, {self.how_often(len(each))}: {text}" if len(each) > 1 else ": ".join(each[0])

    def template(self, path: str, text: str) -> tuple[str, str]:
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

    def how_often(self, count: int) -> str:
        """`each month`, `in 15 of 24 months`: in so many periods."""
        assert self.study.each is not None
        step, periods = self.study.each.step, len(self.study.each.periods)
        return f"each {step}" if count >= periods else f"in {count} of {periods} {step}s"
