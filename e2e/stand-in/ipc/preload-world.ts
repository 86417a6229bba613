/**
 * The world of a sandboxed preload script: `ipcRenderer`, `contextBridge` and a `require` that knows nothing but
 * `electron`. The function's own text is run in the page before its scripts, so it uses nothing from outside.
 */

/** What the two sides call each other; random, and taken off the page's global object. */
export interface PreloadNames {
  /** The function that reaches the main process. */
  readonly binding: string;
  /** The function that the main process calls. */
  readonly receiver: string;
}

export interface PreloadOptions extends PreloadNames {
  readonly platform: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
}

/** @param preload the preload script as a function; none where the window has no preload */
export function preloadWorld(
  options: PreloadOptions,
  preload: ((...parts: readonly unknown[]) => void) | null,
): void {
  type Listener = (event: object, ...args: readonly unknown[]) => void;
  const binding: unknown = Reflect.get(globalThis, options.binding);
  Reflect.deleteProperty(globalThis, options.binding);
  const post = (message: object): void => {
    if (typeof binding === 'function') Reflect.apply(binding, undefined, [JSON.stringify(message)]);
  };

  // As where the app denies every window: nothing opens, and the page gets none.
  const read = (object: unknown, name: string): unknown =>
    typeof object === 'object' && object !== null ? Reflect.get(object, name) : undefined;
  const open = (url: unknown = '', frameName: unknown = '', features: unknown = ''): null => {
    const base = read(Reflect.get(globalThis, 'document'), 'baseURI');
    const absolute = URL.parse(String(url), String(base))?.href ?? String(url);
    post({ kind: 'open', url: absolute, frameName: String(frameName), features: String(features) });
    return null;
  };
  Object.defineProperty(globalThis, 'open', { value: open, writable: true, configurable: true });
  const onClick = (event: Event): void => {
    const link = event.composedPath().find((part) => typeof read(part, 'href') === 'string');
    if (event.defaultPrevented || read(link, 'target') !== '_blank') return;
    event.preventDefault();
    open(read(link, 'href'));
  };
  const listen: unknown = Reflect.get(globalThis, 'addEventListener');
  const on = (type: string, listener: (event: Event) => void): void => {
    if (typeof listen === 'function') Reflect.apply(listen, globalThis, [type, listener]);
  };
  on('click', onClick);
  // As with `navigateOnDragDrop: false`, Electron's default: a dropped file is not opened.
  on('dragover', (event) => event.preventDefault());
  on('drop', (event) => event.preventDefault());

  // As in Electron without nodeIntegrationInSubFrames: frames inside the page get no preload.
  if (preload === null || Reflect.get(globalThis, 'top') !== globalThis) return;

  const listeners = new Map<string, Set<Listener>>();
  const pending = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;

  const onMessage = (channel: string, args: readonly unknown[]): void => {
    for (const listener of listeners.get(channel) ?? []) listener({ sender: ipcRenderer }, ...args);
  };
  const onAnswer = (id: number, error: string | null, value: unknown): void => {
    const call = pending.get(id);
    pending.delete(id);
    if (error === null) call?.resolve(value);
    else call?.reject(new Error(error));
  };
  Object.defineProperty(globalThis, options.receiver, {
    value: { onMessage, onAnswer },
    enumerable: false,
  });

  const ipcRenderer = {
    invoke(channel: string, ...args: readonly unknown[]): Promise<unknown> {
      last += 1;
      const call = Promise.withResolvers<unknown>();
      pending.set(last, call);
      try {
        post({ kind: 'invoke', id: last, channel, args: structuredClone(args) });
      } catch (error) {
        pending.delete(last);
        call.reject(error);
      }
      return call.promise;
    },
    send: (channel: string, ...args: readonly unknown[]) =>
      post({ kind: 'send', channel, args: structuredClone(args) }),
    on(channel: string, listener: Listener) {
      const known = listeners.get(channel) ?? new Set<Listener>();
      listeners.set(channel, known.add(listener));
      return ipcRenderer;
    },
    off(channel: string, listener: Listener) {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
    removeListener: (channel: string, listener: Listener) => ipcRenderer.off(channel, listener),
    removeAllListeners(channel: string) {
      listeners.delete(channel);
      return ipcRenderer;
    },
  };

  /** A copy for the other side: data cloned and frozen, functions wrapped, nothing shared. */
  const cross = (value: unknown): unknown => {
    if (typeof value === 'function') {
      return (...args: readonly unknown[]): unknown => {
        try {
          return cross(Reflect.apply(value, undefined, args.map(cross)));
        } catch (error) {
          throw new Error(error instanceof Error ? error.message : String(error), { cause: undefined });
        }
      };
    }
    if (typeof value === 'symbol') throw new TypeError('An object could not be cloned.');
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Promise) {
      return value.then(cross, (error: unknown) => {
        throw new Error(error instanceof Error ? error.message : String(error));
      });
    }
    if (Array.isArray(value)) return Object.freeze(value.map(cross));
    if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) {
      return structuredClone(value);
    }
    return Object.freeze(
      Object.fromEntries(Object.entries(value).map(([name, part]) => [name, cross(part)])),
    );
  };

  const contextBridge = {
    exposeInMainWorld(name: string, api: unknown): void {
      if (Reflect.has(globalThis, name)) {
        throw new Error(`Cannot bind an API on top of an existing property on the window object`);
      }
      Object.defineProperty(globalThis, name, { value: cross(api), enumerable: true });
    },
  };

  const module = { exports: {} };
  const require = (name: string): unknown => {
    if (name === 'electron') return { ipcRenderer, contextBridge };
    throw new Error(`module not found: ${name}`);
  };
  const process = {
    platform: options.platform,
    versions: options.versions,
    type: 'renderer',
    sandboxed: true,
  };
  try {
    Reflect.apply(preload, undefined, [require, module, module.exports, process]);
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    console.error('Unable to load preload script:', message);
    post({ kind: 'preload-error', message });
  }
}
