import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { procedures } from '../../contract/rpc/procedures.ts';

const HEADING = '## Every procedure';
const document = new URL('../../docs/admin-api.md', import.meta.url);

/** Members of an input, those that may be left out with a question mark. */
function membersOf(input: z.ZodMiniType): string {
  if (!(input instanceof z.ZodMiniObject)) return 'see its type';
  const names = Object.entries(input.shape).map(([name, member]) => {
    const isOptional = z.safeParse(z.strictObject({ member }), {}).success;
    return `\`${name}${isOptional ? '?' : ''}\``;
  });
  return names.length === 0 ? 'none' : names.join(', ');
}

const rows = Object.entries(procedures)
  .map(([name, { input }]) => `| \`${name}\` | ${membersOf(input)} |`)
  .sort();

// After a change of the contract: vitest run --project unit server/http/admin-api-docs.test.ts -u
it('docs/admin-api.md lists every procedure with what it takes', async () => {
  const text = await readFile(document, 'utf8');
  const [before] = text.split(`\n${HEADING}\n`);
  const list = `${before}
${HEADING}

Made from the contract: the members of each input; those with \`?\` may be left out.

| name | input |
| --- | --- |
${rows.join('\n')}
`;
  const made = await format(list, { ...(await resolveConfig(document)), parser: 'markdown' });
  await expect(made).toMatchFileSnapshot('../../docs/admin-api.md');
});
