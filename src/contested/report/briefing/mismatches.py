"""Unlike things side by side, in full."""

from __future__ import annotations

from collections.abc import Iterator

from contested.language.nodes import Study
from contested.report.briefing.sections import Unlike
from contested.report.naming import source_of
from contested.report.plain import plain


def mismatches(study: Study) -> Iterator[Unlike]:
    """All that the scenario owns, then all that are only noted; each kind in the scenario's order."""
    for mismatch in sorted(study.mismatches, key=lambda mismatch: mismatch.because is None):
        yield Unlike(
            subject=subject(study, mismatch.path),
            path=plain(mismatch.path),
            difference=plain(mismatch.difference),
            because=plain(mismatch.because or ""),
        )


def subject(study: Study, path: str) -> str:
    """What a path of the scenario leads to, by its titles: `“Area gained” by “DeepState”`.

    Parameters
    ----------
    path : str
        'estimates.rise', 'figures.area.claims.isw.mixture[0]', 'inputs.gs_error', 'register.some-id'.
    """
    kind, _, rest = path.partition(".")
    name, _, more = rest.partition(".")
    match kind:
        case "estimates":
            return f"“{plain(study.estimates[name].title)}”"
        case "questions":
            return f"“{plain(study.questions[name].title)}”"
        case "inputs":
            return f"“{plain(study.inputs[name].title or name)}”"
        case "figures":
            figure, source = study.figures[name], more.removeprefix("claims.").partition(".")[0]
            by = (
                ""
                if figure.dispute is None
                else f" by {source_of(study, figure.dispute, source, [figure.dispute])}"
            )
            return f"“{plain(figure.title)}”{by}"
        case "disputes":
            return f"“{plain(study.disputes[name].title)}”"
    return plain(path)
