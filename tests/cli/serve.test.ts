import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Io } from '../../harness/cli/io.js';
import { serve } from '../../harness/cli/serve.js';
import type { SpawnOptions } from '../../harness/host/types.js';
import { testContext } from '../host/context.js';

test('--lang of serve is the harness\'s language too, not only the server\'s; what it does not know leaves both to the locale', async () => {
  const { host } = testContext();
  for (const [words, language, locale] of [[['--lang', 'zh-CN'], 'zh-CN', 'zh_CN.UTF-8'], [['--lang=en'], 'en', 'C.UTF-8'], [['--lang', 'both'], undefined, undefined], [[], undefined, undefined]] as const) {
    const io: Io = { out: () => undefined, err: () => undefined, pour: () => Promise.resolve(true), live: false, colour: false, columns: 80, width: null };
    let env: SpawnOptions['env'];
    const spawn = (_: readonly string[], options: SpawnOptions): Promise<never> => {
      env = options.env;
      return Promise.reject(new Error('planted'));
    };
    await assert.rejects(serve(words, { ...host, processes: { ...host.processes, spawn } }, new AbortController().signal, io), /planted/);
    assert.deepEqual([io.language, env?.['LC_ALL']], [language, locale], words.join(' '));
  }
});
