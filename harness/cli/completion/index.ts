import type { Command } from 'commander';
import type { Files } from '../../host/index.js';
import type { Io } from '../io.js';
import { bashScript } from './bash.js';
import { fishScript } from './fish.js';
import { completionTree } from './tree.js';
import { zshScript } from './zsh.js';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** `completion`: the script for a shell, made from the commands themselves, so that it knows every flag; with `--json` the tree it is made from. */
export function completion(shell: Shell, flags: { json?: boolean }, program: Command, files: Pick<Files, 'list' | 'packageRoot'>, io: Pick<Io, 'out'>): number {
  const tree = completionTree(program);
  const scenarios = files.list(`${files.packageRoot}/scenarios`).filter((name) => name.endsWith('.yaml')).map((name) => name.replace(/\.yaml$/, '')).sort();
  io.out(flags.json === true ? `${JSON.stringify({ shell, scenarios, command: tree }, null, 2)}\n` : scripts[shell](tree, scenarios));
  return 0;
}
