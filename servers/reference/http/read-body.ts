import type { IncomingMessage } from 'node:http';
import { ProblemError } from './problem.js';

const jsonType = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?;?\s*$/i;

/**
 * The bytes of a body that calls itself JSON. Whether they are UTF-8 and JSON is judged by body.ts, whose refusals name a field.
 * Rejects with ProblemError; never settles where the client goes away before its end.
 */
export const readJsonBody = (request: IncomingMessage, maxBytes: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const tooLarge = (): void => {
      reject(new ProblemError('body-too-large', 'The body is larger than this server takes.', 'body'));
    };
    if (Number(request.headers['content-length']) > maxBytes) {
      tooLarge();
      return;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    // What comes after too much is read and thrown away.
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) tooLarge();
      else chunks.push(chunk);
    });
    request.once('end', () => {
      const problem = typeProblem(request, bytes);
      if (problem !== null) reject(problem);
      else resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    });
  });

const typeProblem = ({ headers: { 'content-type': type, 'content-encoding': encoding } }: IncomingMessage, bytes: number): ProblemError | null => {
  if (encoding !== undefined && encoding !== 'identity') {
    return new ProblemError('unsupported-media-type', 'The body must not be compressed.', 'content-encoding');
  }
  // A missing body is a fault of its own, whatever its type.
  if (type === undefined ? bytes > 0 : !jsonType.test(type)) {
    return new ProblemError('unsupported-media-type', 'The body must be application/json in UTF-8.', 'content-type');
  }
  return null;
};
