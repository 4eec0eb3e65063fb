import type { Files } from '../host/index.js';

/** One request as an engine told it; moments are on the engine's clock. */
export interface LoggedRequest {
  ticket: number;
  user: number;
  startMs: number;
  /** When it was to begin: the scheduled moment of an open load, else `startMs`. */
  dueMs: number;
  latencyUs: number;
  pauseMs: number;
  status: number;
  fault: string;
  score: number;
  batch: number;
  cache: string;
}

/** requests.csv.gz: one line a request, warm-up included, no address in it. */
export interface RequestLog extends AsyncDisposable {
  /** Logs the rows of one stage. */
  stage(index: number): (row: Readonly<LoggedRequest>) => void;
}

const header = 'stage,ticket,user,start_ms,latency_ms,pause_ms,status,fault,score,batch,cache,due_ms\n';
const chunkLength = 65_536;

/** Rows are gathered into chunks, so that the load's own reader never waits for the disk. */
export function openRequestLog(folder: string, files: Files): RequestLog {
  const writer = files.writer(`${folder}/requests.csv.gz`, { gzip: true });
  let chunk = header;
  let written = Promise.resolve();
  const flush = (): void => {
    const text = chunk;
    chunk = '';
    written = written.then(() => writer.write(text));
    // Told at the end, where somebody listens.
    written.catch(() => undefined);
  };
  return {
    stage: (index) => (row) => {
      const score = Number.isNaN(row.score) ? '' : String(row.score);
      chunk += `${String(index)},${String(row.ticket)},${String(row.user)},${row.startMs.toFixed(3)},${(row.latencyUs / 1000).toFixed(3)},${row.pauseMs.toFixed(3)},${String(row.status)},${row.fault},${score},${String(row.batch)},${row.cache},${row.dueMs.toFixed(3)}\n`;
      if (chunk.length >= chunkLength) flush();
    },
    [Symbol.asyncDispose]: async () => {
      flush();
      await written;
      await writer.close();
    },
  };
}
