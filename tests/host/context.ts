import { createHost, type Context, type Host } from '../../harness/host/index.js';
import type { RunEvent } from '../../harness/model/event.js';

/** A context on the real machine that remembers its events. */
export function testContext(signal: AbortSignal = new AbortController().signal): Context & { host: Host; events: RunEvent[] } {
  const host = createHost();
  const startedMs = host.clock.nowMs();
  const events: RunEvent[] = [];
  return { host, signal, events, onEvent: (event) => events.push(event), sinceStartMs: () => host.clock.nowMs() - startedMs };
}

/** Resolves to true as soon as `holds` is, to false after `timeoutMs`. */
export async function eventually(holds: () => boolean, timeoutMs = 10_000): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  while (performance.now() < until) {
    if (holds()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return holds();
}

/** Whether a process lives (a zombie does not). */
export function alive(pid: number, host: Host): boolean {
  const stat = host.files.tryReadText(`/proc/${String(pid)}/stat`);
  return stat !== null && !/\) [ZX] /.test(stat);
}
