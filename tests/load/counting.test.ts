/** What both engines must do and nobody has to time: some cases at once, for each waits most of its time. */
import { describe } from 'node:test';
import { engineCases } from './engine-cases.js';
import { openEngineCases } from './open-cases.js';

describe('what only counts', { concurrency: 5 }, () => {
  for (const name of ['autocannon', 'k6'] as const) {
    openEngineCases(name, 'counting');
    engineCases(name, 'counting');
  }
});
