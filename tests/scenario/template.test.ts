import assert from 'node:assert/strict';
import { it } from 'node:test';
import { splitCommand } from '../../harness/scenario/command-line.js';
import { readBody, scorePathOf } from '../../harness/scenario/template.js';

it('a body is the same as text and as YAML, quoted places and bare ones', () => {
  const expected = { body: '{"l":{{a}},"r":{{b}}}', keys: { left: 'l', right: 'r' } };
  assert.deepEqual(readBody('{"l":"{{a}}","r":{{b}}}'), expected);
  assert.deepEqual(readBody({ l: '{{a}}', r: '{{b}}' }), expected);
});

it('field names are read where an address is the whole value of a key, else not at all', () => {
  assert.deepEqual(readBody({ pairs: [['{{a}}', '{{b}}']] }), { body: '{"pairs":[[{{a}},{{b}}]]}', keys: null });
  assert.deepEqual(readBody([{ text1: '{{a}}' }, { text2: '{{b}}' }]), { body: '[{"text1":{{a}}},{"text2":{{b}}}]', keys: { left: 'text1', right: 'text2' } });
});

it('a body that cannot work says why', () => {
  assert.match(JSON.stringify(readBody({})), /\{\{a\}\} and \{\{b\}\} must stand in the body/);
  assert.match(JSON.stringify(readBody({ q: 'from {{a}} to {{b}}' })), /an address cannot be part of a longer text/);
  assert.match(JSON.stringify(readBody('{"l": {{a}}, "r": {{b}}')), /not valid JSON/);
});

it('a path to the score takes whole numbers as places in lists', () => {
  assert.deepEqual(scorePathOf('data.0.score'), ['data', 0, 'score']);
  assert.deepEqual(scorePathOf(['a.b', 0]), ['a.b', 0]);
  assert.deepEqual(scorePathOf(''), []);
});

it('a command is split as a shell would', () => {
  assert.deepEqual(splitCommand(` python -m "my app" --x='a b' c\\ d "" "it's \\"q\\"" `), ['python', '-m', 'my app', '--x=a b', 'c d', '', 'it\'s "q"']);
  assert.deepEqual(splitCommand("'a\\b'"), ['a\\b']);
  assert.equal(splitCommand('"open'), null);
  assert.deepEqual(splitCommand('  '), []);
});
