import unittest
from types import SimpleNamespace

from mgeo_torch.embedding.embedder import CacheStats
from mgeo_torch.error_rate import ErrorRate
from mgeo_torch.http.health import read_health
from mgeo_torch.metrics import Gauges, Metrics
from mgeo_torch.options import parse_options
from mgeo_torch.replica.process import Memory
from mgeo_torch.state import ServerState


def state_with(*memories):
    """A server whose replicas have told these memories; nothing else of them is asked for here."""
    replicas = [SimpleNamespace(memory=memory, facts={"device": f"cuda:{at}", "deviceName": "A GPU", "torch": "2"}) for at, memory in enumerate(memories)]
    state = ServerState(phase="ready")
    info = SimpleNamespace(**dict.fromkeys(("name", "kind", "sha256", "origin", "parameters", "pooling", "scores_meaningful", "labels")))
    embedder = SimpleNamespace(stats=lambda: CacheStats(None))
    state.service = SimpleNamespace(info=info, pool=SimpleNamespace(live=lambda: replicas), scheduler=SimpleNamespace(waiting=lambda: 0), embedder=embedder)
    return state


class DeviceMemory(unittest.TestCase):
    def test_peaks_of_each_replica_and_of_all(self):
        health = read_health(parse_options(["--replicas", "2"]), state_with(Memory(900, 100, 128), Memory(900, 200, 256)), ErrorRate(lambda: 0), 1)
        self.assertEqual((health["backend"]["execution"], health["backend"]["device"]), ("cuda", "A GPU"))
        self.assertEqual(health["deviceMemoryMiB"], 384)
        found = health["torchMemory"]
        self.assertEqual((found["status"], found["allocatedPeakMiB"], found["reservedPeakMiB"]), ("found", 300, 384))
        self.assertEqual(found["replicas"][1], {"device": "cuda:1", "allocatedPeakMiB": 200, "reservedPeakMiB": 256})

    def test_the_same_in_metrics(self):
        state = state_with(Memory(900, 100, 128), Memory(900, 200, 256))
        cache = state.service.embedder.stats()
        gauges = Gauges(
            cache=lambda: cache, queue_length=lambda: 0, in_flight=lambda: 0, ready=lambda: True, inference_memory=state.inference_memory_mib, device_memory=state.device_memory_mib
        )
        told = dict(line.split(" ") for line in Metrics(gauges).text().decode().splitlines() if line.startswith("torch_"))
        self.assertEqual({name: float(value) / 2**20 for name, value in told.items()}, {"torch_allocated_peak_bytes": 300, "torch_reserved_peak_bytes": 384})
