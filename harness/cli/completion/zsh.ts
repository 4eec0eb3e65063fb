import type { Filling, FlagNode, VerbNode } from './tree.js';

/** A script for zsh, by _arguments: flags come with what they mean. */
export function zshScript(root: VerbNode, scenarios: readonly string[]): string {
  return `#compdef mgeo-bench
# Completion of mgeo-bench for zsh: source this file after compinit, or save it as _mgeo-bench in a folder of $fpath.
${root.verbs.map((verb) => functionOf(`_mgeo_bench_${word(verb.name)}`, verb)).join('\n')}
${functionOf('_mgeo_bench', root)}
_mgeo_bench_scenarios() {
  local -a names
  names=(${scenarios.map(quote).join(' ')} scenarios/*.yaml(N:t:r))
  _alternative 'scenarios:scenario:compadd -a names' 'files:file:_files'
}
if [ "$funcstack[1]" = "_mgeo-bench" ]; then _mgeo_bench "$@"; else compdef _mgeo_bench mgeo-bench; fi
`;
}

function functionOf(name: string, verb: VerbNode): string {
  const flags = verb.flags.map(flagText).flat();
  if (verb.verbs.length === 0) {
    const places = verb.places.map((place, i) => quote(`${i === verb.places.length - 1 && verb.several ? '*' : String(i + 1)}:${place.kind}:${action(place)}`));
    return `${name}() {\n  _arguments -s ${[...flags, ...places].join(' \\\n    ')}\n}`;
  }
  const cases = verb.verbs.map((under) => (under.verbs.length === 0 && name !== '_mgeo_bench' ? `      ${under.name}) ${functionBody(under)} ;;` : `      ${under.name}) _mgeo_bench_${word(under.name)} ;;`));
  return `${name}() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C ${flags.join(' \\\n    ')} \\\n    '1: :->verb' '*:: :->rest'
  case $state in
    verb) local -a verbs; verbs=(${verb.verbs.map((under) => quote(`${under.name}:${under.says}`)).join(' ')}); _describe 'command' verbs ;;
    rest) case $line[1] in
${cases.join('\n')}
    esac ;;
  esac
}`;
}

function functionBody(verb: VerbNode): string {
  const places = verb.places.map((place, i) => quote(`${i === verb.places.length - 1 && verb.several ? '*' : String(i + 1)}:${place.kind}:${action(place)}`));
  return `_arguments -s ${[...verb.flags.flatMap(flagText), ...places].join(' ')}`;
}

function flagText({ long, short, says, value }: FlagNode): string[] {
  const meaning = says.replace(/[[\]:\\]/g, '\\$&');
  const after = value.kind === 'none' ? '' : `:${value.kind}:${action(value)}`;
  return [long, short].filter((one) => one !== null).map((one) => quote(`*${one}[${meaning}]${after}`));
}

function action(filling: Filling): string {
  switch (filling.kind) {
    case 'words': return `(${filling.words.join(' ')})`;
    case 'scenario': return '_mgeo_bench_scenarios';
    case 'path': return '_files';
    default: return ' ';
  }
}

const word = (name: string): string => name.replace(/\W/g, '_');

/** A word for the shell, whatever is in it. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
