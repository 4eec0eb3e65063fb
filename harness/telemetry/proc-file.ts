/** Readers of the kernel's per-process files (proc(5)). Each returns null for what is missing, cut or foreign: processes vanish while we read. */

/** One process at one moment, from /proc/PID/stat. */
export interface ProcessStat {
  pid: number;
  parentPid: number;
  state: string;
  /** Own CPU time of all its threads, living and ended, user and system, s. */
  ownS: number;
  /** CPU time of its ended children that it has waited for, and of theirs, s. */
  reapedS: number;
  /** Clock ticks since the machine started; with the pid it names one process for good. */
  startTicks: number;
}

/** USER_HZ: the kernel counts in hundredths of a second towards programs on every platform that Node runs on. */
const ticksPerS = 100;
const kibPerMib = 1024;

/** Reads /proc/PID/stat. The program's name may hold spaces and parentheses, so the fields are counted from the last `)`. */
export function parseProcessStat(text: string): ProcessStat | null {
  const close = text.lastIndexOf(')');
  const pid = Number.parseInt(text, 10);
  const fields = text.slice(close + 1).trim().split(/\s+/);
  // Numbered as in proc(5), where the state is field 3.
  const field = (number: number): number => Number(fields[number - 3] ?? Number.NaN);
  const state = fields[0] ?? '';
  const stat = { pid, parentPid: field(4), state, ownS: (field(14) + field(15)) / ticksPerS, reapedS: (field(16) + field(17)) / ticksPerS, startTicks: field(22) };
  return close < 0 || Object.values(stat).some((value) => Number.isNaN(value)) ? null : stat;
}

/** Reads VmRSS and VmHWM from /proc/PID/status, MiB. A zombie or kernel thread has neither. */
export function parseProcessMemory(text: string): { rssMiB: number; peakMiB: number } | null {
  const rss = /^VmRSS:\s+(\d+) kB$/m.exec(text);
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(text);
  return rss === null || peak === null ? null : { rssMiB: Number(rss[1]) / kibPerMib, peakMiB: Number(peak[1]) / kibPerMib };
}

/** Seconds a thread has waited for a core while it could have run: the second number of /proc/PID/task/TID/schedstat, which counts ns. */
export function parseRunQueueWaitS(text: string): number | null {
  const match = /^\d+ (\d+) \d+\s*$/.exec(text);
  return match === null ? null : Number(match[1]) / 1e9;
}

/** CPU time of the whole machine since it started, s, from /proc/stat. */
export interface MachineTimes {
  busyS: number;
  stealS: number;
  /** Busy, idle, waiting and stolen. */
  totalS: number;
}

/** Reads the first line of /proc/stat: user nice system idle iowait irq softirq steal. Guest time is in user already. */
export function parseMachineTimes(text: string): MachineTimes | null {
  const match = /^cpu +(.*)$/m.exec(text);
  const [user, nice, system, idle, wait, irq, softirq, steal] = (match?.[1] ?? '').split(/\s+/).map((value) => Number(value) / ticksPerS);
  if (user === undefined || nice === undefined || system === undefined || idle === undefined || wait === undefined || irq === undefined || softirq === undefined) return null;
  const busyS = user + nice + system + irq + softirq;
  const stealS = steal ?? 0;
  const totalS = busyS + idle + wait + stealS;
  return Number.isFinite(totalS) ? { busyS, stealS, totalS } : null;
}

/** Reads the one-minute load average from /proc/loadavg. */
export function parseLoad(text: string): number | null {
  const load = Number.parseFloat(text);
  return Number.isFinite(load) ? load : null;
}
