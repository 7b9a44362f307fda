"""The notebooks: stored bare, calling the package for all that it has, and running from end to end."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
NAMES = ("01-first-scenario", "02-whom-to-believe", "03-the-method")
PICTURES = {"01-first-scenario": 1, "02-whom-to-believe": 5, "03-the-method": 6}

IMPORTED = {"contested", "numpy", "pandas", "altair", "scipy"}
STANDARD = {"pathlib", "shutil", "tempfile"}
# What the package computes: an exact distribution is a closed form, but nothing that is found from samples.
THE_PACKAGE_S = {
    "quantile", "percentile", "nanquantile", "median", "random", "default_rng", "rvs", "qmc", "Sobol",
    "sort_values", "searchsorted", "cumsum", "histogram", "gaussian_kde", "sample",
}  # fmt: skip
UNSAID = re.compile(
    r"\b(lost|died|dies|cost|costs|truth)\b|\b(0|100) % (likely|certain|sure)\b"
    r"|\b(ISW|Kyiv|Meduza|Mediazona|DeepState|registry|ukrainian|osint|skeptic) is (right|wrong)\b",
    re.IGNORECASE,
)


@cache
def _stored(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))
    return found


def _sources(name: str, kind: str) -> Iterator[str]:
    return ("".join(cell["source"]) for cell in _stored(name)["cells"] if cell["cell_type"] == kind)


def _nodes(name: str) -> Iterator[ast.AST]:
    for source in _sources(name, "code"):
        yield from ast.walk(ast.parse(source))


def test_these_are_all() -> None:
    assert sorted(path.name for path in NOTEBOOKS.iterdir() if not path.name.startswith(".")) == [
        f"{name}.ipynb" for name in NAMES
    ]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_stored_bare_and_in_one_form(name: str) -> None:
    text, stored = (NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"), _stored(name)
    assert text == json.dumps(stored, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    assert (stored["nbformat"], stored["nbformat_minor"]) == (4, 5)
    assert stored["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    bare = {"code": {"outputs": [], "execution_count": None}, "markdown": {}}
    for cell in stored["cells"]:
        rest = {key: value for key, value in cell.items() if key not in ("id", "source", "cell_type")}
        assert rest == {"metadata": {}, **bare[cell["cell_type"]]}, cell["id"]


@pytest.mark.parametrize("name", NAMES)
def test_its_cells_have_names(name: str) -> None:
    names = [cell["id"] for cell in _stored(name)["cells"]]
    assert len(set(names)) == len(names)
    assert [each for each in names if not re.fullmatch(r"[a-z][a-z0-9-]*", each)] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_says_nothing_that_a_report_would_not(name: str) -> None:
    said = "\n".join([*_sources(name, "markdown"), *_sources(name, "code")])
    assert [found[0] for found in UNSAID.finditer(said)] == []
    assert "killed and wounded" in said


@pytest.mark.parametrize("name", NAMES)
def test_it_imports_the_package_and_what_sets_its_numbers_out(name: str) -> None:
    imported = set()
    for node in _nodes(name):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(str(node.module).partition(".")[0])
    assert "contested" in imported
    assert imported <= IMPORTED | STANDARD


@pytest.mark.parametrize("name", NAMES)
def test_it_defines_nothing_that_the_package_has(name: str) -> None:
    called = {node.attr for node in _nodes(name) if isinstance(node, ast.Attribute)}
    if name != "03-the-method":
        assert not any(isinstance(node, ast.FunctionDef | ast.Lambda) for node in _nodes(name))
    outside = {node.func.attr for node in _nodes(name) if _is_outside(node)}  # type: ignore[attr-defined]
    assert outside & THE_PACKAGE_S == set()
    assert called & {"random", "rvs", "default_rng", "qmc"} == set()
    defined = {node.name for node in _nodes(name) if isinstance(node, ast.FunctionDef)}
    assert defined & _functions_of_the_package() == set()


def _is_outside(node: ast.AST) -> bool:
    """Whether it calls an attribute of a library other than the package: `np.median(…)`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    inner: ast.expr = node.func.value
    while isinstance(inner, ast.Attribute):
        inner = inner.value
    return isinstance(inner, ast.Name) and inner.id in {"np", "pd", "stats", "optimize", "integrate", "alt"}


def _functions_of_the_package() -> set[str]:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "src").rglob("*.py"))
    return {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_the_method_asserts_what_it_shows() -> None:
    asserted = [node for node in _nodes("03-the-method") if isinstance(node, ast.Assert)]
    assert len(asserted) >= 12
    assert all(any(isinstance(part, ast.Name) for part in ast.walk(node.test)) for node in asserted)


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        pytest.param("01-first-scenario", NOTEBOOKS, marks=pytest.mark.slow),
        pytest.param("01-first-scenario", ROOT, marks=pytest.mark.slow),
        pytest.param("02-whom-to-believe", NOTEBOOKS, marks=pytest.mark.slow),
        pytest.param("03-the-method", NOTEBOOKS, marks=pytest.mark.slow),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else value,
)
def test_it_runs(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))  # no history, and nobody's settings
    outputs = [output for cell in _run(name, folder)["cells"] for output in cell.get("outputs", ())]
    said = "".join(output["text"] for output in outputs if output["output_type"] == "stream")
    assert "Warning" not in said
    shown = [output["data"] for output in outputs if "data" in output]
    assert sum("image/svg+xml" in each for each in shown) == PICTURES[name]
    assert [each for each in shown if "application/javascript" in each or "<script" in str(each)] == []


def _run(name: str, folder: Path) -> dict[str, Any]:
    """The notebook as it is after running from end to end; an error in a cell is one here."""
    client = pytest.importorskip("nbclient", reason="nbclient is not installed (extra notebook)")
    pytest.importorskip("ipykernel", reason="ipykernel is not installed (extra notebook)")
    nbformat = pytest.importorskip("nbformat")
    notebook = nbformat.reads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"), as_version=4)
    nbformat.validate(notebook)
    resources = {"metadata": {"path": str(folder)}}
    done: dict[str, Any] = client.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources=resources
    ).execute()
    return done
