/**
 * Why one arm is quicker than another, by rule, from what both servers tell of their work. The first that holds is the reason:
 *
 *   cache      hits + 5 points or more
 *   shared     1.2 × the texts a batch or more, and the queue is no longer than before: the fixed cost of a batch is shared. An arm with at most two
 *              texts a batch (one request of two addresses) computes one request after another
 *   unfilled   1 / 1.2 of the texts a batch or fewer, and 0.9 × the queue or less: it does not wait for a batch to fill
 *   computing  batches of the same size, 0.9 × the time in the model or less
 *   cores      1.2 × the server’s cores or more
 *   padding    2 points less of the computed tokens
 *
 * More padding by 2 points or more is said to be in spite of. Cores are full where server, engine and harness use 0.9 of the machine’s or more. None of it
 * proves a cause: the figures stand behind it.
 */
import type { ComparisonRecord, Work } from '../../model/comparison.js';
import { percent, plain } from '../number.js';
import type { Text } from '../text/index.js';

const larger = 1.2;
const smaller = 0.9;
const hitPoints = 0.05;
const paddingPoints = 0.02;
const fullShare = 0.9;
const serialTexts = 2;

type Told = number | null | undefined;
type Pair = readonly [mine: Work, theirs: Work];

const isTold = (value: Told): value is number => value !== null && value !== undefined;
/** Both sides of a figure; null where one is not told. */
const both = ([mine, theirs]: Pair, key: keyof Work): readonly [number, number] | null => (isTold(mine[key]) && isTold(theirs[key]) ? [mine[key], theirs[key]] : null);

export type Cause = 'cache' | 'shared' | 'serial' | 'unfilled' | 'computing' | 'cores' | 'padding';

/** The first rule that holds; null where none does. */
export function causeOf(pair: Pair): Cause | null {
  const [hit, batch, queue, infer, cores, padding] = (['cacheHit', 'batchTexts', 'queueMs', 'inferMs', 'serverCores', 'padding'] as const).map((key) => both(pair, key));
  if (hit && hit[0] - hit[1] >= hitPoints) return 'cache';
  if (batch && batch[0] >= batch[1] * larger && (!queue || queue[0] <= queue[1])) return batch[1] <= serialTexts ? 'serial' : 'shared';
  if (batch && batch[0] * larger <= batch[1] && queue && queue[0] <= queue[1] * smaller) return 'unfilled';
  if (batch && infer && batch[0] < batch[1] * larger && batch[1] < batch[0] * larger && infer[0] <= infer[1] * smaller) return 'computing';
  if (cores && cores[1] > 0 && cores[0] >= cores[1] * larger) return 'cores';
  return padding && padding[1] - padding[0] >= paddingPoints ? 'padding' : null;
}

const workOfArm = ({ summaries }: ComparisonRecord, arm: string | undefined): Work | undefined => summaries.find((summary) => summary.arm === arm)?.work;

/** The figures of work that both arms tell. */
export function evidenceOf([mine, theirs]: Pair, text: Text): string[] {
  const t = text.compare.winner;
  const told = (key: keyof Work, show: (value: number) => string, say: (mine: string, theirs: string) => string): string[] => {
    const values = both([mine, theirs], key);
    return values === null ? [] : [say(show(values[0]), show(values[1]))];
  };
  const cached = (mine.cacheHit ?? 0) > 0 || (theirs.cacheHit ?? 0) > 0;
  return [...(cached ? told('cacheHit', percent, t.cached) : []), ...told('batchTexts', plain, t.batch), ...told('queueMs', plain, t.queue), ...told('inferMs', plain, t.infer), ...told('padding', percent, t.padding), ...told('serverCores', plain, t.cores)];
}

/** Why an arm is quicker than another, with what it is in spite of and whether the cores are full, then the figures; where it is not shown to be quicker, the figures alone. */
export function causeText(record: ComparisonRecord, arm: string, other: string | undefined, quicker: boolean, text: Text): string | null {
  const t = text.compare.winner;
  const [mine, theirs] = [workOfArm(record, arm), workOfArm(record, other)];
  if (mine === undefined || theirs === undefined || other === undefined) return null;
  const pair = [mine, theirs] as const;
  const evidence = evidenceOf(pair, text).join(text.listSeparator);
  if (evidence === '') return null;
  const cause = quicker ? causeOf(pair) : null;
  const padding = both(pair, 'padding');
  const inSpite = padding !== null && padding[0] - padding[1] >= paddingPoints;
  const full = [coresFull(record, arm), coresFull(record, other)];
  const used = both(pair, 'usedCores');
  return [
    ...(cause === null ? [] : [t.why(other, text.compare.cause[cause](arm, other), inSpite)]),
    ...(used !== null && full.every((one) => one === true) ? [t.coresFull(plain(used[0]), plain(used[1]), plain(record.machine.cores))] : []),
    quicker && cause === null ? t.whyUnseen(other, evidence) : cause === null ? t.beside(other, evidence) : t.measured(evidence),
  ].join(text.sentenceSpace);
}

/** Whether the machine’s cores are full under an arm; null where that is not told, or a device computes that is no core. */
function coresFull(record: ComparisonRecord, arm: string | undefined): boolean | null {
  const used = workOfArm(record, arm)?.usedCores;
  const device = record.arms.find(({ name }) => name === arm)?.subject?.server.simulated === true || record.summaries.some((summary) => summary.arm === arm && summary.rows.some(({ metric }) => metric === 'vram' || metric === 'simulatedMemory'));
  return !isTold(used) || device ? null : used >= fullShare * record.machine.cores;
}

/** Of replicas: whether there are cores for one more. `before`: the arm that was not worth leaving, null where every step was worth it; `last`: the largest. */
export function coresText(record: ComparisonRecord, before: string | null, last: string, text: Text): string | null {
  const t = text.scaling;
  const arm = before ?? last;
  const full = coresFull(record, arm);
  if (full === null) return null;
  const [used, cores] = [plain(workOfArm(record, arm)?.usedCores), plain(record.machine.cores)];
  if (full) return before === null ? t.fullNow(arm, used, cores) : t.fullAlready(arm, used, cores);
  return before === null ? t.coresLeft(arm, used, cores) : t.notCores(arm, used, cores);
}
