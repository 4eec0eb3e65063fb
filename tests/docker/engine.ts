/** Asking a real engine; for the tests of this folder alone. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface Said {
  code: number;
  said: string;
}

/** One command to its end, which is given ten minutes: a first build fetches everything. */
export const docker = (...args: string[]): Promise<Said> => new Promise((resolve) => {
  execFile('docker', args, { cwd: root, timeout: 600_000, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, BENCH_USER: `${String(process.getuid?.())}:${String(process.getgid?.())}` } }, (error, stdout, stderr) => {
    resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, said: stdout + stderr });
  });
});

/** Containers and networks that runs of ours have left. */
export async function leftovers(): Promise<string[]> {
  const lists = await Promise.all([docker('ps', '--all', '--quiet', '--filter', 'name=mgeo-bench-'), docker('network', 'ls', '--quiet', '--filter', 'name=mgeo-bench-'), docker('volume', 'ls', '--quiet', '--filter', 'name=mgeo-bench-')]);
  return lists.flatMap(({ said }) => said.split('\n').filter((line) => line !== ''));
}

/** Waits until nothing is left, half a minute at most; what is left then. */
export async function settled(): Promise<string[]> {
  for (let turn = 0; turn < 60; turn += 1) {
    if ((await leftovers()).length === 0) return [];
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return leftovers();
}

/** One image for every way to fail: services of the reference server's image, each with one thing wrong. */
export const wrong = (takenPort: number): string => `
x-server: &server
  image: mgeo-bench/reference:0.1.0
  init: true
  command: [--host, 0.0.0.0, --port, "8080", --model, address-mini, --cache-dir, /cache]
  ports: ["127.0.0.1::8080"]
services:
  right: { <<: *server }
  unhealthy: { <<: *server, healthcheck: { test: [CMD, sh, -c, "echo weights are missing; exit 1"], interval: 1s, retries: 2, start_period: 1s } }
  refused: { <<: *server, command: [--batching, nonsense] }
  starved: { <<: *server, entrypoint: [node, -e, "const kept = []; setInterval(() => kept.push(Buffer.alloc(5e6, 1)), 20)"], command: [], mem_limit: 60m, memswap_limit: 60m }
  unpublished: { <<: *server, ports: [] }
  nowhere: { <<: *server, image: "127.0.0.1:9/mgeo-bench/nowhere:1" }
  gpu: { <<: *server, deploy: { resources: { reservations: { devices: [{ driver: nvidia, count: 1, capabilities: [gpu] }] } } } }
  taken: { <<: *server, ports: ["127.0.0.1:${String(takenPort)}:8080"] }
  elsewhere: { <<: *server, command: [--host, 0.0.0.0, --port, "8081"] }
`;
