import { describe, expect, it } from 'vitest';
import { fault } from '../../contract/rpc/fault-words.ts';
import { asSaid, say } from '../../gateway/index.ts';
import { noticeText } from './notify/notice-text.ts';
import { wordsOfFailure, wordsOfTold } from './told.ts';

describe('what the gateway tells', () => {
  const rate = { failedShare: 1 / 7, requestCount: 2_100, windowTime: 300_000, limitShare: 0.1 };
  const budget = { spentDollars: 6, limitDollars: 10, per: 'month', scope: 'provider:groq' };
  const latency = { percentile: 95, answerTime: 2_500, windowTime: 300_000, limitTime: 800 };
  it.each([
    [
      say('alert-errors', rate),
      '14.3% of the last 2,100 requests failed in 5 min; the limit is 10%.',
      '在 5 min 内，最近 2,100 个请求有 14.3% 失败，上限为 10%。',
    ],
    [
      say('budget-used', budget),
      '$6.00 of $10.00 per month for provider groq are spent.',
      '服务商 groq：每月 $10.00 的预算已用 $6.00。',
    ],
    [
      say('alert-latency', latency),
      'Percentile 95 of the time to an answer is 2.5 s over 5 min; the limit is 800 ms.',
      '在 5 min 内，响应用时的第 95 百分位为 2.5 s，上限为 800 ms。',
    ],
    [
      say('keys-not-read', {}, say('keyring-locked')),
      'The keys cannot be read: The keyring is locked. Unlock it, then try again.',
      '无法读取密钥：密钥环已锁定，请解锁后重试。',
    ],
    [asSaid('As the system says.'), 'As the system says.', 'As the system says.'],
  ])('%# is said in both languages', (told, english, chinese) => {
    expect([wordsOfTold(told, 'en'), wordsOfTold(told, 'zh-CN')]).toEqual([english, chinese]);
  });

  it('is what a notice says', () => {
    const notice = { kind: 'secrets-unavailable', told: say('keyring-locked') } as const;
    expect(noticeText(notice, 'zh-CN')).toMatchObject({ body: '密钥环已锁定，请解锁后重试。' });
  });
});

it('a refused call is told in its words, or by its kind', () => {
  const locked = { code: 'locked', message: 'In English.' } as const;
  const told = say('port-free', { port: 80 });
  expect(wordsOfFailure({ ...locked, told }, 'zh-CN')).toBe('端口 80 可用。');
  expect(wordsOfFailure(locked, 'zh-CN')).toBe('已锁定：In English.');
  expect(wordsOfFailure(locked, 'en')).toBe('In English.');
});

it('signs that files of words write in quotes stand for themselves', () => {
  const told = fault('clear-secrets', { paths: 'a.b' });
  expect(wordsOfTold(told, 'zh-CN')).toContain('请改为 ${NAME} 并设置');
  expect(wordsOfTold(told, 'en')).toBe(told.text);
});
