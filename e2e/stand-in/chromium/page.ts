/** One page of Chromium with its DevTools session. */
import * as z from 'zod/mini';
import type { Cdp, CdpListener } from './cdp.ts';

export interface ChromiumPage {
  readonly targetId: string;
  send(method: string, params?: object): Promise<unknown>;
  /** Events come only of what `send` has enabled. */
  listen(listener: CdpListener): void;
  close(): void;
}

const targetSchema = z.object({ targetId: z.string() });
const sessionSchema = z.object({ sessionId: z.string() });

/** Opens an empty page. */
export async function openPage(
  cdp: Cdp,
  size: { readonly width: number; readonly height: number },
): Promise<ChromiumPage> {
  const created = await cdp.send('Target.createTarget', { url: 'about:blank', newWindow: true, ...size });
  const { targetId } = targetSchema.parse(created);
  const attached = await cdp.send('Target.attachToTarget', { targetId, flatten: true });
  const { sessionId } = sessionSchema.parse(attached);
  return {
    targetId,
    send: (method, params) => cdp.send(method, params, sessionId),
    listen: (listener) => cdp.listen(sessionId, listener),
    close() {
      // The browser may be gone before its pages.
      cdp.send('Target.closeTarget', { targetId }).catch(() => undefined);
    },
  };
}
