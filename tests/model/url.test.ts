import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withHiddenCredentials, withoutCredentials } from '../../harness/model/url.js';

test('user and password end at the last @ before the path, as URL parsers have it', () => {
  for (const [url, left] of [
    ['http://me:abc@h:1/p', 'h:1/p'], ['http://me:a@b@c@h:1', 'h:1'], ['https://me@h', 'h'], ['http://me:p@h:1?x=a@b', 'h:1?x=a@b'], ['http://h:1/a@b', 'h:1/a@b'], ['http://h:1', 'h:1'],
  ] as const) {
    assert.equal(withoutCredentials(url), `${url.slice(0, url.indexOf(':'))}://${left}`);
    assert.ok(withoutCredentials(url).includes(new URL(url).host));
  }
  assert.equal(withHiddenCredentials('http://me:a@b@h:1 and https://h'), 'http://(hidden)@h:1 and https://h');
});
