import { describe, expect, it } from 'vitest';
import { ListenError, say } from '../../gateway/index.ts';
import { listenOrAsk, portQuestion, type PortQuestion } from './port-conflict.ts';
import { wordsOfTold } from './told.ts';
import { createTranslate } from './words.ts';

const t = createTranslate('en');

/** Ports that are taken, and a user who presses these buttons one after the other. */
function setup(taken: readonly number[], presses: readonly string[], locked = false) {
  const asked: PortQuestion[] = [];
  let port = 8_000;
  const result = listenOrAsk({
    port: () => port,
    listen: () =>
      taken.includes(port)
        ? Promise.reject(new ListenError('port_taken', 'It is taken.', new Error('EADDRINUSE')))
        : Promise.resolve(`http://127.0.0.1:${port}`),
    freePort: (from) => Promise.resolve({ free: from + 1, holder: from === 8_000 ? 'Docker Desktop' : null }),
    setPort(wanted) {
      if (locked) return Promise.resolve('server.port is set by --port; change it there.');
      port = wanted;
      return Promise.resolve(null);
    },
    t,
    words: ({ text }) => text,
    ask(question) {
      const press = presses[asked.length];
      asked.push(question);
      return Promise.resolve(question.buttons.findIndex(({ text }) => text === press));
    },
  });
  return { result, asked };
}

describe('a taken port', () => {
  it('is no question where it is free', async () => {
    const { result, asked } = setup([], []);
    expect(await result).toBe('http://127.0.0.1:8000');
    expect(asked).toEqual([]);
  });

  it('is asked about by name, and left for the free one', async () => {
    const { result, asked } = setup([8_000], ['Use 8001']);
    expect(await result).toBe('http://127.0.0.1:8001');
    expect(asked[0]).toMatchObject({
      message: 'Port 8000 is taken by “Docker Desktop”',
      detail: 'Until the gateway has a port, tools cannot reach it.',
    });
    expect(asked[0]?.buttons.map(({ text }) => text)).toEqual(['Use 8001', 'Try again', 'Not now']);
  });

  it('is asked about until one is free', async () => {
    const { result, asked } = setup([8_000, 8_001], ['Try again', 'Use 8001', 'Use 8002']);
    expect(await result).toBe('http://127.0.0.1:8002');
    expect(asked.map(({ message }) => message)).toEqual([
      'Port 8000 is taken by “Docker Desktop”',
      'Port 8000 is taken by “Docker Desktop”',
      'Port 8001 is taken by another program',
    ]);
  });

  it.each(['Not now', 'a dialog that was closed'])('can wait: %s', async (press) => {
    expect(await setup([8_000], [press]).result).toBeNull();
  });

  it('says why another port could not be set', async () => {
    const { result, asked } = setup([8_000], ['Use 8001', 'Not now'], true);
    expect(await result).toBeNull();
    expect(asked[1]?.detail).toBe('The port was not changed: server.port is set by --port; change it there.');
  });

  it('offers no port where none is free', () => {
    const { buttons } = portQuestion({ port: 8_000, holder: null, free: null, refusal: '' }, t);
    expect(buttons.map(({ choice }) => choice.kind)).toEqual(['again', 'later']);
  });

  it('is not the only reason: an address that cannot be had is told in words of the user', async () => {
    const asked: PortQuestion[] = [];
    const forbidden = say('address-forbidden', { address: 'localhost:80', setting: 'server.port' });
    const never = () => Promise.reject(new Error('no other port helps'));
    const result = listenOrAsk({
      port: () => 80,
      listen: () => Promise.reject(new ListenError('port_forbidden', forbidden, new Error('EACCES'))),
      freePort: never,
      setPort: never,
      t: createTranslate('zh-CN'),
      words: (told) => wordsOfTold(told, 'zh-CN'),
      ask(question) {
        asked.push(question);
        return Promise.resolve(asked.length === 1 ? 0 : 1);
      },
    });
    expect(await result).toBeNull();
    expect(asked).toHaveLength(2);
    expect(asked[0]).toMatchObject({
      message: '配置的地址无法使用',
      detail: '当前账户不能使用地址 localhost:80，请改用 1024 或更高的端口（server.port）。',
    });
    expect(asked[0]?.buttons.map(({ text }) => text)).toEqual(['重试', '以后再说']);
  });
});
