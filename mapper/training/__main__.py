"""Make the shipped model: ``python -m mapper.training --data ../shared/data --work WORK``.

Trains the encoder and then the argument reader (or goes on from WORK's checkpoints), finds the temperatures that make
probabilities true on texts held back, and writes the model's files into the package. It takes about an hour and a half
of one processor; ``--seed`` gives another run, and ``--teacher`` one that learns from runs before.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import shutil
from pathlib import Path

import click

from mapper.gazetteer import open_gazetteer
from mapper.language.reader import DESCRIPTION, VOCABULARY, default_folder
from mapper.language.words import WordPieces
from mapper.training.arguments import train_arguments
from mapper.training.calibration import argument_temperatures, temperatures
from mapper.training.corpora import Example, annotated_corpora, dispatches, open_corpora, silent_corpora
from mapper.training.encoder import ArgumentReader, Encoder, base_folder
from mapper.training.export import write_onnx
from mapper.training.held import is_held_back
from mapper.training.learning import Course, train, trained
from mapper.training.renaming import Renaming

_USUAL = Course()
_HERE = Path(__file__).parent

ARGUMENTS_OF = "arguments.pt"
"""File of a run's WORK with the weights of its argument reader."""


def is_held(example: Example) -> bool:
    """Whether an example of the project's own is held back."""
    return example.own and is_held_back(example.id)


def digest_of(*models: Encoder | ArgumentReader) -> str:
    """Give the first six hex digits of the weights' SHA-256: two trainings of one day are told apart."""
    found = hashlib.sha256()
    for model in models:
        for _, weights in sorted(model.state_dict().items()):
            found.update(weights.detach().float().numpy().tobytes())
    return found.hexdigest()[:6]


@click.command()
@click.option("--data", type=click.Path(path_type=Path, exists=True), required=True, help="Where the open corpora lie.")
@click.option("--work", type=click.Path(path_type=Path), required=True, help="Where the checkpoint and the log go.")
@click.option("--into", type=click.Path(path_type=Path), default=default_folder, help="Where the model's files go.")
@click.option("--passes", default=_USUAL.passes, show_default=True, help="Times that the open corpora are shown.")
@click.option("--seed", default=_USUAL.seed, show_default=True, help="Order of the texts and the new names in them.")
@click.option(
    "--teacher",
    "teachers",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    help="The WORK of a run before: the model begins as the first of them, and learns from all.",
)
@click.option("--threads", default=_USUAL.threads, show_default=True, help="Processors to use.")
def main(
    *, data: Path, work: Path, into: Path, passes: int, seed: int, teachers: tuple[Path, ...], threads: int
) -> None:
    """Train the encoder and write the model's files."""
    work.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(filename=work / "training.log", level=logging.INFO, format="%(asctime)s %(message)s")
    log = logging.getLogger("mapper.training")
    gazetteer = open_gazetteer(own=False)
    own = [*dispatches(sorted((_HERE / "dispatches").glob("*.txt"))), *annotated_corpora(_HERE / "annotations", data)]
    held = [e for e in own if is_held(e)]
    shown = [*open_corpora(data, gazetteer), *(e for e in own if not is_held(e))]
    if teachers:
        shown += silent_corpora(_HERE / "annotations", data)
    log.info("%d examples, %d held back", len(shown), len(held))
    vocabulary = base_folder() / "vocab.txt"
    wordpieces = WordPieces(vocabulary)
    course = Course(passes=passes, seed=seed, threads=threads)
    names = Renaming(gazetteer)
    taught = [trained(folder) for folder in teachers]
    model = train(shown, wordpieces, names, course, work / "checkpoint.pt", told=log.info, teachers=taught)
    before = teachers[0] / ARGUMENTS_OF if teachers else None
    reader = train_arguments(
        shown, model, wordpieces, names, course, checkpoint=work / ARGUMENTS_OF, told=log.info, before=before
    )
    into.mkdir(parents=True, exist_ok=True)
    version = f"{dt.datetime.now(tz=dt.UTC):%Y.%m.%d}-{seed}-{digest_of(model, reader)}"
    found = temperatures(model, held, wordpieces) | {
        "arguments": argument_temperatures(model, reader, held, wordpieces)
    }
    write_onnx(model, reader, into, notes={"version": version})
    description = {"version": version, "temperature": found}
    shutil.copyfile(vocabulary, into / VOCABULARY)
    (into / DESCRIPTION).write_text(json.dumps(description, indent=1) + "\n", encoding="utf-8")
    log.info("wrote %s", into)


if __name__ == "__main__":
    main()
