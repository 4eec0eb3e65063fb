import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { valuesNeeded } from '../../harness/analysis/interval.js';
import { insightEvidence } from '../../harness/model/insight.js';
import { validityParams } from '../../harness/model/validity.js';
import { metrics } from '../../harness/model/metric.js';

function packageRoot(from: string): string {
  return existsSync(join(from, 'package.json')) ? from : packageRoot(dirname(from));
}

const page = readFileSync(join(packageRoot(dirname(fileURLToPath(import.meta.url))), 'docs', 'metrics.md'), 'utf8');
const section = (title: string): string => page.split(/^## /m).find((part) => part.startsWith(title)) ?? '';

test('every reason, finding, metric and aggregation has its line, and no other has', () => {
  const named = (title: string): string[] => [...section(title).matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell]) => [...cell!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!));
  assert.deepEqual(named('Validity').sort(), Object.keys(validityParams).sort());
  assert.deepEqual(named('Findings').sort(), Object.keys(insightEvidence).sort());
  assert.deepEqual(named('What gates can ask').sort(), Object.keys(metrics).sort());
  for (const metric of Object.values(metrics)) {
    for (const name of Object.keys(metric.aggregations)) assert.ok(section('What gates can ask').includes(`\`${name}\``), `${metric.name} ${name}`);
  }
});

test('the needed n on the page are the computed ones', () => {
  const said = [0.5, 0.9, 0.95, 0.99, 0.999].map((p) => valuesNeeded(p, 0.95).toLocaleString('en-US')).join(', ');
  assert.equal(section('Latency').replaceAll('**', '').includes(said), true, said);
});
