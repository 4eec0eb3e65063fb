import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { tellFailure, tellGithub } from '../../harness/cli/github.js';
import type { Io } from '../../harness/cli/io.js';
import { gate } from '../../harness/cli/gate.js';
import { report } from '../../harness/cli/report.js';
import { describeFailure } from '../../harness/cli/failure.js';
import { createHost, type Host } from '../../harness/host/index.js';
import { BenchError } from '../../harness/model/error.js';
import { sampleInput } from '../report/sample-input.js';

const real = createHost();
const folder = mkdtempSync(join(tmpdir(), 'github-'));
after(() => { rmSync(folder, { recursive: true, force: true }); });

/** The machine with other variables, and what was printed. */
function step(variables: Record<string, string>): { host: Host; io: Io; said: { out: string; err: string } } {
  const said = { out: '', err: '' };
  const io: Io = { out: (text) => { said.out += text; }, err: (text) => { said.err += text; }, live: false, colour: false, columns: 120, width: null, pour: () => Promise.resolve(true) };
  return { host: { ...real, machine: { ...real.machine, variable: (name) => variables[name] } }, io, said };
}

function savedRun(name: string): string {
  const path = join(folder, name);
  real.files.makeDir(path);
  writeFileSync(join(path, 'run.json'), JSON.stringify(sampleInput({ users: [1, 8], durationS: 3 }).record));
  return path;
}

const inActions = (name: string): Record<string, string> => ({ GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder, `${name}-summary`), GITHUB_OUTPUT: join(folder, `${name}-output`) });

test('in GitHub Actions a gate appends the summary, annotates on stderr and leaves stdout alone', async () => {
  const variables = inActions('gate');
  writeFileSync(variables['GITHUB_STEP_SUMMARY']!, '# of another program\n');
  const { host, io, said } = step(variables);
  const code = await gate([savedRun('one')], { json: true }, host, io);
  const { verdict } = JSON.parse(said.out) as { verdict: { status: string; exitCode: number } };
  assert.equal(code, verdict.exitCode);
  assert.match(said.err, /^::(error|warning|notice) title=mgeo-bench%3A ramp::/m);
  assert.match(readFileSync(variables['GITHUB_STEP_SUMMARY']!, 'utf8'), /^# of another program\n### . ramp: /);
  assert.equal(readFileSync(variables['GITHUB_OUTPUT']!, 'utf8'), `verdict=${verdict.status}\nfolder=${join(folder, 'one')}\n`);
});

test('anywhere else nothing is told, whatever other variables there are', async () => {
  const variables: Record<string, string> = { ...inActions('elsewhere'), GITHUB_ACTIONS: '' };
  const { host, io, said } = step(variables);
  await gate([savedRun('two')], {}, host, io);
  assert.equal(said.err, '');
  assert.ok(!existsSync(variables['GITHUB_STEP_SUMMARY']!) && !existsSync(variables['GITHUB_OUTPUT']!));
});

test('a report tells it where it is asked for', async () => {
  for (const [format, told] of [['github', true], ['markdown', false]] as const) {
    const variables = inActions(format);
    const { host, io } = step(variables);
    await report(savedRun(format), { lang: 'zh-CN', format }, host, io);
    assert.equal(existsSync(variables['GITHUB_STEP_SUMMARY']!), told, format);
    if (told) assert.match(readFileSync(variables['GITHUB_STEP_SUMMARY']!, 'utf8'), /^### . ramp：/);
  }
});

test('a full summary, or a file that cannot be written, changes nothing else; an output stays one line', () => {
  const variables: Record<string, string> = { ...inActions('full'), GITHUB_OUTPUT: join(folder, 'no', 'such', 'folder') };
  writeFileSync(variables['GITHUB_STEP_SUMMARY']!, 'x'.repeat(999_000));
  const files = [{ name: 'github-summary.md', content: 'much\n' }, { name: 'github-annotations.txt', content: '::notice title=a::b\n' }];
  const { host, io, said } = step(variables);
  tellGithub(files, { folder: 'a' }, 'en', host, io);
  assert.equal(readFileSync(variables['GITHUB_STEP_SUMMARY']!, 'utf8').length, 999_000);
  assert.match(said.err, /^::notice title=a::b\nwarning: \$GITHUB_OUTPUT could not be written: /);
  const other = inActions('line');
  const second = step(other);
  tellGithub(files, { folder: 'a\nverdict=pass\r\nb' }, 'en', second.host, second.io);
  assert.equal(readFileSync(other['GITHUB_OUTPUT']!, 'utf8'), 'folder=a verdict=pass b\n');
});

test('lines of a server that crashed are no commands to a runner', () => {
  const text = describeFailure(new BenchError('server-crashed', 'The server ended.', { details: ['::error::planted', '  ::add-mask::x', 'a ##[error]planted', 'x::y'] }));
  assert.doesNotMatch(text, /^\s*::|##\[/m);
  assert.match(text, /^ {2}\| ::error::planted$/m);
  assert.match(text, /^ {2}x::y$/m);
});

test('what ends before a verdict is one annotation, whatever its words hold; elsewhere nothing is told', () => {
  const failure = new BenchError('usage', 'There is no file a%b\n::error::planted.', { hint: 'Give another.' });
  const inside = step({ GITHUB_ACTIONS: 'true' });
  tellFailure(failure, inside.host, inside.io);
  assert.equal(inside.said.err, '::error title=mgeo-bench::There is no file a%25b%0A::error::planted. Give another.\n');
  const outside = step({});
  tellFailure(failure, outside.host, outside.io);
  assert.equal(outside.said.err, '');
});
