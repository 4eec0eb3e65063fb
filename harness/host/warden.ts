import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';

/** Tells the warden process which process groups and folders must not outlive the harness. */
export interface Warden {
  /** A variable for the environment of every child: by it the warden finds those it was not told of in time, and those that left their group. */
  mark: { name: string; value: string };
  guardGroup(pid: number): void;
  releaseGroup(pid: number): void;
  guardFolder(path: string): void;
  /** A command to run then; the returned function takes it back. */
  guardCommand(command: readonly string[]): () => void;
}

const markName = 'MGEO_BENCH_WARDEN';

/**
 * A small process of its own whose stdin is held open by the harness. When that pipe closes, for whatever reason (end, crash,
 * SIGKILL), it ends the guarded process groups, whatever else bears the mark, removes the guarded folders and runs the guarded commands. No signal handler in the harness could do that.
 */
export function createWarden(): Warden {
  let child: ChildProcess | undefined;
  const mark = { name: markName, value: randomUUID() };
  const tell = (line: string): void => {
    child ??= start(mark);
    child.stdin?.write(`${line}\n`);
  };
  return {
    mark,
    guardGroup: (pid) => {
      tell(`+group ${String(pid)}`);
    },
    releaseGroup: (pid) => {
      tell(`-group ${String(pid)}`);
    },
    guardFolder: (path) => {
      tell(`+folder ${path}`);
    },
    guardCommand: (command) => {
      // JSON has no line breaks of its own.
      const words = JSON.stringify(command);
      tell(`+command ${words}`);
      return () => {
        tell(`-command ${words}`);
      };
    },
  };
}

function start({ name, value }: Warden['mark']): ChildProcess {
  const env = { ...process.env };
  // A harness may itself be a child of one: its warden must outlive it.
  Reflect.deleteProperty(env, name);
  const child = spawn(process.execPath, [fileURLToPath(new URL('./warden-child.js', import.meta.url)), `${name}=${value}`], {
    detached: true,
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
  });
  child.stdin?.on('error', () => undefined);
  child.on('error', () => undefined);
  child.unref();
  const pipe = child.stdin as unknown as { unref?: () => void };
  pipe.unref?.();
  return child;
}
