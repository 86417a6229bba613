import { describe, expect, it } from 'vitest';
import { StartProblem } from '../../gateway/index.ts';
import { readOptions } from './options.ts';

describe('the arguments of the app', () => {
  it('may be none', () => {
    expect(readOptions([])).toEqual({
      demo: false,
      hidden: false,
      dataFolder: undefined,
      config: undefined,
      host: undefined,
      port: undefined,
      link: null,
    });
  });

  it('are found among those of Electron and Chromium', () => {
    const argv = [
      '--no-sandbox',
      '--inspect=0',
      '/opt/app',
      '--demo',
      '--hidden',
      '--port',
      '0',
      '--lang=zh',
    ];
    expect(readOptions([...argv, '--data-dir=/data', 'switchyard://open/models'])).toMatchObject({
      demo: true,
      hidden: true,
      port: 0,
      dataFolder: '/data',
      link: { kind: 'open', page: 'models' },
    });
  });

  it.each([['--port', 'x'], ['--port=65536'], ['--port=-1'], ['--port'], ['--data-dir']])(
    '%s is refused',
    (...argv) => {
      expect(() => readOptions(argv)).toThrow(StartProblem);
    },
  );
});
