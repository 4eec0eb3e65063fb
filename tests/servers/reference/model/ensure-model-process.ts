/**
 * A program for the tests of `ensureModel`: each time a line comes on its stdin it asks for the model, reads all of what it got at
 * once, and answers with one line of JSON.
 */
import { createInterface } from 'node:readline';
import { ensureModel } from '../../../../servers/reference/model/ensure-model.js';
import { hashFile, loadModelFolder } from '../../../../servers/reference/model/model-folder.js';

const [cacheDir = ''] = process.argv.slice(2);
const answer = async (): Promise<object> => {
  const lines: string[] = [];
  const model = await ensureModel({ name: 'mgeo-shape', size: 'mini' }, cacheDir, (line) => lines.push(line));
  const sha256 = await hashFile(model.modelPath);
  // All of it is there still, whatever the others do.
  await loadModelFolder(model.path);
  return { sha256, lines };
};

createInterface({ input: process.stdin }).on('line', () => {
  void answer()
    .catch((error: Error) => ({ error: error.message }))
    .then((said) => process.stdout.write(`${JSON.stringify(said)}\n`));
});
process.stdout.write('{}\n');
