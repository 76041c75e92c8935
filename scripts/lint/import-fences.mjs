import { dirname, posix, relative, resolve, sep } from 'node:path';
import { FENCES } from './fences.mjs';

const ROOT = resolve(import.meta.dirname, '..', '..');

/** What an import names, in the spelling of the fences; undefined for Node's own modules. */
function targetOf(specifier, file) {
  if (specifier.startsWith('node:')) return undefined;
  if (specifier.startsWith('#')) return `door:${specifier}`;
  if (specifier.startsWith('.')) return toPath(posix.normalize(posix.join(toPosix(dirname(file)), specifier))).replace(/\.js$/, '.ts');
  const [scope, name] = specifier.split('/');
  return `package:${specifier.startsWith('@') ? `${scope}/${name}` : scope}`;
}

const toPosix = (path) => path.split(sep).join('/');
const toPath = (absolute) => toPosix(relative(ROOT, absolute));

/** One rule for every fence of the table: static, type-only, re-exporting and dynamic imports alike. */
export const importFences = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { fence: 'Import of "{{specifier}}" ({{name}}): {{message}}' },
  },
  create(context) {
    const file = toPath(context.filename);
    const fences = FENCES.flatMap((fence) => {
      const match = fence.from.exec(file);
      if (match === null || (fence.except ?? []).some((pattern) => pattern.test(file))) return [];
      return [{ ...fence, to: fence.to(match[1]) }];
    });
    const check = (source) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const target = targetOf(source.value, context.filename);
      if (target === undefined) return;
      for (const { name, to, message } of fences) {
        if (to.test(target)) context.report({ node: source, messageId: 'fence', data: { specifier: source.value, name, message } });
      }
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source ?? node.argument?.literal),
    };
  },
};
