import os
import unittest

import numpy as np
from mgeo_torch.errors import InferenceError
from mgeo_torch.model.onnx_file import Node, OnnxGraph, read_onnx
from mgeo_torch.model.tokenizer import WordPieceTokenizer
from mgeo_torch.model.vocabulary import check_vocabulary, count_embedding_rows

CONSTANTS = {"table": np.zeros((300, 2)), "small": np.zeros((100, 2)), "types": np.zeros((2, 2)), "scale": np.zeros(())}


def rows(*nodes):
    return count_embedding_rows(OnnxGraph(nodes=list(nodes), constants=CONSTANTS))


def node(kind, inputs, output, **attributes):
    return Node(kind, inputs, [output], attributes)


class EmbeddingRows(unittest.TestCase):
    def test_the_table_that_ids_look_up_and_no_other(self):
        self.assertEqual(rows(node("Gather", ["types", "token_type_ids"], "t"), node("Gather", ["table", "input_ids"], "x", axis=0)), 300)
        self.assertIsNone(rows(node("Gather", ["types", "token_type_ids"], "t")))
        self.assertIsNone(rows(node("Greater", ["input_ids", "zero"], "mask"), node("Gather", ["table", "mask"], "x")))
        self.assertIsNone(rows(node("Gather", ["table", "input_ids"], "x", axis=1)))
        self.assertIsNone(rows(node("Gather", ["scale", "input_ids"], "x")))

    def test_ids_and_tables_that_come_by_way_of_other_operators(self):
        moved = [node("Pad", ["left", "pads"], "l"), node("Concat", ["none", "l"], "both"), node("Slice", ["both", "a", "b"], "some")]
        self.assertEqual(rows(*moved, node("Gather", ["table", "some"], "x")), 300)
        self.assertEqual(rows(node("DequantizeLinear", ["table", "scale"], "f"), node("Gather", ["f", "input_ids"], "x")), 300)
        self.assertEqual(rows(node("Constant", [], "inner", value=np.zeros((70, 3))), node("Gather", ["inner", "input_ids"], "x")), 70)
        self.assertEqual(rows(node("Gather", ["table", "input_ids"], "x"), node("Gather", ["small", "input_ids"], "y")), 100)

    def test_the_shipped_models(self):
        for name in ("address-mini", "address-mini-bi"):
            self.assertEqual(count_embedding_rows(read_onnx(os.path.join(os.environ["REFERENCE"], "models", name, "model.onnx"))), 9587, name)


class Fit(unittest.TestCase):
    def test_a_table_may_be_filled_up_to_a_multiple_of_128_and_no_further(self):
        for tokens, size in ((8, 8), (8, 128), (129, 256), (130, 136), (8, None)):
            check_vocabulary(tokens, size, "it")
        for tokens, size in ((9, 8), (8, 129), (128, 130), (5000, 21_128)):
            with self.assertRaisesRegex(InferenceError, f"vocab.txt has {tokens} tokens, but the table of x has {size} rows") as refused:
                check_vocabulary(tokens, size, "the table of x")
            self.assertEqual(refused.exception.code, "model-folder")

    def test_a_line_that_stands_twice_is_a_row_of_the_table(self):
        tokenizer = WordPieceTokenizer("[PAD]\n[UNK]\n[CLS]\n[SEP]\n路\n路\n")
        self.assertEqual((tokenizer.vocab_size, tokenizer.encode("路", 9)), (6, [2, 5, 3]))
