import type { Filling, VerbNode } from './tree.js';

/** A script for bash 3.2 and newer, without bash-completion. */
export function bashScript(root: VerbNode, scenarios: readonly string[]): string {
  const verbs = root.verbs.flatMap((verb) => [verb, ...verb.verbs.map((under) => ({ ...under, name: `${verb.name} ${under.name}` }))]);
  const parents = root.verbs.filter((verb) => verb.verbs.length > 0);
  const values = [{ ...root, name: '' }, ...verbs].flatMap((verb) => verb.flags.filter(({ value }) => value.kind !== 'none').map((flag) => `    ${[flag.long, flag.short].filter((one) => one !== null).map((one) => quote(`${verb.name}:${one}`)).join('|')}) ${fill(flag.value)}; return ;;`));
  const flags = [{ ...root, name: '' }, ...verbs].map((verb) => `      ${quote(verb.name)}) words=${quote(verb.flags.map(({ long }) => long).join(' '))} ;;`);
  const places = verbs.filter(({ places }) => places.length > 0).flatMap((verb) => verb.places.map((place, i) => `    ${quote(`${verb.name}:${String(i)}`)}${i === verb.places.length - 1 && verb.several ? `|${quote(`${verb.name}:`)}*` : ''}) ${fill(place)} ;;`));
  return `# Completion of mgeo-bench for bash: source this file, or put it where bash-completion looks.
_mgeo_bench() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" verb="" place=0 skip="" words="" word i
  COMPREPLY=()
  # bash cuts --flag=value in three.
  if [ "$cur" = "=" ]; then cur=""
  elif [ "$prev" = "=" ] && [ "$COMP_CWORD" -ge 2 ]; then prev="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if [ "$word" = "=" ]; then skip=1; continue; fi
    if [ -n "$skip" ]; then skip=""; continue; fi
    case "$verb:$word" in
${[{ ...root, name: '' }, ...verbs].flatMap((verb) => verb.flags.filter(({ value }) => value.kind !== 'none').map((flag) => `      ${[flag.long, flag.short].filter((one) => one !== null).map((one) => quote(`${verb.name}:${one}`)).join('|')}) [ "\${COMP_WORDS[i+1]}" = "=" ] || skip=1 ;;`)).join('\n')}
      *:-*) ;;
      :*) verb="$word" ;;
${parents.map((verb) => `      ${quote(`${verb.name}:`)}*) verb="${verb.name} $word" ;;`).join('\n')}
      *) place=$((place + 1)) ;;
    esac
  done
  case "$verb:$prev" in
${values.join('\n')}
  esac
  if [ "\${cur#-}" != "$cur" ]; then
    case "$verb" in
${flags.join('\n')}
    esac
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
    return
  fi
  case "$verb:$place" in
    :0) COMPREPLY=($(compgen -W ${quote(root.verbs.map(({ name }) => name).join(' '))} -- "$cur")) ;;
${parents.map((verb) => `    ${quote(`${verb.name}:0`)}) COMPREPLY=($(compgen -W ${quote(verb.verbs.map(({ name }) => name).join(' '))} -- "$cur")) ;;`).join('\n')}
${places.join('\n')}
  esac
}
_mgeo_bench_scenarios() {
  local here
  here=$(for file in scenarios/*.yaml; do [ -e "$file" ] && file="\${file##*/}" && printf '%s ' "\${file%.yaml}"; done)
  printf '%s ' ${quote(scenarios.join(' '))} "$here"
}
complete -o filenames -F _mgeo_bench mgeo-bench
`;
}

/** Shell text that fills COMPREPLY. */
function fill(filling: Filling): string {
  switch (filling.kind) {
    case 'words': return `COMPREPLY=($(compgen -W ${quote(filling.words.join(' '))} -- "$cur"))`;
    case 'scenario': return 'COMPREPLY=($(compgen -W "$(_mgeo_bench_scenarios)" -- "$cur" | sort -u) $(compgen -f -- "$cur"))';
    case 'path': return 'COMPREPLY=($(compgen -f -- "$cur"))';
    default: return ':';
  }
}

/** A word for the shell, whatever is in it. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
