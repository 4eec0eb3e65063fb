import { indexOfKind, type Part, type Writing } from '../address/writing.js';
import { oldName, poiAlias } from '../operator/index.js';

const isName = (kind: Part['kind']): boolean => kind === 'city' || kind === 'district' || kind === 'town' || kind === 'road' || kind === 'estate' || kind === 'poi';

/**
 * Whether a name stands on both sides and is right on both: one side without city and the other with a slip in the road would leave
 * nothing that says it is one place. An alias or an old name joins the sides by what the tables say.
 */
export function sharesName(source: Writing, rewritten: Writing, names: readonly string[]): boolean {
  if (names.includes(poiAlias.name) || names.includes(oldName.name)) return true;
  return rewritten.parts.some((part) => isName(part.kind) && part.slip !== 'made' && indexOfKind(source, part.kind) >= 0);
}
