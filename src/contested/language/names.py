"""What a formula may name, by whose formula it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from contested.language import grammar
from contested.language.faults import listed, nearest
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
    """

    sees: str
    names: Mapping[str, tuple[Reference, ...]]
    figures: Mapping[str, tuple[str, ...]] | None = None
    elsewhere: Mapping[str, str] = field(default_factory=dict)

    def resolve(self, name: grammar.Name) -> Reference:
        """What a name refers to.

        Raises
        ------
        SyntaxFault
            Where it refers to nothing, or to more than one thing.
        """
        if len(name.parts) == 2:
            return self._claim(name)
        meanings = self.names.get(name.parts[0], ())
        if len(meanings) > 1:
            kinds = listed(_A[meaning.kind] for meaning in meanings)
            raise grammar.SyntaxFault(f"'{name}' could mean {kinds}; rename one of them", name.column)
        if not meanings:
            raise grammar.SyntaxFault(self._unknown(name.parts[0]), name.column)
        meaning = meanings[0]
        return Reference(meaning.kind, meaning.name, meaning.source, name.column)

    def _claim(self, name: grammar.Name) -> Reference:
        figure, source = name.parts
        if self.figures is None:
            message = f"'{name}' cannot be named here: {self.sees}"
            raise grammar.SyntaxFault(message, name.column)
        if figure not in self.figures:
            raise grammar.SyntaxFault(_unknown("figure", figure, self.figures), name.column)
        sources = self.figures[figure]
        if not sources:
            message = f"nobody disputes figure '{figure}'; write {figure} in place of {name}"
            raise grammar.SyntaxFault(message, name.column)
        if source not in sources:
            raise grammar.SyntaxFault(_unknown(f"source of {figure}", source, sources), name.column)
        return Reference("claim", figure, source, name.column)

    def _unknown(self, name: str) -> str:
        if name in self.elsewhere:
            return f"'{name}' is {self.elsewhere[name]}: {self.sees}"
        return _unknown("name", name, self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """All names of a scenario: inputs, facts by id, figures with their sources, estimates, questions."""

    inputs: tuple[str, ...]
    facts: tuple[str, ...]
    figures: Mapping[str, tuple[str, ...]]
    estimates: tuple[str, ...]
    questions: tuple[str, ...]
    disputes: tuple[str, ...]

    def input_scope(self) -> Scope:
        """What the formula of an input sees."""
        sees = "an input's formula sees inputs and facts"
        return self._scope(sees, [*self._inputs(), *self._facts()])

    def claim_scope(self, figure: str) -> Scope:
        """What the formula of a claim of a figure sees."""
        claims = (Reference("claim", figure, source) for source in self.figures.get(figure, ()))
        sees = "a claim's formula sees inputs, facts and the claims of its own figure by source"
        return self._scope(sees, [*self._inputs(), *self._facts(), *claims])

    def estimate_scope(self, sees: str = "an estimate's formula") -> Scope:
        """What the formula of an estimate, or of a question, sees."""
        figures = (Reference("figure", name) for name in self.figures)
        estimates = (Reference("estimate", name) for name in self.estimates)
        seen = [*figures, *estimates, *self._inputs(), *self._facts()]
        return self._scope(
            f"{sees} sees figures, estimates, inputs, facts and figure.source", seen, self.figures
        )

    def question_scope(self) -> Scope:
        """What the formula of a question sees."""
        return self.estimate_scope("a question's formula")

    def _inputs(self) -> Iterable[Reference]:
        return (Reference("input", name) for name in self.inputs)

    def _facts(self) -> Iterable[Reference]:
        return (Reference("fact", id_) for id_ in self.facts if re.match(NAME, formula_name(id_)))

    def _scope(
        self, sees: str, seen: Iterable[Reference], figures: Mapping[str, tuple[str, ...]] | None = None
    ) -> Scope:
        names: dict[str, tuple[Reference, ...]] = {}
        for reference in seen:
            name = formula_name(reference.source or reference.name)
            names[name] = (*names.get(name, ()), reference)
        return Scope(sees=sees, names=names, figures=figures, elsewhere=self._elsewhere())

    def _elsewhere(self) -> dict[str, str]:
        return {
            **dict.fromkeys((source for sources in self.figures.values() for source in sources), "a source"),
            **dict.fromkeys(self.disputes, "a dispute"),
            **dict.fromkeys(self.questions, "a question"),
            **dict.fromkeys(self.estimates, "an estimate"),
            **dict.fromkeys(self.figures, "a figure"),
        }


def formula_name(id_: str) -> str:
    """A register id as formulas name it."""
    return id_.replace("-", "_")


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f"unknown {what} '{name}'" + (f"; did you mean '{near}'?" if near else "")
