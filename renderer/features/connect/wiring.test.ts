import { describe, expect, it } from 'vitest';
import { sampleModel, sampleCatalogue } from '../../testing/samples.ts';
import { sampleTool } from '../../testing/sample-tool.ts';
import { modelChoices, servingOf } from './model-choices.ts';
import { missingSlots, NO_DRAFT, orderOf, type Draft } from '../../shared/utils/tool-wiring.ts';

const NEEDY = sampleTool({
  slots: [
    { id: 'main', current: null, required: true },
    { id: 'small', current: 'haiku', required: false },
  ],
});
const order = (draft: Draft, suggestion = '') => orderOf(NEEDY, draft, suggestion, { does: 'connect' });

describe('the order', () => {
  it.each([
    ['leaves what stands', NO_DRAFT, '', {}],
    ['suggests a model where one is needed', NO_DRAFT, 'openai/gpt-5', { main: 'openai/gpt-5' }],
    ['names what was chosen', { models: { main: ' fast ' } }, 'openai/gpt-5', { main: 'fast' }],
    ['takes a model out', { models: { small: '' } }, '', { small: '' }],
    ['says nothing of a choice that was taken back', { models: { small: 'haiku' } }, '', {}],
  ])('%s', (_name, draft, suggestion, models) =>
    expect(order(draft, suggestion)).toMatchObject({ does: 'connect', models }),
  );

  it('gives a new tool a key of its own, and leaves one without as it is', () => {
    expect(order(NO_DRAFT)).toMatchObject({ ownKey: true });
    const written = sampleTool({ state: 'connected', writtenAt: 1 });
    expect(orderOf(written, NO_DRAFT, '', { does: 'connect' })).toMatchObject({ ownKey: false });
    expect(orderOf(written, { models: {}, ownKey: true }, '', { does: 'connect' })).toMatchObject({
      ownKey: true,
    });
  });

  it('waits for a model that is needed', () => {
    expect(missingSlots(NEEDY, NO_DRAFT, '')).toEqual(['main']);
    expect(missingSlots(NEEDY, NO_DRAFT, 'openai/gpt-5')).toEqual([]);
    expect(missingSlots(NEEDY, { models: { main: ' ' } }, 'openai/gpt-5')).toEqual(['main']);
  });
});

describe('models', () => {
  const catalogue = sampleCatalogue(
    [sampleModel({ id: 'dead/gpt-5', provider: 'dead', providerName: 'Dead', usable: false }), sampleModel()],
    { aliases: ['fast'] },
  );

  it.each([
    ['', ['fast', 'openai/gpt-5', 'dead/gpt-5']],
    ['gpt open', ['openai/gpt-5']],
    ['DEAD', ['dead/gpt-5']],
    ['none', []],
  ])('typed %j finds %j', (typed, ids) =>
    expect(modelChoices(catalogue, typed).map(({ id }) => id)).toEqual(ids),
  );

  it.each([
    [['fast'], [], 0],
    [['openai/gpt-5', 'gpt-5'], [], 1],
    [['dead/gpt-5', 'fast', 'claude'], ['dead/gpt-5', 'claude'], 0],
  ])('%j leaves %j unserved', (wanted, unserved, providers) =>
    expect(servingOf(catalogue, wanted)).toEqual({ unserved, providers }),
  );
});
