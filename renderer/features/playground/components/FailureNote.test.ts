import { expect, it } from 'vitest';
import { h } from 'vue';
import { remark } from '../../../../contract/rpc/remarks/remark.ts';
import type { ChatError } from '../../../../contract/rpc/procedures/playground.ts';
import { createFakeRpc } from '../../../testing/fake-rpc.ts';
import { mountPage } from '../../../testing/with-app.ts';
import { brokenOff } from '../answers.ts';
import { startAnswer } from '../running-answer.ts';
import FailureNote from './FailureNote.vue';

async function show(error: ChatError): Promise<string> {
  const answer = startAnswer({ conversation: 'c', column: 'a', turn: 't' }, 0);
  const figures = { ...brokenOff(answer, '', ''), error };
  const component = { render: () => h(FailureNote, { figures, begun: false, busy: false }) };
  const { page } = await mountPage({ rpc: createFakeRpc({}), at: '/', route: { path: '/', component } });
  return page.text();
}

it('says in words of the page what the gateway said, and quotes nobody', async () => {
  const told = remark('queue-waited', { provider: 'groq', seconds: 30 });
  const text = await show({ code: 'queue_timeout', message: 'As the API has it.', told });
  expect(text).toContain('no place came free within 30 s');
  expect(text).not.toContain('As the API has it.');
  expect(text).not.toContain('“');
});

it('quotes what an upstream said', async () => {
  expect(await show({ code: 'upstream_error', message: 'Overloaded.' })).toContain('“Overloaded.”');
});
