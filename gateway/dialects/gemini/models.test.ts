import { expect, test } from 'vitest';
import { readModels, renderModel, renderModels } from './models.ts';

const read = (value: unknown) => readModels(Buffer.from(JSON.stringify(value)));

test('models are listed without their prefix, once, and only those of use', () => {
  const models = [
    {
      name: 'models/a',
      displayName: 'A',
      inputTokenLimit: 10,
      supportedGenerationMethods: ['generateContent'],
    },
    { name: 'models/a', displayName: 'again' },
    { name: 'models/draws', supportedGenerationMethods: ['predict'] },
    { name: 'models/embeds', supportedGenerationMethods: ['embedContent'], outputTokenLimit: 0 },
    { name: 'unsaid' },
    7,
  ];
  expect(read({ models })).toEqual([
    { id: 'a', created: 0, ownedBy: '', facts: { name: 'A', contextTokens: 10 } },
    { id: 'embeds', created: 0, ownedBy: '', facts: {} },
    { id: 'unsaid', created: 0, ownedBy: '', facts: {} },
  ]);
});

test.each([[{ data: [{ id: 'x' }] }], [{ models: [{ id: 'x' }] }], [[]], ['models']])(
  '%j is no list',
  (value) => {
    expect(read(value)).toBeUndefined();
  },
);

test('an empty list is one', () => {
  expect(read({ models: [] })).toEqual([]);
});

test('offered models keep the slash in their names', () => {
  const model = { id: 'openrouter/x/y', created: 0, ownedBy: '', provider: 'openrouter' };
  const facts = { name: 'Y', contextTokens: 5, maxOutputTokens: null };
  const row = {
    name: 'models/openrouter/x/y',
    version: '',
    displayName: 'Y',
    inputTokenLimit: 5,
    supportedGenerationMethods: ['generateContent', 'countTokens'],
  };
  expect(JSON.parse(renderModel({ ...model, facts }))).toEqual(row);
  expect(JSON.parse(renderModels([{ ...model, facts }, model]))).toMatchObject({
    models: [row, { displayName: 'openrouter/x/y' }],
  });
});
