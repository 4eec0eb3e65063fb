type Variable = (name: string) => string | undefined;

/**
 * Whether to paint on a stream. FORCE_COLOR decides where it is set (0 and false mean no), as it does in Node; else a NO_COLOR that
 * is not empty means no (no-color.org); else a terminal that is not dumb is painted on, and nothing else.
 */
export function wantsColour(terminal: boolean, variable: Variable): boolean {
  const forced = variable('FORCE_COLOR');
  if (forced !== undefined) return forced !== '0' && forced.toLowerCase() !== 'false';
  return terminal && (variable('NO_COLOR') ?? '') === '' && variable('TERM') !== 'dumb';
}
