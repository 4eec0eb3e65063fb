"""A BERT encoder in plain torch: the same on torch 1.13 and today's, with weights under their usual names or MGeo's."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from mgeo_torch.model.bert_config import text_layers

ACTIVATIONS = {"gelu": F.gelu, "relu": F.relu, "gelu_new": lambda x: F.gelu(x, approximate="tanh")}
# Added to the scores of padding, as in BERT's own code: far below any score, and still a number in fp16.
_MASKED = -10_000.0


class BertLayer(nn.Module):
    """Attention and feed-forward, each with its residual and norm."""

    def __init__(self, hidden: int, heads: int, wide: int, eps: float, activation: str, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.dropout = dropout
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.attended = nn.Linear(hidden, hidden)
        self.attended_norm = nn.LayerNorm(hidden, eps=eps)
        self.wide = nn.Linear(hidden, wide)
        self.narrow = nn.Linear(wide, hidden)
        self.norm = nn.LayerNorm(hidden, eps=eps)
        self.activation = ACTIVATIONS[activation]

    def _drop(self, x: Tensor) -> Tensor:
        return F.dropout(x, self.dropout, self.training)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        texts, tokens, hidden = x.shape
        split = self.qkv(x).view(texts, tokens, 3, self.heads, hidden // self.heads).permute(2, 0, 3, 1, 4)
        query, key, value = split[0], split[1], split[2]
        if hasattr(F, "scaled_dot_product_attention"):
            drop = self.dropout if self.training else 0.0
            context = F.scaled_dot_product_attention(query, key, value, attn_mask=bias, dropout_p=drop)
        else:
            scores = query @ key.transpose(-1, -2) / (hidden // self.heads) ** 0.5 + bias
            context = self._drop(torch.softmax(scores, -1)) @ value
        context = context.transpose(1, 2).reshape(texts, tokens, hidden)
        x = self.attended_norm(x + self._drop(self.attended(context)))
        return self.norm(x + self._drop(self.narrow(self.activation(self.wide(x)))))


class BertEncoder(nn.Module):
    """`config` is a config.json; `classes` adds BERT's pooler and a classifier with so many rows."""

    def __init__(self, config: dict, classes: int | None = None) -> None:
        super().__init__()
        hidden, eps = config["hidden_size"], config.get("layer_norm_eps", 1e-12)
        self.dropout = config.get("hidden_dropout_prob", 0.1)
        self.words = nn.Embedding(config["vocab_size"], hidden)
        self.places = nn.Embedding(config["max_position_embeddings"], hidden)
        self.types = nn.Embedding(config.get("type_vocab_size", 2), hidden)
        self.norm = nn.LayerNorm(hidden, eps=eps)
        shape = (hidden, config["num_attention_heads"], config["intermediate_size"], eps, config.get("hidden_act", "gelu"), self.dropout)
        self.layers = nn.ModuleList(BertLayer(*shape) for _ in range(text_layers(config)))
        self.pooler = nn.Linear(hidden, hidden) if classes is not None else None
        self.classifier = nn.Linear(hidden, classes) if classes is not None else None

    def states(self, ids: Tensor, mask: Tensor, types: Tensor) -> Tensor:
        """[texts, tokens, hidden]; `mask` is 1 where a token is real."""
        x = self.words(ids) + self.types(types) + self.places.weight[: ids.shape[1]]
        x = F.dropout(self.norm(x), self.dropout, self.training)
        bias = ((1.0 - mask.to(x.dtype)) * _MASKED)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def vectors(self, ids: Tensor, mask: Tensor, types: Tensor, pooling: str) -> Tensor:
        """[texts, hidden] in float32: the mean over the real tokens, or the state of [CLS]. Not normalised."""
        states = self.states(ids, mask, types).float()
        if pooling == "cls":
            return states[:, 0]
        weights = mask.to(states.dtype)
        return (weights[:, None, :] @ states)[:, 0] / weights.sum(1, keepdim=True)

    def logits(self, ids: Tensor, mask: Tensor, types: Tensor) -> Tensor:
        """[pairs, classes] from the pooled [CLS]."""
        assert self.pooler is not None and self.classifier is not None
        pooled = torch.tanh(self.pooler(self.states(ids, mask, types)[:, 0]))
        return self.classifier(F.dropout(pooled, self.dropout, self.training)).float()
