/** What becomes of a request that its provider cannot be sent whole, told in Chinese wherever it is told. */
import { answers } from '../fixtures/playground.ts';
import { serveOwnModels } from '../fixtures/own-models.ts';
import { expect, test } from '../fixtures/test.ts';
import { LANGUAGES, wordsOf } from '../fixtures/tour/words.ts';

const upstream = serveOwnModels('sk-e2e-remarks-0000004321', { foreign: true });
test.use({ locale: 'zh-CN' });

const words = wordsOf(LANGUAGES['zh-CN']);
const MESSAGE = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'c',
  content: [{ type: 'text', text: '好的。' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 3, output_tokens: 2 },
};
const EVENTS = [
  { type: 'message_start', message: { ...MESSAGE, content: [], stop_reason: null } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: '好的。' } },
  { type: 'content_block_stop', index: 0 },
  {
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: 2 },
  },
  { type: 'message_stop' },
];
const NO_SEED = 'Anthropic 不支持 seed，已略去。';
const NO_BIAS = '其他格式没有与 logit_bias 对应的字段，已略去';

test('a request with losses, and the chat that it becomes, say in Chinese what was left out', async ({
  app,
  page,
}) => {
  upstream().script((request) => {
    if (!request.body.includes('"stream":true')) return request.json(200, MESSAGE);
    request.head(200, { 'content-type': 'text/event-stream' });
    for (const event of EVENTS) request.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    request.end();
  });
  const body = {
    model: 'foreign/c',
    seed: 7,
    logit_bias: { 1: 2 },
    messages: [{ role: 'user', content: '你好' }],
  };
  const answer = await fetch(`${app.gatewayAddress}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(200);
  const id = answer.headers.get('x-request-id') ?? '';

  await app.open(`/requests/${id}`);
  await expect(page.getByText(NO_SEED)).toBeVisible();
  await expect(page.getByText(NO_BIAS)).toBeVisible();

  await app.open(`/playground?request=${id}`);
  await expect(page.getByText(`请求有部分内容未带入：${NO_BIAS}。`)).toBeVisible();
  const message = page.getByRole('textbox', { name: words('playground.say') });
  await message.fill('再说一次');
  await expect(page.getByRole('region', { name: words('playground.sentAs') })).toContainText(NO_SEED);
  await message.press('Enter');
  await expect(answers(page).last()).toContainText('好的。');
  await expect(answers(page).last()).toContainText(NO_SEED);
});
