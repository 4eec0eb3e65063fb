import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startApp, type RunningApp } from '../start-app.js';

const running: RunningApp[] = [];
const start = async (...args: string[]): Promise<RunningApp> => {
  const app = await startApp(args);
  running.push(app);
  return app;
};
after(() => Promise.all(running.map((app) => app.close())));

const wide = { addr1: '文一西路４６号', addr2: '文一西路46号' };

test('by default nothing is changed; a step that is on makes its differences vanish, and tells its time', async () => {
  const plain = await (await start()).post('/similarity', wide);
  assert.ok(Number(plain.body['similarity']) < 1);
  assert.doesNotMatch(plain.headers.get('server-timing') ?? '', /normalize/);
  const app = await start('--normalize', 'width');
  const { body, headers } = await app.post('/similarity', wide);
  assert.equal(body['similarity'], 1);
  assert.match(headers.get('server-timing') ?? '', /^normalize;dur=\d+\.\d{3}, tokenize;dur=/);
  assert.deepEqual((await app.get('/health')).body['normalize'], ['width']);
  assert.match((await app.get('/metrics')).text, /^similarity_stage_seconds_count\{stage="normalize"\} 1$/m);
  assert.deepEqual(app.inference.batches.flat(), ['文一西路46号']);
});

test('a long address is refused, or shortened where that is switched on', async () => {
  const long = { addr1: `${'甲'.repeat(8)}1234号`, addr2: '乙' };
  const refused = await (await start('--max-chars', '10')).post('/similarity', long);
  assert.deepEqual([refused.status, refused.body['field']], [400, 'addr1']);
  const app = await start('--max-chars', '10', '--normalize', 'truncate');
  assert.equal((await app.post('/similarity', long)).status, 200);
  assert.deepEqual(app.inference.batches.flat(), ['甲'.repeat(8), '乙']);
});
