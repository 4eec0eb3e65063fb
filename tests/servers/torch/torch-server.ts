import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { serverFolder, torchPython } from './python.js';

export interface TorchServer {
  url: string;
  pid: number;
  /** What it has written to stderr so far. */
  stderr(): string;
  /** Sends a signal, by default SIGTERM, and resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  exited: Promise<number | null>;
}

const program = join(serverFolder, 'serve.py');

/** Starts the real server as a process and waits until it listens; rejects with its last words when it ends before. */
export const startTorch = async (...args: string[]): Promise<TorchServer> => {
  const child = spawn(torchPython ?? 'python3', [program, '--port', '0', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    void exited.then((code) => reject(new Error(`the server ended with ${String(code)}: ${stderr}`)));
  });
  const { url } = JSON.parse(line) as { url: string };
  return {
    url,
    pid: child.pid ?? -1,
    stderr: () => stderr,
    exited,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      return await exited;
    },
  };
};

/** Runs it to its end: for arguments that it refuses. */
export const runTorch = (args: readonly string[], env: NodeJS.ProcessEnv = {}, file = program): Promise<{ code: number | null; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const child = spawn(torchPython ?? 'python3', [file, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.once('error', (error) => resolve({ code: null, stdout, stderr: error.message }));
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });

/** Resolves when /ready answers 200; rejects when the server has ended. */
export const untilReady = async ({ url, exited, stderr }: TorchServer): Promise<void> => {
  let ended = false;
  void exited.then(() => (ended = true));
  for (;;) {
    if (ended) throw new Error(`the server ended: ${stderr()}`);
    const status = await fetch(`${url}/ready`).then((response) => response.status, () => 0);
    if (status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

export interface Answered {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** Posts JSON, or a text as it is. */
export const post = async (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answered> => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
};
