import asyncio
import itertools
import random
import unittest

from mgeo_torch.embedding.cache import CacheLimit
from mgeo_torch.errors import UsageError
from mgeo_torch.load import load_service
from mgeo_torch.options import parse_options
from mgeo_torch.state import open_service
from mgeo_torch.strategy import parse_strategy

STREETS = ["文一西路", "建国路", "中山北路三段", "世纪大道"]
TEXTS = [f"{city}{street}{number}号{tail}" for city, street, number, tail in itertools.product(("杭州市余杭区", "北京朝阳"), STREETS, (7, 88, 969), ("", "SOHO现代城A座1203室"))]


def options(model, strategy):
    return parse_options(["--model", model, "--strategy", strategy, "--max-batch", "5", "--max-delay", "2", "--intra-threads", "1", "--log-level", "silent"])


async def answer(service, pairs):
    job = service.embedder.start(pairs, float("inf"))
    rows = await job.rows()
    return [service.judge(pair, [part.row for part in found])["similarity"] for pair, found in zip(pairs, rows)]


class SameAnswers(unittest.IsolatedAsyncioTestCase):
    """One replica with four threads serves every strategy: what differs is what shares a batch."""

    async def compare(self, model):
        dice = random.Random(5)
        pairs = [tuple(dice.sample(TEXTS, 2)) for _ in range(60)]
        sizes = set()
        first = await load_service(options(model, "threads:4"), lambda _: None, lambda report: None, lambda reason, texts: None)
        try:
            files = type("Files", (), {"info": first.info, "tokenizer": self.tokenizer(model)})
            alone = None
            for name in ("naive", "threads:4", "batched", "window", "greedy", "cache"):
                service = open_service(options(model, name), files, first.pool, lambda report: sizes.add(report.texts), lambda reason, texts: None)
                requests = [pairs[at : at + 3] for at in range(0, len(pairs), 3)]
                answers = list(itertools.chain(*await asyncio.gather(*(answer(service, request) for request in requests))))
                alone = alone or answers
                self.assertLess(max(abs(a - b) for a, b in zip(alone, answers)), 1e-6, name)
            self.assertEqual((min(sizes), max(sizes)), (1, 5))
        finally:
            await first.pool.close()

    def tokenizer(self, model):
        from mgeo_torch.model.find import find_model

        return find_model(model, None, print).tokenizer

    async def test_cross_encoder(self):
        await self.compare("address-mini")

    async def test_bi_encoder(self):
        await self.compare("address-mini-bi")


class Names(unittest.TestCase):
    def test_threads_are_counted(self):
        self.assertEqual(parse_strategy("threads:8").threads, 8)
        self.assertEqual([parse_strategy(name).caches for name in ("naive", "greedy", "cache")], [False, False, True])

    def test_only_cache_has_one(self):
        self.assertIsNone(options("address-mini", "greedy").cache)
        self.assertEqual(options("address-mini", "cache").cache, CacheLimit(entries=10_000))

    def test_how_much_it_keeps_is_read_as_by_the_reference_server(self):
        read = {text: parse_options(["--strategy", "cache", "--cache", text]).cache for text in ("off", "7", "64KiB", "1.5MiB", "70000.5B", "1024GiB")}
        entries, sizes = [CacheLimit(entries=7)], [CacheLimit(bytes=size) for size in (65_536, 1_572_864, 70_001, 2**40)]
        self.assertEqual(list(read.values()), [None, *entries, *sizes])
        wrong = "--cache takes a number of addresses from 1 to 10000000, a size from 64KiB to 1024GiB such as 64MiB, or off, not "
        expected = {
            **dict.fromkeys(("0", "00", "0MiB"), "--cache 0 is not a size; --cache off switches the cache off."),
            **{text: f'{wrong}"{text}".' for text in ("63KiB", "1025GiB", "64MB", "64mib", "-1", "1e3", "", "64 MiB", "\u0667")},
            "10000001": '--cache takes a whole number from 1 to 10000000, not "10000001".',
        }
        for text, sentence in expected.items():
            # In every strategy: what is wrong is refused, also where nothing is remembered.
            for strategy in ("cache", "greedy"):
                with self.assertRaises(UsageError) as refused:
                    parse_options(["--strategy", strategy, f"--cache={text}"])
                self.assertEqual(str(refused.exception), sentence)


class Durations(unittest.TestCase):
    def test_as_of_the_reference_server(self):
        for text, ms in (("250", 250), ("250ms", 250), ("0.25s", 250), ("2s", 2000), ("1m", 60_000)):
            read = parse_options(["--deadline", text, "--max-delay", text])
            self.assertEqual((read.deadline_ms, read.max_delay_ms), (ms, ms), text)
        self.assertIsNone(parse_options(["--deadline", "off"]).deadline_ms)
