import type { Argument, Command, Option } from 'commander';

/** What a shell can put after a flag or in the place of an argument. */
export type Filling = { kind: 'none' } | { kind: 'words'; words: readonly string[] } | { kind: 'scenario' } | { kind: 'path' } | { kind: 'text' };

export interface FlagNode {
  long: string;
  short: string | null;
  says: string;
  /** `none` where the flag takes no value. */
  value: Filling;
}

export interface VerbNode {
  name: string;
  says: string;
  flags: FlagNode[];
  /** Of its arguments, in their order; the last holds for all that follow where there may be several. */
  places: Filling[];
  several: boolean;
  verbs: VerbNode[];
}

const paths = new Set(['output', 'file', 'other', 'dir', 'run', 'runs', 'first', 'second', 'baseline']);

/** The command line as data: every verb with its flags, whatever flags there are. */
export function completionTree(command: Command): VerbNode {
  const help: FlagNode = { long: '--help', short: '-h', says: 'help', value: { kind: 'none' } };
  return {
    name: command.name(),
    says: command.description(),
    flags: [...command.options.map(flagOf), help],
    places: command.registeredArguments.map(placeOf),
    several: command.registeredArguments.at(-1)?.variadic === true,
    verbs: command.commands.map(completionTree),
  };
}

function flagOf(option: Option): FlagNode {
  const takes = option.required || option.optional;
  const word = /[<[]([\w-]+)/.exec(option.flags)?.[1] ?? '';
  return {
    long: option.long ?? '', short: option.short ?? null, says: option.description,
    value: !takes ? { kind: 'none' } : option.argChoices !== undefined ? { kind: 'words', words: option.argChoices } : paths.has(word) ? { kind: 'path' } : { kind: 'text' },
  };
}

function placeOf(argument: Argument): Filling {
  if (argument.argChoices !== undefined) return { kind: 'words', words: argument.argChoices };
  if (argument.name() === 'scenario' || argument.name() === 'name') return { kind: 'scenario' };
  return paths.has(argument.name()) ? { kind: 'path' } : { kind: 'text' };
}
