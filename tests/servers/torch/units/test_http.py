import asyncio
import json
import unittest
from unittest import mock

import numpy as np
from mgeo_torch.batching.policy import POLICIES
from mgeo_torch.batching.scheduler import Scheduler
from mgeo_torch.embedding.embedder import Embedder, text_parts
from mgeo_torch.http import protocol
from mgeo_torch.http.app import build_app
from mgeo_torch.http.server import HttpServer, bind, drain
from mgeo_torch.model.info import ModelInfo
from mgeo_torch.options import parse_options
from mgeo_torch.replica.pool import BatchResult
from mgeo_torch.request_log import ServerLog
from mgeo_torch.similarity import create_judge
from mgeo_torch.state import ServerState, Service

INFO = ModelInfo("fake", "bi-encoder", "0" * 64, "a stand-in", 1, 2, 99, 99, "mean", False, 1, None)
READY = b"GET /ready HTTP/1.1\r\nhost: x\r\n\r\n"


def asking(addr1="a", addr2="b", extra=b""):
    body = json.dumps({"addr1": addr1, "addr2": addr2}).encode()
    return b"POST /similarity HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n%bcontent-length: %d\r\n\r\n" % (extra, len(body)) + body


class FakePool:
    """Computes when `gate` is open."""

    def __init__(self):
        self.gate = asyncio.Event()
        self.gate.set()
        self.texts = []

    def live(self):
        return []

    async def run(self, batch):
        self.texts += [chr(text.ids[0]) for text in batch]
        await self.gate.wait()
        return BatchResult(np.array([[1, 0]] * len(batch), np.float32), 1.0)

    async def close(self):
        pass


class Http(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.options = parse_options(["--port", "0", "--strategy", "naive", "--max-queue", "3", "--log-level", "silent", "--max-body", "2000"])
        self.state = ServerState("ready")
        app, metrics = build_app(self.options, self.state, ServerLog("silent", None))
        self.pool = FakePool()
        scheduler = Scheduler(self.pool.run, 1, POLICIES["single"], 4, 0, self.options.max_queue, metrics.batch, metrics.drop)
        embedder = Embedder(text_parts(lambda text: [ord(text[0])]), scheduler, None)
        self.state.service = Service(INFO, self.pool, scheduler, embedder, embedder, create_judge(INFO, 0.9))
        listener = bind(self.options)
        self.port = listener.getsockname()[1]
        self.metrics = metrics
        self.http = HttpServer(app, listener, metrics)
        await self.http.start()

    async def asyncTearDown(self):
        self.pool.gate.set()
        await self.http.close(0.05)
        self.http.cut_off()

    async def open(self, data=b""):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(data)
        return reader, writer

    async def talk(self, data, answers=1, half=False):
        """So many answers, or all that comes until the server closes."""
        reader, writer = await self.open(data)
        if half:
            writer.write_eof()
        out = b""
        try:
            for _ in range(answers):
                head = b"HTTP/1.1 100 "
                while head.startswith(b"HTTP/1.1 100 "):
                    head = await reader.readuntil(b"\r\n\r\n")
                    out += head
                length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
                if length and not data.startswith(b"HEAD"):
                    out += await reader.readexactly(int(length[0].split(b":")[1]))
            if b"onnection: close" in out:
                out += b"<closed>" if await reader.read() == b"" else b"<more>"
        except asyncio.IncompleteReadError as error:
            out += error.partial + b"<closed>"
        except ConnectionError:
            out += b"<reset>"
        writer.close()
        return out.decode()

    async def until(self, holds):
        for _ in range(500):
            if holds():
                return
            await asyncio.sleep(0.01)
        self.fail("it did not happen")

    async def test_pipelined_requests_are_answered_in_order(self):
        found = await self.talk(READY + asking() + READY, 3)
        self.assertEqual([part.split(" ")[0] for part in found.split("HTTP/1.1 ")[1:]], ["200"] * 3)
        self.assertLess(found.index("ready"), found.index("similarity"))

    async def test_what_is_no_request_gets_a_problem_and_is_closed(self):
        for data in (b"hello world\r\n\r\n", b"GET /ready HTTP/1.1\r\n\r\n", b"FOO /ready HTTP/1.1\r\nhost: x\r\n\r\n", asking(extra=b"transfer-encoding: chunked\r\n")):
            found = await self.talk(data)
            self.assertTrue(found.startswith("HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json"), (data, found))
            self.assertTrue(found.endswith("<closed>"))
        self.assertIn('http_requests_total{route="connection",status="400"} 4.0', self.metrics.text().decode())

    async def test_what_was_asked_before_the_garbage_is_answered_first(self):
        found = await self.talk(asking() + b"\x00\x01\r\n\r\n", 2)
        self.assertEqual([part.split(" ")[0] for part in found.split("HTTP/1.1 ")[1:]], ["200", "400"])

    async def test_huge_headers_whether_they_end_or_not(self):
        for data in (b"GET /ready HTTP/1.1\r\nhost: x\r\nx: " + b"a" * 20_000 + b"\r\n\r\n", b"GET /ready HTTP/1.1\r\nx: " + b"a" * 40_000):
            found = await self.talk(data)
            self.assertTrue(found.startswith("HTTP/1.1 431 "), found[:100])

    async def test_a_body_is_read_whatever_the_request_would_like_to_become(self):
        for data in (asking(extra=b"connection: upgrade\r\nupgrade: h2c\r\n"), asking(extra=b"expect: 100-continue\r\n")):
            found = await self.talk(data + READY, 2)
            self.assertIn("similarity", found)
            self.assertIn('"ready":true', found)

    async def test_slow_clients_are_told_and_closed(self):
        with mock.patch.multiple(protocol, HEADERS_S=0.3, REQUEST_S=0.6):
            for data in (b"", b"GET /rea", asking()[:-3]):
                found = await self.talk(data)
                self.assertTrue(found.startswith("HTTP/1.1 408 Request Timeout"), (data, found))
                self.assertTrue(found.endswith("<closed>"))
        # Between two requests a person may think.
        with mock.patch.multiple(protocol, HEADERS_S=0.3, REQUEST_S=0.6):
            reader, writer = await self.open(READY)
            await asyncio.sleep(0.7)
            writer.write(READY)
            found = b""
            while found.count(b'"ready"') < 2:
                found += await reader.read(9999)
            self.assertEqual(found.count(b"200 OK"), 2)
            writer.close()

    async def test_half_closed(self):
        self.assertIn("400 Bad Request", await self.talk(asking()[:-5], half=True))
        self.assertEqual(await self.talk(b"", half=True), "<closed>")
        self.assertTrue((await self.talk(READY, 2, half=True)).endswith("<closed>"))

    async def test_a_client_that_has_gone_is_not_computed(self):
        self.pool.gate.clear()
        first = asyncio.ensure_future(self.talk(asking("x", "x")))
        await self.until(lambda: self.pool.texts == ["x"])
        _, writer = await self.open(asking("y", "z"))
        await self.until(lambda: self.state.in_flight == 2)
        writer.transport.abort()
        await self.until(lambda: self.state.in_flight == 1 and self.state.service.scheduler.waiting() == 1)
        self.pool.gate.set()
        self.assertIn("200 OK", await first)
        self.assertEqual(self.pool.texts, ["x", "x"])
        found = self.metrics.text().decode()
        for line in ('http_requests_total{route="/similarity",status="499"} 1.0', 'queue_dropped_total{reason="client-gone"} 2.0', 'queue_dropped_total{reason="not-needed"} 0.0'):
            self.assertIn(line, found)

    async def test_what_is_late_is_counted(self):
        self.pool.gate.clear()
        first = asyncio.ensure_future(self.talk(asking("x", "x")))
        await self.until(lambda: self.pool.texts == ["x"])
        object.__setattr__(self.options, "deadline_ms", 30)
        self.assertIn("503", (await self.talk(asking("y", "z"))).split("\r\n")[0])
        self.pool.gate.set()
        self.assertIn("200 OK", await first)
        self.assertIn('queue_dropped_total{reason="deadline"} 2.0', self.metrics.text().decode())

    async def test_a_full_queue_asks_to_come_back(self):
        self.pool.gate.clear()
        waiting = [asyncio.ensure_future(self.talk(asking("p", "p")))]
        await self.until(lambda: self.pool.texts == ["p"])
        waiting.append(asyncio.ensure_future(self.talk(asking("q", "q"))))
        await self.until(lambda: self.state.service.scheduler.waiting() == 3)
        found = await self.talk(asking())
        self.assertRegex(found, r"^HTTP/1\.1 429 Too Many Requests\r\n(.*\r\n)*retry-after: 1\r\n")
        self.assertIn("urn:mgeo-bench:problem:queue-full", found)
        self.pool.gate.set()
        await asyncio.gather(*waiting)

    async def test_paths_methods_and_targets(self):
        expected = {
            "GET / ": "404", "GET /nothing ": "404", "GET /docs ": "404", "OPTIONS * ": "404", "GET /%zz ": "400", "GET /ready/ ": "404",
            "GET http://a.b/ready ": "200", "GET /r%65ady?x=1 ": "200", "HEAD /health ": "200", "PUT /similarity ": "405", "POST /ready ": "405", "GET /similarity%2Fbatch ": "404",
        }  # fmt: skip
        for line, status in expected.items():
            found = await self.talk(f"{line}HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n".encode())
            self.assertEqual(found.split(" ")[1], status, line)
        self.assertIn("allow: GET, HEAD", await self.talk(b"DELETE /ready HTTP/1.1\r\nhost: x\r\n\r\n"))

    async def test_bodies(self):
        long = "路" * 65
        expected = {
            "": ("invalid-json", "body"), "{": ("invalid-json", "body"), "[]": ("not-an-object", "body"), "[" * 1500: ("invalid-json", "body"), '{"addr1": NaN}': ("invalid-json", "body"),
            '{"addr2": "b"}': ("missing-field", "addr1"), '{"addr1": 1e999, "addr2": "b"}': ("wrong-type", "addr1"), '{"addr1": null, "addr2": "b"}': ("wrong-type", "addr1"),
            '{"addr1": "", "addr2": "b"}': ("blank", "addr1"), '{"addr1": "a", "addr2": "\\u200b\\u3000"}': ("blank", "addr2"), json.dumps({"addr1": "a", "addr2": long}): ("too-long", "addr2"),
            "x" * 2001: ("body-too-large", "body"),
        }  # fmt: skip
        for body, (kind, field) in expected.items():
            data = body.encode()
            head = b"POST /similarity HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n" % len(data)
            problem = json.loads((await self.talk(head + data)).split("\r\n\r\n")[1])
            self.assertEqual((problem["type"], problem["field"]), (f"urn:mgeo-bench:problem:{kind}", field), body[:40])
        self.assertIn("200 OK", await self.talk(asking("\ufeff路\ud800"[1:], "b")))
        wrong = asking().replace(b"application/json", b"text/plain")
        self.assertIn("415", (await self.talk(wrong)).split("\r\n")[0])

    async def test_a_drain_finishes_what_runs_and_refuses_what_comes(self):
        self.pool.gate.clear()
        running = asyncio.ensure_future(self.talk(asking("r", "r")))
        await self.until(lambda: self.pool.texts == ["r"])
        reader, writer = await self.open(asking()[:-1])
        await asyncio.sleep(0.05)
        draining = asyncio.ensure_future(drain(self.http, self.state, 5))
        await asyncio.sleep(0.05)
        with self.assertRaises(OSError):
            await self.open()
        # Its head came before the drain: it is answered. What is asked behind it is not.
        writer.write(asking()[-1:])
        self.pool.gate.set()
        self.assertIn(b"200 OK", await reader.read(9999))
        writer.close()
        self.assertIn("connection: close", await running)
        self.assertEqual(await draining, 0)

    async def test_what_takes_longer_than_the_drain_is_cut_off_and_counted(self):
        self.pool.gate.clear()
        stuck = asyncio.ensure_future(self.talk(asking("r", "r")))
        await self.until(lambda: self.pool.texts == ["r"])
        self.assertEqual(await drain(self.http, self.state, 0.05), 1)
        self.assertNotIn("HTTP", await stuck)
