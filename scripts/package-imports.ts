/** Finds imports that a folder of packed JavaScript cannot resolve by itself. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** @returns `<file> -> <what it imports>` for each import that leads nowhere; `electron` is always there */
export async function unresolvedImports(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true });
  const scripts = names.filter((name) => /\.[cm]?js$/.test(name));
  const found = await Promise.all(
    scripts.map(async (name) => {
      const file = join(folder, name);
      const resolve = createRequire(file);
      return importsOf(await readFile(file, 'utf8'))
        .filter((specifier) => specifier !== 'electron' && !isBuiltin(specifier))
        .filter((specifier) => !resolves(resolve, specifier, folder))
        .map((specifier) => `${relative(folder, file)} -> ${specifier}`);
    }),
  );
  return found.flat();
}

/** Read as code: a library may show an import inside a text, as an example of how to use it. */
function importsOf(code: string): readonly string[] {
  const specifiers: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined && ts.isStringLiteralLike(specifier)) specifiers.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('script.js', code, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS));
  return specifiers;
}

function specifierOf(node: ts.Node): ts.Expression | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const requires = ts.isIdentifier(expression) && expression.text === 'require';
  return requires || expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments[0] : undefined;
}

/** A package found above the folder is not in it. */
function resolves(require: NodeJS.Require, specifier: string, folder: string): boolean {
  try {
    return require.resolve(specifier).startsWith(folder);
  } catch {
    return false;
  }
}
