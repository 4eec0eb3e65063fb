import assert from 'node:assert/strict';
import test from 'node:test';
import { drive, engineFor, rawServer } from '../drive-setup.js';
import { engineCases } from '../engine-cases.js';
import { openEngineCases } from '../open-cases.js';
import { stageOf } from '../stage-setup.js';

engineCases('autocannon');
openEngineCases('autocannon');

test('autocannon: an answer nobody asked for ends neither the process nor the pairing', async (t) => {
  const engine = await engineFor('autocannon', t);
  assert.ok(engine);
  const one = 'HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{"similarity":0.5}';
  let asked = 0;
  const url = await rawServer(t, (socket) => {
    asked += 1;
    socket.write(asked % 3 === 0 ? `${one}${one}` : one);
  });
  const { result } = await drive({ engine, url, stage: stageOf(2, { durationS: 1, thinkMs: [10, 20] }) }, t);
  assert.deepEqual([result.status, result.generator.messages], ['completed', []]);
  assert.deepEqual(result.errors, {});
  assert.equal(result.generator.rows, asked, 'one row a request');
});
