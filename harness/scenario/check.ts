import { pairClasses } from '../model/dataset.js';
import { loadKinds, requestKinds, serverKinds } from '../model/scenario.js';
import { durationMs } from '../model/scenario-value.js';
import { groupDigits } from '../model/unit.js';
import { checkOwnPairs } from './own-pairs.js';
import { splitCommand } from './command-line.js';
import { keyPlaceAt, nodeAt, pathText, placeAt, plainOf, type Located, type Path, type Problem } from './located.js';
import { checkHeaders } from './header-check.js';
import { checkLoadMix } from './mix-check.js';
import { checkOffline } from './offline-check.js';
import { checkShapes } from './shapes-check.js';
import { readBody } from './template.js';

/**
 * What must fit together across keys. It runs on what was written, whether or not the schema is content with the rest,
 * so that all mistakes come at once; a value of the wrong type is the schema's to name.
 */
export function checkTogether(root: Located): Problem[] {
  const problems: Problem[] = [];
  const complain = (path: Path, sentence: string): void => void problems.push({ place: placeAt(root, path), path: pathText(path), sentence });
  const words = (path: Path): string[] => { const node = nodeAt(root, path); return node?.kind === 'map' ? [...node.entries.keys()] : []; };
  const valueAt = (path: Path): unknown => { const node = nodeAt(root, path); return node && plainOf(node); };

  for (const [at, kinds] of [['server', serverKinds], ['request', requestKinds], ['load', loadKinds]] as const) {
    if (nodeAt(root, [at])?.kind !== 'map') continue;
    const given = words([at]).filter((word) => kinds.some((kind) => kind === word));
    if (given.length === 0 && words([at]).length === 0) complain([at], `says nothing: give one of ${kinds.join(', ')}`);
    else if (given.length === 0) complain([at], `one of ${kinds.join(', ')} is missing`);
    for (const extra of given.slice(1)) {
      problems.push({ place: keyPlaceAt(root, [at], extra), path: `${at}.${extra}`, sentence: `there is ${given[0] ?? ''} already: give one of ${kinds.join(', ')}` });
    }
  }
  const server = words(['server']);
  if (!server.includes('url')) {
    for (const word of ['ready', 'readyTimeout'].filter((each) => server.includes(each))) {
      problems.push({ place: keyPlaceAt(root, ['server'], word), path: `server.${word}`, sentence: 'belongs to server.url; the other kinds have it among their own keys' });
    }
  }
  const engine = valueAt(['load', 'engine']) ?? 'auto';
  if (server.includes('simulated') && (engine === 'k6' || engine === 'autocannon')) complain(['load', 'engine'], `the simulated server answers no HTTP: ${engine} cannot reach it; use engine: simulated`);
  if (engine === 'simulated' && server.length > 0 && !server.includes('simulated')) complain(['load', 'engine'], 'the simulated engine sends no HTTP: it needs server: {simulated: {}}');

  const command = valueAt(['server', 'process', 'command']);
  if (typeof command === 'string') {
    const split = splitCommand(command);
    if (split === null) complain(['server', 'process', 'command'], 'a quote is left open');
    else if (split.length === 0 && command !== '') complain(['server', 'process', 'command'], 'must not be empty');
  }
  checkSchedule(valueAt, complain);
  checkShapes(valueAt, complain);
  checkOffline(valueAt, complain);
  checkLoadMix(valueAt, complain);
  checkMix(valueAt(['dataset', 'mix']), complain);
  problems.push(...checkOwnPairs(root));
  checkBody(valueAt, complain);
  checkHeaders(valueAt, complain);
  return problems;
}

const longestScheduleMs = 86_400_000;
/** Moments are kept in memory: by k6, as texts, at about 0.6 GiB a million, and read before its first request. */
const mostScheduled = 5_000_000;

/** A schedule is made before the run, so it has an end that can be borne. */
function checkSchedule(valueAt: (path: Path) => unknown, complain: (path: Path, sentence: string) => void): void {
  checkBursts(valueAt, complain);
  if (valueAt(['load', 'open']) === undefined) return;
  const at = ['load', 'open', 'duration'];
  const lengthMs = durationMs(String(valueAt(at) ?? '20s')) + durationMs(String(valueAt(['load', 'warmup']) ?? '5s'));
  if (lengthMs > longestScheduleMs) return complain(at, 'window and warm-up together are longer than a day; a schedule is at most 24h long');
  const rates = [valueAt(['load', 'open', 'rates'])].flat().filter((rate): rate is number => typeof rate === 'number');
  const most = (Math.max(0, ...rates) * lengthMs) / 1000;
  if (most > mostScheduled) complain(at, `a schedule of ${groupDigits(Math.round(most))} requests is too long: at most ${groupDigits(mostScheduled)} a stage`);
}

function checkBursts(valueAt: (path: Path) => unknown, complain: (path: Path, sentence: string) => void): void {
  if (valueAt(['load', 'burst']) === undefined) return;
  const at = ['load', 'burst', 'repeats'];
  const repeats = valueAt(at) ?? 5;
  if (typeof repeats !== 'number') return;
  if (durationMs(String(valueAt(['load', 'burst', 'every']) ?? '10s')) * repeats > longestScheduleMs) return complain(at, 'all releases together take longer than a day: a schedule is at most 24h long');
  const sizes = [valueAt(['load', 'burst', 'requests'])].flat().filter((size): size is number => typeof size === 'number');
  const most = Math.max(0, ...sizes) * (repeats + 1);
  if (most > mostScheduled) complain(at, `a schedule of ${groupDigits(most)} requests is too long: at most ${groupDigits(mostScheduled)} a stage`);
}

function checkMix(mix: unknown, complain: (path: Path, sentence: string) => void): void {
  if (typeof mix !== 'object' || mix === null) return;
  const counts = Object.entries(mix).filter(([key]) => pairClasses.some((each) => each === key)).map(([, count]) => count as unknown);
  if (counts.every((count) => count === 0)) complain(['dataset', 'mix'], `no pairs at all: give a number to one of ${pairClasses.join(', ')}`);
}

function checkBody(valueAt: (path: Path) => unknown, complain: (path: Path, sentence: string) => void): void {
  const at = ['request', 'template', 'body'];
  const body = valueAt(at);
  if (body === '' || (typeof body !== 'string' && (typeof body !== 'object' || body === null))) return;
  const read = readBody(body);
  if ('error' in read) return complain(at, read.error);
  const abnormal = valueAt(['dataset', 'mix', 'abnormal']);
  if (read.keys === null && valueAt(['request', 'template', 'keys']) === undefined && typeof abnormal === 'number' && abnormal > 0) {
    complain(at, 'the two fields have no names of their own here: abnormal requests need request.template.keys: {left, right}');
  }
}
