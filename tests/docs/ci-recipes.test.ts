/** The recipes of docs/gating.md: what they hold is checked against GitHub's schemas, and their commands are run. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { validateAction, validateWorkflow } from '@action-validator/core';
import { parse } from 'yaml';
import { exitCodes } from '../../harness/model/error.js';
import { fencesOf, rowsOf } from './markdown.js';
import { pageAt } from './pages.js';

interface Step { id?: string; name?: string; uses?: string; run?: string; shell?: string; if?: string; env?: Record<string, string>; with?: Record<string, string> }
interface Action { inputs: Record<string, { default?: string; required?: boolean; description: string }>; outputs: Record<string, { value: string }>; runs: { steps: Step[] } }

const scratch = mkdtempSync(join(tmpdir(), 'ci-recipes-'));
after(() => { rmSync(scratch, { recursive: true, force: true }); });
const dist = fileURLToPath(new URL('../..', import.meta.url));
const action = parse(pageAt('action.yml')) as Action;
const page = pageAt('docs/gating.md');

const workflow = fencesOf(page).find(({ info }) => info === 'yaml workflow')?.text ?? '';

/** The step of the documented workflow that is the action. */
function documentedStep(): Step {
  const { jobs } = parse(workflow) as { jobs: { bench: { steps: Step[] } } };
  const step = jobs.bench.steps.find(({ uses }) => uses?.includes('/mgeo-bench@') === true);
  assert.ok(step !== undefined);
  return step;
}

/** What stands in for the world: a clone of mgeo-bench that is built, `npx`, `npm` and `gh`. What gh was asked is appended to gh.log. */
function world(): string {
  const clone = join(scratch, 'clone');
  if (existsSync(clone)) return clone;
  mkdirSync(join(clone, 'scripts'), { recursive: true });
  symlinkSync(dist, join(clone, 'dist'));
  writeFileSync(join(clone, 'scripts/prepare.mjs'), "import { appendFileSync } from 'node:fs';\nappendFileSync(new URL('../prepared', import.meta.url), 'x');\n");
  const bin = join(scratch, 'bin');
  mkdirSync(bin);
  const programs = {
    npm: '#!/bin/sh\n[ "$1" = ci ]\n',
    npx: `#!/bin/sh\n[ "$1" = mgeo-bench ] || exit 9\nshift\nexec "${process.execPath}" "${join(dist, 'harness/cli/main.js')}" "$@"\n`,
    gh: `#!/bin/sh\nprintf '%s\\n' "$*" >> "${join(scratch, 'gh.log')}"\ncase "$*" in *--paginate*) cat "${join(scratch, 'gh.answer')}";; esac\n`,
  };
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
  return clone;
}

/** A folder with a scenario that takes two seconds of a simulated queue; `limit` makes its gate pass or fail. */
function repository(name: string, limit: string): string {
  world();
  const folder = join(scratch, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'bench.yaml'), `extends: quick\nserver: { simulated: { service: 5ms } }\nload: { engine: simulated, closed: { users: [2], duration: 20s }, warmup: 1s }\ndataset: { mix: { high: 30, low: 30, boundary: 0, noisy: 0, abnormal: 0 } }\ngates: { latency: ["p(50)<${limit}"] }\n`);
  return folder;
}

interface Ended { code: number | null; text: string }

/** As GitHub and GitLab run a script. */
function bash(script: string, cwd: string, env: Record<string, string> = {}): Ended {
  const done = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], { cwd, encoding: 'utf8', env: { ...process.env, PATH: `${join(scratch, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`, NO_COLOR: '1', GITHUB_ACTIONS: '', ...env } });
  return { code: done.status, text: done.stdout + done.stderr };
}

/** A value of a step with what it takes from the run filled in; throws where nobody knows what. */
function filled(text: string, known: Record<string, string>): string {
  return text.replace(/\$\{\{ ([^}]+) \}\}/g, (_, name: string) => {
    assert.ok(name in known, `unknown: ${name}`);
    return known[name]!;
  });
}

/** The outputs a step wrote. */
function outputsOf(file: string): Record<string, string> {
  return existsSync(file) ? Object.fromEntries(readFileSync(file, 'utf8').trim().split('\n').map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string])) : {};
}

/** Runs the shell steps of the action in a repository; conditions are those of the steps, read by hand. */
function runAction(folder: string, inputs: Record<string, string>): { ended: Ended; outputs: Record<string, string>; summary: string; ran: string[] } {
  const known: Record<string, string> = { 'github.action_path': world(), 'github.token': 'secret', 'github.event.pull_request.number': '7', 'steps.run.outputs.verdict': '', 'steps.run.outputs.folder': '' };
  for (const [name, input] of Object.entries(action.inputs)) known[`inputs.${name}`] = inputs[name] ?? filled(input.default ?? '', known);
  const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') };
  let ended: Ended = { code: null, text: '' };
  const ran: string[] = [];
  for (const step of action.runs.steps) {
    if (step.run === undefined) continue;
    const wanted = { Run: true, Files: known['inputs.formats'] !== '' || known['inputs.comment'] === 'true', Comment: known['inputs.comment'] === 'true' }[step.name ?? ''];
    assert.ok(wanted !== undefined, `nobody runs the step ${String(step.name)}`);
    if (!wanted || (step.name !== 'Run' && known['steps.run.outputs.verdict'] === '')) continue;
    assert.equal(step.shell, 'bash');
    assert.doesNotMatch(step.run, /\$\{\{/, 'text put into a script would be run by it');
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value, known)]));
    const done = bash(step.run, folder, { ...env, ...files, GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'owner/repo' });
    if (step.name === 'Run') ended = done;
    else assert.equal(done.code, 0, `${String(step.name)}: ${done.text}`);
    ran.push(step.name ?? '');
    for (const [name, value] of Object.entries(outputsOf(files.GITHUB_OUTPUT))) known[`steps.run.outputs.${name}`] = value;
  }
  return { ended, outputs: outputsOf(files.GITHUB_OUTPUT), summary: existsSync(files.GITHUB_STEP_SUMMARY) ? readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8') : '', ran };
}

test('action.yml is an action by GitHub’s schema, its inputs and outputs stand in the docs', () => {
  assert.deepEqual(validateAction(pageAt('action.yml')).errors, []);
  const rows = new Map(rowsOf(page).map(([name = '', , fallback = '']) => [name.replaceAll('`', ''), fallback.replaceAll('`', '')]));
  for (const [name, { default: fallback, required }] of Object.entries(action.inputs)) {
    const written = rows.get(name);
    assert.ok(written !== undefined, name);
    if (required !== true && fallback !== undefined && !fallback.includes('${{')) assert.equal(written.replaceAll("'", ''), fallback, name);
  }
  for (const name of Object.keys(action.outputs)) assert.ok(page.includes(`\`${name}\``), name);
});

test('the action, step by step: a gate that holds passes, with summary, annotation, outputs, further files and a comment', () => {
  const folder = repository('passes', '2s');
  writeFileSync(join(scratch, 'gh.answer'), '');
  // What the workflow of the docs gives it, but for the engine.
  const given = documentedStep().with ?? {};
  const { ended, outputs, summary, ran } = runAction(folder, { ...given, formats: 'openmetrics,csv', arguments: `${given['arguments']?.replace('autocannon', 'simulated') ?? ''}--seed\n11\n` });
  assert.equal(ended.code, exitCodes.passed, ended.text);
  assert.deepEqual(ran, ['Run', 'Files', 'Comment']);
  assert.deepEqual(outputs, { verdict: 'pass', folder: 'bench' });
  assert.match(ended.text, /^::notice title=mgeo-bench%3A /m);
  assert.equal(summary.match(/^### /gm)?.length, 1, 'the summary is written once');
  for (const name of ['report.html', 'junit.xml', 'openmetrics.txt', 'stages.csv', 'github-pull-request.md']) assert.ok(existsSync(join(folder, 'bench', name)), name);
  assert.ok(existsSync(join(world(), 'prepared')));
  assert.equal((JSON.parse(readFileSync(join(folder, 'bench/run.json'), 'utf8')) as { plan: { seed: number } }).plan.seed, 11);
  assert.match(readFileSync(join(scratch, 'gh.log'), 'utf8'), /--method POST repos\/owner\/repo\/issues\/7\/comments --field body=@bench\/github-pull-request\.md/);
});

test('the action: a gate that fails ends with 1 and replaces the comment; hostile inputs are words, no commands', () => {
  const folder = repository('fails', '1ms');
  writeFileSync(join(scratch, 'gh.answer'), '4711\n4712\n');
  const { ended, outputs, summary } = runAction(folder, { scenario: 'bench.yaml', comment: 'true', output: '$(touch pwned) "; touch pwned2 #' });
  assert.equal(ended.code, exitCodes.gateFailed, ended.text);
  assert.equal(outputs['verdict'], 'fail');
  assert.match(ended.text, /^::error title=fail%3A latency p\(50\)<1ms/m);
  assert.match(summary, /^### ✗ /);
  assert.match(readFileSync(join(scratch, 'gh.log'), 'utf8'), /--method PATCH repos\/owner\/repo\/issues\/comments\/4711 /);
  assert.ok(!existsSync(join(folder, 'pwned')) && !existsSync(join(folder, 'pwned2')));
});

test('the action: what cannot be started leaves no verdict, so that no later step speaks of one', () => {
  const { ended, outputs, ran } = runAction(repository('mistaken', '2s'), { scenario: 'no-such.yaml', comment: 'true' });
  assert.equal(ended.code, exitCodes.usage, ended.text);
  assert.deepEqual([outputs, ran], [{}, ['Run']]);
  assert.match(ended.text, /^::error title=mgeo-bench::There is no scenario /m, 'whoever looks at the job alone sees why');
});

test('the workflow of the docs is one by GitHub’s schema and gives the action what it takes', () => {
  assert.deepEqual(validateWorkflow(workflow).errors, []);
  const { jobs } = parse(workflow) as { jobs: { bench: { steps: Step[] } } };
  for (const name of Object.keys(documentedStep().with ?? {})) assert.ok(name in action.inputs, name);
  for (const later of jobs.bench.steps) for (const value of Object.values(later.env ?? {})) assert.ok(filled(value, { 'steps.bench.outputs.verdict': 'x', 'steps.bench.outputs.folder': 'x' }) === 'x');
});

test('the job for GitLab: its script ends with the exit code of the verdict, and leaves the files it names', () => {
  const { 'mgeo-bench': job } = parse(pageAt('docs/ci/gitlab.yml')) as { 'mgeo-bench': { script: string[]; after_script: string[]; variables: Record<string, string>; allow_failure: { exit_codes: number[] }; artifacts: { paths: string[]; reports: Record<string, string> } } };
  assert.deepEqual(job.allow_failure.exit_codes, [exitCodes.invalid]);
  const folder = repository('gitlab', '1ms');
  const done = bash(job.script.join('\n'), folder, job.variables);
  assert.equal(done.code, exitCodes.gateFailed, done.text);
  const later = bash(job.after_script.join('\n'), folder, job.variables);
  assert.equal(later.code, 0, later.text);
  for (const path of [...job.artifacts.paths, ...Object.values(job.artifacts.reports)]) assert.ok(existsSync(join(folder, path)), path);
  const [include] = fencesOf(page).filter(({ info }) => info === 'yaml gitlab');
  const { 'mgeo-bench': override } = parse(include!.text) as { 'mgeo-bench': { variables: Record<string, string> } };
  assert.deepEqual(Object.keys(override.variables).filter((name) => !(name in job.variables)), []);
});

test('the Jenkinsfile: balanced, its commands work, and the codes it knows are ours', () => {
  const text = pageAt('docs/ci/Jenkinsfile');
  const outside = text.replace(/'[^']*'|"[^"]*"|\/\/.*$/gm, '');
  for (const [open, close] of [['{', '}'], ['(', ')']] as const) assert.equal(outside.split(open).length, outside.split(close).length, open);
  const commands = [...text.matchAll(/sh (?:'([^']+)'|\(returnStatus: true, script: '([^']+)'\))|sh\(returnStatus: true, script: '([^']+)'\)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  assert.equal(commands.length, 2);
  const folder = repository('jenkins', '1ms');
  const codes = commands.map((command) => bash(command, folder).code);
  assert.deepEqual(codes, [0, exitCodes.gateFailed]);
  assert.match(text, new RegExp(`code == ${String(exitCodes.invalid)}\\b`));
  const [, junit = ''] = /testResults: '([^']+)'/.exec(text) ?? [];
  assert.ok(existsSync(join(folder, junit)));
});
