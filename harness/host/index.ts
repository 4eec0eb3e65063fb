export type * from './types.js';
export { createHost } from './create.js';
export { answerQuestions } from './threads.js';
