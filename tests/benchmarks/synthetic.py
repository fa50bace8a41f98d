"""A table as large as asked for in the form of GeoNames' allCountries: names made of syllables, two or so a place."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ONSETS = "b br ch d dh f g gh h j k kh l m n p q r s sh t tr v w y z".split()
VOWELS = "a e i o u aa ei ou".split()
CODES = [("P", "PPL")] * 9 + [("H", "STM")] * 4 + [("T", "MT")] * 3 + [("S", "SCH"), ("L", "FRM"), ("A", "ADM2")]
COUNTRIES = "IQ SY JO US FR NG IN CN BR RU UA SD ET MX ID".split()


def write_places(path: Path, rows: int, seed: int = 7) -> Path:
    """Write so many rows; the same ones for the same seed."""
    draw = random.Random(seed)
    syllables = [o + v for o in ONSETS for v in VOWELS]

    def name() -> str:
        parts = ("".join(draw.choices(syllables, k=draw.randint(2, 4))).title() for _ in range(draw.randint(1, 2)))
        return " ".join(parts)

    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            kind, code = draw.choice(CODES)
            main = name()
            others = ",".join(name() for _ in range(draw.randint(0, 3)))
            people = int(10 ** draw.uniform(0, 6)) if kind == "P" and draw.random() < 0.1 else 0
            # Ids above all of GeoNames', in no order, as a dump by country has them.
            no = 20_000_000 + (number * 7_368_787) % 900_000_011
            file.write(
                f"{no}\t{main}\t{main}\t{others}\t{draw.uniform(-60, 70):.5f}\t{draw.uniform(-180, 180):.5f}\t{kind}\t"
                f"{code}\t{draw.choice(COUNTRIES)}\t\t{draw.randint(1, 20):02d}\t\t\t\t{people}\t\t0\tUTC\t2026-01-01\n"
            )
    return path
