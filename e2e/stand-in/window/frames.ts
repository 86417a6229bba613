/** The frames of one window, as `WebFrameMain` shows them: top frame first, addresses as the app knows them. */
import * as z from 'zod/mini';

export interface WebFrame {
  readonly frameToken: string;
  readonly url: string;
  /** `app://switchyard` */
  readonly origin: string;
  readonly parent: WebFrame | null;
  readonly top: WebFrame;
  readonly detached: boolean;
  isDestroyed(): boolean;
}

const frameSchema = z.object({
  id: z.string(),
  parentId: z.optional(z.string()),
  url: z.string(),
  urlFragment: z.optional(z.string()),
});
const navigatedSchema = z.object({ frame: frameSchema });
const attachedSchema = z.object({ frameId: z.string(), parentFrameId: z.string() });
const withinSchema = z.object({ frameId: z.string(), url: z.string() });
const detachedSchema = z.object({ frameId: z.string() });
const contextSchema = z.object({
  context: z.object({ id: z.int(), auxData: z.object({ frameId: z.string(), isDefault: z.boolean() }) }),
});
const contextGoneSchema = z.object({ executionContextId: z.int() });

class Frame implements WebFrame {
  readonly frameToken: string;
  readonly parent: Frame | null;
  url = '';
  detached = false;

  constructor(frameToken: string, parent: Frame | null) {
    this.frameToken = frameToken;
    this.parent = parent;
  }

  get origin(): string {
    return /^[a-z0-9+.-]+:\/\/[^/?#]*/i.exec(this.url)?.[0] ?? 'null';
  }

  get top(): Frame {
    return this.parent === null ? this : this.parent.top;
  }

  isDestroyed(): boolean {
    return this.detached;
  }
}

/** Follows Chromium's events. @param fromWeb turns loaded addresses into the app's */
export class Frames {
  readonly #byId = new Map<string, Frame>();
  readonly #byContext = new Map<number, Frame>();
  readonly #fromWeb: (address: string) => string;
  readonly top: WebFrame;

  constructor(topId: string, fromWeb: (address: string) => string) {
    this.#fromWeb = fromWeb;
    const top = new Frame(topId, null);
    this.top = top;
    this.#byId.set(topId, top);
  }

  /** The frame whose script context this is. */
  ofContext(id: number): WebFrame | undefined {
    return this.#byContext.get(id);
  }

  onEvent(method: string, params: unknown): void {
    if (method === 'Page.frameAttached') {
      const { frameId, parentFrameId } = attachedSchema.parse(params);
      this.#frame(frameId, parentFrameId);
    }
    if (method === 'Page.frameNavigated') {
      const { id, parentId, url, urlFragment = '' } = navigatedSchema.parse(params).frame;
      this.#frame(id, parentId).url = this.#fromWeb(url + urlFragment);
    }
    if (method === 'Page.navigatedWithinDocument') {
      const { frameId, url } = withinSchema.parse(params);
      this.#frame(frameId).url = this.#fromWeb(url);
    }
    if (method === 'Page.frameDetached') {
      const { frameId } = detachedSchema.parse(params);
      this.#frame(frameId).detached = true;
      this.#byId.delete(frameId);
    }
    if (method === 'Runtime.executionContextCreated') {
      const { context } = contextSchema.parse(params);
      this.#byContext.set(context.id, this.#frame(context.auxData.frameId));
    }
    if (method === 'Runtime.executionContextDestroyed') {
      this.#byContext.delete(contextGoneSchema.parse(params).executionContextId);
    }
  }

  #frame(id: string, parentId?: string): Frame {
    const known = this.#byId.get(id);
    if (known !== undefined) return known;
    const parent = this.#byId.get(parentId ?? this.top.frameToken) ?? null;
    const frame = new Frame(id, parent);
    this.#byId.set(id, frame);
    return frame;
  }
}
