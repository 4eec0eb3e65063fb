/** What was really sent, as result.json tells it. */
import { z } from 'zod';
import { figuresOf, repeatShare, textsSent, type Sent } from '../model/sent.js';

const figures = z.strictObject({ mean: z.number(), p50: z.number(), p90: z.number(), max: z.number() }).nullable();

export const sentResultSchema = z.strictObject({
  requests: z.number().int().min(0).describe('Requests of the window that ended.'),
  texts: z.number().int().min(0).describe('Different texts among them.'),
  repeatShare: z.number().describe('Share of the requests whose text had been sent before in the window, 0 to 1.'),
  times: figures.describe('How often a text was sent.'),
  tokens: figures.describe('WordPiece tokens an address (vocabulary of bert-base-chinese), without [CLS] and [SEP]; null where no pairs were sent.'),
}).nullable().describe('What was really sent; null where the bodies were not looked at.');

export function sentResult(sent: Sent | undefined): z.infer<typeof sentResultSchema> {
  if (sent === undefined) return null;
  return { requests: sent.requests, texts: textsSent(sent), repeatShare: repeatShare(sent), times: figuresOf(sent.times), tokens: figuresOf(sent.tokens) };
}
