"""Writes a reference and a current table of 20 columns as Parquet and CSV: driftData.py FOLDER ROWS [parquet|csv|both].

11 floats, 3 integers, 5 texts and 1 binary integer; half of the columns have moved. The same seed gives the same rows.
"""

import sys

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

CITIES = np.array([f"city {index:03d}" for index in range(200)])
PLANS = np.array(["basic", "family", "premium", "student, abroad", "été"])
STEP = 1_000_000


def side(rng, rows, moved):
    """One side of the comparison; `moved` is 0 for the reference."""
    columns = {}
    for index in range(11):
        shift = 0.05 * index * moved if index % 2 else 0.0
        values = rng.normal(shift, 1 + 0.1 * index, rows) if index % 3 else rng.exponential(1 + shift, rows)
        if index in (4, 8):
            values[rng.random(rows) < 0.02 * (1 + moved)] = np.nan
        columns[f"float{index}"] = values
    columns["int0"] = rng.integers(0, 20, rows)
    columns["int1"] = rng.poisson(40 + moved, rows)
    columns["int2"] = rng.integers(0, 1_000_000, rows)
    for index in range(5):
        words = CITIES if index < 2 else PLANS
        weights = np.arange(1, len(words) + 1, dtype=float) ** (0.5 + 0.1 * index * moved)
        columns[f"text{index}"] = words[rng.choice(len(words), rows, p=weights / weights.sum())]
    columns["binary"] = (rng.random(rows) < 0.3 + 0.02 * moved).astype(np.int64)
    return pa.table({name: pa.array(values, from_pandas=values.dtype == float) for name, values in columns.items()})


def main(folder, rows, formats):
    for number, name in enumerate(("reference", "current")):
        rng = np.random.default_rng(2026 + number)
        parquet = csv = None
        for start in range(0, rows, STEP):
            table = side(rng, min(STEP, rows - start), number)
            if formats != "csv":
                parquet = parquet or pa.parquet.ParquetWriter(f"{folder}/{name}.parquet", table.schema)
                parquet.write_table(table, row_group_size=STEP)
            if formats != "parquet":
                csv = csv or pa.csv.CSVWriter(f"{folder}/{name}.csv", table.schema)
                csv.write_table(table)
        for writer in (parquet, csv):
            if writer is not None:
                writer.close()


main(sys.argv[1], int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else "both")
