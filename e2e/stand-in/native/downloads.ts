/**
 * Downloads of a page: the app is told by `will-download`, as in Electron. Where it names no place the system would ask
 * the user; that is noted like any dialog, and the file goes nowhere, as if the user had cancelled.
 */
import { EventEmitter } from 'node:events';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Cdp } from '../chromium/cdp.ts';
import { dialog } from './dialog.ts';

const beginSchema = z.object({ guid: z.string(), url: z.string(), suggestedFilename: z.string() });
const progressSchema = z.object({ guid: z.string(), state: z.string() });

export class DownloadItem extends EventEmitter {
  readonly #url: string;
  readonly #name: string;
  #path = '';

  constructor(url: string, name: string) {
    super();
    this.#url = url;
    this.#name = name;
  }

  getURL(): string {
    return this.#url;
  }

  getFilename(): string {
    return this.#name;
  }

  setSavePath(path: string): void {
    this.#path = path;
  }

  getSavePath(): string {
    return this.#path;
  }
}

/** @param folder where Chromium keeps a file until it has its place */
export async function watchDownloads(
  cdp: Cdp,
  folder: string,
  begun: (item: DownloadItem) => void,
): Promise<void> {
  const items = new Map<string, DownloadItem>();

  async function finish(guid: string, state: string): Promise<void> {
    const item = items.get(guid);
    if (item === undefined || state === 'inProgress') return;
    items.delete(guid);
    const kept = join(folder, guid);
    const wanted = item.getSavePath();
    const saved = state === 'completed' && wanted !== '';
    if (saved) await rename(kept, wanted);
    else await rm(kept, { force: true });
    item.emit('done', {}, saved ? 'completed' : 'cancelled');
  }

  cdp.listen('', (method, params) => {
    if (method === 'Browser.downloadWillBegin') {
      const { guid, url, suggestedFilename } = beginSchema.parse(params);
      const item = new DownloadItem(url, suggestedFilename);
      items.set(guid, item);
      begun(item);
      if (item.getSavePath() === '') void dialog.showSaveDialog({ defaultPath: suggestedFilename });
    } else if (method === 'Browser.downloadProgress') {
      const { guid, state } = progressSchema.parse(params);
      void finish(guid, state);
    }
  });
  await mkdir(folder, { recursive: true });
  await cdp.send('Browser.setDownloadBehavior', {
    behavior: 'allowAndName',
    downloadPath: folder,
    eventsEnabled: true,
  });
}
