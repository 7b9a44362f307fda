"""What a source is, in a phrase: in the scenario's own words, or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from contested.language.nodes import Figure, Statement, Study
from contested.report.briefing.figures import facts_of
from contested.report.plain import plain
from contested.report.wording import enumerated, figures_of


def glosses(study: Study, estimate: str, sources: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The title and the gloss of each source of a combination, in the scenario's order.

    A source's own reason; where it has none, the reason of its first claim in the estimate; where there is
    none either, who published what it rests on.

    Parameters
    ----------
    sources : mapping of str to str
        Dispute to source.
    """
    figures = figures_of(study, study.estimates[estimate].formula.expression).values()
    for dispute in filter(sources.__contains__, study.disputes):
        source = study.disputes[dispute].sources[sources[dispute]]
        claims = _claims(figures, dispute, sources[dispute])
        said = source.because or _reason(claims) or _publishers(study, claims)
        if said:
            yield plain(source.title), plain(said)


def _claims(figures: Iterable[Figure], dispute: str, source: str) -> list[Statement]:
    return [figure.claims[source] for figure in figures if figure.dispute == dispute]


def _reason(claims: Iterable[Statement]) -> str:
    return next((claim.evidence.because for claim in claims if claim.evidence.because), "")


def _publishers(study: Study, claims: Iterable[Statement]) -> str:
    facts = (study.facts[fact] for claim in claims for fact in facts_of(study, claim))
    found = dict.fromkeys(fact.publisher for fact in facts)
    return f"figures of {enumerated(list(found))}" if found else ""
