import { BenchError } from './error.js';
import { faultOf, speaksOtherwise, systemCode } from './system-failure.js';
import { withoutCredentials } from './url.js';

/** No answer from a server that should be there: what came instead, and what to do about it. `start`: where nothing listens, how to have it started. */
export function unreachable(url: string, error: unknown, start: string): BenchError {
  const shown = withoutCredentials(url);
  const secure = url.startsWith('https:');
  const cause = { cause: error };
  if (speaksOtherwise(error)) {
    return new BenchError('server-unreachable', `What listens at ${shown} does not speak ${secure ? 'HTTPS' : 'HTTP/1.1'}.`, { hint: `Give the address of its HTTP port: gRPC has another${secure ? ', and plain HTTP begins with http://' : ', and TLS begins with https://'}.`, ...cause });
  }
  if (/^(?:ECONNRESET|EPIPE|ECONNABORTED)$/.test(systemCode(error))) {
    return new BenchError('server-unreachable', `What listens at ${shown} cut the connection off without an answer.`, { hint: `Look at the server's log; is this its HTTP port${secure ? '' : ', and does it want https://'}?`, ...cause });
  }
  if (systemCode(error) === 'TIMEOUT') {
    return new BenchError('server-unreachable', `What listens at ${shown} gave ${faultOf(error)}.`, { hint: 'Is it still loading its model, or busy with something else? Try again once it answers.', ...cause });
  }
  if (systemCode(error) === 'ETIMEDOUT') {
    return new BenchError('server-unreachable', `Nothing answers at ${shown}: ${faultOf(error)}.`, { hint: 'Is the address right, and does no firewall stand between?', ...cause });
  }
  return new BenchError('server-unreachable', `Nothing answers at ${shown}: ${faultOf(error)}.`, { hint: start, ...cause });
}
