/** Offline load: a lot of pairs, each sent once, as many at a time as the wire format and the scenario say. */
import type { BatchPlan } from '../model/request.js';
import type { Scenario } from '../model/scenario.js';
import { durationMs } from '../model/scenario-value.js';
import type { Stage } from '../model/stage.js';
import { partsOf } from './mix.js';
import { readBody, readPair, scorePathOf } from './template.js';

type Load = Scenario['load'];
type Offline = NonNullable<Load['offline']>;

/** How the wire format of this request sends several pairs at once; null where it cannot: then each pair is a call of its own. */
export function batchPlanOf(written: Scenario['request']): BatchPlan | null {
  if (typeof written === 'string') return similarityBatch('/similarity/batch');
  const { similarity, template } = written;
  if (similarity) return similarity.batch === 'off' ? null : similarityBatch(similarity.batch ?? `${similarity.path.replace(/\/$/, '')}/batch`);
  if (template?.batch === undefined) return null;
  const { path, body, pair, scores, score } = template.batch;
  const [frame, one] = [readBody(body, ['pairs']), readPair(pair)];
  if ('error' in frame || 'error' in one) throw new RangeError('a checked scenario has a batch that can be read');
  return { path, body: frame.body, pair: one.body, scoresPath: scorePathOf(scores), scorePath: scorePathOf(score) };
}

const similarityBatch = (path: string): BatchPlan => ({ path, body: '{"pairs":[{{pairs}}]}', pair: '[{{a}},{{b}}]', scoresPath: ['similarities'], scorePath: [] });

/** One stage, as long as it takes until every pair is answered, or until its time is over. */
export function offlineStage({ pairs, batch: asked, inFlight, timeout }: Offline, canBatch: boolean): Stage {
  const batch = canBatch ? Math.min(asked, pairs) : 1;
  return {
    index: 0, name: `${String(pairs)} ${pairs === 1 ? 'pair' : 'pairs'}`, role: 'measure', arm: '', repeat: 0, minRequests: null, warmupS: 0, durationS: durationMs(timeout) / 1000,
    arrival: { kind: 'offline', pairs, requests: Math.ceil(pairs / batch), batch, inFlight, ...(canBatch || asked === 1 ? {} : { askedBatch: asked }) },
  };
}

/** All offline loads of a scenario: the one, or those among the parts of a mix. */
export function offlineLoads({ offline, mix }: Pick<Load, 'offline' | 'mix'>): Pick<Offline, 'pairs' | 'batch'>[] {
  return [offline, ...partsOf({ mix }).map(([, part]) => part.offline)].filter((each) => each !== undefined);
}

/** Whether the load sends anything by a batch endpoint. */
export function batches(load: Load): boolean {
  return offlineLoads(load).some(({ batch }) => batch > 1);
}

/**
 * The dataset with as many pairs as an offline load sends, where nobody says how many there should be; beside other parts of a mix, which have pairs of
 * their own, as many more as its mix of classes says.
 */
export function withPairsFor(load: Load, dataset: Scenario['dataset']): Scenario['dataset'] {
  const needed = offlineLoads(load).reduce((sum, { pairs }) => sum + pairs, 0);
  if (needed === 0 || dataset.pairs !== undefined) return dataset;
  const others = partsOf(load).some(([, { offline }]) => offline === undefined);
  // Of a file all pairs are used where nobody says otherwise.
  if (others && dataset.file !== undefined) return dataset;
  const { mix } = dataset;
  return { ...dataset, pairs: needed + (others ? Object.values(mix).reduce((sum, count) => sum + count, 0) : 0) };
}
