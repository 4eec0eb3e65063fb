/** How the cases of an engine are run: those that measure have the machine for themselves, those that only count are run some at a time. */
import test, { type TestContext } from 'node:test';
import type { Engine } from '../../harness/load/index.js';
import type { EngineName } from '../../harness/model/plan.js';
import { engineFor } from './drive-setup.js';

/** `counting`: its asserts hold whatever else goes on. */
export type CaseKind = 'measuring' | 'counting';
type Case = (title: string, run: (engine: Engine, t: TestContext) => Promise<void>) => void;

/** Registers the cases of one kind, and leaves those of the other out. */
export function casesOf(wanted: CaseKind, name: EngineName, prefix: string): Record<CaseKind, Case> {
  const register: Case = (title, run) => {
    test(`${prefix}: ${title}`, { timeout: 120_000 }, async (t) => {
      const engine = await engineFor(name, t);
      if (engine !== null) await run(engine, t);
    });
  };
  const leaveOut: Case = () => undefined;
  return { measuring: wanted === 'measuring' ? register : leaveOut, counting: wanted === 'counting' ? register : leaveOut };
}
