#!/usr/bin/env python3
"""Writes the npy and npz files of Tests/Fixtures/arrays: one of each kind that NumPy writes, and the faulty ones of the tests.

    python3 Tests/Fixtures/make_arrays.py        # needs numpy
"""

import pathlib
import zipfile

import numpy as np
from numpy.lib import format as npy

FOLDER = pathlib.Path(__file__).parent / "arrays"
# What every readable file holds, in this order, as far as its type has such numbers.
NUMBERS = np.array([[0, 1, 2.5], [-3, 100, 0.125]])


def held(kind):
    """NUMBERS in a type: whole numbers cut towards zero, unsigned ones without their sign."""
    return (abs(NUMBERS) if kind == "u" else NUMBERS)


def main():
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for kind, widths in (("f", (2, 4, 8)), ("i", (1, 2, 4, 8)), ("u", (1, 2, 4, 8)), ("b", (1,))):
        for width in widths:
            for order, mark in (("little", "<"), ("big", ">")) if width > 1 else (("little", "|"),):
                x = held(kind).astype(f"{mark}{kind}{width}")
                np.save(FOLDER / f"{kind}{width}_{order}.npy", x)
    x = NUMBERS.astype("f4")
    np.save(FOLDER / "columns.npy", np.asfortranarray(x))
    np.save(FOLDER / "scalar.npy", np.float64(0.5))
    np.save(FOLDER / "empty.npy", np.zeros((0, 3), "f4"))
    np.save(FOLDER / "cube.npy", np.asfortranarray(np.arange(24.0, dtype="f4").reshape(2, 3, 4)))
    for version in ((2, 0), (3, 0)):
        with open(FOLDER / f"version{version[0]}.npy", "wb") as file:
            npy.write_array(file, x, version=version)
    np.savez(FOLDER / "stored.npz", a=x, b=np.arange(3), **{"läng": np.array(True)})
    np.savez_compressed(FOLDER / "deflated.npz", a=x, zeros=np.zeros((50, 40), "f4"))
    np.savez(FOLDER / "none.npz")
    # As if 64 bytes and one member were too much for the plain records.
    zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = 64, 0
    np.savez(FOLDER / "zip64.npz", a=x, b=np.arange(3))
    zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = (1 << 31) - 1, (1 << 16) - 1

    np.save(FOLDER / "bad_pickled.npy", np.array([{}, 1], dtype=object), allow_pickle=True)
    np.save(FOLDER / "bad_complex.npy", np.array([1j]))
    np.save(FOLDER / "bad_text.npy", np.array(["a"]))
    np.save(FOLDER / "bad_record.npy", np.zeros(2, [("a", "f4"), ("b", "i4")]))
    np.save(FOLDER / "bad_beyond.npy", np.array([1, 2**63], dtype="u8"))
    with zipfile.ZipFile(FOLDER / "bad_member.npz", "w") as archive:
        archive.writestr("note.txt", "no array")
    with zipfile.ZipFile(FOLDER / "bad_bzip2.npz", "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.npy", (FOLDER / "columns.npy").read_bytes())


if __name__ == "__main__":
    main()
