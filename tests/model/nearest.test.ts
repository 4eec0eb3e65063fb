import assert from 'node:assert/strict';
import { it } from 'node:test';
import { nearestWord } from '../../harness/model/nearest.js';

it('finds the word that was meant, and none where nothing is near', () => {
  const known = ['latency', 'errors', 'rps', 'vram', 'rss', 'cpu', 'answers'];
  const table: [string, string | undefined][] = [
    ['latncy', 'latency'], ['LATENCY', 'latency'], ['error', 'errors'], ['vrma', 'vram'], ['answrs', 'answers'], ['lat', 'latency'], ['gpu', 'cpu'],
    ['throughput', undefined], ['x', undefined], ['', undefined],
  ];
  for (const [word, meant] of table) assert.equal(nearestWord(word, known), meant, word);
});
