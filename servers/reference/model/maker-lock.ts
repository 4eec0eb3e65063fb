import { randomBytes } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { lstat, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** What stands in the lock file. */
interface Holder {
  /** Names one holding of the lock. */
  token: string;
  pid: number;
  /** Where that pid means something: host and, on Linux, the namespace of pids. */
  place: string;
}

export interface MakerLockOptions {
  /** A holder that has given no sign of life for this long is dead or stopped. */
  staleMs?: number;
  /** A lock was taken from a holder that is dead; what it left behind may go. */
  onDead?: (token: string) => Promise<void>;
  /** Somebody else holds the lock; called once. */
  onWait?: () => void;
}

const usualStaleMs = 30_000;
const beatsPerStale = 15;
const pollMs = 50;

const ownPlace = (): string => {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
};

/** Null while there is none, or one that was opened and not yet written. */
const readHolder = async (path: string): Promise<Holder | null> => {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder;
  } catch {
    return null;
  }
};

const isDead = (holder: Holder | null): boolean => {
  if (holder?.place !== ownPlace()) return false;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
};

/** True when this call made the file. */
const take = async (path: string, holder: Holder): Promise<boolean> => {
  try {
    await writeFile(path, JSON.stringify(holder), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
};

/**
 * Watches the lock of somebody else and says when it has to be broken. Signs of life are counted on our own clock from when
 * we first saw them: clocks of two machines on one file system need not agree.
 */
const createWatch = (path: string, staleMs: number): (() => Promise<Holder | 'silent' | null>) => {
  let seen = '';
  let seenAtMs = 0;
  return async () => {
    // Of the lock itself, should it be a link: one to nowhere would never be seen.
    const found = await lstat(path).catch(() => null);
    if (found === null) return null;
    const holder = await readHolder(path);
    if (holder !== null && isDead(holder)) return holder;
    const sign = `${holder?.token ?? ''} ${found.ino} ${found.mtimeMs}`;
    if (sign !== seen) [seen, seenAtMs] = [sign, performance.now()];
    return performance.now() - seenAtMs > staleMs ? (holder ?? 'silent') : null;
  };
};

/** Moves the lock away, unless it has changed hands in the meantime. Throws where that is not allowed: to try again would be to try for ever. */
const breakLock = async (path: string, holder: Holder | 'silent', own: string): Promise<void> => {
  const now = await readHolder(path);
  if (now?.token !== (holder === 'silent' ? undefined : holder.token)) return;
  const away = `${path}-${own}`;
  await rename(path, away).catch((error: unknown) => {
    // Somebody was faster.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  });
  await rm(away, { force: true, recursive: true });
};

/**
 * Runs `work` while holding the lock file `path`, whose folder must exist: one at a time among processes and within one.
 * A holder that was killed is found out at once (its pid is gone) or, on another machine, after `staleMs` without a sign of life.
 *
 * Between the look at a dead holder's lock and its removal another process may do the same and take the lock, so that in a rare
 * case two hold it. The lock therefore saves work; what is done under it must be safe when it is done twice at once.
 */
export const withMakerLock = async <T>(path: string, work: (token: string) => Promise<T>, options: MakerLockOptions = {}): Promise<T> => {
  const { staleMs = usualStaleMs, onDead, onWait } = options;
  const own: Holder = { token: randomBytes(6).toString('hex'), pid: process.pid, place: ownPlace() };
  const watch = createWatch(path, staleMs);
  for (let waited = false; !(await take(path, own)); waited = true) {
    const holder = await watch();
    if (holder !== null) {
      await breakLock(path, holder, own.token);
      if (holder !== 'silent' && isDead(holder)) await onDead?.(holder.token);
      continue;
    }
    if (!waited) onWait?.();
    await sleep(pollMs);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, staleMs / beatsPerStale);
  beat.unref();
  try {
    return await work(own.token);
  } finally {
    clearInterval(beat);
    // Somebody may have broken the lock while this process was stopped: theirs stays.
    if ((await readHolder(path))?.token === own.token) await rm(path, { force: true });
  }
};
