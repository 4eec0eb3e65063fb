import type { Context } from '../host/index.js';

/** Watches whether a process is stopped (SIGSTOP, a debugger): a paused engine neither sends nor sees the clock. */
export interface PauseWatch {
  /** Call it about ten times a second; `counts` = in the measured window. */
  look(counts: boolean): void;
  /** Time between looks that found it stopped, ms; undefined where the system does not tell. */
  pausedMs(): number | undefined;
}

/** Linux alone: the state in /proc/PID/stat, behind the name, which may hold spaces and parentheses. */
export function createPauseWatch(pid: number, { host: { clock, files, machine } }: Pick<Context, 'host'>): PauseWatch {
  const known = machine.platform === 'linux';
  let lastMs = clock.nowMs();
  let pausedMs = 0;
  return {
    look: (counts) => {
      const nowMs = clock.nowMs();
      if (known && counts) {
        const stat = files.tryReadText(`/proc/${String(pid)}/stat`) ?? '';
        if (/^\) [Tt] /.test(stat.slice(stat.lastIndexOf(')')))) pausedMs += nowMs - lastMs;
      }
      lastMs = nowMs;
    },
    pausedMs: () => (known ? pausedMs : undefined),
  };
}
