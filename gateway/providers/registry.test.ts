import { describe, expect, test } from 'vitest';
import { DIALECTS } from '../../contract/config/provider.ts';
import { baseUrlProblem } from '../../contract/config/values.ts';
import { addressedProviders, builtInProviders, providers } from './registry.ts';

const all = Object.values(providers);

describe('the built-in providers', () => {
  test.each(Object.entries(providers))('%s is a sound definition', (id, provider) => {
    expect(provider.id).toBe(id);
    expect(Object.isFrozen(provider)).toBe(true);
    for (const name of Object.keys(provider.headers)) expect(name).toBe(name.toLowerCase());
    for (const variable of provider.keyVariables) expect(variable).toMatch(/^[A-Z][A-Z0-9_]+$/);
    if (provider.signUpUrl !== null) expect(provider.signUpUrl).toMatch(/^https:\/\//);
  });

  test.each(all.map((one) => [one.id, one] as const))(
    '%s has sound addresses',
    (_id, { endpoints, modelsUrl }) => {
      for (const { baseUrl } of endpoints) {
        if (baseUrl !== '') expect(baseUrlProblem(baseUrl)).toBeUndefined();
        expect(baseUrl).not.toMatch(/\/$/);
      }
      // All of them, or none: half an address is of no use to anybody.
      expect(new Set(endpoints.map(({ baseUrl }) => baseUrl === '')).size).toBe(1);
      if (typeof modelsUrl === 'string') expect(baseUrlProblem(modelsUrl)).toBeUndefined();
    },
  );

  test.each(all.map((one) => [one.id, one] as const))('%s speaks each dialect once', (_id, { endpoints }) => {
    const dialects = endpoints.map(({ dialect }) => dialect);
    expect(new Set(dialects).size).toBe(dialects.length);
    for (const dialect of dialects) expect(DIALECTS).toContain(dialect);
  });

  test.each(all.map((one) => [one.id, one] as const))(
    '%s is written as its SDKs take it',
    (_id, { endpoints }) => {
      for (const { dialect, baseUrl } of endpoints) {
        // Anthropic's and Gemini's SDKs add the version by themselves.
        if (dialect === 'anthropic-messages' || dialect === 'gemini')
          expect(baseUrl).not.toMatch(/\/v\d[a-z0-9]*$/);
      }
    },
  );

  test.each(all.map((one) => [one.id, one] as const))('%s proves keys by what it has', (_id, provider) => {
    const { keyProof, modelsUrl, keyNeed, signUpUrl } = provider;
    if (typeof keyProof === 'object') expect(keyProof.path).toMatch(/^\/[a-z/-]+$/);
    if (keyProof === 'guarded-list') expect(modelsUrl).not.toBeNull();
    expect(signUpUrl === null).toBe(keyNeed !== 'required');
  });

  test.each(all.map((one) => [one.id, one] as const))(
    'quirks of %s say why, and of a dialect it speaks',
    (_id, one) => {
      for (const { reason, dialect, relayedWith = [] } of one.quirks) {
        expect(reason).toMatch(/^[A-Z`].{20,200}\.$/s);
        expect(one.endpoints.map((endpoint) => endpoint.dialect)).toContain(dialect);
        for (const text of relayedWith) expect(text).toMatch(/^"[a-z_]+"$/);
      }
    },
  );

  test('plain http is used only for the own machine', () => {
    for (const { endpoints, local } of all) {
      for (const { baseUrl } of endpoints) {
        if (baseUrl !== '') expect(baseUrl.startsWith(local ? 'http://localhost:' : 'https://')).toBe(true);
      }
    }
  });

  test("none lies at the gateway's own port", () => {
    for (const { endpoints } of all)
      for (const { baseUrl } of endpoints) expect(baseUrl).not.toContain(':8000');
  });

  test.each(addressedProviders)('%s shows how its address looks', (id) => {
    expect(baseUrlProblem(providers[id]?.addressExample ?? '')).toBeUndefined();
    // A key alone would set up nothing.
    expect(providers[id]?.keyVariables).toEqual([]);
  });

  test('those without an address need one', () => {
    expect(builtInProviders).toContain('openai');
    expect(builtInProviders).not.toContain('custom');
    expect(addressedProviders).toEqual(['azure-openai', 'vllm']);
  });

  test('a server of unknown kind may speak any dialect', () => {
    expect(providers['custom']?.endpoints.map(({ dialect }) => dialect).toSorted()).toEqual(
      [...DIALECTS].toSorted(),
    );
  });

  test('no variable belongs to two providers', () => {
    const variables = all.flatMap(({ keyVariables, keyListVariables = [] }) => [
      ...keyVariables,
      ...keyListVariables,
    ]);
    expect(new Set(variables).size).toBe(variables.length);
  });

  test('ids every object inherits find nothing', () => {
    for (const id of ['constructor', '__proto__', 'toString']) expect(providers[id]).toBeUndefined();
  });
});
