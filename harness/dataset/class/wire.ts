/** The body of a request as a tree, so that abnormal requests can leave out, rename or double a field of any wire format. */

/** Names of the two address fields in the wire format under test, and its body, in which {{a}} and {{b}} stand for the two addresses as JSON. */
export interface WireKeys {
  left: string;
  right: string;
  /** Without it: an object of the two fields alone. */
  body?: string;
}

export type Side = 'left' | 'right';

export interface Wire {
  keys: Readonly<Record<Side, string>>;
  /** Whether the whole body is a JSON object. */
  object: boolean;
  /** The body with these JSON texts in the places of the addresses. */
  fill(leftJson: string, rightJson: string): string;
  /** The same without the values of these sides, and without their fields where they have fields of their own. */
  without(sides: readonly Side[], json: string): string;
  /** The same with the field of the left address misspelt; null where it has none. */
  misspelt(json: string): string | null;
  /** The same with an empty field of the left name before the real one; null where there is no such field. */
  doubled(json: string): string | null;
  /** The same with all fields in the opposite order. */
  reversed(leftJson: string, rightJson: string): string;
  /** The same with more members at the beginning, given as JSON text; null where the body is no object. */
  extended(members: string, json: string): string | null;
}

type Tree = string | number | boolean | null | Tree[] | { [key: string]: Tree };

/** No text that anybody writes. */
const marks: Readonly<Record<Side, string>> = { left: '\u0001left', right: '\u0001right' };

/**
 * Takes a body apart once, so that each abnormal request is made from its tree. Throws SyntaxError where the body is no JSON after the addresses are
 * put in: a checked request is.
 */
export function wireOf({ left, right, body = `{${JSON.stringify(left)}:{{a}},${JSON.stringify(right)}:{{b}}}` }: WireKeys): Wire {
  const tree = JSON.parse(body.replace(/\{\{([ab])\}\}/g, (_, side: string) => JSON.stringify(marks[side === 'a' ? 'left' : 'right']))) as Tree;
  const object = typeof tree === 'object' && tree !== null && !Array.isArray(tree);
  const text = (value: Tree, leftJson: string, rightJson: string): string =>
    JSON.stringify(value).replaceAll(JSON.stringify(marks.left), () => leftJson).replaceAll(JSON.stringify(marks.right), () => rightJson);
  const fill = (leftJson: string, rightJson: string): string => text(tree, leftJson, rightJson);
  return {
    keys: { left, right },
    object,
    fill,
    without: (sides, json) => text(pruned(tree, sides.map((side) => marks[side])), json, json),
    misspelt: (json) => {
      const other = text(renamed(tree), json, json);
      return other === fill(json, json) ? null : other;
    },
    doubled: (json) => {
      const name = `${JSON.stringify(left)}:`;
      const whole = fill(json, json);
      return left !== '' && whole.includes(name) ? whole.replace(name, () => `${name}"",${name}`) : null;
    },
    reversed: (leftJson, rightJson) => text(backwards(tree), leftJson, rightJson),
    extended: (members, json) => (object ? fill(json, json).replace('{', () => `{${members},`) : null),
  };
}

function pruned(value: Tree, gone: readonly string[]): Tree {
  const stays = (part: Tree): boolean => typeof part !== 'string' || !gone.includes(part);
  if (Array.isArray(value)) return value.filter(stays).map((part) => pruned(part, gone));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, part]) => stays(part)).map(([key, part]) => [key, pruned(part, gone)]));
}

/** The field that holds the left address, or the list it stands in. */
function renamed(value: Tree): Tree {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const holds = (part: Tree): boolean => part === marks.left || (Array.isArray(part) && JSON.stringify(part).includes(JSON.stringify(marks.left)));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => (holds(part) ? [`${key}_`, part] : [key, renamed(part)])));
}

function backwards(value: Tree): Tree {
  if (Array.isArray(value)) return value.map(backwards);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, part]) => [key, backwards(part)]));
}
