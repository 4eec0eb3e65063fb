import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeFolders } from '../../../servers/reference/make-folders.js';

const folder = mkdtempSync(join(tmpdir(), 'make-folders-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const codeFor = (path: string): string => {
  try {
    makeFolders(path);
    return 'made';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
};

test('what is missing is made, what is there is left', () => {
  const deep = join(folder, 'a/b/c');
  makeFolders(deep);
  writeFileSync(join(deep, 'file'), '');
  makeFolders(deep);
  assert.deepEqual(readdirSync(deep), ['file']);
  symlinkSync(deep, join(folder, 'link'));
  makeFolders(join(folder, 'link/d'));
  assert.ok(existsSync(join(deep, 'd')));
  makeFolders('/');
});

test('a file in the way, and a link to nowhere, are told as the system tells them', () => {
  writeFileSync(join(folder, 'file'), '');
  symlinkSync(join(folder, 'gone/away'), join(folder, 'nowhere'));
  assert.equal(codeFor(join(folder, 'file')), 'EEXIST');
  assert.equal(codeFor(join(folder, 'file/a/b')), 'ENOTDIR');
  assert.equal(codeFor(join(folder, 'nowhere')), 'EEXIST');
  assert.notEqual(codeFor(join(folder, 'nowhere/a')), 'made');
});

test('below /proc it ends, too', { skip: existsSync('/proc/self') ? false : 'needs /proc' }, () => {
  assert.equal(codeFor('/proc/no-such'), 'ENOENT');
  assert.equal(codeFor('/proc/no/such/folder'), 'ENOENT');
});
