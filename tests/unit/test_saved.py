"""A saved run read back: checked, and run again to the same bytes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contested.errors import ContestedError
from contested.language import weighting
from contested.report.files import comparison_files
from contested.report.manifest import MANIFEST
from contested.report.repeated import repeated
from contested.report.saved import SavedRun
from sample_scenarios import BESIDE_NONE, BOUNDS, EXACT, EXACT_OR_BOUND, HUMPS, RANGES, VANISHING
from saved_runs import rewritten, saved, saved_comparison


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> SavedRun:
    return saved(tmp_path_factory.mktemp("run"), EXACT)


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        (EXACT, {}),
        (VANISHING, {"seed": 5, "levels": [0.8]}),
        (HUMPS, {"kind": "hdi", "levels": [0.6, 0.95]}),
        (BOUNDS, {"levels": [0.7], "seed": 3}),
        (EXACT_OR_BOUND, {"weighting": "exact"}),
        (RANGES, {"confidence": 0.7, "tolerance": 0.03, "weighting": "trust_osint"}),
        (RANGES.replace("sampling", "pooling: {rule: log-quantile}\nsampling"), {"tolerance": 0.05}),
        (BESIDE_NONE, {"weighting": {"toll": {"kyiv": 0.3, "osint": 0.41}}}),
    ],
)
def test_it_runs_again_to_the_same_bytes(tmp_path: Path, text: str, settings: dict[str, Any]) -> None:
    found = saved(tmp_path, text, **settings)
    again = found.rerun()
    assert again.to_json() == found.text
    assert repeated(found, again).said is None


def test_weights_are_taken_to_the_last_bit(tmp_path: Path) -> None:
    text = RANGES.replace("{kyiv: Kyiv, osint: OSINT}", "{kyiv: Kyiv, osint: OSINT, third: Third}").replace(
        "    claims:\n      kyiv",
        "    claims:\n      third: {low: 1000, high: 2000, because: judged}\n      kyiv",
    )
    weights = {"toll": {"kyiv": 1, "osint": 6, "third": 15}}  # these shares sum to 1 - 1e-16
    found = saved(tmp_path, text, weighting=weights, tolerance=0.05)
    shares = found.saved.weights["toll"]
    assert weighting.shares(shares) != shares
    assert found.rerun().weights["toll"] == shares
    assert found.rerun().to_json() == found.text


def test_a_comparison_is_made_again_to_the_same_bytes(tmp_path: Path) -> None:
    found = saved_comparison(tmp_path, EXACT, weightings=["lines"], within=0.1, contaminate=0.2, at=[0.9])
    assert found.kind == "comparison"
    again = found.recompare()
    assert comparison_files(again)["comparison.json"] == found.text
    assert repeated(found, again.result).is_same


def test_a_run_can_be_compared(run: SavedRun) -> None:
    assert set(run.recompare().weightings) == {"even", "lines"}


def test_a_re_run_that_differs_says_so(tmp_path: Path) -> None:
    def older(document: dict[str, Any]) -> None:
        document["provenance"]["version"] = "0.0.1"
        document["estimates"]["per_km2"]["median"] = 51.0
        document["questions"]["over"]["probability"] = 0.5

    found = SavedRun.open(rewritten(saved(tmp_path, EXACT), older))
    report = repeated(found, found.rerun())
    assert not report.is_same and report.beyond_error == 2
    said = report.said or ""
    assert said.startswith(
        "run again, 2 numbers are not what was saved; 2 of them by more than Monte Carlo error"
    )
    assert "the furthest is of “Casualties per km² gained”, 51.0 then and 103" in said
    assert "contested 0.0.1 then, " in said


def test_what_is_beside_it_is_passed_over(tmp_path: Path) -> None:
    directory = saved(tmp_path, EXACT).directory
    (directory / "report.html").write_text("mine")
    assert SavedRun.open(directory).saved.scenario == "sample"


@pytest.mark.parametrize("name", ["register.yaml", "result.json", "sample.yaml"])
def test_a_file_that_changed_or_is_missing_is_named(tmp_path: Path, name: str) -> None:
    directory = saved(tmp_path, EXACT).directory
    with (directory / name).open("a") as stream:
        stream.write("\n")
    message = f"out is not as it was saved: {name} has changed; put back what was saved, or save the run anew"
    with pytest.raises(ContestedError, match=message):
        SavedRun.open(directory)
    (directory / name).unlink()
    with pytest.raises(ContestedError, match=f"{name} is missing"):
        SavedRun.open(directory)


def test_a_manifest_that_leaves_the_directory(tmp_path: Path) -> None:
    directory = saved(tmp_path, EXACT).directory
    with (directory / MANIFEST).open("a") as stream:
        stream.write(f"{'0' * 64}  ../sample.yaml\n")
    with pytest.raises(ContestedError, match=r"\.\./sample.yaml lies outside of it"):
        SavedRun.open(directory)


@pytest.mark.parametrize("content", [b"", b"nonsense\n", b"\xff\xfe"])
def test_what_has_no_manifest_is_no_saved_run(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ContestedError, match="nowhere does not exist, and no saved run; save the run anew"):
        SavedRun.open(tmp_path / "nowhere")
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(ContestedError, match="file is a file, and no saved run"):
        SavedRun.open(tmp_path / "file")
    with pytest.raises(ContestedError, match="has no SHA256SUMS, or one that cannot be read"):
        SavedRun.open(tmp_path)
    (tmp_path / MANIFEST).write_bytes(content)
    with pytest.raises(ContestedError, match="has no SHA256SUMS, or one that cannot be read"):
        SavedRun.open(tmp_path)


def test_a_manifest_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    (tmp_path / MANIFEST).write_text(
        f"{'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'}  a\n"
    )
    with pytest.raises(
        ContestedError,
        match=r"lists no result\.json, comparison\.json or track\.json, which alone are read back",
    ):
        SavedRun.open(tmp_path)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("provenance", {}, r"provenance\.seed: Field required"),
        ("rule", "mine", "rule: Input should be"),
        (
            "estimates",
            {"a": {"title": "A", "unit": "", "median": "x"}},
            r"estimates\.a\.median: Input should be",
        ),
        ("weights", {"toll": {"kyiv": float("nan")}}, "NaN is no number of JSON"),
    ],
)
def test_json_of_another_shape_is_refused(tmp_path: Path, key: str, value: object, message: str) -> None:
    directory = rewritten(saved(tmp_path, EXACT), lambda document: document.update({key: value}))
    with pytest.raises(ContestedError, match=rf"result\.json is not what this version .* \({message}"):
        SavedRun.open(directory)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"toll": {"kyiv": 1.0}}, "its weights are not those of its scenario's sources"),
        ({"toll": {"kyiv": 0.9, "skeptic": 0.9}}, "its weights in toll are not shares that sum to one"),
    ],
)
def test_weights_that_do_not_fit_are_refused(tmp_path: Path, weights: object, message: str) -> None:
    directory = rewritten(saved(tmp_path, EXACT), lambda document: document.update(weights=weights))
    with pytest.raises(ContestedError, match=message):
        SavedRun.open(directory).rerun()


def test_a_file_it_was_run_from_must_be_listed(tmp_path: Path) -> None:
    directory = rewritten(
        saved(tmp_path, EXACT),
        lambda document: document["provenance"]["files"].update(scenario="../sample.yaml"),
    )
    with pytest.raises(ContestedError, match=r"does not list \.\./sample\.yaml, which it was run from"):
        SavedRun.open(directory)


def test_what_cannot_be_recovered_from_the_scenario_is_in_the_json(run: SavedRun) -> None:
    provenance = json.loads(run.text)["provenance"]
    assert provenance["report"] == {"levels": [0.5, 0.9], "kind": "equal-tailed"}
    assert provenance["files"] == {"scenario": "sample.yaml", "register": "register.yaml", "read": []}
