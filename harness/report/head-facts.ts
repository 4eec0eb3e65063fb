/** What was tested, on what, with what: names and values of the header, the same in every output. */
import type { ContainerRecord, RunRecord, ServerRecord } from '../model/record.js';
import type { Gpu } from '../model/series.js';
import { isSimulatedServer, simulatedMemoryPeakMiB } from '../model/simulated-server.js';
import { levelOf } from '../model/stage.js';
import { formatDuration } from '../model/unit.js';
import { isConformance } from './conformance-figure.js';
import { commandText, isJob } from './job-figure.js';
import { count, dash, mib, moment, percent, plain, seconds, shortHash } from './number.js';
import { batchText } from './offline-figure.js';
import type { Text } from './text/index.js';
import { gpuAbsenceWords, nameIn } from './words.js';

const longestCommand = 80;

/** The whole command stands with the job. */
function shortened(command: string): string {
  return command.length > longestCommand ? `${command.slice(0, longestCommand)}…` : command;
}

/** What of a run tells its load. */
type Loaded = { plan: Pick<RunRecord['plan'], 'load'> };

/** The load in words; a soak is said to be one. */
export function loadText(record: Loaded, text: Text): string {
  const parts = record.plan.load.stages.filter(({ mixed }) => mixed === true);
  if (parts.length > 0) return text.offline.mix(parts.map((stage) => `${stage.name}${text.aside(levelsText([stage], record, text))}`).join(' + '));
  const words = levelsText(record.plan.load.stages, record, text);
  return record.plan.load.stages.some(({ soak }) => soak === true) ? text.shapes.soak(words) : words;
}

/** "closed: 1, 8, 32 users, no think time, 6 s a stage"; "open: 50, 200 requests/s, Poisson, 20 s a stage" */
function levelsText(all: RunRecord['plan']['load']['stages'], record: Loaded, text: Text): string {
  const stages = all.filter((stage) => stage.role === 'measure');
  const { search } = record.plan.load;
  if (search) return text.search.load(plain(search.fromRps), plain(search.toRps), percent(search.resolution), text.head.process[search.process]);
  if (record.plan.load.job !== undefined) return text.job.load(shortened(commandText(record.plan.load.job)));
  if (isConformance(record)) return text.conformance.load;
  const [first] = stages;
  if (!first || first.arrival.kind === 'job') return dash;
  const levels = [...new Set(stages.filter(({ arrival }) => arrival.kind === first.arrival.kind).map(({ arrival }) => levelOf(arrival).value))];
  if (first.arrival.kind === 'open' && first.drill !== undefined) return text.drill.load(plain(first.arrival.rateRps), seconds(first.durationS));
  // A part of a mix ends with the lot beside it.
  const length = first.mixed === true && record.plan.load.stages.some(({ arrival }) => arrival.kind === 'offline') ? text.offline.atMost(seconds(first.durationS)) : seconds(first.durationS);
  if (first.arrival.kind === 'open') return text.head.loadOpen(levels.map(plain).join(text.enumeration), text.head.process[first.arrival.process], length);
  if (first.arrival.kind === 'spike') {
    const { baseRps, peakRps, beforeS, duringS, afterS, process } = first.arrival;
    return text.shapes.loadSpike(plain(baseRps), plain(peakRps), text.head.process[process], seconds(beforeS), seconds(duringS), seconds(afterS));
  }
  if (first.arrival.kind === 'replay') {
    const speeds = stages.map(({ arrival }) => (arrival.kind === 'replay' ? plain(arrival.speed) : dash));
    return text.shapes.loadReplay(first.arrival.file, count(first.arrival.requests), speeds.join(text.enumeration), stages.map(({ durationS }) => seconds(durationS)).join(text.enumeration));
  }
  if (first.arrival.kind === 'burst') return text.head.loadBurst(levels.map((n) => count(n)).join(text.enumeration), seconds(first.arrival.everyS), count(first.arrival.repeats));
  if (first.arrival.kind === 'offline') return text.offline.load(count(first.arrival.pairs), batchText(first.arrival, text), count(first.arrival.inFlight));
  const users = levels.map((n) => count(n)).join(text.enumeration);
  const [least, most] = first.arrival.thinkMs;
  const think = most === 0 ? text.head.noThink : text.head.think(least === most ? formatDuration(least) : `${formatDuration(least)}–${formatDuration(most)}`);
  return text.head.loadClosed(users, think, seconds(first.durationS));
}

function gpuText(record: RunRecord, text: Text): string {
  const why = gpuAbsenceWords(text, record);
  if (why !== null || record.gpu?.status !== 'present') return why ?? text.noData;
  const kinds = new Map<string, { gpu: Gpu; n: number }>();
  for (const gpu of record.gpu.gpus) {
    const key = JSON.stringify([gpu.name, gpu.memoryMiB, gpu.driver]);
    kinds.set(key, { gpu, n: (kinds.get(key)?.n ?? 0) + 1 });
  }
  return [...kinds.values()].map(({ gpu, n }) => text.head.gpuText(gpu.name, mib(gpu.memoryMiB), gpu.driver, n)).join(text.listSeparator);
}

function serverText(record: RunRecord, text: Text): string {
  const { server } = record;
  const kind = nameIn(text.head.serverKind, record.plan.server.kind);
  if (server === null) return `${kind}${text.colon}${text.head.noServer}`;
  const ready = server.readyAfterS === null ? '' : `${text.listSeparator}${text.head.readyAfter(seconds(server.readyAfterS))}`;
  // What a tag stands for changes; the digest does not.
  const { container } = server;
  const image = container === undefined ? '' : `${text.listSeparator}${container.image}${text.aside(container.digest?.split('@').at(-1) ?? container.imageId)}`;
  return `${kind}${text.listSeparator}${server.url}${image}${limitsText(container, text)}${ready}`;
}

/** What the container may use at most; empty without a limit. */
function limitsText(container: ContainerRecord | undefined, text: Text): string {
  const limits = [container?.cpuLimit ? text.head.coresAtMost(plain(container.cpuLimit)) : '', container?.memoryLimitMiB ? text.head.memoryAtMost(mib(container.memoryLimitMiB)) : ''];
  return limits.filter((limit) => limit !== '').map((limit) => text.listSeparator + limit).join('');
}

function modelText(record: RunRecord, text: Text): string {
  const { server } = record;
  return isSimulatedServer(server) ? text.head.simulatedDevice(mib(simulatedMemoryPeakMiB(record.series))) : modelName(server, text);
}

/** Name and hash of a model that computed, and whether its scores mean anything. */
export function modelName(server: Pick<ServerRecord, 'model' | 'modelSha256' | 'scoresMeaningful'> | null, text: Text): string {
  if (server === null || server.model === null) return text.head.modelUnknown;
  const hash = server.modelSha256 === null ? '' : `${text.listSeparator}sha256 ${shortHash(server.modelSha256)}`;
  return `${server.model}${hash}${server.scoresMeaningful === false ? `${text.listSeparator}${text.head.modelNotMeaningful}` : ''}`;
}

/** "k6 2.2.0 (from the cache)" */
export function engineText(record: Pick<RunRecord, 'engine'>, text: Text): string {
  const { engine } = record;
  if (engine === null) return text.head.noEngine;
  const why = engine.why.startsWith('fallback: ') ? text.head.fallback(engine.why.slice('fallback: '.length)) : nameIn(text.head.engineWhy, engine.why);
  return `${engine.name} ${engine.version}${text.aside(why)}`;
}

/** Names and values, in the order of reading. */
export function headFacts(record: RunRecord, text: Text): [string, string][] {
  const { environment, dataset, plan } = record;
  const job = isJob(record) || isConformance(record);
  return [
    ...(plan.server.kind === 'none' ? [] : [[text.head.server, serverText(record, text)] as [string, string]]),
    ...(plan.server.kind === 'none' ? [] : [[text.head.model, modelText(record, text)] as [string, string]]),
    [text.head.machine, text.head.machineText(environment.cpu, count(environment.cores), mib(environment.memoryMiB))],
    [text.head.gpu, gpuText(record, text)],
    [text.head.load, loadText(record, text)],
    ...(job ? [] : [[text.head.engine, engineText(record, text)] as [string, string]]),
    ...(job ? [] : [[text.head.dataset, dataset === null ? text.head.noDataset : text.head.datasetText(count(dataset.count), Object.entries(dataset.byClass).filter(([, n]) => n > 0).map(([name, n]) => `${name} ${count(n)}`).join(text.enumeration)) + (dataset.own === undefined ? '' : `${text.listSeparator}${text.head.ownPairs(dataset.own.file)}`)] as [string, string]]),
    [text.head.started, `${moment(record.startedAt)}${text.listSeparator}${text.head.took(seconds(record.durationS))}`],
    [text.head.versions, `mgeo-bench ${environment.harness.version}${text.listSeparator}Node ${environment.node}${text.listSeparator}${environment.os}`],
    [text.head.commit, environment.harness.commit ?? dash],
    [text.head.seed, String(plan.seed)],
    [text.head.plan, shortHash(plan.hash)],
  ];
}
