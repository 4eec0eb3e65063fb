import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Command, Option } from 'commander';
import { completion, type Shell } from '../../../harness/cli/completion/index.js';

const program = new Command('mgeo-bench').option('-V, --version');
program.command('run').description('a run, "quoted" [and] \'so\'').argument('[scenario]', '').addOption(new Option('--engine <name>', 'load engine').choices(['auto', 'k6'])).option('-o, --output <dir>', 'folder').option('--json', 'it\'s JSON');
program.command('gate').argument('<runs...>', '');
const dataset = program.command('dataset');
dataset.command('make').argument('[name]', '').addOption(new Option('--format <format>').choices(['jsonl', 'csv']));
dataset.command('show').argument('[name]', '');

const files = { packageRoot: '/p', list: () => ['quick.yaml', 'ramp.yaml', 'x.csv'] };
const script = (shell: Shell): string => {
  let text = '';
  completion(shell, {}, program, files, { out: (said) => { text += said; } });
  return text;
};

test('bash offers what fits at each place', () => {
  const folder = mkdtempSync(join(tmpdir(), 'completion-'));
  writeFileSync(join(folder, 'c.bash'), script('bash'));
  writeFileSync(join(folder, 'other file'), '');
  const asked: [string[], string[]][] = [
    [[''], ['run', 'gate', 'dataset']],
    [['g'], ['gate']],
    [['run', 'ra'], ['ramp']],
    [['run', '--e'], ['--engine']],
    [['run', '--engine', ''], ['auto', 'k6']],
    [['run', '--engine', '=', 'k'], ['k6']],
    [['run', '--engine', 'auto', 'qu'], ['quick']],
    [['run', '--engine', '=', 'auto', 'qu'], ['quick']],
    [['run', '-o', 'x', 'qu'], ['quick']],
    [['run', 'quick', 'ra'], []],
    [['dataset', ''], ['make', 'show']],
    [['dataset', 'make', '--format', ''], ['jsonl', 'csv']],
    [['gate', 'a', 'b', 'c.'], ['c.bash']],
    [['--v'], ['--version']],
    [['nothing', ''], []],
  ];
  const calls = asked.map(([words]) => `COMP_WORDS=(mgeo-bench ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${String(words.length)}; _mgeo_bench; echo "\${COMPREPLY[*]}"`).join('\n');
  const said = execFileSync('bash', ['--norc', '-u', '-c', `source ./c.bash\n${calls}`], { cwd: folder, encoding: 'utf8' }).split('\n');
  for (const [i, [words, wanted]] of asked.entries()) assert.equal(said[i], wanted.join(' '), words.join(' '));
});

test('zsh and fish name every verb and flag, with texts that cannot break out of their quotes', () => {
  for (const shell of ['zsh', 'fish'] as const) {
    const text = script(shell);
    for (const word of ['run', 'gate', 'dataset', 'make', 'show', 'engine', 'output', 'jsonl', 'quick']) assert.ok(text.includes(word), `${shell}: ${word}`);
  }
  assert.match(script('zsh'), /it'\\''s JSON/);
  assert.match(script('fish'), /it\\'s JSON/);
});

test('--json gives the commands themselves', () => {
  let text = '';
  completion('bash', { json: true }, program, files, { out: (said) => { text += said; } });
  const { scenarios, command } = JSON.parse(text) as { scenarios: string[]; command: { verbs: { name: string; flags: { long: string }[] }[] } };
  assert.deepEqual([scenarios, command.verbs[0]?.flags.map(({ long }) => long)], [['quick', 'ramp'], ['--engine', '--output', '--json', '--help']]);
});
