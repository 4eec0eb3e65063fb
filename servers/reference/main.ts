#!/usr/bin/env node
/** Entry of the process. Exit codes: 0 drained, 2 bad arguments, 3 cannot serve here, 70 inference dead, 130/143 killed by a second signal. */
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from './batching/clock.js';
import { startSlowClients } from './fault/slow-clients.js';
import { noFaults, plantFaults, repeatableRandom, type Plant } from './fault/plant.js';
import { buildApp, type App } from './http/app.js';
import { readBuildInfo } from './build-info.js';
import { drain } from './drain.js';
import { InferenceError } from './inference/index.js';
import { loadService } from './load-model.js';
import { parseOptions, UsageError, type ServerOptions } from './options.js';
import { openLog, type ServerLog } from './request-log.js';
import type { ServerState } from './service.js';
import { localeLanguage, usage } from './usage.js';

const say = (sentence: string): void => {
  process.stderr.write(`${sentence}\n`);
};

const readArguments = (): ServerOptions => {
  try {
    const options = parseOptions(process.argv.slice(2));
    if (options !== null) return options;
    process.stdout.write(usage(localeLanguage(process.env)));
    process.exit(0);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(error.message);
    process.exit(2);
  }
};

const listenProblem = (error: NodeJS.ErrnoException, { host, port }: ServerOptions): string => {
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken; choose another with --port, or 0 for any free one.`;
    case 'EACCES':
      return `Port ${port} needs rights this user does not have; choose one above 1023 with --port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `This machine has no address ${host} to listen on; choose another with --host.`;
    default:
      return `Cannot listen on ${host}:${port}: ${error.message}`;
  }
};

const leave = async (log: ServerLog, exitCode: number): Promise<never> => {
  await log.flush();
  process.exit(exitCode);
};

const stopOnSignals = ({ http }: App, state: ServerState, options: ServerOptions, log: ServerLog): void => {
  const codes = { SIGTERM: 143, SIGINT: 130 };
  let stopping = false;
  for (const [signal, code] of Object.entries(codes)) {
    process.on(signal, () => {
      if (stopping) process.exit(code);
      stopping = true;
      log.logger.info({ signal, in_flight: state.inFlight }, 'stopping');
      void drain(http, state, options.drainS).then((cutOff) => {
        if (cutOff > 0) log.logger.warn({ cut_off: cutOff }, 'the time to drain was over before every request had ended');
        log.logger.info('stopped');
        void leave(log, 0);
      });
    });
  }
};

/** Exits where the file cannot be written: a server whose log is missing would be found out too late. */
const startLog = ({ logLevel, logFile }: ServerOptions): ServerLog => {
  try {
    return openLog(logLevel, logFile);
  } catch (error) {
    say(`The log file ${String(logFile)} cannot be written: ${(error as Error).message}.`);
    process.exit(3);
  }
};

/** What a planted crash leaves behind: no answer, no drain, and for the inference processes a closed channel. */
const crash = (): void => {
  say('A planted fault ends the process now.');
  process.kill(process.pid, 'SIGKILL');
};

/** `port` is asked when it is known. */
const plantOf = ({ faults }: ServerOptions, log: ServerLog, port: () => number): Plant => {
  if (faults.length === 0) return noFaults;
  const plant = plantFaults({
    faults,
    clock: systemClock,
    random: repeatableRandom(1),
    crash,
    slowClients: (clients, forMs) => {
      startSlowClients(clients, port(), forMs, systemClock);
    },
  });
  log.logger.warn({ faults: plant.texts }, 'faults are planted: this server fails on purpose');
  return plant;
};

const serve = async (): Promise<void> => {
  const options = readArguments();
  const log = startLog(options);
  let port = options.port;
  const plant = plantOf(options, log, () => port);
  const state: ServerState = { phase: 'loading', service: null, inFlight: 0, plant };
  const app = buildApp({ options, state, log, build: readBuildInfo(options.model === 'simulated') });
  stopOnSignals(app, state, options, log);
  try {
    await app.http.listen({ host: options.host, port: options.port });
  } catch (error) {
    say(listenProblem(error as NodeJS.ErrnoException, options));
    process.exit(3);
  }
  const address = app.http.server.address();
  if (typeof address === 'object' && address !== null) port = address.port;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  process.stdout.write(`${JSON.stringify({ event: 'listening', url: `http://${host}:${port}`, pid: process.pid, model: options.model })}\n`);

  try {
    if (plant.startDelayMs > 0) await sleep(plant.startDelayMs);
    const service = await loadService(
      options,
      (message) => {
        log.logger.info(message);
      },
      { ...app.metrics, takeover: (active) => {
        log.logger.warn({ fallback: active }, active ? 'too many inferences fail: the fallback answers' : 'the model works again and answers');
      } },
      plant,
    );
    state.service = service;
  } catch (error) {
    if (!(error instanceof InferenceError)) throw error;
    log.logger.fatal({ code: error.code, hint: error.hint }, error.message);
    say(`${error.message}.${error.hint === null ? '' : ` ${error.hint}`}`);
    return await leave(log, 3);
  }
  void state.service.inference.crashed.then((error) => {
    if (state.phase === 'draining') return;
    log.logger.fatal(`inference is dead, the server ends: ${error.message}`);
    void leave(log, 70);
  });
  const { name, sha256, scoresMeaningful } = state.service.inference.info;
  const { execution, fallback } = state.service.inference.backend;
  if (fallback !== null) log.logger.warn({ execution }, fallback);
  log.logger.info({ model: name, sha256, scoresMeaningful, execution, workers: state.service.inference.workers }, 'ready');
  // A signal may have come while the model was loaded.
  if (state.phase !== 'loading') return;
  state.phase = 'ready';
  if (options.faultBegin === 'ready') plant.begin();
};

await serve();
