/** Several loads at the same time: each part a stage of its own, under its own name, all over one window. */
import type { Scenario } from '../model/scenario.js';
import { durationMs } from '../model/scenario-value.js';
import type { Stage } from '../model/stage.js';

type Load = Scenario['load'];
export type Part = NonNullable<Load['mix']>[string];

/** Where no part says how long. A lot of pairs ends by itself; its time is only the longest that it may take. */
const usualWindow = { plain: '20s', withLot: '10m' } as const;

/** The parts in the order written. */
export function partsOf({ mix }: Pick<Load, 'mix'>): [string, Part][] {
  return Object.entries(mix ?? {});
}

/** The one length of all parts, as text: any that is written, for all that are written are alike. */
export function windowOf(parts: readonly Part[]): string {
  const written = parts.map(({ closed, open, offline }) => closed?.duration ?? open?.duration ?? offline?.timeout).find((text) => text !== undefined);
  return written ?? (parts.some(({ offline }) => offline !== undefined) ? usualWindow.withLot : usualWindow.plain);
}

/** `stagesOf` makes the stages of a load of one kind. Lots of pairs wait while the others warm up, and begin when the window opens. */
export function mixStages(load: Load, stagesOf: (load: Load) => Stage[]): Stage[] {
  const parts = partsOf(load);
  const window = windowOf(parts.map(([, part]) => part));
  return parts.map(([name, { closed, open, offline }], index) => {
    const alone: Load = {
      ...load, mix: undefined,
      ...(closed === undefined ? {} : { closed: { ...closed, duration: window } }),
      ...(open === undefined ? {} : { open: { ...open, duration: window } }),
      ...(offline === undefined ? {} : { offline: { ...offline, timeout: window } }),
    };
    const [stage] = stagesOf(alone);
    if (stage === undefined) throw new RangeError('a part of a mix is a stage');
    return { ...stage, index, name, repeat: 0, warmupS: durationMs(load.warmup) / 1000, mixed: true };
  });
}
