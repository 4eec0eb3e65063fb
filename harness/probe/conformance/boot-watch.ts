import type { Context } from '../../host/index.js';

/** What /ready and, after it, /health said at one moment; 0 where there was no answer. */
export interface BootLook {
  ready: number;
  health: number;
}

const everyMs = 10;

/** Looks at a server from before it listens, until `stop` is called; that takes one last look. */
export function watchBoot(url: string, readyPath: string, ctx: Context): { stop: () => Promise<BootLook[]> } {
  const looks: BootLook[] = [];
  const over = new AbortController();
  const status = async (path: string): Promise<number> => {
    try {
      return (await ctx.host.http.request(url.replace(/\/+$/, '') + path, { timeoutMs: 2_000, signal: ctx.signal })).status;
    } catch {
      return 0;
    }
  };
  // Readiness first: what is ready now must be alive a moment later.
  const look = async (): Promise<void> => {
    const ready = await status(readyPath);
    looks.push({ ready, health: await status('/health') });
  };
  const watching = (async () => {
    while (!over.signal.aborted && !ctx.signal.aborted) {
      await look();
      await ctx.host.clock.sleep(everyMs, AbortSignal.any([over.signal, ctx.signal])).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      over.abort();
      await watching;
      await look();
      return looks;
    },
  };
}
