/** What threads.test.ts runs in a thread. */
import { answerQuestions } from '../../harness/host/index.js';
import { BenchError } from '../../harness/model/error.js';

answerQuestions(({ greeting }: { greeting: string }) => (question: string) => {
  if (question === 'refuse') throw new BenchError('lexicon-unusable', 'It is spoilt.', { hint: 'Mend it.', details: ['line 3'] });
  if (question === 'break') throw new RangeError('a bug');
  return new TextEncoder().encode(`${greeting} ${question}`);
});
