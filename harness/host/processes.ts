import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, createWriteStream } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createLineSplitter } from './line-splitter.js';
import type { Warden } from './warden.js';
import type { Exit, Processes, RunningProcess, SpawnOptions } from './types.js';

const keptLines = 20;
/** How long a pipe may stay open after its process has ended (a grandchild may hold it). */
const pipeGraceMs = 1_000;

/** Child processes, each in a group of its own, guarded by the warden. */
export function createProcesses(warden: Warden, builtRoot: string): Processes {
  const processes: Processes = {
    ownPid: process.pid,
    onDeath: (command) => warden.guardCommand(command),
    spawn: (command, options) => start(command, options, warden),
    release: ([program = '', ...args]) => new Promise((resolve, reject) => {
      const child = spawn(program, args, { detached: true, stdio: 'ignore' });
      child.once('error', reject);
      child.once('spawn', () => {
        child.unref();
        resolve();
      });
    }),
    which: (program) => {
      for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
        const path = join(folder, program);
        try {
          accessSync(path, constants.X_OK);
          return path;
        } catch {
          // not in this folder
        }
      }
      return null;
    },
    node: (builtFile, ...args) => [process.execPath, join(builtRoot, builtFile), ...args],
    run: async (command, options = {}) => {
      const out: Uint8Array[] = [];
      const err: string[] = [];
      let timedOut = false;
      const child = await start(command, {
        name: command[0] ?? '',
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
        ...(options.env === undefined ? {} : { env: options.env }),
        onStdout: (chunk) => out.push(chunk),
        onStderrLine: (line) => {
          err.push(line);
          options.onStderrLine?.(line);
        },
      }, options.brief === true ? unguarded(warden) : warden);
      const kill = (): void => void child.signal('SIGKILL');
      const timer = options.timeoutS === undefined ? undefined : setTimeout(() => {
        timedOut = true;
        kill();
      }, options.timeoutS * 1000);
      if (options.signal?.aborted) kill();
      options.signal?.addEventListener('abort', kill, { once: true });
      const exit = await child.exited;
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', kill);
      return { ...exit, stdout: Buffer.concat(out).toString('utf8'), stderr: err.join('\n'), timedOut };
    },
  };
  return processes;
}

/** Of a program that is over in a moment: a warden would be started for it alone, and is a process that takes longer. */
const unguarded = (warden: Warden): Warden => ({ ...warden, guardGroup: () => undefined, releaseGroup: () => undefined });

async function start(command: readonly string[], options: SpawnOptions, warden: Warden): Promise<RunningProcess> {
  const [program = '', ...args] = command;
  const env: NodeJS.ProcessEnv = { ...process.env, [warden.mark.name]: warden.mark.value };
  for (const [name, value] of Object.entries(options.env ?? {})) {
    if (value === undefined) Reflect.deleteProperty(env, name);
    else env[name] = value;
  }
  const child = spawn(program, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env,
    detached: true,
    stdio: [options.stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  const pid = child.pid;
  if (pid !== undefined) warden.guardGroup(pid);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  if (pid === undefined) throw new Error(`${program} has no process id`);
  if (options.stdin !== undefined) {
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.stdin);
  }

  const log = options.logFile === undefined ? undefined : createWriteStream(options.logFile, { flags: 'a' });
  log?.on('error', () => undefined);
  const last: string[] = [];
  const remember = (line: string): void => {
    last.push(line);
    if (last.length > keptLines) last.shift();
    log?.write(`${line}\n`);
  };
  const out = createLineSplitter((line, more) => {
    remember(line);
    options.onStdoutLine?.(line, more);
  });
  const err = createLineSplitter((line) => {
    remember(line);
    options.onStderrLine?.(line);
  });
  child.stdout?.on('data', options.onStdout ?? out.push);
  child.stderr?.on('data', err.push);
  if (options.onExit !== undefined) child.once('exit', options.onExit);

  const exited = ended(child, pid, warden).finally(() => {
    // The last line of a program may lack its end.
    out.end();
    err.end();
    log?.end();
  });
  return {
    pid,
    name: options.name,
    exited,
    lastLines: () => [...last],
    signal: (signal) => signalGroup(pid, signal),
    stop: async (graceS) => {
      signalGroup(pid, 'SIGTERM');
      const timer = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceS * 1000);
      const exit = await exited;
      clearTimeout(timer);
      return exit;
    },
  };
}

function ended(child: ChildProcess, pid: number, warden: Warden): Promise<Exit> {
  return new Promise((resolve) => {
    let exit: Exit = { code: null, signal: null };
    let timer: NodeJS.Timeout | undefined;
    const finish = (): void => {
      clearTimeout(timer);
      warden.releaseGroup(pid);
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve(exit);
    };
    child.once('exit', (code, signal) => {
      exit = { code, signal };
      // What the leader left behind in its group would be an orphan.
      signalGroup(pid, 'SIGKILL');
      timer = setTimeout(finish, pipeGraceMs);
    });
    child.once('close', finish);
  });
}

function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
