"""Files that a scenario names: relative to it, below its folder."""

from __future__ import annotations

from pathlib import Path

from contested.language.faults import Faults, quoted
from contested.language.tree import Place


def inside(folder: Path, place: Place, faults: Faults) -> Path | None:
    """The file that a place names, links followed; None, and a fault, where it is not below the folder.

    Parameters
    ----------
    folder : Path
        The scenario's folder, resolved.
    place : Place
        The name, relative to the folder.
    faults : Faults
        Where faults are put.
    """
    text = place.node.text
    try:
        file = (folder / text).resolve()
        below = file.is_relative_to(folder)  # what is elsewhere is not looked at
        found, is_folder = below and file.is_file(), below and file.is_dir()
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no usable name"
        faults.add(place.location, place.path, f"{quoted(text)} cannot be read ({reason})")
        return None
    if not below:
        faults.add(
            place.location, place.path, f"{quoted(text)} leaves the scenario's folder; keep the file below it"
        )
    elif is_folder:
        faults.add(place.location, place.path, f"{quoted(text)} is a folder, not a file")
    elif not found:
        faults.add(place.location, place.path, f"no such file {quoted(text)} in the scenario's folder")
    else:
        return file
    return None
