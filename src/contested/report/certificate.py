"""A certificate: one claim, its grade in fixed words, a paragraph to print, and the numbers behind both."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from contested.answers.comparison import Comparison
from contested.answers.findings import Findings
from contested.answers.graded import Grade, graded
from contested.report.certificate_text import paragraph
from contested.report.grade_text import grade_text


@dataclass(frozen=True, repr=False)
class Certificate:
    """What may be said of one claim, whomever one believes.

    Attributes
    ----------
    findings : Findings
        The numbers: the claim's probability under everything that its grade rests on.

    Examples
    --------
    >>> import contested
    >>> certificate = contested.load("configs/isw-2025.yaml").certify("dearer")  # doctest: +SKIP
    >>> certificate.text  # doctest: +SKIP
    >>> print(certificate.paragraph)  # doctest: +SKIP
    """

    findings: Findings

    @classmethod
    def of(cls, comparison: Comparison, question: str) -> Certificate:
        """Certify one question of a comparison.

        Raises
        ------
        ContestedError
            Where the scenario asks no such question.
        """
        return cls(Findings(comparison, question))

    def __repr__(self) -> str:
        return f"<Certificate of {self.findings.name}: {self.text}>"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from contested.report.notebook import certificate_html

        return certificate_html(self)

    @cached_property
    def grade(self) -> Grade:
        """The grade, and what its words name."""
        return graded(self.findings)

    @cached_property
    def text(self) -> str:
        """The grade in its fixed words."""
        return grade_text(self.grade, self.findings)

    @cached_property
    def paragraph(self) -> str:
        """One paragraph that can be printed as it is."""
        return paragraph(self.grade, self.findings)

    def to_dict(self) -> dict[str, Any]:
        """The certificate as one JSON object: full precision, non-finite as None."""
        from contested.report.certificate_document import document

        return document(self)

    def to_json(self) -> str:
        """The same as text; the same scenario, seed and version give the same bytes."""
        return (
            json.dumps(self.to_dict(), ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"
        )
