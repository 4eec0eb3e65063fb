import type { ComparedMetric } from '../../model/comparison.js';

export const unitOf: Readonly<Record<ComparedMetric, string>> = { rps: 'req/s', pairs: 'pairs/s', p50: 'ms', p95: 'ms', p99: 'ms', time: 's', rss: 'MiB', vram: 'MiB' };
