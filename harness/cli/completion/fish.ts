import type { Filling, VerbNode } from './tree.js';

/** A script for fish: one line a verb, a flag, an argument. */
export function fishScript(root: VerbNode, scenarios: readonly string[]): string {
  const lines = [
    '# Completion of mgeo-bench for fish: save as ~/.config/fish/completions/mgeo-bench.fish',
    'function __mgeo_bench_scenarios',
    `  printf '%s\\n' ${scenarios.map(quote).join(' ')}`,
    '  for file in scenarios/*.yaml; string replace -r \'^.*/(.*)\\.yaml$\' \'$1\' -- $file; end',
    'end',
    'complete -c mgeo-bench -f',
    ...root.flags.map((flag) => flagLine('__fish_use_subcommand', flag)),
    ...root.verbs.flatMap((verb) => verbLines(verb, '__fish_use_subcommand', `__fish_seen_subcommand_from ${verb.name}`)),
  ];
  return `${lines.join('\n')}\n`;
}

function verbLines(verb: VerbNode, before: string, seen: string): string[] {
  const none = verb.verbs.length === 0 ? '' : `; and not __fish_seen_subcommand_from ${verb.verbs.map(({ name }) => name).join(' ')}`;
  const words = [...new Set(verb.places.map(fill).filter((text) => text !== ''))];
  const files = verb.places.some(({ kind }) => kind === 'path' || kind === 'scenario');
  return [
    `complete -c mgeo-bench -n ${quote(before)} -a ${verb.name} -d ${quote(verb.says)}`,
    ...verb.flags.map((flag) => flagLine(`${seen}${none}`, flag)),
    ...words.map((text) => `complete -c mgeo-bench -n ${quote(seen)} -a ${quote(text)}`),
    ...(files ? [`complete -c mgeo-bench -n ${quote(seen)} -F`] : []),
    ...verb.verbs.flatMap((under) => verbLines(under, `${seen}${none}`, `${seen}; and __fish_seen_subcommand_from ${under.name}`)),
  ];
}

function flagLine(seen: string, { long, short, says, value }: VerbNode['flags'][number]): string {
  const takes = value.kind === 'none' ? '' : value.kind === 'path' ? ' -r -F' : value.kind === 'words' ? ` -x -a ${quote(value.words.join(' '))}` : ' -x';
  return `complete -c mgeo-bench -n ${quote(seen)} -l ${long.replace(/^--/, '')}${short === null ? '' : ` -s ${short.replace(/^-/, '')}`}${takes} -d ${quote(says)}`;
}

function fill(filling: Filling): string {
  if (filling.kind === 'words') return filling.words.join(' ');
  return filling.kind === 'scenario' ? '(__mgeo_bench_scenarios)' : '';
}

/** A word for fish: only the backslash and the quote mean something inside single quotes. */
function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
