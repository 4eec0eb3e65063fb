import type { Message } from './message.js';
import { numberOf, textOf } from './row.js';
import { createNvidiaSmiParser } from './stream.js';

/** One process with a compute context on a GPU. */
export interface ComputeApp {
  /** Of the whole card, also where it is split by MIG. */
  uuid: string;
  /** As the host counts: inside a container it is another number than the process's own. */
  pid: number;
  name: string;
  /** null where the driver does not tell (Windows WDDM, restricted containers). */
  memoryMiB: number | null;
}

export interface ComputeApps {
  apps: ComputeApp[];
  /** Rows whose GPU or process id the driver would not tell. */
  hidden: number;
  messages: Message[];
  /** False when there was no header: the listing failed. A header alone means that no process runs. */
  listed: boolean;
}

/** Reads the whole output of `nvidia-smi --query-compute-apps=gpu_uuid,pid,process_name,used_gpu_memory --format=csv[,nounits]`. */
export function parseComputeApps(output: string): ComputeApps {
  const result: ComputeApps = { apps: [], hidden: 0, messages: [], listed: false };
  const parser = createNvidiaSmiParser({
    onHeader: () => {
      result.listed = true;
    },
    onSample: (row) => {
      const pid = numberOf(row, 'pid');
      if (row.uuid === null || pid === null) result.hidden += 1;
      else result.apps.push({ uuid: row.uuid, pid, name: textOf(row, 'process_name') ?? '', memoryMiB: numberOf(row, 'used_gpu_memory', 'MiB') });
    },
    onMessage: (message) => result.messages.push(message),
  });
  // The program has ended by itself, so its last line is whole even without a line end.
  parser.push(output.endsWith('\n') ? output : `${output}\n`);
  parser.end();
  return result;
}
