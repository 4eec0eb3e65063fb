import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { createGunzip } from 'node:zlib';
import { unwritable } from '../../harness/host/file-failure.js';
import { BenchError } from '../../harness/model/error.js';
import { testContext } from './context.js';

const { files } = testContext().host;
const dir = mkdtempSync(join(tmpdir(), 'files-'));

test('writeText leaves no temporary file and replaces whole files', () => {
  files.writeText(join(dir, 'a.json'), 'one');
  files.writeText(join(dir, 'a.json'), 'two');
  assert.equal(readFileSync(join(dir, 'a.json'), 'utf8'), 'two');
  assert.deepEqual(readdirSync(dir), ['a.json']);
});

test('what could not be written is known beforehand; a device stays one', { skip: existsSync('/dev/null') ? false : 'this system has no /dev/null' }, () => {
  const refused = (path: string, sentence: RegExp): void => { assert.throws(() => { files.checkWritable(path); }, (error: BenchError) => error.code === 'file-unwritable' && sentence.test(error.message)); };
  refused(dir, /is a folder/);
  refused(join(dir, 'no/a.json'), /its folder does not exist/);
  refused(join(dir, 'a.json/b'), /could not be written/);
  files.checkWritable(join(dir, 'a.json'));
  files.checkWritable(join(dir, 'new.json'));
  files.checkWritable('/dev/null');
  assert.deepEqual(readdirSync(dir), ['a.json'], 'asking writes nothing');
  files.writeText('/dev/null', 'gone');
  assert.ok(statSync('/dev/null').isCharacterDevice());
});

test('several processes that make the same folders at once all succeed', async () => {
  const root = join(dir, 'shared');
  const program = `
    import { createHost } from ${JSON.stringify(new URL('../../harness/host/index.js', import.meta.url).href)};
    const host = createHost();
    process.stdout.write('ready');
    process.stdin.once('data', () => {
      for (let i = 0; i < 400; i += 1) host.files.makeDir(${JSON.stringify(root)} + '/' + i + '/a/b');
      process.exit(0);
    });`;
  const children = Array.from({ length: 4 }, () => spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['pipe', 'pipe', 'inherit'] }));
  await Promise.all(children.map((child) => once(child.stdout, 'data')));
  const exits = children.map(async (child) => {
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  });
  for (const child of children) child.stdin.write('go');
  assert.deepEqual(await Promise.all(exits), [0, 0, 0, 0]);
  assert.ok(existsSync(join(root, '399/a/b')));
});

test('a writer streams many lines, plain and gzipped', async () => {
  for (const gzip of [false, true]) {
    const path = join(dir, `lines-${String(gzip)}`);
    const writer = files.writer(path, { gzip });
    for (let i = 0; i < 50_000; i += 1) await writer.write(`line ${String(i)}\n`);
    await writer.close();
    const stream = createReadStream(path);
    const content = await text(gzip ? stream.pipe(createGunzip()) : stream);
    assert.equal(content.split('\n').length, 50_001);
  }
});

test('a full disk is one sentence with a hint, not a stack trace', { skip: existsSync('/dev/full') ? false : 'this system has no /dev/full' }, async () => {
  const writer = files.writer('/dev/full');
  await assert.rejects(async () => {
    for (let i = 0; i < 1000; i += 1) await writer.write('x'.repeat(100_000));
    await writer.close();
  }, (error: unknown) => error instanceof BenchError && error.code === 'disk-full' && error.exitCode === 3 && error.hint !== '');
});

test('the hint of a full disk names what decides on the place: TMPDIR of scratch folders, --output of a run, also of one in the temporary folder', () => {
  const hintOf = (path: string): string => unwritable(path, Object.assign(new Error('no space'), { code: 'ENOSPC' })).hint;
  assert.match(hintOf(join(files.scratchDir('bodies'), 'bodies')), /TMPDIR/);
  assert.match(hintOf(join(tmpdir(), 'mgeo-bench-out/run.json')), /--output/);
  assert.match(hintOf(tmpdir()), /TMPDIR/);
  assert.match(hintOf(join(tmpdir(), 'run/run.json')), /--output/);
  assert.match(hintOf('/data/run/run.json'), /--output/);
});

test('a folder that cannot be written is named', () => {
  assert.throws(() => { files.writeText('/proc/nowhere/run.json', 'x'); }, (error: unknown) => error instanceof BenchError && error.code === 'file-unwritable' && error.message.includes('/proc/nowhere/run.json'));
});

test('what is not there reads as null where that is asked for', () => {
  assert.equal(files.tryReadText(join(dir, 'nothing')), null);
  assert.ok(files.exists(join(files.packageRoot, 'package.json')));
});
