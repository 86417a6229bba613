/** Pages that a page opened: none is let in, whatever way it found around its preload world. */
import * as z from 'zod/mini';
import type { Cdp } from './cdp.ts';

const createdSchema = z.object({
  targetInfo: z.object({ targetId: z.string(), type: z.string(), openerId: z.optional(z.string()) }),
});

/** Closes them as they come. The app was asked through `Page.windowOpen` by then. */
export async function closePopups(cdp: Cdp): Promise<void> {
  cdp.listen('', (method, params) => {
    if (method !== 'Target.targetCreated') return;
    const { targetId, type, openerId } = createdSchema.parse(params).targetInfo;
    if (type !== 'page' || openerId === undefined) return;
    // It may have gone by itself.
    cdp.send('Target.closeTarget', { targetId }).catch(() => undefined);
  });
  await cdp.send('Target.setDiscoverTargets', { discover: true });
}
