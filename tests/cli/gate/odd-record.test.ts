import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { GateFlags } from '../../../harness/cli/gate.js';
import { report } from '../../../harness/cli/report.js';
import type { RecordShape } from '../../analysis/record-builder.js';
import { base, gateOf, host, ioTo, judged, refused, run } from './judged.js';

const whole = (): string => readFileSync(join(run(20), 'run.json'), 'utf8');
const folderWith = (text: string): string => {
  const folder = mkdtempSync(join(base, 'bad-'));
  writeFileSync(join(folder, 'run.json'), text);
  return folder;
};
const unreadable: [string, () => string, RegExp][] = [
  ['of an older version', () => whole().replace('mgeo-bench/run/1', 'mgeo-bench/run/0'), /its schema is "mgeo-bench\/run\/0"/],
  ['of a newer version', () => whole().replace('mgeo-bench/run/1', 'mgeo-bench/run/2'), /its schema is "mgeo-bench\/run\/2"/],
  ['cut off', () => whole().slice(0, 5000), /not whole JSON/],
  ['edited by hand', () => whole().replace('"outcome":"completed"', '"outcome":"splendid"'), /breaks the record's schema/],
];
for (const [name, text, words] of unreadable) {
  test(`a record ${name}: report and gate refuse in one sentence`, async () => {
    const folder = folderWith(text());
    await assert.rejects(judged([folder]), refused('record-unreadable', words));
    await assert.rejects(report(folder, { lang: 'en' }, host, ioTo(() => undefined)), refused('record-unreadable', words));
  });
}

const failure = { code: 'interrupted', message: 'Interrupted.', hint: '', exitCode: 130, details: [] };
const odd: [string, RecordShape, number, RegExp][] = [
  ['of an aborted run', { change: ({ stages }) => ({ outcome: 'aborted', failure, stages: stages.slice(0, 1) }) }, 130, /interrupted after 1 completed stage/],
  ['with one stage', { users: [4] }, 0, /Inconclusive|Passed/],
  ['with no stage at all', { change: () => ({ outcome: 'failed', failure: { ...failure, code: 'server-not-ready', message: 'The server was not ready.', exitCode: 3 }, stages: [] }) }, 3, /ended early, before any stage/],
  ['that never ended', { change: () => ({ outcome: 'running' }) }, 4, /never ended/],
  ['with no successful request', { stages: [{ users: 4, latenciesUs: Array.from({ length: 400 }, () => 5000), errors: { 'http-500': 400 } }] }, 1, /none of \d+ requests was answered/],
  ['whose GPU vanished', { gates: [gateOf('vram', 'max<24GiB')], gpus: [{ uuid: 'GPU-1', baselineMiB: 100, loadedMiB: 2000, peakMiB: 3000 }], change: ({ series }) => ({ series: series.map((one) => (one.source === 'GPU-1' || one.source.includes('GPU-1') ? { ...one, v: one.v.map(() => null) } : one)) }) }, 0, /vram|VRAM/i],
];
for (const [name, shape, code, words] of odd) {
  test(`a record ${name}: rendered and judged by what is true of it`, async () => {
    const folder = run(20, shape);
    for (const flags of [{}, { baseline: undefined }]) {
      const { code: ended, out } = await judged([folder], flags as Partial<GateFlags>);
      assert.equal(ended, code, out);
      assert.match(out, words);
      assert.doesNotMatch(out, /NaN|undefined|Infinity/);
    }
    assert.equal(await report(folder, { lang: 'both' }, host, ioTo(() => undefined)), 0);
    for (const file of ['report.html', 'report.zh-CN.html', 'report.md', 'junit.xml', 'result.json']) assert.doesNotMatch(readFileSync(join(folder, file), 'utf8'), /\bNaN\b|>undefined</, file);
  });
}
