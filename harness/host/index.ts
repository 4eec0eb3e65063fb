export type * from './types.js';
export { createHost } from './create.js';
