/** Writes scenarios/scenario.schema.json from the zod schema; with --check only says whether the committed file is the same (exit 1 if not). */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scenarioJsonSchema } from '../harness/scenario/index.js';

let root = dirname(fileURLToPath(import.meta.url));
while (!existsSync(join(root, 'package.json'))) root = dirname(root);
const file = join(root, 'scenarios', 'scenario.schema.json');
const text = `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;

if (!process.argv.includes('--check')) writeFileSync(file, text);
else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  process.stderr.write('scenarios/scenario.schema.json is not what the code says: run `npm run schemas`.\n');
  process.exitCode = 1;
}
