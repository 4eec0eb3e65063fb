import type { RunFlags } from './flags.js';

/** The words after `mgeo-bench run` that make the plan: what only shows or places the run is left out. */
export function askedWords(scenario: string, { set, engine, seed, preset, aa, strict, baseline }: Pick<RunFlags, 'set' | 'engine' | 'seed' | 'preset' | 'aa' | 'strict' | 'baseline'>): string[] {
  return [
    scenario,
    ...set.flatMap((text) => ['--set', text]),
    ...(engine === undefined ? [] : ['--engine', engine]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...(preset === undefined ? [] : ['--preset', preset]),
    ...(baseline === undefined ? [] : ['--baseline', baseline]),
    ...(aa === true ? ['--aa'] : []),
    ...(strict === true ? ['--strict'] : []),
  ];
}
