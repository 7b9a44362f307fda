"""What it takes to get the same numbers again."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from contested.answers.comparison import Comparison
from contested.answers.document import provenance as made_of
from contested.answers.document import sampling as drawn
from contested.errors import ContestedError
from contested.language.faults import Faults
from contested.language.nodes import Study
from contested.language.register import digest
from contested.language.yaml_text import load
from contested.report.briefing.sections import Provenance
from contested.report.layout import Note
from contested.report.plain import plain
from contested.report.terminal import sampling_note
from contested.report.wording import day, per_cent


def provenance(comparison: Comparison, command: str | None) -> Provenance:
    """Where the numbers come from, and the command that makes them again.

    Raises
    ------
    ContestedError
        Where the scenario's file is no longer what was run.
    """
    study = comparison.study
    return Provenance(
        file=plain(study.file.name),
        scenario=_text(study),
        command=command or f"contested report {shlex.quote(study.file.name)}",
        facts=tuple(_facts(comparison)),
        converged=comparison.result.converged,
        precision=precision(comparison),
    )


def _text(study: Study) -> str:
    """The scenario as it stands in its file."""
    try:
        text = study.file.read_text(encoding="utf-8")
    except OSError as error:
        raise ContestedError(f"{study.file.name} cannot be read: {error.strerror or error}") from None
    top = load(study.file, study.file.name, Faults())
    if top is None or digest(top.plain()) != study.scenario_sha256:
        raise ContestedError(f"the scenario {study.file.name} changed while it ran; run again")
    return text


def precision(comparison: Comparison) -> str:
    """How many worlds were drawn, and whether they were enough: a sentence."""
    lines = sampling_note(comparison.result)
    return " ".join(plain(line.text) for line in lines if isinstance(line, Note))


def _facts(comparison: Comparison) -> Iterator[tuple[str, str]]:
    study, result = comparison.study, comparison.result
    found, sampling = made_of(result), drawn(result)
    yield "contested", str(found["version"])
    yield "As of", day(study.as_of)
    yield "Seed", str(study.seed)
    worlds, replicates = sampling["draws"], sampling["replicates"]
    yield "Worlds drawn", f"{worlds:,} in {replicates} independent scrambles"
    reached = "reached" if result.converged else "not reached"
    yield "Tolerance", f"{study.sampling.tolerance:g} of each number; {reached}"
    yield "A stated range holds, unless it says otherwise", per_cent(study.confidence)
    yield "Scenario (SHA-256)", study.scenario_sha256
    if study.register_sha256 is not None:
        yield "Register (SHA-256)", study.register_sha256
    yield "Files", ", ".join(plain(file.name) for file in study.files)
    yield "numpy", str(found["numpy"])
    yield "scipy", str(found["scipy"])
