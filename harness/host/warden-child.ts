/** The warden process (see warden.ts). It has no other way to end than its stdin closing. */
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const groups = new Set<number>();
const folders = new Set<string>();
const termGraceMs = 2_000;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [, sign, kind, value] = /^([+-])(group|folder) (.*)$/.exec(line) ?? [];
  if (value === undefined) return;
  if (kind === 'group') {
    if (sign === '+') groups.add(Number(value));
    else groups.delete(Number(value));
  } else folders.add(value);
});
lines.on('close', () => {
  for (const pid of groups) signalGroup(pid, 'SIGTERM');
  const until = Date.now() + termGraceMs;
  const settle = (): void => {
    const alive = [...groups].filter((pid) => signalGroup(pid, 0));
    if (alive.length > 0 && Date.now() < until) {
      setTimeout(settle, 50);
      return;
    }
    for (const pid of alive) signalGroup(pid, 'SIGKILL');
    for (const path of folders) rmSync(path, { recursive: true, force: true });
    process.exit(0);
  };
  settle();
});

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}
