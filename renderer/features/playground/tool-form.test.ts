import { describe, expect, it } from 'vitest';
import { exampleSchema, exampleTool, jsonProblem, toolProblem } from './tool-form.ts';

const tool = (name: string, schema = '') => ({ name, description: '', schema, canned: null });

describe('a schema while it is typed', () => {
  it.each([
    ['', true],
    ['  \n', true],
    ['{"type":"object"}', true],
    ['[]', false],
    ['"text"', false],
    ['null', false],
    ['{"type":', false],
  ])('%j can be sent: %s', (text, fine) => {
    expect(jsonProblem(text) === null).toBe(fine);
  });
  it('begins with examples that can be sent', () => {
    expect(jsonProblem(exampleSchema())).toBeNull();
    expect(toolProblem(exampleTool([]), [])).toBeNull();
  });
});

describe('a tool while it is typed', () => {
  it.each([
    [tool(''), [], 'name'],
    [tool('with space'), [], 'name'],
    [tool('é'), [], 'name'],
    [tool('run_sql'), [tool('run_sql')], 'twice'],
    [tool('run_sql', '{'), [], 'schema'],
    [tool('run_sql', '{}'), [tool('other')], null],
  ])('%j beside %j: %s', (form, others, problem) => {
    expect(toolProblem(form, [form, ...others])).toBe(problem);
  });
  it('gets a name that is free', () => {
    expect(exampleTool(['get_weather', 'tool_1']).name).toBe('tool_2');
  });
});
