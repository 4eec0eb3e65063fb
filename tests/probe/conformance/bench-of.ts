import type { RequestPlan } from '../../../harness/model/request.js';
import type { ConformanceOptions } from '../../../harness/probe/conformance/index.js';
import { encodeBody, readAnswer } from '../../../harness/request/index.js';

/** The API of the reference server. */
export const similarity: RequestPlan = {
  format: 'similarity', method: 'POST', path: '/similarity', headers: { 'content-type': 'application/json' }, body: '{"addr1":{{a}},"addr2":{{b}}}', keys: { left: 'addr1', right: 'addr2' }, scorePath: ['similarity'], labelPath: ['label'], scoreRange: [-1, 1], threshold: 0.9,
};

/** Options of a suite in front of `url`, quick and without patience. */
export function optionsOf(url: string, over: Partial<ConformanceOptions> = {}): ConformanceOptions {
  const request = over.request ?? similarity;
  return {
    url, request, timeoutS: 5, gone: new AbortController().signal, connections: 200, patienceS: 0, kinds: [], readyPath: '/ready', boot: null, terminate: null, health: null,
    encode: (a, b) => encodeBody(request, a, b), read: (status, body) => readAnswer(request, status, body), ...over,
  };
}
