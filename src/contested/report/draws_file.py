"""The drawn worlds as a Parquet file, so that every number of a result can be worked out again from it.

A row is one value of one quantity in one world: which estimate, figure or question, which sources are taken
to be right, and their weight. A stratum is a row group, so that who reads one quantity skips the others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any, BinaryIO

import numpy as np

from contested.answers.document import heading, provenance, sampling
from contested.answers.drawn import InWorlds, in_worlds, without_worlds
from contested.answers.result import Result
from contested.engine.model import Quantity, Stratum
from contested.engine.weights import stratum_weights
from contested.errors import ContestedError
from contested.shapes.base import Array

METADATA = b"contested"  # the key of the file's metadata under which the JSON stands
COLUMNS = {
    "kind": "estimate, figure or question",
    "name": "its name in the scenario",
    "unit": "unit of value; 'true' of a question, whose value is 1 where it is true and 0 where it is not",
    "replicate": "one of the independent nets, from 0: their spread is the Monte Carlo error",
    "world": "a world of the replicate, from 0: the same one in every row with this replicate and world",
    "weight": "weight of the row's sources under the weighting; those of a quantity's strata sum to 1",
    "value": "the quantity in this world, where the row's sources are right",
    "denominator_positive": "whether every denominator in it is above 0 in this world",
}
SOURCE = "source_"  # begins a dispute's column, and none of the above, whatever the dispute is called
_OF_A_DISPUTE = "the source of this dispute taken to be right; null where the quantity does not depend on it"
_HOW = (
    "All strata of a quantity have the same number of rows. Weigh rows by weight: an estimate's median is "
    "the smallest value at which the weights up to it reach half of their sum, a question's probability is "
    "the weighted mean of its values. For one source alone, keep its rows. A rule of pooling other than the "
    "linear one pools the strata's distributions instead of their rows."
)
_MOST_ROWS = 1 << 20  # of a row group
_PROVENANCE = ("scenario_sha256", "register_sha256", "seed", "confidence", "version", "numpy", "scipy")


def refuse_without_parquet() -> None:
    """Refuse where Parquet cannot be written. To be asked before anything is drawn.

    Raises
    ------
    ContestedError
        Where pyarrow is not installed.
    """
    _pyarrow()


def draws_file(result: Result) -> Callable[[BinaryIO], None]:
    """What writes a result's worlds to an open file, one stratum after another."""

    def write(stream: BinaryIO) -> None:
        pyarrow, parquet = _pyarrow()
        schema = _schema(pyarrow, result)
        with parquet.ParquetWriter(stream, schema, **_stored(schema.names)) as writer:
            for each in in_worlds(result):
                for columns in _strata(each, result):
                    writer.write_table(_table(pyarrow, schema, columns), row_group_size=_MOST_ROWS)

    return write


def metadata(result: Result) -> dict[str, Any]:
    """What the file says of itself: columns, quantities and their strata's weights, and what it is from."""
    drawn, made_from = tuple(in_worlds(result)), provenance(result)
    return {
        **heading(result),
        "how": _HOW,
        "columns": {**COLUMNS, **_source_columns(result)},
        "quantities": [
            {
                "kind": each.quantity.kind, "name": each.quantity.name, "title": each.answer.title,
                "unit": each.unit, "disputes": list(each.quantity.disputes),
            }
            for each in drawn
        ],
        "strata": [
            {"disputes": list(quantity.disputes), "weights": _weights(quantity, result)}
            for quantity in {each.quantity.disputes: each.quantity for each in drawn}.values()
        ],
        "without_worlds": without_worlds(result),
        "sampling": sampling(result),
        "provenance": {key: made_from[key] for key in _PROVENANCE},
    }  # fmt: skip


def _weights(quantity: Quantity, result: Result) -> list[dict[str, Any]]:
    weights = stratum_weights(quantity, result.weights).tolist()
    return [
        {"sources": dict(stratum), "weight": weight}
        for stratum, weight in zip(quantity.strata, weights, strict=True)
    ]


def _strata(each: InWorlds, result: Result) -> Iterator[Mapping[str, Any]]:
    """By column, what each stratum has in all its rows, or an array of what it has in each."""
    outcomes = each.outcomes
    weights = stratum_weights(each.quantity, result.weights).tolist()
    for index, (stratum, weight) in enumerate(zip(each.quantity.strata, weights, strict=True)):
        values: Array = np.asarray(outcomes.values[:, index], dtype=float)
        positive = outcomes.positive
        replicates, points = values.shape
        yield {
            "kind": each.quantity.kind,
            "name": each.quantity.name,
            "unit": each.unit,
            **_sources(stratum, result),
            "replicate": np.repeat(np.arange(replicates, dtype=np.int16), points),
            "world": np.tile(np.arange(points, dtype=np.int32), replicates),
            "weight": np.full(values.size, weight),
            "value": values.ravel(),
            "denominator_positive": np.ones(values.size, bool)
            if positive is None
            else positive[:, index].ravel(),
        }


def _sources(stratum: Stratum, result: Result) -> dict[str, str | None]:
    return {SOURCE + name: stratum.get(name) for name in result.study.disputes}


def _source_columns(result: Result) -> dict[str, str]:
    return dict.fromkeys((SOURCE + name for name in result.study.disputes), _OF_A_DISPUTE)


def _schema(pyarrow: Any, result: Result) -> Any:
    text = pyarrow.dictionary(pyarrow.int16(), pyarrow.string())
    kinds = {
        "kind": text, "name": text, "unit": text, **dict.fromkeys(_source_columns(result), text),
        "replicate": pyarrow.int16(), "world": pyarrow.int32(), "weight": pyarrow.float64(),
        "value": pyarrow.float64(), "denominator_positive": pyarrow.bool_(),
    }  # fmt: skip
    told = metadata(result)
    fields = [
        pyarrow.field(name, kind, nullable=name.startswith(SOURCE)).with_metadata(
            {"description": told["columns"][name]}
        )
        for name, kind in kinds.items()
    ]
    stored = json.dumps(told, ensure_ascii=False, sort_keys=True, allow_nan=False)
    return pyarrow.schema(fields, metadata={METADATA: stored})


def _stored(names: list[str]) -> dict[str, Any]:
    """How columns are stored: runs of what repeats, differences of the worlds, values as they are."""
    apart = ("world", "value")
    return {
        "compression": "zstd",
        "use_dictionary": [name for name in names if name not in apart],
        "column_encoding": {"world": "DELTA_BINARY_PACKED"},
    }


def _table(pyarrow: Any, schema: Any, columns: Mapping[str, Any]) -> Any:
    rows = len(columns["value"])
    arrays = [_array(pyarrow, columns[field.name], field.type, rows) for field in schema]
    return pyarrow.table(arrays, schema=schema)


def _array(pyarrow: Any, column: Any, kind: Any, rows: int) -> Any:
    if isinstance(column, np.ndarray):
        return pyarrow.array(column)
    if column is None:
        return pyarrow.nulls(rows, kind)
    return pyarrow.DictionaryArray.from_arrays(np.zeros(rows, dtype=np.int16), pyarrow.array([column]))


def _pyarrow() -> tuple[Any, Any]:
    """pyarrow and its Parquet, which not everybody has installed."""
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise ContestedError("--draws needs pyarrow: pip install 'contested[parquet]'") from None
