import { expect, it } from 'vitest';
import { nodeProblem } from './node-version.ts';

it.each(['18.20.0', '20.20.2', '22.12.0', '24.1.0'])(
  'Node %s is too old, and it is said which is not',
  (version) => {
    expect(nodeProblem(version)).toContain(`needs Node 24.2 or later; this is ${version}.`);
  },
);

it.each(['24.2.0', '24.14.1', '25.0.0'])('Node %s will do', (version) => {
  expect(nodeProblem(version)).toBeNull();
});
