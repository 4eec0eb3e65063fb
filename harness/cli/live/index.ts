/** The live page of a run: a server for the person at this machine, with a secret in its link, that ends with the run. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Host, LocalAnswer } from '../../host/index.js';
import type { RunEvent } from '../../model/event.js';
import { renderLivePage, type Language } from '../../report/index.js';
import { createFeed } from './feed.js';

export interface LiveServer {
  /** With the secret. */
  link: string;
  onEvent(event: RunEvent): void;
  /** Tells a page that looks that the run is over, and ends the server; takes at most a second and a half. */
  close(): Promise<void>;
}

const tokenBytes = 24;
/** A page asks once a second. */
const looksWithinMs = 3_000;
const farewellMs = 1_500;
const stepMs = 50;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Starts it on 127.0.0.1, on a free port. `language`: of a page that does not ask for one. */
export async function startLive(scenario: string, language: Language, { http, clock }: Pick<Host, 'http' | 'clock'>, nowMs: () => number): Promise<LiveServer> {
  const token = randomBytes(tokenBytes).toString('base64url');
  const secret = digest(token);
  const feed = createFeed(nowMs);
  const server = await http.serveLocally(({ path }) => {
    const { pathname, searchParams } = new URL(path, 'http://127.0.0.1');
    const [, given = '', rest] = /^\/([^/]*)(\/.*)?$/.exec(pathname) ?? [];
    // Hashes are of one length, so that the comparison takes one time, whatever was sent.
    if (!timingSafeEqual(digest(given), secret)) return plain(403, 'Forbidden: the link of this page has a secret in it.\n');
    const asked: Language = searchParams.get('lang') === 'zh-CN' ? 'zh-CN' : searchParams.get('lang') === 'en' ? 'en' : language;
    if (rest === '/') {
      const { html, policy } = renderLivePage(scenario, asked);
      return { status: 200, headers: { ...always, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy }, body: html };
    }
    if (rest === '/data') return { status: 200, headers: { ...always, 'content-type': 'application/json' }, body: JSON.stringify(feed.news(Number(searchParams.get('after')) || 0, asked)) };
    return plain(404, 'Not found\n');
  });
  return {
    link: `http://127.0.0.1:${String(server.port)}/${token}/`,
    onEvent: feed.onEvent,
    close: async () => {
      feed.end();
      const looked = nowMs() - feed.askedMs() < looksWithinMs;
      for (let waitedMs = 0; looked && !feed.told() && waitedMs < farewellMs; waitedMs += stepMs) await clock.sleep(stepMs);
      await server.close();
    },
  };
}

const always = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-resource-policy': 'same-origin' } as const;

function plain(status: number, body: string): LocalAnswer {
  return { status, headers: { ...always, 'content-type': 'text/plain; charset=utf-8' }, body };
}
