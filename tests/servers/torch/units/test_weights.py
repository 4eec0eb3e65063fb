import json
import os
import sys
import tempfile
import unittest
from unittest import mock

import numpy as np
import torch
from mgeo_torch.errors import InferenceError
from mgeo_torch.model.bert import BertEncoder
from mgeo_torch.model.bert_weights import load_weights, to_checkpoint
from mgeo_torch.model.find import find_model, load_folder
from mgeo_torch.model.onnx_file import read_onnx
from mgeo_torch.model.safetensors import read_safetensors, write_safetensors
from mgeo_torch.model.seeded_weights import seeded_weights
from mgeo_torch.replica.session import Session, read_checkpoint
from oracle import ORACLE

CONFIG = {"vocab_size": 8, "hidden_size": 4, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 8, "max_position_embeddings": 16, "type_vocab_size": 2}
LABELS = {"0": "exact_match", "1": "not_match", "2": "partial_match"}
VOCAB = "\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "路", "号", "东", "西"]) + "\n"


def checkpoint(seed=1):
    """A whole BertForSequenceClassification with random weights."""
    torch.manual_seed(seed)
    return to_checkpoint(BertEncoder(CONFIG, 3))


def mgeo(weights):
    """Under the names of MGeo's checkpoint, with an encoder of coordinates beside the text's."""
    named = {key.replace("bert.", "bert.text_encoder.", 1): value for key, value in weights.items()}
    return {"bert.gis_encoder.embeddings.word_embeddings.weight": torch.zeros(5, 4), **named}


def folder(weights, config=None, card=None, name="pytorch_model.bin"):
    path = tempfile.mkdtemp(prefix="torch-unit-")
    files = {"config.json": json.dumps({**CONFIG, "model_type": "bert", **(config or {})}), "vocab.txt": VOCAB}
    if card is not None:
        files["model.json"] = json.dumps(card)
    for file, text in files.items():
        with open(os.path.join(path, file), "w", encoding="utf-8") as out:
            out.write(text)
    torch.save(weights, os.path.join(path, name))
    return path


def session(files):
    info = files.info
    return Session({
        "form": files.form, "weights": files.weights, "config": files.config, "labelOrder": files.label_order, "kind": info.kind,
        "pooling": info.pooling, "hidden": info.hidden, "vocabSize": info.vocab_size, "dtype": "fp32", "compile": False, "device": "cpu",
    })  # fmt: skip


PAIR = [np.array([2, 4, 5, 3]), np.array([2, 6, 3])]


class SeededWeights(unittest.TestCase):
    def test_are_those_of_the_reference_bit_by_bit(self):
        for entry in ORACLE["weights"]:
            drawn = seeded_weights(entry["name"], 20_240_607, 1000, entry["std"])
            self.assertEqual(drawn.tobytes().hex(), entry["bytes"], entry["name"])


class Checkpoints(unittest.TestCase):
    def test_mgeo_s_keys_give_the_same_as_plain_ones(self):
        plain = session(load_folder(folder(checkpoint(), {"id2label": LABELS}))).run(PAIR)
        keyed = session(load_folder(folder(mgeo(checkpoint()), {"id2label": LABELS, "model_type": "mgeo"}))).run(PAIR)
        np.testing.assert_array_equal(plain, keyed)
        other = session(load_folder(folder(checkpoint(2), {"id2label": LABELS}))).run(PAIR)
        self.assertGreater(float(np.abs(plain - other).max()), 1e-3)

    def test_mgeo_s_text_encoder_ends_at_its_fusion_layer(self):
        files = load_folder(folder(mgeo(checkpoint()), {"id2label": LABELS, "fusion_layer": 1}))
        self.assertEqual(files.info.layers, 1)
        whole = session(load_folder(folder(mgeo(checkpoint()), {"id2label": LABELS}))).run(PAIR)
        self.assertGreater(float(np.abs(session(files).run(PAIR) - whole).max()), 1e-3)

    def test_logits_come_as_not_partial_exact_whatever_the_order_of_the_classifier(self):
        named = session(load_folder(folder(checkpoint(), {"id2label": LABELS}))).run(PAIR)[0]
        straight = session(load_folder(folder(checkpoint(), {"id2label": {"0": "not", "1": "partial", "2": "exact"}}))).run(PAIR)[0]
        np.testing.assert_array_equal(named, straight[[1, 2, 0]])

    def test_a_classifier_without_names_is_refused_rather_than_guessed(self):
        with self.assertRaisesRegex(InferenceError, "does not name its labels"):
            load_folder(folder(checkpoint(), {"architectures": ["BertForSequenceClassification"]}))
        ordered = load_folder(folder(checkpoint(), {"architectures": ["BertForSequenceClassification"]}, {"labelOrder": ["exact", "not", "partial"]}))
        self.assertEqual(ordered.label_order, [1, 2, 0])

    def test_a_weight_that_is_missing_or_of_another_shape_is_an_error(self):
        weights = checkpoint()
        del weights["bert.encoder.layer.1.output.dense.bias"]
        with self.assertRaisesRegex(InferenceError, r"has no bert\.encoder\.layer\.1\.output\.dense\.bias; a load without it would leave weights random"):
            session(load_folder(folder(weights, {"id2label": LABELS})))
        with self.assertRaisesRegex(InferenceError, r"word_embeddings\.weight is 8 × 4, but config\.json says 9 × 4"):
            session(load_folder(folder(checkpoint(), {"id2label": LABELS, "vocab_size": 9})))

    def test_a_checkpoint_that_runs_code_is_not_run(self):
        class Evil:
            def __reduce__(self):
                return (print, ("code of the checkpoint ran",))

        path = os.path.join(folder(checkpoint()), "evil.bin")
        torch.save({"x": Evil()}, path)
        with self.assertRaisesRegex(ValueError, "cannot read it as plain tensors"):
            read_checkpoint(path)

    def test_the_old_names_of_norms_are_known(self):
        weights = {key.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): value for key, value in checkpoint().items()}
        model = BertEncoder(CONFIG, 3)
        self.assertTrue(load_weights(model, weights, 8, 4))
        for name, value in to_checkpoint(model).items():
            self.assertTrue(torch.equal(value, checkpoint()[name]), name)

    def test_safetensors_there_and_back(self):
        weights = {name: value.detach() for name, value in checkpoint().items()}
        path = os.path.join(tempfile.mkdtemp(), "model.safetensors")
        write_safetensors(path, {name: list(value.shape) for name, value in weights.items()}, (value.numpy().tobytes() for value in weights.values()))
        read = read_safetensors(path)
        self.assertEqual(list(read), list(weights))
        for name, value in weights.items():
            self.assertTrue(torch.equal(value, read[name]), name)
        with open(path, "wb") as file:
            file.write(b"no such thing")
        with self.assertRaises(ValueError):
            read_safetensors(path)

    def test_a_vocabulary_of_another_size_than_the_table_and_a_wrong_hash_are_refused(self):
        for rows in (7, 129):
            with self.assertRaisesRegex(InferenceError, f"^vocab.txt has 8 tokens, but the table that config.json describes has {rows} rows: the two do not belong together$"):
                load_folder(folder(checkpoint(), {"vocab_size": rows}))
        self.assertEqual(load_folder(folder(checkpoint(), {"vocab_size": 128})).info.vocab_size, 8)
        with self.assertRaisesRegex(InferenceError, "but model.json says " + "0" * 64):
            load_folder(folder(checkpoint(), {"id2label": LABELS}, {"sha256": "0" * 64}))

    def test_a_cased_model_is_refused(self):
        path = folder(checkpoint(), {"id2label": LABELS})
        with open(os.path.join(path, "tokenizer_config.json"), "w", encoding="utf-8") as file:
            file.write('{"do_lower_case": false}')
        with self.assertRaisesRegex(InferenceError, "do_lower_case false"):
            load_folder(path)

    def test_a_file_that_is_no_onnx_is_refused(self):
        path = os.path.join(tempfile.mkdtemp(), "model.onnx")
        for content in (b"", b"hello, I am no model", b"\x3a\xff\xff\xff\xff\x0f"):
            with open(path, "wb") as file:
                file.write(content)
            with self.assertRaises(ValueError):
                read_onnx(path)


class ModelScope(unittest.TestCase):
    def test_mgeo_is_fetched_by_modelscope_and_read_by_us(self):
        place = folder(mgeo(checkpoint()), {"id2label": LABELS, "model_type": "mgeo"})
        stand_in = mock.MagicMock()
        stand_in.snapshot_download.side_effect = lambda model_id: place if model_id.startswith("iic/mgeo") else self.fail(model_id)
        with mock.patch.dict(sys.modules, {"modelscope": mock.MagicMock(), "modelscope.hub": mock.MagicMock(), "modelscope.hub.snapshot_download": stand_in}):
            files = find_model("mgeo", None, print)
        self.assertEqual((files.info.name, files.info.kind), ("iic/mgeo_geographic_entity_alignment_chinese_base", "cross-encoder"))
        self.assertEqual(session(files).run(PAIR).shape, (1, 3))

    def test_what_modelscope_says_when_it_cannot_becomes_one_sentence(self):
        stand_in = mock.MagicMock()
        stand_in.snapshot_download.side_effect = RuntimeError("no route to host\nand more")
        with mock.patch.dict(sys.modules, {"modelscope": mock.MagicMock(), "modelscope.hub": mock.MagicMock(), "modelscope.hub.snapshot_download": stand_in}):
            with self.assertRaisesRegex(InferenceError, r"^ModelScope did not give a/b: no route to host$"):
                find_model("modelscope:a/b", None, print)
