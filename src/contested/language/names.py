"""What a formula may name, by whose formula it is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from contested.language import grammar
from contested.language.faults import Unknown, listed, unknown
from contested.language.formula import Reference
from contested.language.schema import NAME

_A = {
    "input": "an input",
    "fact": "a fact",
    "figure": "a figure",
    "claim": "a source",
    "estimate": "an estimate",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The names that one kind of formula sees.

    Attributes
    ----------
    sees : str
        What it sees, in words.
    names : mapping of str to tuple of Reference
        Each name with all that it could mean here.
    figures : mapping of str to tuple of str, or None
        Sources by figure, where `figure.source` may be named.
    elsewhere : mapping of str to str
        What a name that is not seen here means in the scenario.
    own : mapping of str to tuple of Reference
        The sources of the figure whose claim it is.
    repeated : mapping of str to str
        What a name that is repeated for every period means in this one.
    templates : mapping of str to str
        What such a name means in the first of all periods, whichever the formula's.
    """

    sees: str
    names: Mapping[str, tuple[Reference, ...]]
    figures: Mapping[str, tuple[str, ...]] | None = None
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, tuple[Reference, ...]] = field(default_factory=dict)
    repeated: Mapping[str, str] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)

    def resolve(self, name: grammar.Name, unknown: Unknown = unknown) -> Reference:
        """What a name refers to; `unknown` words the fault of one that nobody knows.

        Raises
        ------
        SyntaxFault
            Where it refers to nothing, or to more than one thing.
        """
        if len(name.parts) == 2:
            return self._claim(name, unknown)
        own, here = name.parts[0], self.repeated.get(name.parts[0], "")
        meanings = (*self.names.get(own, ()), *self.own.get(own, ()), *self.names.get(here, ()))
        if len(meanings) > 1:
            kinds = listed(_A[meaning.kind] for meaning in meanings)
            raise grammar.SyntaxFault(f"'{name}' could mean {kinds}; rename one of them", name.column)
        if not meanings:
            raise grammar.SyntaxFault(self._unknown(name.parts[0], unknown), name.column)
        meaning = meanings[0]
        return Reference(meaning.kind, meaning.name, meaning.source, name.column)

    def _claim(self, name: grammar.Name, unknown: Unknown) -> Reference:
        stated, source = name.parts
        if self.figures is None:
            message = f"'{name}' cannot be named here: {self.sees}"
            raise grammar.SyntaxFault(message, name.column)
        figure = stated if stated in self.figures else self.repeated.get(stated, stated)
        if figure not in self.figures:
            raise grammar.SyntaxFault(
                unknown("figure", figure, self._with_repeated(self.figures)), name.column
            )
        sources = self.figures[figure]
        if not sources:
            message = f"nobody disputes figure '{stated}'; write {stated} in place of {name}"
            raise grammar.SyntaxFault(message, name.column)
        if source not in sources:
            raise grammar.SyntaxFault(unknown(f"source of {stated}", source, sources), name.column)
        return Reference("claim", figure, source, name.column)

    def _unknown(self, name: str, unknown: Unknown) -> str:
        made = self.templates.get(name)
        if made in self.names:
            return f"'{name}' is repeated for every period; say period: each, or name one, as {made}"
        if kind := self.elsewhere.get(made or name):
            return f"'{name}' is {kind}: {self.sees}"
        return unknown("name", name, self._with_repeated({**self.names, **self.own}))

    def _with_repeated(self, names: Mapping[str, object]) -> Iterable[str]:
        """Some names that are seen here, and what is repeated and means one of them in a period."""
        return itertools.chain(names, (own for own, first in self.templates.items() if first in names))


@dataclass(frozen=True, kw_only=True)  # no slots: what is seen is worked out once
class Declared:
    """All names of a scenario: inputs, facts by id, figures with their sources, estimates, questions."""

    inputs: tuple[str, ...]
    facts: tuple[str, ...]
    figures: Mapping[str, tuple[str, ...]]
    estimates: tuple[str, ...]
    questions: tuple[str, ...]
    disputes: tuple[str, ...]
    repeated: Mapping[str, str] = field(default_factory=dict)  # by name, what it means in the first period

    @cached_property
    def input_scope(self) -> Scope:
        """What the formula of an input sees."""
        return Scope(
            sees="an input's formula sees inputs and facts",
            names=self._shared,
            elsewhere=self._elsewhere,
            templates=self.repeated,
        )

    def claim_scope(self, figure: str) -> Scope:
        """What the formula of a claim of a figure sees."""
        return Scope(
            sees="a claim's formula sees inputs, facts and the claims of its own figure by source",
            names=self._shared,
            elsewhere=self._elsewhere,
            templates=self.repeated,
            own=_named(Reference("claim", figure, source) for source in self.figures.get(figure, ())),
        )

    @cached_property
    def estimate_scope(self) -> Scope:
        """What the formula of an estimate sees."""
        return Scope(
            sees="an estimate's formula sees figures, estimates, inputs, facts and figure.source",
            names=self._all,
            figures=self.figures,
            elsewhere=self._elsewhere,
            templates=self.repeated,
        )

    @cached_property
    def question_scope(self) -> Scope:
        """What the formula of a question sees."""
        return replace(
            self.estimate_scope, sees=self.estimate_scope.sees.replace("an estimate", "a question")
        )

    @cached_property
    def _shared(self) -> Mapping[str, tuple[Reference, ...]]:
        """Inputs and facts, which all formulas see; a fact whose id cannot be written as a name, none."""
        facts = (Reference("fact", id_) for id_ in self.facts if re.match(NAME, formula_name(id_)))
        return _named([*(Reference("input", name) for name in self.inputs), *facts])

    @cached_property
    def _all(self) -> Mapping[str, tuple[Reference, ...]]:
        figures = (Reference("figure", name) for name in self.figures)
        estimates = (Reference("estimate", name) for name in self.estimates)
        shared = (reference for meanings in self._shared.values() for reference in meanings)
        return _named([*figures, *estimates, *shared])

    @cached_property
    def _elsewhere(self) -> Mapping[str, str]:
        return {
            **dict.fromkeys((source for sources in self.figures.values() for source in sources), "a source"),
            **dict.fromkeys(self.disputes, "a dispute"),
            **dict.fromkeys(self.questions, "a question"),
            **dict.fromkeys(self.estimates, "an estimate"),
            **dict.fromkeys(self.figures, "a figure"),
        }


def _named(seen: Iterable[Reference]) -> Mapping[str, tuple[Reference, ...]]:
    names: dict[str, tuple[Reference, ...]] = {}
    for reference in seen:
        name = formula_name(reference.source or reference.name)
        names[name] = (*names.get(name, ()), reference)
    return names


def formula_name(id_: str) -> str:
    """A register id as formulas name it."""
    return id_.replace("-", "_")
