import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Prints, one a line, the pinned packages of argv that this Python lacks or has in another version. */
const lacking = `
import sys
from importlib.metadata import PackageNotFoundError, version
for pin in sys.argv[1:]:
    name, wanted = pin.split("==")
    try:
        if version(name) != wanted: print(pin + " (has " + version(name) + ")")
    except PackageNotFoundError:
        print(pin)
`;

/** The pins of a requirements.txt: `name==version` a line. */
export const readPins = (file: string): string[] => readFileSync(file, 'utf8').split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));

/** The first of these Pythons that has every pinned package; without one, what each lacks. Nothing is fetched. */
export const findPython = (candidates: readonly string[], pins: readonly string[]): { python: string } | { lacking: string } => {
  const seen: string[] = [];
  for (const python of candidates) {
    const { status, stdout } = spawnSync(python, ['-c', lacking, ...pins], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const missing = status === 0 ? stdout.trim().split('\n').filter((line) => line !== '') : undefined;
    if (missing?.length === 0) return { python };
    seen.push(`${python} ${missing === undefined ? 'does not run' : `lacks ${missing.join(', ')}`}`);
  }
  return { lacking: seen.join('; ') };
};
