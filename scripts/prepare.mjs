/** Installs and builds what is missing, says so in one line each, and costs nothing the second time. Runs before `npm start` and `npm test`. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) fail(`mgeo-bench needs Node 20.19 or newer; this is ${process.version}.`, 3);

const installStamp = join(root, 'node_modules/.mgeo-bench-installed');
const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
if (!existsSync(installStamp) || readFileSync(installStamp, 'utf8') !== lock) {
  step('Installing packages (once, about a minute)', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(installStamp, lock);
}

const buildStamp = join(root, 'dist/.built');
const builtAt = existsSync(buildStamp) ? statSync(buildStamp).mtimeMs : 0;
const sources = ['harness', 'servers', 'scripts', 'tests', 'datasets'].flatMap((folder) => filesBelow(join(root, folder))).filter((file) => file.endsWith('.ts'));
sources.push(join(root, 'tsconfig.json'), installStamp);
if (sources.some((file) => statSync(file).mtimeMs > builtAt)) {
  const before = existsSync(join(root, 'dist/.sources')) ? readFileSync(join(root, 'dist/.sources'), 'utf8') : '';
  const now = sources.join('\n');
  // A renamed or deleted source must not leave its old program behind.
  if (before !== now) rmSync(join(root, 'dist'), { recursive: true, force: true });
  step('Building', process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', root]);
  mkdirSync(join(root, 'dist'), { recursive: true });
  // npx makes it executable once, when it first meets the program; after a new dist it would say "Permission denied".
  chmodSync(join(root, 'dist/harness/cli/main.js'), 0o755);
  writeFileSync(join(root, 'dist/.sources'), now);
  writeFileSync(buildStamp, '');
}

function step(what, command, args) {
  process.stderr.write(`${what}…\n`);
  const done = spawnSync(command, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  if (done.status !== 0) fail(`${what} failed:\n${done.error?.message ?? ''}${done.stdout}${done.stderr}`, 3);
}

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
}

function fail(sentence, code) {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}
