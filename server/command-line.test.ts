import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './command-line.ts';

function parse(...argv: string[]) {
  let out = '';
  let error = '';
  const result = parseCommandLine(argv, '1.2.3', {
    out: (text) => (out += text),
    error: (text) => (error += text),
  });
  return { result, out, error };
}

describe('switchyard', () => {
  it.each([[[]], [['serve']]])('%j serves with defaults', (argv) => {
    expect(parse(...argv).result).toEqual({ command: 'serve', options: { demo: false, open: false } });
  });

  it.each([[[]], [['serve']]])('%j takes every flag', (command) => {
    const flags = [
      '--config',
      'a.yaml',
      '--data-dir',
      'd',
      '--host',
      '0.0.0.0',
      '--port=8080',
      '--demo',
      '--open',
    ];
    expect(parse(...command, ...flags).result).toEqual({
      command: 'serve',
      options: { config: 'a.yaml', dataDir: 'd', host: '0.0.0.0', port: 8080, demo: true, open: true },
    });
  });

  it.each([
    ['bakup', "unknown command 'bakup'\n(Did you mean backup?)"],
    ['quux', "unknown command 'quux'"],
  ])('%s is no command, and what was meant is named', (word, sentence) => {
    const { result, error } = parse(word);
    expect(result).toEqual({ command: 'exit', code: 2 });
    expect(error).toContain(sentence);
    expect(error).not.toContain('serve');
  });

  it('help tells what there is, and what one command takes', () => {
    const { result, out } = parse('help');
    expect(result).toEqual({ command: 'exit', code: 0 });
    expect(out).toBe(parse('--help').out);
    expect(parse('help', 'backup').out).toContain('--with-secrets');
  });

  it('backup and restore take a file, and what is left out', () => {
    expect(parse('backup').result).toEqual({
      command: 'backup',
      options: { withSecrets: false, history: true, demo: false },
    });
    expect(parse('backup', '--to', 'b', '--with-secrets', '--without-history').result).toEqual({
      command: 'backup',
      options: { to: 'b', withSecrets: true, history: false, demo: false },
    });
    expect(parse('restore', 'f.swbackup').result).toEqual({
      command: 'restore',
      options: { file: 'f.swbackup', yes: false, secrets: true, demo: false },
    });
    const flags = ['--yes', '--without-secrets', '--data-dir', 'd', '--config', 'c.yaml'];
    expect(parse('restore', 'f', ...flags).result).toEqual({
      command: 'restore',
      options: { file: 'f', yes: true, secrets: false, dataDir: 'd', config: 'c.yaml', demo: false },
    });
    expect(parse('restore').result).toEqual({ command: 'exit', code: 2 });
  });

  it('connect takes a tool and what is to be done with it', () => {
    const defaults = { dryRun: false, remove: false, ownKey: true, yes: false, demo: false };
    expect(parse('connect').result).toEqual({ command: 'connect', options: defaults });
    const flags = ['--dry-run', '--model', 'fast', '--small-model=', '--no-own-key', '--data-dir', 'd'];
    expect(parse('connect', 'codex', ...flags).result).toEqual({
      command: 'connect',
      options: {
        ...defaults,
        tool: 'codex',
        dryRun: true,
        model: 'fast',
        smallModel: '',
        ownKey: false,
        dataDir: 'd',
      },
    });
    expect(parse('connect', 'zed', '--remove', '--yes').result).toEqual({
      command: 'connect',
      options: { ...defaults, tool: 'zed', remove: true, yes: true },
    });
  });

  it.each([
    [['connect', 'notepad']],
    [['connect', '--remove']],
    [['connect', 'zed', '--remove', '--restore', 'x']],
    [['connect', 'zed', '--remove', '--model', 'x']],
  ])('%j is no order', (argv) => {
    expect(parse(...argv).result).toEqual({ command: 'exit', code: 2 });
  });

  it('a passphrase is no argument', () => {
    expect(parse('backup', '--passphrase', 'x').result).toEqual({ command: 'exit', code: 2 });
  });

  it('explain takes a request, and every flag', () => {
    expect(parse('explain', '--request', 'r.json').result).toEqual({
      command: 'explain',
      options: { request: 'r.json', json: false, demo: false },
    });
    const flags = [
      '--format',
      'gemini',
      '--model',
      'm',
      '--client',
      'c',
      '--config',
      'a.yaml',
      '--data-dir',
      'd',
    ];
    expect(parse('explain', '--request', '-', '--json', '--demo', ...flags).result).toEqual({
      command: 'explain',
      options: {
        request: '-',
        format: 'gemini',
        model: 'm',
        client: 'c',
        config: 'a.yaml',
        dataDir: 'd',
        json: true,
        demo: true,
      },
    });
  });

  it('--version prints the version alone', () => {
    expect(parse('--version')).toMatchObject({ result: { command: 'exit', code: 0 }, out: '1.2.3\n' });
  });

  it.each([[['--help']], [['serve', '--help']]])('%j prints every flag', (argv) => {
    const { result, out } = parse(...argv);
    expect(result).toEqual({ command: 'exit', code: 0 });
    for (const flag of ['--config', '--data-dir', '--host', '--port', '--demo', '--open']) {
      expect(out).toContain(flag);
    }
  });

  it.each([
    [['--prot', '80'], "unknown option '--prot'"],
    [['serve', '--verbose'], "unknown option '--verbose'"],
    [['sevre'], 'sevre'],
    [['serve', 'extra'], 'too many arguments'],
    [['--port'], 'argument missing'],
    [['--port', 'abc'], 'A port is a whole number from 0 to 65535.'],
    [['--port', '65536'], 'A port is a whole number from 0 to 65535.'],
    [['--port', '-1'], 'A port is a whole number from 0 to 65535.'],
    [['--config'], 'argument missing'],
    [['explain'], "required option '--request <file>' not specified"],
    [['explain', '--request', 'a', '--format', 'xml'], 'Allowed choices are openai-chat'],
  ])('%j is refused with a sentence and code 2', (argv, sentence) => {
    const { result, error } = parse(...argv);
    expect(result).toEqual({ command: 'exit', code: 2 });
    expect(error).toContain(sentence);
    expect(error).toContain('switchyard --help');
  });
});
