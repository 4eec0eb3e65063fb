import type { Clock, Context, Exit, Files, Host, RunningProcess, SpawnOptions } from '../../harness/host/index.js';
import type { RunEvent } from '../../harness/model/event.js';

/** A clock that stands still until it is moved. Due timers run in order; promises they settle are given their turn. */
export interface FakeClock extends Clock {
  advance(ms: number): Promise<void>;
  /** Lets time pass as during a stall: timers that fell due come late, once. */
  stall(ms: number): void;
}

export function createFakeClock(): FakeClock {
  let nowMs = 0;
  let wallMs = 1_700_000_000_000;
  const timers = new Set<{ dueMs: number; everyMs: number | null; run: () => void }>();
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  const move = (ms: number): void => {
    nowMs += ms;
    wallMs += ms;
  };
  return {
    nowMs: () => nowMs,
    epochMs: () => Math.floor(wallMs),
    sleep: (ms, signal) => new Promise((resolve, reject) => {
      const abort = (): void => {
        reject(signal?.reason as Error);
      };
      if (signal?.aborted) abort();
      signal?.addEventListener('abort', abort);
      timers.add({
        dueMs: nowMs + ms,
        everyMs: null,
        run: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      });
    }),
    every: (ms, tick) => {
      const timer = { dueMs: nowMs + ms, everyMs: ms, run: tick };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance: async (ms) => {
      const untilMs = nowMs + ms;
      await settle();
      for (;;) {
        const next = [...timers].sort((a, b) => a.dueMs - b.dueMs)[0];
        if (next === undefined || next.dueMs > untilMs) break;
        move(Math.max(0, next.dueMs - nowMs));
        if (next.everyMs === null) timers.delete(next);
        else next.dueMs = nowMs + next.everyMs;
        next.run();
        await settle();
      }
      move(untilMs - nowMs);
      await settle();
    },
    stall: move,
  };
}

/** A started program, in the hands of the test. */
export interface FakeChild {
  command: readonly string[];
  options: SpawnOptions;
  say(text: string): void;
  end(exit?: Exit): void;
  ended: boolean;
}

export interface FakeMachine {
  clock: FakeClock;
  children: FakeChild[];
  /** Commands that were run to their end. */
  commands: (readonly string[])[];
  events: RunEvent[];
  ctx: Context;
}

export interface FakeOptions {
  platform?: string;
  programs?: readonly string[];
  /** Answers a command that is run to its end. */
  run?: (command: readonly string[]) => { code?: number; stdout?: string; stderr?: string; timedOut?: boolean };
  files?: Partial<Files>;
  /** A child that ignores SIGKILL. */
  immortal?: boolean;
}

/** A machine on which nothing is real. What a test does not give is absent. */
export function createFakeMachine(options: FakeOptions = {}): FakeMachine {
  const clock = createFakeClock();
  const children: FakeChild[] = [];
  const commands: (readonly string[])[] = [];
  const events: RunEvent[] = [];
  const host: Partial<Host> = {
    clock,
    files: { tryReadText: () => null, list: () => [], ...options.files } as Files,
    machine: { platform: options.platform ?? 'linux', cores: 2, peakMemoryMiB: () => 100, describe: () => Promise.reject(new Error('not asked')), variable: () => undefined },
    processes: {
      onDeath: () => () => undefined,
      ownPid: 1,
      which: (program) => ((options.programs ?? []).includes(program) ? `/fake/${program}` : null),
      node: () => [],
      release: () => Promise.reject(new Error('not asked')),
      run: (command) => {
        commands.push(command);
        const { code = 0, stdout = '', stderr = '', timedOut = false } = options.run?.(command) ?? {};
        return Promise.resolve({ code, signal: null, stdout, stderr, timedOut });
      },
      spawn: (command, spawnOptions) => {
        let finish: (exit: Exit) => void = () => undefined;
        const exited = new Promise<Exit>((resolve) => {
          finish = resolve;
        });
        const child: FakeChild = {
          command,
          options: spawnOptions,
          ended: false,
          say: (text) => spawnOptions.onStdout?.(new TextEncoder().encode(text)),
          end: (exit = { code: 0, signal: null }) => {
            child.ended = true;
            finish(exit);
          },
        };
        children.push(child);
        const running: RunningProcess = {
          pid: 100 + children.length,
          name: spawnOptions.name,
          exited,
          lastLines: () => [],
          signal: () => true,
          stop: () => {
            if (options.immortal !== true) child.end({ code: null, signal: 'SIGTERM' });
            return exited;
          },
        };
        return Promise.resolve(running);
      },
    },
  };
  const ctx: Context = { host: host as Host, signal: new AbortController().signal, onEvent: (event) => events.push(event), sinceStartMs: () => clock.nowMs() };
  return { clock, children, commands, events, ctx };
}
