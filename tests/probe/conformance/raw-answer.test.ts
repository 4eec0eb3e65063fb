import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bytesOf } from '../../../harness/probe/conformance/message.js';
import { readAnswers } from '../../../harness/probe/conformance/raw-answer.js';

const read = (text: string, ended = false, head = false): ReturnType<typeof readAnswers> => readAnswers(Buffer.from(text), ended, head);

describe('readAnswers', () => {
  test('bodies by length, by chunks, and to the end', () => {
    const two = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\nX-A: 1\r\nx-a: 2\r\n\r\n地址' + 'HTTP/1.1 404 X\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n';
    assert.deepEqual(read(two).answers, [
      { status: 200, headers: { 'content-length': '6', 'x-a': '1, 2' }, body: '地址' },
      { status: 404, headers: { 'transfer-encoding': 'chunked' }, body: 'abcde' },
    ]);
    assert.deepEqual([read('HTTP/1.0 200 OK\r\n\r\nall').answers.length, read('HTTP/1.0 200 OK\r\n\r\nall', true).answers[0]?.body], [0, 'all']);
  });

  test('interim answers, answers to HEAD and 204 have no body', () => {
    const { interim, answers } = read('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    assert.deepEqual([interim, answers.map(({ status }) => status)], [[100], [204, 200]]);
    assert.equal(read('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n', false, true).answers.length, 1);
  });

  test('what is not whole, or no HTTP, is left over', () => {
    for (const text of ['HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nabc', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nabc', 'SSH-2.0-x\r\n\r\n', 'HTTP/1.1 200 OK\r\n']) {
      const { answers, rest } = read(text);
      assert.deepEqual([answers.length, rest], [0, text.length], text);
    }
  });
});

test('a message as bytes: lengths in bytes, chunks that cut characters, a length that lies', () => {
  const post = { method: 'POST', path: '/x', headers: [['a', 'b']] as const, body: '地' };
  assert.equal(bytesOf(post, 'h').toString(), 'POST /x HTTP/1.1\r\nhost: h\r\na: b\r\ncontent-length: 3\r\n\r\n地');
  assert.equal(bytesOf({ ...post, chunkBytes: 2 }, 'h').toString('latin1'), `POST /x HTTP/1.1\r\nhost: h\r\na: b\r\ntransfer-encoding: chunked\r\n\r\n2\r\n${Buffer.from('地').subarray(0, 2).toString('latin1')}\r\n1\r\n${Buffer.from('地').subarray(2).toString('latin1')}\r\n0\r\n\r\n`);
  assert.match(bytesOf({ ...post, claimedLength: 9, hostless: true, version: '1.0' }, 'h').toString(), /^POST \/x HTTP\/1\.0\r\na: b\r\ncontent-length: 9\r\n\r\n/);
});
