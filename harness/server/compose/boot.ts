import type { Context, Exit, RunningProcess } from '../../host/index.js';
import { BenchError } from '../../model/error.js';
import { faultOf } from '../../model/system-failure.js';
import type { ServerPlan } from '../../model/plan.js';
import { formatDuration } from '../../model/unit.js';
import { readHealth } from '../health.js';
import { waitUntilReady } from '../ready.js';
import type { BootOptions, RunningServer } from '../running-server.js';
import { endedError, inspectContainer, recordOf, visiblePid, type Container } from './container.js';
import { ask, composeWords, failureOf, findDocker, type Project } from './docker.js';

/** Time between asking containers to end and killing them; Ctrl-C must not take long. */
const stopGraceS = 3;
/** Removing containers and networks takes longer than ending them. */
const downTimeoutS = 60;
const healthPollMs = 500;
const askTimeoutS = 20;

type ComposePlan = Extract<ServerPlan, { kind: 'compose' }>;

/** Brings a service of a compose file up, as a project of this run alone, waits until it is ready, and takes everything down on every way out. */
export async function bootCompose(plan: ComposePlan, options: BootOptions, ctx: Context): Promise<RunningServer> {
  const { host } = ctx;
  const file = plan.file ?? `${host.files.packageRoot}/docker-compose.yml`;
  if (!host.files.exists(file)) throw new BenchError('compose-failed', `There is no compose file ${file}.`, { hint: 'Check server.compose.file; its path counts from the folder mgeo-bench is started in.' });
  const versions = await findDocker(ctx);
  const project: Project = { name: `mgeo-bench-${String(host.processes.ownPid)}-${Math.floor(host.clock.epochMs()).toString(36)}`, file, profile: plan.profile };
  const startedMs = host.clock.nowMs();
  const release = host.processes.onDeath(downWords(project, host.files.currentDir));
  let logs: RunningProcess | null = null;
  let waiter: RunningProcess | null = null;
  let stopping = false;
  const down = async (): Promise<void> => {
    stopping = true;
    await takeDown(project, ctx);
    release();
    for (const child of [logs, waiter]) await child?.stop(0);
  };
  try {
    await bringUp(plan, project, options, ctx);
    const id = await containerOf(plan, project, ctx);
    // The engine's own words for it: compose would add when the container ends, with control characters.
    logs = await host.processes.spawn(['docker', 'logs', '--follow', id], { name: 'docker-logs', logFile: options.logFile });
    const lastLines = logs.lastLines;
    const gone = new AbortController();
    waiter = await host.processes.spawn(['docker', 'wait', id], { name: 'docker-wait' });
    const ended = waiter.exited.then(async (): Promise<Exit> => {
      if (stopping) return { code: codeOf(waiter), signal: null };
      const container = await inspectContainer(id, ctx).catch(() => null);
      if (!stopping) gone.abort(endedError(plan.service, container, lastLines()));
      return { code: codeOf(waiter), signal: null };
    });
    const url = await addressOf(plan, project, ctx);
    options.onAddress?.(url);
    const found = await inspectContainer(id, ctx);
    const pid = found === null ? null : visiblePid(id, found, ctx);
    if (pid === null) ctx.onEvent({ kind: 'note', level: 'warn', code: 'container-hidden', text: 'the processes of the container cannot be seen from here, so their CPU and memory are not known' });
    else options.onSpawn?.(pid);
    const hint = `Is ${String(plan.port)} the port it listens on in its container, is ${plan.ready} its readiness path, and is the model small enough to load in that time?`;
    await waitUntilReady({ address: () => url + plan.ready, timeoutS: plan.readyTimeoutS, gone: gone.signal, lastLines, hint }, ctx);
    const healthy = await waitUntilHealthy(id, plan, startedMs, lastLines, ctx);
    const facts = await readHealth(url, ctx);
    return {
      url, pid, gone: gone.signal,
      terminate: async () => {
        stopping = true;
        await ask(composeWords(project, 'kill', '--signal', 'SIGTERM', plan.service), { timeoutS: askTimeoutS }, ctx);
        return ended;
      },
      beginFaults: () => Promise.resolve(),
      restarts: () => 0,
      record: { kind: plan.kind, url, pid, readyAfterS: (host.clock.nowMs() - startedMs) / 1000, ...facts, container: await recordOf(healthy, versions, ctx) },
      [Symbol.asyncDispose]: down,
    };
  } catch (error) {
    await down();
    throw error;
  }
}

/** `docker wait` prints the exit code. */
function codeOf(waiter: RunningProcess | null): number | null {
  const said = waiter?.lastLines().at(-1)?.trim() ?? '';
  return /^\d+$/.test(said) ? Number(said) : null;
}

/** Pulls, builds and starts. What it says goes to the log beside the server's. */
async function bringUp({ service, readyTimeoutS }: ComposePlan, project: Project, { logFile }: BootOptions, ctx: Context): Promise<void> {
  ctx.onEvent({ kind: 'phase', phase: 'boot', detail: `docker compose up ${service}` });
  const log = ctx.host.files.writer(logFile.replace(/[^/]*$/, 'compose.log'));
  const said = await ask(composeWords(project, 'up', '--detach', '--no-color', service), { timeoutS: readyTimeoutS, signal: ctx.signal, onLine: (line) => void log.write(`${line}\n`) }, ctx);
  await log.close();
  ctx.signal.throwIfAborted();
  if (said.timedOut) throw new BenchError('server-not-ready', `docker compose up ${service} had not ended after ${formatDuration(readyTimeoutS * 1000)}.`, { hint: 'Pulling and building count, too: do them before, or give it longer with server.compose.readyTimeout.' });
  if (said.code !== 0) throw failureOf('compose-failed', `docker compose up ${service} failed`, said, wayOut(said.stderr));
}

/** What helps: the engine's own words for a GPU it has not got, or a port that is taken, do not say. */
function wayOut(said: string): string {
  if (/could not select device driver/.test(said)) return 'The engine has no GPU to hand out: install the driver and the NVIDIA Container Toolkit, or measure a service that reserves none.';
  if (/address already in use|port is already allocated/.test(said)) return 'The compose file publishes a port that is taken: let it publish any free one, as in ports: ["127.0.0.1::8080"].';
  return 'Its last lines stand above; the whole output is in the run folder under logs/compose.log.';
}

async function containerOf({ service }: ComposePlan, project: Project, ctx: Context): Promise<string> {
  const said = await ask(composeWords(project, 'ps', '--all', '--quiet', service), { timeoutS: askTimeoutS, signal: ctx.signal }, ctx);
  ctx.signal.throwIfAborted();
  const id = said.stdout.trim().split('\n')[0] ?? '';
  if (said.code !== 0 || id === '') throw failureOf('compose-failed', `docker compose up ${service} left no container`, said, 'See what docker compose ps --all says.');
  return id;
}

/** Where the published port can be reached from here. */
async function addressOf({ service, port }: ComposePlan, project: Project, ctx: Context): Promise<string> {
  const said = await ask(composeWords(project, 'port', service, String(port)), { timeoutS: askTimeoutS, signal: ctx.signal }, ctx);
  ctx.signal.throwIfAborted();
  const [, host = '', published = ''] = /^(.*):(\d+)\s*$/m.exec(said.stdout) ?? [];
  if (said.code !== 0 || Number(published) === 0) {
    throw new BenchError('compose-failed', `The service ${service} publishes no port ${String(port)}.`, { hint: `Give it ports: ["127.0.0.1::${String(port)}"], or name the port it listens on with server.compose.port.` });
  }
  // An engine on another machine publishes there.
  const remote = /^(?:tcp|ssh):\/\/(?:[^@/]*@)?([^:/]+)/.exec(ctx.host.machine.variable('DOCKER_HOST') ?? '')?.[1];
  const everywhere = host === '0.0.0.0' || host === '[::]' || host === '::' || host === '';
  return `http://${everywhere ? (remote ?? '127.0.0.1') : host}:${published}`;
}

/** The container's own check has the last word, where there is one. */
async function waitUntilHealthy(id: string, { service, readyTimeoutS }: ComposePlan, startedMs: number, lastLines: () => string[], ctx: Context): Promise<Container> {
  const { clock } = ctx.host;
  for (;;) {
    const container = await inspectContainer(id, ctx);
    if (container === null || container.status === 'exited' || container.status === 'dead') throw endedError(service, container, lastLines());
    if (container.health === null || container.health === 'healthy') return container;
    const late = clock.nowMs() - startedMs > readyTimeoutS * 1000;
    if (container.health === 'unhealthy' || late) {
      const says = container.healthSays === '' ? '' : `: ${container.healthSays.replace(/\.$/, '')}`;
      throw new BenchError('server-not-ready', `The container of ${service} is ${late && container.health !== 'unhealthy' ? `still starting after ${formatDuration(readyTimeoutS * 1000)}` : 'unhealthy'}${says}.`, { hint: 'Its healthcheck in the compose file decides; its last lines stand above.', details: lastLines() });
    }
    await clock.sleep(healthPollMs, ctx.signal);
  }
}

function downWords(project: Project, currentDir: string): string[] {
  // The warden, which runs it should the harness be killed, stands in another folder.
  const file = project.file.startsWith('/') ? project.file : `${currentDir}/${project.file}`;
  return composeWords({ ...project, file }, 'down', '--timeout', String(stopGraceS), '--volumes', '--remove-orphans');
}

/** Ends and removes what was started. It goes on through an interruption, and never throws: what is left is told. */
async function takeDown(project: Project, ctx: Context): Promise<void> {
  const words = downWords(project, ctx.host.files.currentDir);
  const left = (why: string): void => {
    ctx.onEvent({ kind: 'note', level: 'warn', code: 'container-left', text: `docker compose down did not end well (${why}); what is left is removed with: docker compose --project-name ${project.name} down` });
  };
  try {
    const said = await ask(words, { timeoutS: downTimeoutS }, ctx);
    if (said.code !== 0) left(said.timedOut ? `not within ${formatDuration(downTimeoutS * 1000)}` : (said.stderr.trim().split('\n').at(-1) ?? ''));
  } catch (error) {
    left(faultOf(error));
  }
}
