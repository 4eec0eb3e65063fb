/**
 * The program many times in one process, one command after the other: its modules are loaded once, and each command runs all of main.js anew, from argv to
 * the exit code. What it says is caught on its way to stdout and stderr; asked over the channel of a forked process (one-process.ts).
 */
import type { Asked, Told } from './one-process.js';

const main = new URL('../../harness/cli/main.js', import.meta.url).href;
const own = { env: process.env, cwd: process.cwd(), writeOut: process.stdout.write, writeErr: process.stderr.write, exit: process.exit };
const signals = ['SIGINT', 'SIGTERM', 'exit'] as const;
let count = 0;

process.on('disconnect', () => { own.exit(0); });
process.on('message', (asked: Asked) => {
  void run(asked).then((told) => process.send?.(told));
});

async function run({ id, args, env, cwd }: Asked): Promise<Told> {
  const said = { stdout: '', stderr: '' };
  const listeners = signals.map((name) => [name, process.listeners(name as 'SIGINT')] as const);
  process.argv = [process.execPath, main, ...args];
  process.env = { ...own.env, ...env };
  process.chdir(cwd ?? own.cwd);
  process.exitCode = undefined;
  const caught = (name: keyof typeof said) => (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    said[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    const done = rest.find((one) => typeof one === 'function') as (() => void) | undefined;
    if (done !== undefined) setImmediate(done);
    return true;
  };
  process.stdout.write = caught('stdout') as typeof process.stdout.write;
  process.stderr.write = caught('stderr') as typeof process.stderr.write;
  try {
    const code = await new Promise<number>((resolve, reject) => {
      process.exit = ((status?: number) => { resolve(Number(status ?? process.exitCode ?? 0)); }) as typeof process.exit;
      import(`${main}?${String(count += 1)}`).catch(reject);
    });
    return { id, code, ...said };
  } catch (error) {
    return { id, code: -1, ...said, stderr: `${said.stderr}${String(error)}` };
  } finally {
    Object.assign(process.stdout, { write: own.writeOut });
    Object.assign(process.stderr, { write: own.writeErr });
    process.exit = own.exit;
    process.env = own.env;
    for (const stream of [process.stdout, process.stderr]) stream.removeAllListeners('error');
    // What main.js listened to was for its own command.
    for (const [name, before] of listeners) for (const listener of process.listeners(name as 'SIGINT')) if (!before.includes(listener)) process.off(name, listener);
  }
}
