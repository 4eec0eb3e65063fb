import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Tells the warden process which process groups and folders must not outlive the harness. */
export interface Warden {
  guardGroup(pid: number): void;
  releaseGroup(pid: number): void;
  guardFolder(path: string): void;
}

/**
 * A small process of its own whose stdin is held open by the harness. When that pipe closes, for whatever reason (end, crash,
 * SIGKILL), it ends the guarded process groups and removes the guarded folders. No signal handler in the harness could do that.
 */
export function createWarden(): Warden {
  let child: ChildProcess | undefined;
  const tell = (line: string): void => {
    child ??= start();
    child.stdin?.write(`${line}\n`);
  };
  return {
    guardGroup: (pid) => {
      tell(`+group ${String(pid)}`);
    },
    releaseGroup: (pid) => {
      tell(`-group ${String(pid)}`);
    },
    guardFolder: (path) => {
      tell(`+folder ${path}`);
    },
  };
}

function start(): ChildProcess {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./warden-child.js', import.meta.url))], {
    detached: true,
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
