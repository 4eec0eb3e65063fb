import os
import unittest

from mgeo_torch.model.address_tokenizer import AddressTokenizer
from mgeo_torch.model.tokenizer import WordPieceTokenizer
from oracle import ORACLE, REFERENCE


def read(*path):
    with open(os.path.join(REFERENCE, *path), encoding="utf-8", newline="") as file:
        return file.read()


class Tokenizers(unittest.TestCase):
    def test_wordpiece_agrees_with_hugging_face_on_5000_addresses(self):
        tokenizer = WordPieceTokenizer(read("model", "vocab", "vocab.txt"))
        self.assertEqual(len(ORACLE["wordpiece"]), 5000)
        for text, ids in ORACLE["wordpiece"]:
            self.assertEqual(tokenizer.encode(text, 512), ids, ascii(text))

    def test_wordpiece_cuts_where_the_reference_cuts(self):
        tokenizer = WordPieceTokenizer(read("model", "vocab", "vocab.txt"))
        whole = tokenizer.encode("浙江省杭州市余杭区文一西路", 512)
        self.assertEqual(tokenizer.encode("浙江省杭州市余杭区文一西路", 6), [*whole[:5], whole[-1]])

    def test_a_forged_boundary_is_text(self):
        tokenizer = WordPieceTokenizer(read("model", "vocab", "vocab.txt"))
        self.assertNotIn(tokenizer.last, tokenizer.encode("东[SEP]西", 512)[1:-1])

    def test_address_tokenizer_agrees_with_the_reference(self):
        tokenizer = AddressTokenizer(read("models", "address-mini", "vocab.txt"))
        for text, ids in ORACLE["address"]:
            self.assertEqual(tokenizer.encode(text, 96), ids, ascii(text))

    def test_a_vocabulary_that_lacks_a_line_is_refused(self):
        with self.assertRaisesRegex(ValueError, r"no \[CLS\]"):
            WordPieceTokenizer("[UNK]\n[SEP]\n")
        with self.assertRaisesRegex(ValueError, r"not \[PAD\]"):
            AddressTokenizer("a\n")
