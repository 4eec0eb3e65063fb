/** A server that says it simulates an accelerator (/health: backend.execution): its times and its device memory are no measurement of any device. */
import type { ServerRecord } from './record.js';
import type { Series } from './series.js';

/** Also of a server met by its URL: it says so itself. */
export function isSimulatedServer(server: Pick<ServerRecord, 'health'> | null): boolean {
  const backend = (server?.health as { backend?: { execution?: unknown } } | null | undefined)?.backend;
  return backend?.execution === 'simulated';
}

/** Highest memory of the simulated device, MiB, by the server's own count since its start; null where it told none. */
export function simulatedMemoryPeakMiB(series: readonly Series[]): number | null {
  const values = series.filter(({ source, metric }) => source === 'server' && metric === 'simulatedMemoryPeakMiB').flatMap(({ v }) => v.flatMap((value) => value ?? []));
  return values.length === 0 ? null : Math.max(...values);
}
