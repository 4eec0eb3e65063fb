import asyncio
import math
import unittest

import numpy as np
from mgeo_torch.batching.policy import POLICIES
from mgeo_torch.batching.scheduler import Scheduler
from mgeo_torch.embedding.cache import CacheLimit, ResultCache, bytes_of
from mgeo_torch.embedding.embedder import Embedder, text_parts
from mgeo_torch.errors import SchedulerError
from mgeo_torch.replica.pool import BatchResult, EncodedText


class Runs:
    """A model that computes when told to: its batches in order, each held until `release`."""

    def __init__(self):
        self.batches = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.fails = set()
        self.reports, self.drops = [], []

    async def run(self, batch):
        self.batches.append([text.ids[0] for text in batch])
        await self.gate.wait()
        if self.fails & set(self.batches[-1]):
            raise RuntimeError("planted")
        return BatchResult(np.array([[text.ids[0]] for text in batch], np.float32), 1.0)


def scheduler(runs, policy, workers=1, max_batch=4, max_delay_ms=0, max_queue=100):
    return Scheduler(runs.run, workers, POLICIES[policy], max_batch, max_delay_ms, max_queue, runs.reports.append, lambda *drop: runs.drops.append(drop))


def text(number):
    return EncodedText([number])


class Policies(unittest.IsolatedAsyncioTestCase):
    async def batches(self, policy, **settings):
        runs = Runs()
        runs.gate.clear()
        queue = scheduler(runs, policy, **settings)
        # Three requests of two texts each; the first is under way when the others come.
        tickets = [queue.enqueue(text(number), 0, math.inf) for number in (1, 2)]
        await asyncio.sleep(0.01)
        tickets += [queue.enqueue(text(number), group, math.inf) for group, number in ((1, 3), (1, 4), (2, 5), (2, 6))]
        runs.gate.set()
        rows = [(await ticket.done).row[0] for ticket in tickets]
        self.assertEqual(rows, [1, 2, 3, 4, 5, 6])
        return runs.batches

    async def test_single_computes_text_by_text_in_order(self):
        self.assertEqual(await self.batches("single"), [[1], [2], [3], [4], [5], [6]])

    async def test_request_keeps_a_request_together(self):
        self.assertEqual(await self.batches("request"), [[1, 2], [3, 4], [5, 6]])

    async def test_greedy_takes_what_waits_up_to_a_batch(self):
        self.assertEqual(await self.batches("greedy"), [[1, 2], [3, 4, 5, 6]])
        self.assertEqual(await self.batches("greedy", max_batch=3), [[1, 2], [3, 4, 5], [6]])

    async def test_idle_replicas_share_what_waits(self):
        runs = Runs()
        queue = scheduler(runs, "greedy", workers=2)
        await asyncio.gather(*(queue.enqueue(text(number), number, math.inf).done for number in range(4)))
        self.assertEqual(runs.batches, [[0, 1], [2, 3]])

    async def test_a_batch_tells_how_many_waited_when_it_left(self):
        runs = Runs()
        queue = scheduler(runs, "greedy", max_batch=3)
        await asyncio.gather(*(queue.enqueue(text(number), number, math.inf).done for number in range(5)))
        self.assertEqual([(report.texts, report.waited) for report in runs.reports], [(3, 5), (2, 2)])

    async def test_window_waits_for_company_and_leaves_when_full(self):
        runs = Runs()
        patient = scheduler(runs, "window", max_batch=3, max_delay_ms=600_000)
        tickets = [patient.enqueue(text(number), number, math.inf) for number in (1, 2)]
        await asyncio.sleep(0.02)
        self.assertEqual(runs.batches, [])
        tickets.append(patient.enqueue(text(3), 3, math.inf))
        await asyncio.gather(*(ticket.done for ticket in tickets))
        self.assertEqual(runs.batches, [[1, 2, 3]])
        brief = scheduler(runs, "window", max_batch=3, max_delay_ms=30)
        computed = await brief.enqueue(text(4), 4, math.inf).done
        self.assertGreaterEqual(computed.dispatched_at_ms - computed.enqueued_at_ms, 29.9)


class Queue(unittest.IsolatedAsyncioTestCase):
    async def test_a_batch_that_fails_takes_no_other_with_it(self):
        runs = Runs()
        runs.fails = {1}
        queue = scheduler(runs, "single")
        bad, good = (queue.enqueue(text(number), number, math.inf) for number in (1, 2))
        with self.assertRaises(RuntimeError):
            await bad.done
        self.assertEqual((await good.done).row[0], 2)

    async def test_full_late_cancelled_stopped(self):
        runs = Runs()
        runs.gate.clear()
        queue = scheduler(runs, "single", max_queue=2)
        running = queue.enqueue(text(1), 1, math.inf)
        await asyncio.sleep(0.01)
        late = queue.enqueue(text(2), 2, queue.now_ms() + 10)
        gone, stopped = (queue.enqueue(text(number), number, math.inf) for number in (3, 4))
        with self.assertRaisesRegex(SchedulerError, "3 texts wait already"):
            queue.admit(1)
        gone.cancel("client-gone")
        with self.assertRaises(SchedulerError) as caught:
            await late.done
        self.assertEqual(caught.exception.code, "deadline")
        queue.stop()
        codes = [ticket.done.exception().code for ticket in (gone, stopped)]
        self.assertEqual(codes, ["cancelled", "stopped"])
        gone.cancel("not-needed")
        self.assertEqual(runs.drops, [("client-gone", 1), ("deadline", 1), ("stopped", 1)])
        runs.gate.set()
        self.assertEqual((await running.done).row[0], 1)
        self.assertEqual(runs.batches, [[1]])


class Cache(unittest.IsolatedAsyncioTestCase):
    async def test_each_distinct_text_once_and_the_oldest_goes(self):
        runs = Runs()
        queue = scheduler(runs, "greedy")
        embedder = Embedder(text_parts(lambda one: [ord(one)]), queue, CacheLimit(entries=2))
        runs.gate.clear()
        both = [embedder.start([("a", "b"), ("a", "a")], math.inf), embedder.start([("b", "a")], math.inf)]
        asked = asyncio.gather(*(job.rows() for job in both))
        await asyncio.sleep(0.01)
        runs.gate.set()
        await asked
        self.assertEqual(runs.batches, [[97, 98]])
        stats = embedder.stats()
        self.assertEqual((stats.misses, stats.shared, stats.hits), (2, 4, 0))
        await embedder.start([("a", "c")], math.inf).rows()
        await embedder.start([("a", "b")], math.inf).rows()
        self.assertEqual(runs.batches[1:], [[99], [98]])
        self.assertEqual(embedder.stats().entries, 2)

    async def test_who_leaves_does_not_take_the_computation_from_others(self):
        runs = Runs()
        runs.gate.clear()
        queue = scheduler(runs, "single")
        embedder = Embedder(text_parts(lambda one: [ord(one)]), queue, CacheLimit(entries=10))
        blocking = embedder.start([("x", "x")], math.inf)
        await asyncio.sleep(0.01)
        leaves, stays = (embedder.start([("y", "y")], math.inf) for _ in range(2))
        leaves.cancel("client-gone")
        self.assertEqual(queue.waiting(), 1)
        runs.gate.set()
        await blocking.rows()
        self.assertEqual((await stays.rows())[0][0].row[0], ord("y"))

    async def test_an_error_is_not_remembered(self):
        runs = Runs()
        runs.fails = {97}
        embedder = Embedder(text_parts(lambda one: [ord(one)]), scheduler(runs, "single"), CacheLimit(entries=10))
        with self.assertRaises(RuntimeError):
            await embedder.start([("a", "a")], math.inf).rows()
        runs.fails = set()
        self.assertEqual((await embedder.start([("a", "a")], math.inf).rows())[0][0].row[0], 97)

    async def test_by_bytes_the_least_recently_used_goes(self):
        runs = Runs()
        limit = 2 * bytes_of("a", np.zeros(1, np.float32))
        embedder = Embedder(text_parts(lambda one: [ord(one)]), scheduler(runs, "single"), CacheLimit(bytes=limit))
        for pair in ("ab", "aa", "cc", "aa", "bb"):
            await embedder.start([tuple(pair)], math.inf).rows()
        self.assertEqual(runs.batches, [[97], [98], [99], [98]])
        stats = embedder.stats()
        self.assertEqual((stats.limit, stats.entries, stats.bytes), (CacheLimit(bytes=limit), 2, limit))

    def test_bytes_are_charged_once_and_given_back(self):
        cache = ResultCache(CacheLimit(bytes=5000))
        row = np.zeros(100, np.float32)
        for _ in range(3):
            cache.set("a", row)
        self.assertEqual(cache.bytes, bytes_of("a", row))
        self.assertGreater(bytes_of("路" * 20, row), bytes_of("a", row) + 20)
        # Larger than all there is: not kept, and nothing makes room for it.
        cache.set("b", np.zeros(2000, np.float32))
        self.assertEqual((len(cache), cache.bytes, cache.get("b")), (1, bytes_of("a", row), None))
