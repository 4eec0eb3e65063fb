export type * from './types.js';
export { createHost } from './create.js';
export { unwritable } from './file-failure.js';
export { answerQuestions } from './threads.js';
