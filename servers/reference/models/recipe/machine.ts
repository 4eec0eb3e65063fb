import { cpus } from 'node:os';

/** The processor and how many cores of it: what rates and times depend on. */
export const describeMachine = (): string => {
  const all = cpus();
  return `${all[0]?.model.trim() ?? 'unknown'}, ${String(all.length)} cores`;
};
