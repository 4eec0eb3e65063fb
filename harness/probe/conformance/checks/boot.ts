/** Liveness and readiness, in order. */
import type { BootLook } from '../boot-watch.js';
import { checksOf, fail, notApplicable, pass, type Finding } from '../check.js';
import { objectIn, wrongStatus } from '../judge.js';

const is2xx = (status: number): boolean => status >= 200 && status <= 299;

/** Whoever is ready is alive, and alive before that. */
function liveBeforeReady(looks: readonly BootLook[]): Finding {
  const early = looks.find(({ ready, health }) => is2xx(ready) && !is2xx(health));
  if (early !== undefined) return fail('ready-not-live', { got: early.health });
  const before = looks.slice(0, looks.findIndex(({ ready }) => is2xx(ready)));
  const waiting = before.filter(({ ready }) => ready !== 0);
  if (waiting.length === 0) return notApplicable('ready-at-once');
  const alive = waiting.filter(({ health }) => is2xx(health)).length;
  return alive === 0 ? fail('not-live-before-ready', { got: waiting[0]?.health ?? 0 }) : pass('looks', { count: alive });
}

/** Until then it says 503, which every balancer understands. */
function readyIs503(looks: readonly BootLook[]): Finding {
  const before = looks.slice(0, looks.findIndex(({ ready }) => is2xx(ready))).filter(({ ready }) => ready !== 0);
  if (before.length === 0) return notApplicable('ready-at-once');
  const other = before.find(({ ready }) => ready !== 503);
  return other === undefined ? pass('looks', { count: before.length }) : fail('status', { got: other.ready, expected: '503' });
}

export const bootChecks = checksOf('boot', [
  ['live-before-ready', 'must', ({ options: { boot, readyPath } }) => (readyPath === null ? notApplicable('no-ready-path') : boot === null ? notApplicable('not-started-here') : liveBeforeReady(boot))],
  ['ready-503', 'must', ({ options: { boot, readyPath } }) => (readyPath === null ? notApplicable('no-ready-path') : boot === null ? notApplicable('not-started-here') : readyIs503(boot))],
  ['ready-200', 'must', async ({ ask, get, options: { readyPath } }) => (readyPath === null ? notApplicable('no-ready-path') : wrongStatus(await ask(get(readyPath)), [2]) ?? pass())],
  ['health-200', 'must', async ({ ask, get }) => wrongStatus(await ask(get('/health')), [200]) ?? pass()],
  ['health-json', 'should', async ({ ask, get }) => (objectIn((await ask(get('/health'))).answer) === null ? fail('not-json') : pass())],
  ['health-model', 'must', async ({ ask, get }) => {
    const model = objectIn((await ask(get('/health'))).answer)?.['model'];
    const said = typeof model === 'object' && model !== null ? (model as Record<string, unknown>) : {};
    const missing = ['name', 'sha256'].filter((name) => typeof said[name] !== 'string');
    return missing.length === 0 ? pass() : fail('fields-missing', { fields: missing.map((name) => `model.${name}`).join(', ') });
  }, 'api'],
  ['health-state', 'should', async ({ ask, get }) => {
    const said = objectIn((await ask(get('/health'))).answer) ?? {};
    const missing = ['status', 'version', 'backend', 'errorRateLastMinute', 'queueLength', 'inFlight'].filter((name) => !Object.hasOwn(said, name));
    return missing.length === 0 ? pass() : fail('fields-missing', { fields: missing.join(', ') });
  }, 'api'],
  ['metrics', 'should', async ({ ask, get }) => {
    const reply = await ask(get('/metrics'));
    const wrong = wrongStatus(reply, [200]);
    if (wrong !== null) return wrong;
    return /^# TYPE \S+ (counter|gauge|histogram|summary)$/m.test(reply.answer?.body ?? '') ? pass() : fail('not-prometheus');
  }, 'api'],
]);
