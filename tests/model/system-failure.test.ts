import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BenchError } from '../../harness/model/error.js';
import { jsonFault } from '../../harness/model/json-fault.js';
import { faultOf, spawnFault, speaksOtherwise } from '../../harness/model/system-failure.js';
import { unreachable } from '../../harness/model/unreachable.js';

const raw = (code: string, message = `read ${code}`): Error => Object.assign(new Error(message), { code, syscall: 'read', errno: -1 });

test('failures of the system and the network are told in words, not by their system call', () => {
  for (const [error, wanted] of [
    [raw('ECONNRESET', 'socket hang up'), 'the connection was cut off before an answer'], [raw('ECONNREFUSED', ''), 'nothing listens there'], [raw('HPE_INVALID_CONSTANT', 'Parse Error: Expected HTTP/'), 'what answers does not speak HTTP/1.1'],
    [raw('EACCES', "EACCES: permission denied, open '/x'"), 'permission denied'], [raw('ERR_SSL_WRONG_VERSION_NUMBER', '0A00010B'), 'what answers does not speak TLS as asked'], [raw('EWEIRD'), 'the system says EWEIRD'],
    [raw('TIMEOUT', 'no answer within 5000 ms'), 'no answer within 5000 ms'], [new BenchError('engine-failed', 'k6 sent nothing.'), 'k6 sent nothing'], ['text', 'text'],
  ] as const) assert.equal(faultOf(error), wanted);
  assert.equal(spawnFault(raw('ENOENT', 'spawn x ENOENT')), 'there is no such program');
  assert.deepEqual([raw('HPE_INVALID_VERSION'), raw('EPROTO'), raw('ECONNRESET')].map(speaksOtherwise), [true, true, false]);
});

test('a server that cannot be asked: what came instead, and what to do; no password is shown', () => {
  const told = (url: string, error: unknown): string => {
    const { message, hint, code, exitCode } = unreachable(url, error, 'Start it.');
    assert.deepEqual([code, exitCode, hint !== ''], ['server-unreachable', 3, true]);
    assert.doesNotMatch(message + hint, /socket|E[A-Z]{4}|Parse Error|secret/);
    return `${message} ${hint}`;
  };
  for (const url of ['http://me:secret@h:1', 'http://me:p@secret@h:1']) assert.equal(told(url, raw('ECONNREFUSED')), 'Nothing answers at http://h:1: nothing listens there. Start it.');
  assert.match(told('http://h:1', raw('ECONNRESET', 'socket hang up')), /^What listens at http:\/\/h:1 cut the connection off without an answer\. .*https/);
  assert.match(told('http://h:1', raw('HPE_INVALID_CONSTANT')), /^What listens at http:\/\/h:1 does not speak HTTP\/1\.1\. .*gRPC.*https:\/\//);
  assert.match(told('https://h:1', raw('EPROTO')), /^What listens at https:\/\/h:1 does not speak HTTPS\. .*http:\/\//);
  assert.match(told('http://h:1', raw('TIMEOUT', 'no answer within 5000 ms')), /gave no answer within 5000 ms\. .*loading/);
  assert.equal(told('http://h:1', raw('ETIMEDOUT', 'connect ETIMEDOUT 10.255.255.1:1')), 'Nothing answers at http://h:1: no connection came about in time. Is the address right, and does no firewall stand between?');
});

test('a text that is no JSON: where it stops being it', () => {
  const fault = (text: string): string => {
    try {
      JSON.parse(text);
    } catch (error) {
      return jsonFault(text, error);
    }
    return '';
  };
  for (const [text, wanted] of [['', 'it is empty'], ['{"a": 1', 'it ends in the middle'], ['{"a": "x', 'it ends in the middle'], ['[1, 2', 'it ends in the middle']] as const) assert.equal(fault(text), wanted, text);
  // Some versions of V8 name no place of a word that is none: what is shown then is told apart by what this one says.
  const place = (text: string): boolean => { try { JSON.parse(text); } catch (error) { return /position \d/.test(String(error)); } return false; };
  for (const [text, wanted] of [['{"a": 1,\n "b": oh}', 'line 2, column 7 is no JSON'], ['<html>', 'line 1, column 1 is no JSON'], ['{"a": 1,}', 'line 1, column 9 is no JSON']] as const) {
    assert.equal(fault(text), place(text) ? wanted : 'its text is no JSON', text);
  }
  assert.equal(jsonFault('{"a": 1,\n "b": oh}', new SyntaxError('Unexpected token o in JSON at position 15')), 'line 2, column 7 is no JSON');
  assert.equal(jsonFault('<html>', new SyntaxError('Unexpected token \'<\', "<html>" is not valid JSON')), 'its text is no JSON');
});
