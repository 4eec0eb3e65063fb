/** What was really sent in each stage: how long the texts were, and how often they came. */
import { figuresOf, repeatShare, textsSent } from '../../model/sent.js';
import { count, dash, percent, plain } from '../number.js';
import type { StagePair } from '../stage-figure.js';
import type { Text } from '../text/index.js';
import { html, type Markup } from './escape.js';
import { table } from './table.js';

/** Table and note; null where nothing is known of it. */
export function renderSent(pairs: readonly StagePair[], { sent: t, table: words }: Text): Markup | null {
  const rows = pairs.flatMap(({ result: { sent }, stage }): string[][] => {
    if (sent === undefined || sent.requests === 0) return [];
    const [tokens, times] = [figuresOf(sent.tokens), figuresOf(sent.times)];
    const lengths = tokens === null ? [dash, dash, dash, dash] : [plain(tokens.mean), count(tokens.p50), count(tokens.p90), count(tokens.max)];
    return [[stage.name, count(sent.requests), count(textsSent(sent)), percent(repeatShare(sent)), count(times?.max ?? null), ...lengths]];
  });
  if (rows.length === 0) return null;
  return html`<h3>${t.title}</h3>${table({ label: t.title, head: [words.stage, t.requests, t.texts, t.repeats, t.most, t.tokens, 'p50', 'p90', t.max], rows })}<p class="note">${t.note}</p>`;
}
