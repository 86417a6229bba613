import { describe, expect, test } from 'vitest';
import { baseUrlProblem } from '../../contract/config/values.ts';
import { builtInProviders, providers } from './registry.ts';

describe('the built-in providers', () => {
  test.each(Object.entries(providers))('%s is a sound definition', (id, provider) => {
    expect(provider.id).toBe(id);
    expect(Object.isFrozen(provider)).toBe(true);
    expect(provider.modelsPath).toMatch(/^\//);
    for (const name of Object.keys(provider.headers)) expect(name).toBe(name.toLowerCase());
    for (const variable of provider.keyVariables) expect(variable).toMatch(/^[A-Z][A-Z0-9_]+$/);
    if (provider.baseUrl !== '') expect(baseUrlProblem(provider.baseUrl)).toBeUndefined();
    expect(provider.baseUrl).not.toMatch(/\/$/);
  });

  test('plain http is used only for the own machine', () => {
    for (const { baseUrl, local } of Object.values(providers)) {
      if (baseUrl !== '') expect(baseUrl.startsWith('http://localhost:')).toBe(local);
    }
  });

  test('those without an address are not built in', () => {
    expect(builtInProviders).toContain('openai');
    expect(builtInProviders).not.toContain('custom');
  });

  test('no variable belongs to two providers', () => {
    const variables = Object.values(providers).flatMap(({ keyVariables, keyListVariables = [] }) => [
      ...keyVariables,
      ...keyListVariables,
    ]);
    expect(new Set(variables).size).toBe(variables.length);
  });

  test('ids every object inherits find nothing', () => {
    for (const id of ['constructor', '__proto__', 'toString']) expect(providers[id]).toBeUndefined();
  });
});
