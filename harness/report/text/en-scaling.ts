/** Whether more of the same pay, in English. This file is the type: every other language must have every entry. */
export const scaling = {
  title: 'Is another one worth it?',
  step: (arm: string, first: string, speedUp: string, efficiency: string) => `“${arm}” does ${speedUp} × of what “${first}” does: an efficiency of ${efficiency}.`,
  unmeasured: (arm: string) => `Of “${arm}” there is no figure.`,
  worth: (arm: string) => `Every step up to “${arm}” was worth it; more was not tried.`,
  notWorth: (before: string, arm: string, added: string, worth: string) => `Going from “${before}” to “${arm}” is not worth it: each one that is added does ${added} of what each one before it does, and at least ${worth} is asked.`,
  open: (before: string, arm: string, added: string, worth: string) => `Whether going from “${before}” to “${arm}” is worth it is not decided: each one that is added does ${added} of what each one before it does, and at least ${worth} is asked; more pairs would tell.`,
  openBare: (before: string, arm: string) => `Whether going from “${before}” to “${arm}” is worth it is not decided: there is no interval.`,
  fullAlready: (arm: string, used: string, cores: string) => `The machine’s cores are full with “${arm}” already (${used} of ${cores}, load generator included): another one finds none free.`,
  notCores: (arm: string, used: string, cores: string) => `The cores are not what is short: with “${arm}” ${used} of ${cores} are in use.`,
  fullNow: (arm: string, used: string, cores: string) => `With “${arm}” the machine’s cores are full (${used} of ${cores}, load generator included): one more would find none free.`,
  coresLeft: (arm: string, used: string, cores: string) => `With “${arm}” cores are left (${used} of ${cores} in use).`,
  head: { arm: 'Arm', speedUp: 'Speed-up', efficiency: 'Efficiency', added: 'Each added one brings', worth: 'Worth it?' },
  word: { 'worth': 'yes', 'not-worth': 'no', 'open': 'not decided' },
  note: (worth: string) => `Efficiency: the speed-up as a share of a perfect one. An added one is worth it where the whole interval of what it brings, as a share of what each one before it does, is at least ${worth}. The load generator has its share of the same machine unless the server is elsewhere.`,
};

export type ScalingText = typeof scaling;
