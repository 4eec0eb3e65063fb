/** Every sentence that the harness throws or notes, read off its source: `{0}`, `{1}`, … for what is put in. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export interface Said {
  place: string;
  text: string;
}

/** Sentences of errors (message and hint) and of notes, as far as they are written as one text. A text that is made elsewhere is found where it is written, if it is written so. */
export function saidIn(folder: string): Said[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).flatMap((name) => {
    const file = join(folder, name);
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023, true);
    const found: Said[] = [];
    const take = (node: ts.Node | undefined): void => {
      const text = node === undefined ? null : textOf(node);
      if (text !== null && /\p{L}{2}.* /u.test(text.replace(/\{\d+\}/g, ''))) found.push({ place: `${name}:${String(source.getLineAndCharacterOfPosition(node?.getStart() ?? 0).line + 1)}`, text });
      else if (node !== undefined && ts.isConditionalExpression(node)) {
        take(node.whenTrue);
        take(node.whenFalse);
      }
    };
    const visit = (node: ts.Node): void => {
      if (ts.isNewExpression(node) && node.expression.getText() === 'BenchError' && node.arguments?.[0]?.getText() !== `'bug'`) {
        take(node.arguments?.[1]);
        const options = node.arguments?.[2];
        if (options !== undefined && ts.isObjectLiteralExpression(options)) for (const property of options.properties) if (ts.isPropertyAssignment(property) && property.name.getText() === 'hint') take(property.initializer);
      }
      if (ts.isObjectLiteralExpression(node)) {
        const value = (key: string): ts.Node | undefined => node.properties.filter(ts.isPropertyAssignment).find((property) => property.name.getText() === key)?.initializer;
        // What doctor says.
        if (value('says') !== undefined && value('mend') !== undefined) for (const key of ['says', 'mend']) take(value(key));
        if (value('kind')?.getText() === `'note'`) take(value('text'));
        if (value('kind')?.getText() === `'progress'`) take(value('what'));
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return node.head.text + node.templateSpans.map((span, i) => `{${String(i)}}${span.literal.text}`).join('');
}

/** Where the words of mistakes are written: the scenario's own stage, its schema, the grammar of gates, and what faults are called. */
const ofMistakes = /^(?:scenario\/(?!describe|text\/|index\.|plan\.|json-schema\.|mix\.|offline\.|shapes\.|estimate\.)|model\/(?:scenario|unit|schema-sentence|system-failure|json-fault)|gate\/expression|dataset\/own\/row\.)/;
/** Reasons of the program itself, of which users see none. */
const ofTheProgram: ReadonlySet<string> = new Set(['unknown unit', 'in the scenario {0}', 'on the command line', 'no {0}', 'two seconds of the peak', 'two seconds of the rate', 'what the busiest two seconds bring', 'mgeo-bench scenario', 'address-mini, address-mini-bi, mgeo-shape-mini, mgeo-shape-base, a folder with model.onnx, vocab.txt and model.json, or simulated: a simulated accelerator.']);

/** Every piece that a mistake of a scenario or a gate is made of: texts in small letters, but for descriptions and what is thrown as a bug. */
export function piecesOfMistakes(folder: string): Said[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && ofMistakes.test(name)).flatMap((name) => {
    const source = ts.createSourceFile(name, readFileSync(join(folder, name), 'utf8'), ts.ScriptTarget.ES2023, true);
    const found: Said[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node) || (ts.isNewExpression(node) && /^(?:RangeError|BenchError|RegExp)$/.test(node.expression.getText()))) return;
      // Of `schema.describe('…')` the schema alone.
      if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'describe') return visit(node.expression.expression);
      const text = textOf(node);
      if (text !== null && /[a-z]{2,}[^a-z]+[a-z]{2,}|^[a-z]+ /.test(text.replace(/\{\d+\}/g, '')) && text.includes(' ') && !/^\p{Lu}/u.test(text) && !ofTheProgram.has(text)) found.push({ place: `${name}:${String(source.getLineAndCharacterOfPosition(node.getStart()).line + 1)}`, text });
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });
}
