/**
 * Lint rule: an exported function has a doc comment directly above it. Its signature tells the types; the unit, the shape, what it refuses and
 * why it is there nobody can read from it. (A comment at the head of the file is no such comment: it speaks of the file.)
 */

const isFunction = (node) => node?.type === 'FunctionDeclaration' || node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression';

/** Name of the exported function of a statement; null where it exports none. */
function functionOf({ declaration }) {
  if (isFunction(declaration)) return declaration.id?.name ?? 'default';
  const [first] = declaration?.type === 'VariableDeclaration' ? declaration.declarations : [];
  return isFunction(first?.init) ? first.id.name : null;
}

/** @type {import('eslint').Rule.RuleModule} */
export default {
  meta: { type: 'suggestion', schema: [], messages: { missing: '{{name}} is exported without a doc comment directly above it: say its unit, its shape, what it refuses, or why.' } },
  create(context) {
    const check = (node) => {
      const name = functionOf(node);
      if (name === null) return;
      const comment = context.sourceCode.getCommentsBefore(node).at(-1);
      const documented = comment?.type === 'Block' && comment.value.startsWith('*') && comment.loc.end.line === node.loc.start.line - 1;
      // Of overloads the first speaks for all.
      const previous = node.parent.body[node.parent.body.indexOf(node) - 1];
      const overload = previous?.type === 'ExportNamedDeclaration' && previous.declaration?.type === 'TSDeclareFunction' && previous.declaration.id?.name === name;
      if (!documented && !overload) context.report({ node, messageId: 'missing', data: { name } });
    };
    return { ExportNamedDeclaration: check, ExportDefaultDeclaration: check };
  },
};
