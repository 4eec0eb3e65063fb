import type { Context, Files } from '../host/index.js';
import { mixSeed } from '../model/random.js';
import type { BatchPlan, BodySet, RequestPlan } from '../model/request.js';
import { longestThinkMs, workersOf, type Stage } from '../model/stage.js';
import type { DriveOptions, LoadTarget } from './engine.js';

/** What an engine's own process is told, as a JSON file: the same for every engine. */
export interface EngineSettings {
  /** Without user name and password. */
  url: string;
  /** Those of the URL among them, as `authorization`; a `host` replaces the one of the URL. */
  headers: Record<string, string>;
  scorePath: RequestPlan['scorePath'];
  /** Where the scores of an answer stand that has several; null where a request is one pair. */
  scores: Pick<BatchPlan, 'scoresPath' | 'scorePath'> | null;
  /** How many requests there are in all, each sent once: all that is sent of an offline load; null: as many as the time allows. */
  requests: number | null;
  timeoutMs: number;
  /** Users of a closed load, or workers that serve a schedule. */
  users: number;
  warmupS: number;
  thinkMs: [number, number];
  /** File of an open load's moments, one a line, ms since `startAtMs`; null for closed load. */
  schedule: string | null;
  /** When the load begins, ms after the engine's own start: the workers of a schedule must be there by then, and the engines of all parts of a mix. */
  startAtMs: number;
  /** Of this stage; each user mixes in its own number. */
  seed: number;
  firstTicket: number;
  /** The bodies file: one body a line. */
  bodies: string;
  /** The engine ends by itself after this many seconds, should nobody stop it. */
  longestS: number;
}

/** A worker takes about a tenth of this to start; the rest is for a busy machine. */
const startMs = { base: 300, perWorker: 1 };
/** Engines that are started together are there within this, whatever each has to read: their windows open together. */
const togetherMs = 1000;

function startAfterMs(users: number, scheduled: boolean, together: boolean): number {
  const own = scheduled ? startMs.base + startMs.perWorker * users : 0;
  return together ? Math.max(togetherMs, own) : own;
}

/** Waiting for a backlog ends here: a server that is so far behind would need minutes. */
const longestDrainMs = 60_000;
const endWithinS = 60;

/** How long behind the window's close its requests may take to end, ms. A backlog is given as long to drain as it had to grow. */
export function settleMs({ arrival, warmupS, durationS }: Stage, timeoutS: number): number {
  const backlogMs = arrival.kind === 'closed' || arrival.kind === 'offline' ? 0 : Math.min(longestDrainMs, (warmupS + durationS) * 1000);
  return timeoutS * 1000 + longestThinkMs(arrival) + backlogMs;
}

/** Writes the settings of one stage, and its schedule beside them, into `folder`; returns the settings file. */
export async function writeSettings(folder: string, { stage, target, bodies, seed, firstTicket, common }: DriveOptions, schedule: Float64Array | null, { host }: Pick<Context, 'host'>): Promise<string> {
  const { arrival } = stage;
  const users = workersOf(arrival);
  const settings: EngineSettings = {
    ...addressOf(target, bodies),
    scorePath: target.request.scorePath,
    scores: bodies.pairsEach === undefined ? null : batchOf(target.request),
    requests: arrival.kind === 'offline' ? arrival.requests : null,
    timeoutMs: target.timeoutS * 1000,
    users,
    warmupS: stage.warmupS,
    thinkMs: arrival.kind === 'closed' ? arrival.thinkMs : [0, 0],
    schedule: schedule === null ? null : `${folder}/schedule.txt`,
    startAtMs: startAfterMs(users, schedule !== null, common !== undefined),
    seed: mixSeed(seed, stage.index),
    firstTicket: firstTicket ?? 0,
    bodies: bodies.file,
    longestS: Math.ceil(stage.warmupS + stage.durationS + settleMs(stage, target.timeoutS) / 1000 + endWithinS),
  };
  if (schedule !== null) await writeSchedule(`${folder}/schedule.txt`, schedule, host.files);
  host.files.writeText(`${folder}/settings.json`, JSON.stringify(settings));
  return `${folder}/settings.json`;
}

function batchOf({ batch }: RequestPlan): BatchPlan {
  if (batch === undefined) throw new RangeError('several pairs in a request need a batch endpoint');
  return batch;
}

/** Moments of one chunk: a schedule may have millions, and one text of all would take gigabytes. */
const momentsAtOnce = 1 << 14;

async function writeSchedule(path: string, schedule: Float64Array, files: Files): Promise<void> {
  const writer = files.writer(path);
  for (let from = 0; from < schedule.length; from += momentsAtOnce) {
    let text = '';
    for (const ms of schedule.subarray(from, from + momentsAtOnce)) text += `${ms.toFixed(3)}\n`;
    await writer.write(text);
  }
  await writer.close();
}

/** Engines differ in what they make of a user name and password in a URL; a header is the same to all. It says what the probe says: Basic, in UTF-8. */
function addressOf({ url, request }: LoadTarget, { pairsEach }: BodySet): Pick<EngineSettings, 'url' | 'headers'> {
  const bare = new URL(url.replace(/\/$/, '') + (pairsEach === undefined ? request.path : batchOf(request).path));
  const { username, password } = bare;
  bare.username = '';
  bare.password = '';
  const anonymous = username === '' && password === '';
  // A header that is given counts more than the URL, as it does in the probe.
  if (anonymous || Object.keys(request.headers).some((name) => name.toLowerCase() === 'authorization')) return { url: bare.href, headers: request.headers };
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url: bare.href, headers: { ...request.headers, authorization: `Basic ${Buffer.from(pair).toString('base64')}` } };
}
