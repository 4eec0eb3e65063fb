import type { Context, RunningProcess } from '../host/index.js';
import { BenchError } from '../model/error.js';
import { spawnFault } from '../model/system-failure.js';
import { withoutCredentials } from '../model/url.js';
import { readHealth } from './health.js';
import { waitUntilReady } from './ready.js';
import type { BootOptions, ProcessToBoot, RunningServer } from './running-server.js';

/** Time between asking a server to end and killing it; Ctrl-C must be over within 5 s. */
const stopGraceS = 3;

/** Starts a server, waits until it is ready, and watches that it lives. */
export async function bootProcess(plan: ProcessToBoot, options: BootOptions, ctx: Context): Promise<RunningServer> {
  const { host } = ctx;
  const port = [...plan.command, plan.url].some((part) => part.includes('{port}')) ? await host.http.freePort() : null;
  const fill = (text: string): string => text.replaceAll('{port}', String(port));
  const startedMs = host.clock.nowMs();
  let url = fill(plan.url);
  await refuseTakenPort(url, ctx);

  const announced = new AbortController();
  let child = await spawnServer(plan, plan.command.map(fill), options, ctx, (line) => {
    const said = plan.announces ? listeningUrl(line) : null;
    if (said === null) return;
    url = said;
    announced.abort();
    options.onAddress?.(url);
  });
  options.onSpawn?.(child.pid);
  if (!plan.announces) options.onAddress?.(url);

  const gone = new AbortController();
  const stopped = new AbortController();
  let restarts = 0;
  let wasReady = false;
  /** Waiting for the next start, or starting. */
  let between: Promise<void> = Promise.resolve();
  const watch = (watched: RunningProcess): void => {
    void watched.exited.then((exit) => {
      if (stopped.signal.aborted) return;
      const how = exit.signal === null ? `with exit code ${String(exit.code)}` : `by ${exit.signal}`;
      const details = watched.lastLines();
      const crashed = new BenchError('server-crashed', `The server ended ${how}.`, {
        hint: details.length === 0 ? 'It wrote nothing: run its command by hand to see why.' : 'Its last lines stand above; the whole log is in the run folder under logs/.',
        details,
      });
      // A start that fails is no case for another: only what worked is started again.
      if (plan.restart === undefined || !wasReady || restarts >= plan.restart.most) return gone.abort(crashed);
      restarts += 1;
      options.onRestart?.(how);
      between = startAgain(plan.restart).catch((error: unknown) => {
        if (!stopped.signal.aborted) gone.abort(error);
      });
    });
  };
  const startAgain = async ({ afterS, command }: NonNullable<ProcessToBoot['restart']>): Promise<void> => {
    await host.clock.sleep(afterS * 1000, stopped.signal);
    // Who asks it under load still asks its old port.
    child = await spawnServer(plan, command(Number(new URL(url).port)), options, ctx, () => undefined);
    options.onSpawn?.(child.pid);
    watch(child);
  };
  watch(child);
  const stop = async (): Promise<void> => {
    stopped.abort();
    await between;
    await child.stop(stopGraceS);
  };

  try {
    await waitUntilReady({
      address: () => (plan.announces && !announced.signal.aborted ? null : url + plan.ready),
      timeoutS: plan.readyTimeoutS,
      gone: gone.signal,
      lastLines: () => child.lastLines(),
    }, ctx);
    const facts = await readHealth(url, ctx);
    wasReady = true;
    return {
      url,
      pid: child.pid,
      gone: gone.signal,
      terminate: () => {
        stopped.abort();
        child.signal('SIGTERM');
        return child.exited;
      },
      beginFaults: async () => {
        if (plan.beginFaults !== undefined) await host.http.request(url + plan.beginFaults, { method: 'POST', timeoutMs: 5_000, signal: ctx.signal });
      },
      restarts: () => restarts,
      record: { kind: plan.kind, url: withoutCredentials(url), pid: child.pid, readyAfterS: (host.clock.nowMs() - startedMs) / 1000, ...facts },
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function spawnServer(plan: ProcessToBoot, command: readonly string[], options: BootOptions, ctx: Context, onStdoutLine: (line: string) => void): Promise<RunningProcess> {
  try {
    return await ctx.host.processes.spawn(command, {
      name: 'server',
      ...(plan.cwd === null ? {} : { cwd: plan.cwd }),
      env: plan.env,
      logFile: options.logFile,
      onStdoutLine,
    });
  } catch (error) {
    // The system says the same of a program and of a folder that is not there.
    if (plan.cwd !== null && !ctx.host.files.exists(plan.cwd)) throw new BenchError('server-command-failed', `The server could not be started: there is no folder ${plan.cwd}.`, { hint: 'Check server.process.cwd; it counts from the folder mgeo-bench is started in.', cause: error });
    throw new BenchError('server-command-failed', `The server could not be started: ${plan.command[0] ?? ''}: ${spawnFault(error)}.`, {
      hint: 'Check server.process.command: is the program installed and on the PATH?',
      cause: error,
    });
  }
}

async function refuseTakenPort(url: string, ctx: Context): Promise<void> {
  const { host, port } = new URL(url);
  if (port === '0') return;
  try {
    await ctx.host.http.request(url, { timeoutMs: 1_000, signal: ctx.signal });
  } catch (error) {
    ctx.signal.throwIfAborted();
    const code = (error as { code?: string }).code ?? '';
    if (code === 'ECONNREFUSED') return;
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
      throw new BenchError('server-unreachable', `No machine is called ${host}: the server could not be reached there once it is started.`, { hint: 'Check server.process.url; a server on this machine is at 127.0.0.1.', cause: error });
    }
    // Whatever else went wrong (a reset, silence, no HTTP), something took the connection.
  }
  throw new BenchError('port-taken', `Something listens on ${host} already, so the server under test cannot be started there.`, {
    hint: 'Stop it, use another port (0 or {port} takes a free one), or measure it as it is with --set \'server={url: "…"}\'.',
  });
}

function listeningUrl(line: string): string | null {
  if (!line.startsWith('{')) return null;
  try {
    const said = JSON.parse(line) as { event?: unknown; url?: unknown };
    return said.event === 'listening' && typeof said.url === 'string' ? said.url : null;
  } catch {
    return null;
  }
}
