import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../servers/reference/batching/clock.js';
import { plantFaults, repeatableRandom } from '../../../servers/reference/fault/plant.js';
import { buildApp, type App, type Patience } from '../../../servers/reference/http/app.js';
import { parseOptions, type ServerOptions } from '../../../servers/reference/options.js';
import { openLog } from '../../../servers/reference/request-log.js';
import { openService, type ServerState } from '../../../servers/reference/service.js';
import { createFakeInference, fakeEncode, type FakeInference } from './fake-inference.js';

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
  text: string;
}

export interface RunningApp {
  url: string;
  port: number;
  app: App;
  state: ServerState;
  options: ServerOptions;
  inference: FakeInference;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  get(path: string): Promise<Answer>;
  /** Sends bytes on a connection of its own and returns everything that comes back until it is closed. */
  raw(bytes: string | Buffer): Promise<string>;
  logLines(): Record<string, unknown>[];
  close(): Promise<void>;
}

/** Flags a person would type. */
export const optionsOf = (...argv: string[]): ServerOptions => {
  const options = parseOptions(argv);
  if (options === null) throw new Error('help was asked for');
  return options;
};

const asAnswer = async (response: Response): Promise<Answer> => {
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, headers: response.headers, text, body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {} };
};

/** The HTTP side on a free port, in front of the fake model. */
export const startApp = async (
  argv: string[] = [],
  settings: { inference?: FakeInference; loading?: boolean; patience?: Patience } = {},
): Promise<RunningApp> => {
  const options = optionsOf(...argv);
  const inference = settings.inference ?? createFakeInference();
  const folder = mkdtempSync(join(tmpdir(), 'reference-server-'));
  const logFile = join(folder, 'server.log');
  const log = openLog(options.logLevel, logFile);
  const plant = plantFaults({ faults: options.faults, clock: systemClock, random: repeatableRandom(1), crash: () => undefined, slowClients: () => undefined });
  const state: ServerState = { phase: 'loading', service: null, inFlight: 0, plant };
  const build = { version: '9.9.9', backend: { name: 'onnxruntime-node', version: '1.2.3' } } as const;
  const app = buildApp({ options, state, log, build, patience: settings.patience });
  if (!settings.loading) {
    state.service = openService(options, inference, fakeEncode, { ...app.metrics, takeover: () => undefined }, plant);
    state.phase = 'ready';
    plant.begin();
  }
  await app.http.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.http.server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    port,
    app,
    state,
    options,
    inference,
    post: async (path, body, headers = { 'content-type': 'application/json' }) =>
      asAnswer(await fetch(url + path, { method: 'POST', headers, body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) })),
    get: async (path) => asAnswer(await fetch(url + path)),
    raw: (bytes) =>
      new Promise((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
        let received = '';
        socket.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
        socket.once('close', () => {
          resolve(received);
        });
        socket.once('error', reject);
      }),
    logLines: () => {
      log.flush();
      return readFileSync(logFile, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    },
    close: async () => {
      inference.release();
      app.http.server.closeAllConnections();
      await app.http.close();
      log.flush();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** Waits for something that happens by itself; fails when it does not within ten seconds. */
export const until = async (what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  for (let turn = 0; turn < 1000; turn += 1) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`never happened: ${what}`);
};
