import { mixSeed } from '../model/random.js';
import type { RequestPlan } from '../model/request.js';
import type { DriveOptions, LoadTarget } from './engine.js';

/** What an engine's own process is told, as a JSON file: the same for every engine. */
export interface EngineSettings {
  /** Without user name and password. */
  url: string;
  /** Those of the URL among them, as `authorization`; a `host` replaces the one of the URL. */
  headers: Record<string, string>;
  scorePath: RequestPlan['scorePath'];
  timeoutMs: number;
  users: number;
  warmupS: number;
  thinkMs: [number, number];
  /** Of this stage; each user mixes in its own number. */
  seed: number;
  firstTicket: number;
  /** The bodies file: one body a line. */
  bodies: string;
  /** The engine ends by itself after this many seconds, should nobody stop it. */
  longestS: number;
}

/** The settings of one stage. */
export function engineSettings({ stage, target, bodies, seed, firstTicket }: DriveOptions): EngineSettings {
  const { users, thinkMs } = stage.arrival;
  return {
    ...addressOf(target),
    scorePath: target.request.scorePath,
    timeoutMs: target.timeoutS * 1000,
    users,
    warmupS: stage.warmupS,
    thinkMs,
    seed: mixSeed(seed, stage.index),
    firstTicket: firstTicket ?? 0,
    bodies: bodies.file,
    longestS: Math.ceil(stage.warmupS + stage.durationS + target.timeoutS + thinkMs[1] / 1000 + 60),
  };
}

/** Engines differ in what they make of a user name and password in a URL; a header is the same to all. It says what the probe says: Basic, in UTF-8. */
function addressOf({ url, request }: LoadTarget): Pick<EngineSettings, 'url' | 'headers'> {
  const bare = new URL(url.replace(/\/$/, '') + request.path);
  const { username, password } = bare;
  bare.username = '';
  bare.password = '';
  const anonymous = username === '' && password === '';
  // A header that is given counts more than the URL, as it does in the probe.
  if (anonymous || Object.keys(request.headers).some((name) => name.toLowerCase() === 'authorization')) return { url: bare.href, headers: request.headers };
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url: bare.href, headers: { ...request.headers, authorization: `Basic ${Buffer.from(pair).toString('base64')}` } };
}
