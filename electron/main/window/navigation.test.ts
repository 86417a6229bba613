import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { RpcError } from '../../../contract/rpc/errors.ts';
import {
  createOpenExternal,
  guardContents,
  guardPermissions,
  outsideAddress,
  type GuardedContents,
} from './navigation.ts';

const REFUSED = [
  'http://example.com/',
  'javascript:alert(1)',
  'data:text/html,<script>1</script>',
  'file:///etc/passwd',
  'smb://server/share',
  'ms-msdt:/id PCWDiagnostic',
  'vbscript:x',
  'app://switchyard/',
  'switchyard://open/overview',
  'ftp://example.com/',
  'blob:https://example.com/1',
  'view-source:https://example.com',
  '//example.com',
  'example.com',
  '',
  ' ',
  'https://',
  'https://openai.com@evil.example/',
  'https://openai.com:secret@evil.example/',
  `https://example.com/${'x'.repeat(2_000)}`,
];

describe('addresses for the outside', () => {
  it.each([
    ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
    ['HTTPS://EXAMPLE.COM', 'https://example.com/'],
    ['mailto:ada@example.com?subject=hello', 'mailto:ada@example.com?subject=hello'],
  ])('%s is opened', async (given, opened) => {
    const outside: string[] = [];
    await createOpenExternal(async (url) => void outside.push(await Promise.resolve(url)))(given);
    expect(outside).toEqual([opened]);
  });

  it.each(REFUSED)('%s is not', async (url) => {
    expect(outsideAddress(url)).toBeNull();
    const outside: string[] = [];
    const open = createOpenExternal(async (address) => void outside.push(await Promise.resolve(address)));
    await expect(open(url)).rejects.toThrow(RpcError);
    expect(outside).toEqual([]);
  });
});

describe('a page', () => {
  function guarded() {
    const events = new EventEmitter();
    const asked: string[] = [];
    let handler: (details: { readonly url: string }) => { readonly action: 'deny' } = () => ({
      action: 'deny',
    });
    const contents: GuardedContents = {
      on: (name, listener) => events.on(name, listener),
      setWindowOpenHandler(given) {
        handler = given;
      },
    };
    guardContents(contents, (url) => asked.push(url));
    return { events, asked, open: (url: string) => handler({ url }) };
  }

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'stays where it is: %s',
    (name) => {
      const { events } = guarded();
      let prevented = false;
      events.emit(name, { url: 'https://example.com/', preventDefault: () => void (prevented = true) });
      expect(prevented).toBe(true);
    },
  );

  it('opens no window; its link goes through the one door', () => {
    const { open, asked } = guarded();
    expect(open('https://example.com/')).toEqual({ action: 'deny' });
    expect(open('file:///etc/passwd')).toEqual({ action: 'deny' });
    expect(asked).toEqual(['https://example.com/', 'file:///etc/passwd']);
  });

  it('gets no permission but to put text on the clipboard', () => {
    const answers: Record<string, boolean> = {};
    const checks: Record<string, boolean> = {};
    const permissions = [
      'media',
      'geolocation',
      'notifications',
      'clipboard-read',
      'openExternal',
      'usb',
      'unknown',
    ];
    guardPermissions({
      setPermissionRequestHandler(handler) {
        for (const name of [...permissions, 'clipboard-sanitized-write']) {
          handler({}, name, (granted) => (answers[name] = granted));
        }
      },
      setPermissionCheckHandler(handler) {
        for (const name of [...permissions, 'clipboard-sanitized-write']) checks[name] = handler({}, name);
      },
      setDevicePermissionHandler(handler) {
        expect(handler()).toBe(false);
      },
    });
    const expected = {
      ...Object.fromEntries(permissions.map((name) => [name, false])),
      'clipboard-sanitized-write': true,
    };
    expect([answers, checks]).toEqual([expected, expected]);
  });
});
