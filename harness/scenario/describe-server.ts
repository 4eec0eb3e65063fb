/** The server of a plan in one line. */
import type { Plan } from '../model/plan.js';
import { formatFineMiB, formatDuration, formatMiB, groupDigits, trim } from '../model/unit.js';
import type { PlanText } from './text/index.js';

type ReferencePlan = Extract<Plan['server'], { kind: 'reference' }>;

/** "reference: address-mini, batching token-budget of 512 in buckets, cache 10,000". */
export function serverText({ server }: Plan, text: PlanText): string {
  const { server: words } = text;
  switch (server.kind) {
    case 'reference': return words.reference({
      model: modelText(server, words), batching: batchingText(server, words), bucket: server.bucket,
      cache: server.cacheBytes !== undefined ? formatFineMiB(server.cacheBytes / 2 ** 20) : server.cacheEntries === null ? null : groupDigits(server.cacheEntries),
      steps: server.normalize?.join(', ') ?? null, faults: server.faults?.join(', ') ?? null, restart: server.restart === undefined ? null : formatDuration(server.restart.afterS * 1000),
    });
    case 'process': return words.process(server.command.join(' '));
    case 'compose': return words.compose(server.service, server.file, server.profile);
    case 'url': return server.url;
    case 'none': return text.none;
    case 'simulated': return words.simulated(String(server.parallel), formatDuration(server.serviceMs));
  }
}

function modelText({ model, precision, execution, simulated }: ReferencePlan, words: PlanText['server']): string {
  if (simulated !== undefined) return words.device(formatDuration(simulated.batchMs), trim(simulated.tokenMs * 1000), formatMiB(simulated.memoryMiB), formatMiB(simulated.tokenMiB), formatMiB(simulated.limitMiB));
  return [model, ...(precision === undefined || precision === 'fp32' ? [] : [precision]), ...(execution === undefined || execution === 'cpu' ? [] : [words.on(execution)])].join(' ');
}

function batchingText({ batching, maxBatch, maxDelayMs, tokenBudget }: ReferencePlan, words: PlanText['server']): string {
  if (batching === 'window' && maxDelayMs !== undefined) return words.window(formatDuration(maxDelayMs), String(maxBatch ?? ''));
  return batching === 'token-budget' && tokenBudget !== undefined ? words.budget(groupDigits(tokenBudget)) : batching;
}
