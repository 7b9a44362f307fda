"""A saved run read back: what it answered, what it was made from, and the same again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal, NoReturn

from contested.answers.saved import SavedComparison, SavedResult, parse_comparison, parse_result
from contested.answers.saved_track import SavedTrack, parse_track
from contested.errors import ContestedError
from contested.language.faults import listed
from contested.language.nodes import Report, Study
from contested.language.reading import read
from contested.report.files import COMPARISON_FILES, RUN_FILES, TRACK_FILES
from contested.report.manifest import MANIFEST, matches, read_manifest

if TYPE_CHECKING:
    from contested.answers.comparison import Comparison
    from contested.answers.estimate import Progress
    from contested.answers.result import Result
    from contested.answers.track import Track

Kind = Literal["run", "comparison", "track"]
Saved = SavedResult | SavedComparison | SavedTrack
_KINDS: Mapping[Kind, tuple[str, Callable[[str, str], Saved]]] = {  # the JSON of each, and what reads it
    "run": (RUN_FILES[0], parse_result),
    "comparison": (COMPARISON_FILES[0], parse_comparison),
    "track": (TRACK_FILES[0], parse_track),
}
_SAVE_ANEW = "save the run anew with --out, as in `contested run SCENARIO --out DIR`"
_ROUNDING = 1e-9  # from one by which saved weights may sum


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRun:
    """What `contested run`, `compare` or `track` saved with --out, checked against its manifest.

    Attributes
    ----------
    directory : Path
    kind : {'run', 'comparison', 'track'}
    text : str
        The JSON as it was saved.
    saved : SavedResult, SavedComparison or SavedTrack
        The same, read.
    checksums : mapping of str to str
        SHA-256 of each of its files, by name.

    Examples
    --------
    >>> run = SavedRun.open("runs/early")  # doctest: +SKIP
    >>> run.rerun().to_json() == run.text  # doctest: +SKIP
    """

    directory: Path
    kind: Kind
    text: str
    saved: Saved
    checksums: Mapping[str, str]

    @classmethod
    def open(cls, directory: str | Path) -> SavedRun:
        """Read a saved run.

        Parameters
        ----------
        directory : str or Path
            What --out named. Files in it that the manifest does not list are passed over.

        Raises
        ------
        ContestedError
            Where it is no saved run, a file of it is missing or changed, or another version saved it.
        """
        folder = Path(directory)
        try:
            return cls._open(folder)
        except OSError as error:
            raise ContestedError(f"{folder} cannot be read: {error.strerror or error}") from None

    @classmethod
    def _open(cls, folder: Path) -> SavedRun:
        checksums = _checked(folder)
        kind = next((kind for kind, (name, _) in _KINDS.items() if name in checksums), None)
        if kind is None:
            names = listed((name for name, _ in _KINDS.values()), "or")
            _refuse(folder, f"its manifest lists no {names}, which alone are read back")
        name, parse = _KINDS[kind]
        text = _text(folder / name)
        saved = parse(text, str(folder / name))
        for file in saved.provenance.files.all:
            if file not in checksums:
                _refuse(folder, f"its manifest does not list {file}, which it was run from")
        return cls(
            directory=folder,
            kind=kind,
            text=text,
            saved=saved,
            checksums=checksums,
        )

    @property
    def scenario(self) -> Path:
        """The scenario's file, as it was saved."""
        return self.directory / self.saved.provenance.files.scenario

    @property
    def register(self) -> Path | None:
        """The register's file, as it was saved; None where the scenario names none."""
        name = self.saved.provenance.files.register_
        return None if name is None else self.directory / name

    def study(self) -> Study:
        """The scenario with the settings that it was run with.

        Raises
        ------
        ScenarioError
            Where this version refuses what another one accepted.
        """
        found, provenance = read(self.scenario), self.saved.provenance
        return replace(
            found,
            seed=provenance.seed,
            confidence=provenance.confidence,
            report=Report(levels=tuple(provenance.report.levels), kind=provenance.report.kind),
            sampling=replace(found.sampling, tolerance=self.saved.sampling.tolerance),
        )

    def rerun(self, progress: Progress = lambda drawn, most: None) -> Result:
        """Draw the same worlds again, and pool them as they were pooled.

        The same version of the package, of numpy and of scipy gives the same bytes; `repeated` says where
        others do not.

        Parameters
        ----------
        progress : callable, optional
            Told after each doubling how many worlds are drawn and how many may be.

        Raises
        ------
        ScenarioError
            Where this version refuses what another one accepted.
        ContestedError
            Where the saved weights do not fit the scenario, or a track was saved.
        """
        from contested.answers.estimate import estimate_under

        study, saved = self.study(), self.saved
        if self.kind == "track":
            raise ContestedError(f"{self.directory} is a saved track, which `retrack` runs again")
        _check_weights(self)
        return estimate_under(study, saved.weighting, self._weights(study), progress).pooled_by(saved.rule)

    def recompare(self, progress: Progress = lambda drawn, most: None) -> Comparison:
        """Run it again as a comparison: of what was set side by side; for a run, of all named weightings.

        Parameters and errors as in `rerun`.
        """
        from contested.answers.comparison import Asked, Comparison

        result = self.rerun(progress)
        if not isinstance(self.saved, SavedComparison):
            return Comparison(result, Asked(weightings=tuple(result.study.weightings)))
        asked = self.saved.asked
        if unknown := [name for name in asked.weightings if name not in result.study.weightings]:
            _refuse(self.directory, f"its scenario has no weighting {unknown[0]!r}")
        return Comparison(
            result,
            Asked(
                weightings=tuple(asked.weightings),
                within=asked.within,
                contaminate=asked.contaminate,
                at=tuple(asked.at),
            ),
        )

    def retrack(self, progress: Progress = lambda drawn, most: None) -> Track:
        """Follow the same windows again.

        Parameters and errors as in `rerun`; refuses what is no saved track.
        """
        from contested.answers.track import track

        study, saved = self.study(), self.saved
        if not isinstance(saved, SavedTrack):
            raise ContestedError(f"{self.directory} is no saved track; `rerun` runs it again")
        own = {} if study.each is None else study.each.compared
        asked = [one.called(one.name) for one in saved.compared if one.name not in own]
        return track(study, window=saved.window, compared=asked, progress=progress)

    def _weights(self, study: Study) -> Mapping[str, Mapping[str, float]]:
        """The saved weights in the scenario's order of disputes and sources."""
        saved = self.saved.weights
        if {name: set(sources) for name, sources in saved.items()} != {
            name: set(dispute.sources) for name, dispute in study.disputes.items()
        }:
            _refuse(self.directory, "its weights are not those of its scenario's sources")
        return {
            name: {source: saved[name][source] for source in dispute.sources}
            for name, dispute in study.disputes.items()
        }


def _check_weights(run: SavedRun) -> None:
    for name, sources in run.saved.weights.items():
        if sources and (min(sources.values()) < 0 or abs(sum(sources.values()) - 1) > _ROUNDING):
            _refuse(run.directory, f"its weights in {name} are not shares that sum to one")


def _checked(folder: Path) -> Mapping[str, str]:
    """The checksums that the manifest lists, each found to be right."""
    if not folder.is_dir():
        there = "is a file" if folder.exists() else "does not exist"
        raise ContestedError(f"{folder} {there}, and no saved run; {_SAVE_ANEW}")
    checksums = read_manifest(folder)
    if checksums is None:
        _refuse(folder, f"it has no {MANIFEST}, or one that cannot be read")
    if wrong := list(_wrong(folder, checksums)):
        raise ContestedError(
            f"{folder} is not as it was saved: {'; '.join(wrong)}; put back what was saved, or {_SAVE_ANEW}"
        )
    return checksums


def _wrong(folder: Path, checksums: Mapping[str, str]) -> Iterator[str]:
    for name, checksum in checksums.items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            yield f"{name} lies outside of it"
        elif not (folder / name).is_file():
            yield f"{name} is missing"
        elif not matches(folder / name, checksum):
            yield f"{name} has changed"


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ContestedError(f"{file} is not UTF-8 text; {_SAVE_ANEW}") from None


def _refuse(folder: Path, why: str) -> NoReturn:
    raise ContestedError(f"{folder} is no saved run: {why}; {_SAVE_ANEW}")
