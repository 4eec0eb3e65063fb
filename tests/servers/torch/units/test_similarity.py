import unittest

import numpy as np
from mgeo_torch.similarity import cosine, signed_cosine


class Signed(unittest.TestCase):
    """As tests/servers/reference/similarity.test.ts has it: place, district (two of them), and that a district is named."""

    def setUp(self):
        self.place, self.one, self.other = (np.array(values, np.float32) for values in ([1, 0, 0, 0], [1, 1, 0, 1], [1, 0, 1, 1]))

    def test_one_district_named_costs_nothing_and_two_different_ones_everything(self):
        self.assertEqual(signed_cosine(self.one, self.one, 1), 1)
        self.assertEqual(signed_cosine(self.place, self.one, 1), 1)
        self.assertEqual(signed_cosine(self.one, self.other, 1), 0)

    def test_lengths_count_for_nothing(self):
        self.assertAlmostEqual(signed_cosine(3 * self.one, self.place, 1), 1)
        self.assertEqual(signed_cosine(3 * self.one, self.other, 1), 0)

    def test_without_such_components_it_is_the_cosine(self):
        dice = np.random.default_rng(3)
        for _ in range(50):
            a, b = dice.standard_normal((2, 8)).astype(np.float32)
            self.assertAlmostEqual(signed_cosine(a, b, 0), cosine(a / np.linalg.norm(a), b / np.linalg.norm(b)), places=6)
