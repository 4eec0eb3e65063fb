import type { Environment } from '../model/record.js';
import type { RunEvent } from '../model/event.js';

/** Wall and monotonic time. `nowMs` never steps back. */
export interface Clock {
  /** Milliseconds on a monotonic clock, with a fraction; only differences mean something. */
  nowMs(): number;
  /** Milliseconds since 1970 on the wall clock, with a fraction. */
  epochMs(): number;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Calls `tick` every `ms` until the returned function is called. Late ticks are not made up for. */
  every(ms: number, tick: () => void): () => void;
}

/** Files. Paths are absolute, or relative to the working directory. Errors become BenchError (disk-full, file-unwritable). */
export interface Files {
  /** Folder of the installed package: scenarios/, datasets/, servers/ lie in it. */
  packageRoot: string;
  /** Per-user cache folder of the harness; `MGEO_BENCH_CACHE` overrides it. */
  cacheDir: string;
  /** Folder the harness was started in. */
  currentDir: string;
  readText(path: string): string;
  /** null where the file does not exist or cannot be read (for /proc and other things that come and go). */
  tryReadText(path: string): string | null;
  exists(path: string): boolean;
  list(dir: string): string[];
  makeDir(path: string): void;
  /** Throws file-unwritable where a file of this path could not be written: before the work whose result is to stand there. */
  checkWritable(path: string): void;
  /** Writes through a temporary file and a rename: readers see the old or the new text, never half of one. Devices and pipes are written as they are. */
  writeText(path: string, text: string): void;
  /** Moves a file within its file system, over what is there: what a long build leaves half done never stands under its final name. */
  rename(from: string, to: string): void;
  remove(path: string): void;
  /**
   * Streams lines or chunks into a file, with back-pressure; `gzip` compresses. `whole`: what is written stands under the file's name only once it
   * is closed, and never half of it; devices and pipes are written as they are.
   */
  writer(path: string, options?: { gzip?: boolean; whole?: boolean }): FileWriter;
  /** Opens a file or a pipe to be read in pieces, however large it is. Throws file-unreadable; the caller closes it. */
  reader(path: string): FileReader;
  /** A new private folder that is removed when the harness ends, however it ends. */
  scratchDir(name: string): string;
}

export interface FileWriter {
  /** Text as UTF-8, bytes as they are: these the writer keeps, and nobody may change them. */
  write(data: string | Uint8Array): Promise<void>;
  close(): Promise<void>;
  /** Instead of `close`: gives up. Of a `whole` file nothing is left behind. */
  discard(): Promise<void>;
}

/** A file that is never in memory as a whole. */
export interface FileReader {
  /** null for a pipe. */
  sizeBytes: number | null;
  /** The bytes once, from where reading stands to the end, in pieces that the reader does not touch again. */
  pieces(): AsyncIterable<Uint8Array>;
  /** `length` bytes from `offset`; fewer at the end of the file. Not for pipes. */
  at(offset: number, length: number): Uint8Array;
  close(): void;
}

export interface Exit {
  code: number | null;
  signal: string | null;
}

export interface SpawnOptions {
  /** Name for messages and logs. */
  name: string;
  cwd?: string;
  /** Added to (or, with undefined, removed from) the harness's environment. */
  env?: Record<string, string | undefined>;
  /** Raw stdout; without it, stdout lines go to the log. */
  onStdout?: (chunk: Uint8Array) => void;
  /** Each line of stdout; not together with `onStdout`. A line of more than 65,536 characters comes in pieces, `more` being true for all but its last. */
  onStdoutLine?: (line: string, more: boolean) => void;
  /** Each line of stderr. */
  onStderrLine?: (line: string) => void;
  /** stdout (unless `onStdout`) and stderr are written here. */
  logFile?: string;
  /** Called at once when the process has ended; what it wrote may still be on its way. */
  onExit?: () => void;
  /** Whole text for stdin, which is then closed; without it stdin is empty. */
  stdin?: string;
}

/** A child in a process group of its own. Whatever happens to the harness, SIGKILL included, the group does not outlive it. */
export interface RunningProcess {
  pid: number;
  name: string;
  /** Resolves once the process has ended and its output is read; never rejects. */
  exited: Promise<Exit>;
  /** The last lines of stdout (unless raw) and stderr, oldest first, at most 20. */
  lastLines(): string[];
  /** Sends a signal to the whole group; false when it is gone. */
  signal(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): boolean;
  /** SIGTERM to the group, SIGKILL after `graceS`; resolves when it is gone. */
  stop(graceS: number): Promise<Exit>;
}

export interface Processes {
  /** Starts a program. Rejects with a plain Error whose `code` is ENOENT/EACCES when it cannot be started. */
  spawn(command: readonly string[], options: SpawnOptions): Promise<RunningProcess>;
  /** Runs to the end and collects; kills it after `timeoutS`. ENOENT rejects as above; a non-zero exit does not. `brief`: it ends by itself in a moment, whatever becomes of the harness. */
  run(command: readonly string[], options?: { brief?: boolean; cwd?: string; env?: Record<string, string | undefined>; timeoutS?: number; signal?: AbortSignal; onStderrLine?: (line: string) => void }): Promise<Exit & { stdout: string; stderr: string; timedOut: boolean }>;
  /**
   * Starts a program that is the user's own from then on, such as a browser: nothing is read from it, and it outlives the harness.
   * Resolves once it runs; rejects as `spawn` does.
   */
  release(command: readonly string[]): Promise<void>;
  /** The path of a program on the PATH, or null. */
  which(program: string): string | null;
  /** The command line that starts Node on a file of the built package, e.g. node('harness/load/autocannon/child.js', 'x'). */
  node(builtFile: string, ...args: string[]): string[];
  /** Runs a command should the harness die before the returned function is called, SIGKILL included: for what is no child, and would be left behind. */
  onDeath(command: readonly string[]): () => void;
  /** Process id of the harness itself. */
  ownPid: number;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** From before connecting to the last byte, ms. */
  latencyMs: number;
}

export interface LocalRequest {
  /** With the query. */
  path: string;
}

export interface LocalAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface LocalServer {
  port: number;
  /** Ends what is open too. */
  close(): Promise<void>;
}

export interface Http {
  /** One request on a kept-alive connection. Rejects with an Error whose `code` is ECONNREFUSED, ECONNRESET, TIMEOUT, … */
  request(url: string, options?: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array; timeoutMs?: number; signal?: AbortSignal }): Promise<HttpAnswer>;
  /** A TCP port that was free a moment ago, on 127.0.0.1. */
  freePort(): Promise<number>;
  /** A server on 127.0.0.1 for a person at this machine; GET only. */
  serveLocally(answer: (request: LocalRequest) => LocalAnswer): Promise<LocalServer>;
}

/** How the other side ended a connection. */
export type ConnectionEnd = 'closed' | 'reset';

/** One TCP (or TLS) connection, byte by byte: for what no well-behaved client does. */
export interface Connection {
  /** All that has come so far (of more than 4 MiB the beginning). */
  received(): Uint8Array;
  /** null while the other side may still send. */
  ending(): ConnectionEnd | null;
  /** Resolves as soon as bytes come or the connection ends, at the latest after `ms`. */
  changed(ms: number): Promise<void>;
  /** Resolves once the bytes are on their way, at the latest after a second; false where the other side takes no more. */
  write(data: string | Uint8Array): Promise<boolean>;
  /** Ends the own side only: FIN. */
  finish(): void;
  /** Reads no more, so that the other side cannot send. */
  pause(): void;
  /** RST. */
  reset(): void;
  close(): void;
}

export interface Sockets {
  /** Connects to the host and port of a URL. Rejects with an Error whose `code` is ECONNREFUSED, EMFILE, TIMEOUT, … A signal closes it whenever it aborts. `from`: the address of this machine to connect from. */
  open(url: string, options?: { timeoutMs?: number; signal?: AbortSignal; from?: string }): Promise<Connection>;
}

export interface Machine {
  platform: string;
  cores: number;
  /** The most memory that this process has held so far, MiB resident. */
  peakMemoryMiB(): number;
  describe(): Promise<Environment>;
  variable(name: string): string | undefined;
}

/** A thread of this process that answers questions, one after the other. */
export interface Thread {
  /** Resolves to the answer. Rejects with the BenchError that the thread met, or with an Error where the thread ended. */
  ask(question: unknown): Promise<Uint8Array>;
  /** Questions without an answer so far. */
  waiting(): number;
  /** Ends it in the middle of whatever it does. */
  stop(): Promise<void>;
}

export interface Threads {
  /** Starts a thread on a file of the built package that calls `answerQuestions`; `data` is copied to it. */
  start(builtFile: string, data: unknown): Thread;
}

/** The only door to the machine. */
export interface Host {
  clock: Clock;
  files: Files;
  processes: Processes;
  threads: Threads;
  http: Http;
  sockets: Sockets;
  machine: Machine;
}

/** Passed to every stage; never global. */
export interface Context {
  host: Host;
  /** Aborts on Ctrl-C or SIGTERM. */
  signal: AbortSignal;
  onEvent: (event: RunEvent) => void;
  /** Milliseconds since the run started. */
  sinceStartMs: () => number;
}
