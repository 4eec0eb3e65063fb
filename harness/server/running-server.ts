import type { Exit } from '../host/index.js';
import type { ServerRecord } from '../model/record.js';

/** A server that answers. Dispose it to stop what was started; a server met by URL is left alone. */
export interface RunningServer extends AsyncDisposable {
  record: ServerRecord;
  url: string;
  /** Root of the process tree to watch; null where it is not ours. */
  pid: number | null;
  /** Aborts, with a BenchError as its reason, when the server ends by itself. */
  gone: AbortSignal;
  /** Asks it to end, as an orchestrator would (SIGTERM), and resolves when it has; null where it is not ours to end. `gone` then says nothing. */
  terminate: (() => Promise<Exit>) | null;
}

export interface BootOptions {
  /** Where the server's output goes. */
  logFile: string;
  /** Called as soon as the process exists, before it is ready. */
  onSpawn?: (pid: number) => void;
  /** Called as soon as it is known where the server will listen: before it is ready, as a rule before it listens. */
  onAddress?: (url: string) => void;
}

/** A command that starts a server, and how to know when it is ready. */
export interface ProcessToBoot {
  kind: 'reference' | 'process';
  /** `{port}` stands for a free port, here and in `url`. */
  command: string[];
  url: string;
  /** True when the server prints {"event":"listening","url":…} as a line of stdout. */
  announces: boolean;
  ready: string;
  cwd: string | null;
  env: Record<string, string>;
  readyTimeoutS: number;
}
