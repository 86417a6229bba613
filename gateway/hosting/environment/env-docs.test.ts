import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { ENVIRONMENT_VARIABLES, type EnvironmentVariable } from './env-table.ts';

const GROUPS = [...new Set(ENVIRONMENT_VARIABLES.map(({ group }) => group))];

const row = ({ name, meaning, otherwise, example, sets }: EnvironmentVariable): string =>
  `| \`${name}\` | ${meaning} | ${otherwise} | \`${example}\` | ${sets} |`;

const section = (group: string): string => `## ${group}

| variable | meaning | while not set | example | decides |
| --- | --- | --- | --- | --- |
${ENVIRONMENT_VARIABLES.filter((variable) => variable.group === group)
  .map(row)
  .join('\n')}
`;

const exampleOf = ({ name, meaning, otherwise, example }: EnvironmentVariable): string =>
  [
    `# ${meaning.replaceAll('`', '')} While not set: ${otherwise.replaceAll('`', '')}.`,
    `# ${name}=${example.includes(' ') ? `"${example}"` : example}`,
  ].join('\n');

const at = (path: string): URL => new URL(path, import.meta.url);
const config = await resolveConfig(new URL(import.meta.url));

// After a change of the table: vitest run --project unit gateway/hosting/environment/env-docs.test.ts -u
it('docs/environment.md says what the table says', async () => {
  const text = await readFile(at('../../../docs/environment.md'), 'utf8');
  const introduction = text.slice(0, text.indexOf('\n## ') + 1);
  expect(introduction).toMatch(/^# /);
  const document = await format([introduction, ...GROUPS.map(section)].join('\n'), {
    ...config,
    parser: 'markdown',
  });
  await expect(document).toMatchFileSnapshot('../../../docs/environment.md');
});

it('.env.example offers what the table has', async () => {
  const head =
    '# Copy to .env and uncomment what you need. Variables that are really set win over this file.\n# What each means in full: docs/environment.md';
  const groups = GROUPS.map((group) =>
    [
      `# --- ${group} ---`,
      ...ENVIRONMENT_VARIABLES.filter((variable) => variable.group === group).map(exampleOf),
    ].join('\n\n'),
  );
  await expect(`${[head, ...groups].join('\n\n')}\n`).toMatchFileSnapshot('../../../.env.example');
});
