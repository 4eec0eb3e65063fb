import unittest

from mgeo_torch.cores import cores_to_use, quota_cores


def reading(files):
    return lambda path: files.get(path, "")


class Cores(unittest.TestCase):
    def test_version_2(self):
        def container(text):
            return quota_cores(reading({"/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": text}))

        self.assertEqual([container("150000 100000\n"), container("max 100000\n"), container("50000 50000")], [1.5, None, 1])
        service = {
            "/proc/self/cgroup": "0::/a.slice/b.service\n",
            "/sys/fs/cgroup/a.slice/cpu.max": "400000 100000\n",
            "/sys/fs/cgroup/a.slice/b.service/cpu.max": "200000 100000\n",
        }
        self.assertEqual(quota_cores(reading(service)), 2)

    def test_version_1(self):
        files = {
            "/proc/self/cgroup": "9:cpuset:/x\n4:cpu,cpuacct:/docker/abc\n0::/docker/abc\n",
            "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "40000\n",
            "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
        }
        self.assertEqual(quota_cores(reading(files)), 0.4)
        self.assertIsNone(quota_cores(reading({**files, "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1\n"})))
        self.assertEqual(quota_cores(reading({"/proc/self/cgroup": "2:cpuacct:/\n1:cpuset:/\n0::/\n", "/sys/fs/cgroup/cpu.max": "100000 100000"})), 1)

    def test_rounded_up_and_at_least_one(self):
        def cores(machine, text):
            return cores_to_use(machine, reading({"/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/cpu.max": text}))

        self.assertEqual([cores(8, "150000 100000"), cores(8, "40000 100000"), cores(2, "400000 100000"), cores(8, "max 100000")], [2, 1, 2, 8])
        self.assertEqual(cores_to_use(8, lambda _: ""), 8)
        self.assertGreaterEqual(cores_to_use(), 1)
