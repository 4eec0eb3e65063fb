import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface StartedProcess {
  child: ChildProcess;
  /** From its listening line; rejects with what it said when it ends before. */
  url: string;
  stderr(): string;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** SIGKILL, and waits for the end. */
  kill(): Promise<void>;
}

export interface EndedProcess {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Path of a compiled file of the project, from the folder that holds tests/ and servers/. */
const compiled = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Runs a program of the project until it says where it listens. */
export const startProcess = async (path: string, args: string[]): Promise<StartedProcess> => {
  const child = spawn(process.execPath, [compiled(path), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (code, signal) => {
      resolve({ code, signal });
    });
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      if (!stdout.includes('\n')) return;
      const line = JSON.parse(stdout.slice(0, stdout.indexOf('\n'))) as { event: string; url: string; pid: number };
      if (line.event === 'listening' && line.pid === child.pid) resolve(line.url);
    });
    void exited.then(({ code }) => {
      reject(new Error(`${path} ended with ${String(code)}: ${stderr}`));
    });
  });
  return {
    child,
    url,
    stderr: () => stderr,
    exited,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
};

/** Runs a program of the project to its end. */
export const runProcess = (path: string, args: string[]): Promise<EndedProcess> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [compiled(path), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.once('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
