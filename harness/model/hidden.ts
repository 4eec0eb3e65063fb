/** Stands for a secret: in plans, in words of the command line, and in what a plan's hash is made of. */
export const hidden = '(hidden)';

/** Whether a dotted path leads to values of headers or of variables, wherever in a scenario it begins: `matrix.server.a.process.env.KEY` does. */
export function isSecretPath(path: string): boolean {
  return /(?:^|\.)(?:headers|env)(?:\.|$)/.test(path);
}

/** Whether a dotted path leads to the path of a file, whose folder tells of people and machines. */
export function isFilePath(path: string): boolean {
  return /(?:^|\.)(?:file|profile)$/.test(path);
}
