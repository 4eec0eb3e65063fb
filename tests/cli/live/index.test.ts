import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startLive } from '../../../harness/cli/live/index.js';
import { createHost } from '../../../harness/host/index.js';

const host = createHost();
const status = async (link: string): Promise<number> => (await fetch(link)).status;

test('nothing is told without the secret, and nobody can guess where it is wrong', async () => {
  const live = await startLive('quick', 'en', host, () => 0);
  const [, origin = '', token = ''] = /^(http:\/\/127\.0\.0\.1:\d+)\/([\w-]{32})\/$/.exec(live.link) ?? [];
  assert.notEqual(token, '', live.link);
  const other = token.startsWith('a') ? `b${token.slice(1)}` : `a${token.slice(1)}`;
  for (const path of ['/', '', '/data', `/${other}/`, `/${token.slice(1)}/`, `/${token}x/`, `//${token}/`, '/%00/', `/${other}/data`, `/?token=${token}`]) assert.equal(await status(origin + path), 403, path);
  for (const [path, expected] of [[`/${token}/`, 200], [`/${token}/data?after=0`, 200], [`/${token}/data?after=x&lang=zz`, 200], [`/${token}/other`, 404], [`/${token}`, 404]] as const) assert.equal(await status(origin + path), expected, path);
  const page = await fetch(live.link);
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe|\*|https?:/);
  assert.deepEqual([page.headers.get('referrer-policy'), page.headers.get('cache-control'), page.headers.get('access-control-allow-origin')], ['no-referrer', 'no-store', null]);
  assert.equal((await page.text()).includes(token), false, 'the page does not hold the secret');
  await live.close();
  await assert.rejects(status(live.link));
});

test('each run has a secret and a port of its own', async () => {
  const both = await Promise.all([startLive('a', 'en', host, () => 0), startLive('b', 'en', host, () => 0)]);
  assert.equal(new Set(both.map(({ link }) => new URL(link).port)).size, 2);
  assert.equal(new Set(both.map(({ link }) => new URL(link).pathname)).size, 2);
  for (const live of both) await live.close();
});
