/** What the GPU server counts, held against the reference server name by name: one dashboard, one reader for both. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import parsePrometheus from 'parse-prometheus-text-format';
import { createMetrics } from '../../../servers/reference/metrics.js';
import { withoutTorch } from './python.js';
import { post, startTorch, untilReady, type TorchServer } from './torch-server.js';

const skip = withoutTorch;
let server: TorchServer;
before(async () => {
  if (skip !== false) return;
  server = await startTorch('--model', 'address-mini-bi', '--strategy', 'cache', '--cache', '64KiB');
  await untilReady(server);
});
after(async () => {
  if (skip === false) assert.equal(await server.stop(), 0);
});

interface Family {
  name: string;
  type: string;
  help: string;
  metrics: { labels?: Record<string, string>; buckets?: Record<string, string>; value?: string }[];
}
const read = (text: string): Map<string, Family> => new Map((parsePrometheus(text) as Family[]).map((family) => [family.name, family]));
const scrape = async (): Promise<Map<string, Family>> => read(await (await fetch(`${server.url}/metrics`)).text());
const valueOf = (families: Map<string, Family>, name: string, labels?: Record<string, string>): number =>
  Number(families.get(name)?.metrics.find((metric) => labels === undefined || JSON.stringify(metric.labels) === JSON.stringify(labels))?.value);

/** What only the reference server has: faults to plant, an answer by words, a simulated accelerator; and what says how Node is. */
const ofReferenceAlone = /^(faults_|fallback_|simulated_|nodejs_|process_)/;

test('every figure of the reference server that a GPU server can have, with its type and its buckets', { skip }, async () => {
  const ask = () => post(`${server.url}/similarity`, { addr1: '余杭区文一西路1号', addr2: '余杭区文一西路2号' });
  await ask();
  await ask();
  await post(`${server.url}/similarity`, { addr1: '', addr2: 'b' });
  const reference = createMetrics({
    queueLength: () => 0,
    inFlight: () => 0,
    cache: () => ({ limit: null, limitBytes: 1, entries: 0, bytes: 0, hits: 1, shared: 0, misses: 1 }),
    inferenceMemoryMiB: () => 1,
    simulatedMemory: () => null,
    ready: () => true,
    fallback: () => ({ active: false, activations: 0 }),
    faults: () => ({}),
  });
  reference.request('/similarity', 400, 1);
  reference.stage('queue', 1);
  reference.batch({ texts: 1, waited: 1, tokens: 1, paddedTokens: 1, inferMs: 1 });
  const expected = read(await reference.registry.metrics());
  const found = await scrape();
  const names = [...expected.keys()].filter((name) => !ofReferenceAlone.test(name));
  assert.ok(names.length > 18, names.join());
  const edges = (family: Family | undefined): number[] => Object.keys(family?.metrics[0]?.buckets ?? {}).filter((edge) => edge !== '+Inf').map(Number).sort((a, b) => a - b);
  for (const name of names) {
    const [ours, theirs] = [found.get(name), expected.get(name)];
    assert.equal(ours?.type, theirs?.type, name);
    assert.deepEqual(edges(ours), edges(theirs), name);
    assert.ok((ours?.metrics.length ?? 0) > 0, `${name} has no value`);
    assert.deepEqual(Object.keys(ours?.metrics[0]?.labels ?? {}).sort(), Object.keys(theirs?.metrics[0]?.labels ?? {}).sort(), name);
  }
  const reasons = (families: Map<string, Family>): unknown[] => families.get('queue_dropped_total')?.metrics.map(({ labels }) => labels?.['reason']).sort() ?? [];
  assert.deepEqual(reasons(found), reasons(expected));
  assert.deepEqual([valueOf(found, 'cache_hit_ratio'), valueOf(found, 'cache_entries')], [0.5, 2]);
});

test('a cache by bytes stays within them, in /health and in /metrics', { skip }, async () => {
  const pairs = Array.from({ length: 200 }, (_, at) => [`杭州市余杭区文一西路${String(at)}号`, `北京市朝阳区建国路${String(at)}号`]);
  await post(`${server.url}/similarity/batch`, { pairs });
  const { cache } = (await (await fetch(`${server.url}/health`)).json()) as { cache: Record<string, number | boolean | null> };
  assert.deepEqual(Object.keys(cache), ['enabled', 'limit', 'limitBytes', 'entries', 'bytes', 'hits', 'shared', 'misses']);
  assert.deepEqual([cache['enabled'], cache['limit'], cache['limitBytes']], [true, null, 65_536]);
  const families = await scrape();
  assert.deepEqual([valueOf(families, 'cache_bytes'), valueOf(families, 'cache_entries')], [cache['bytes'], cache['entries']]);
  const [bytes, entries] = [Number(cache['bytes']), Number(cache['entries'])];
  assert.ok(entries < 400 && bytes <= 65_536 && bytes > 65_536 - 2 * (bytes / entries), `${String(entries)} entries in ${String(bytes)} bytes`);
});
