/** Navigations of the top frame and windows that a page opens: the app is asked, as Electron asks it. */
import * as z from 'zod/mini';
import type { ChromiumPage } from '../chromium/page.ts';

/** What the app answers. */
export interface NavigationGuard {
  /** `will-navigate`. @returns false where the app prevented it */
  mayNavigate(url: string): boolean;
  /** `did-start-navigation`: the page is about to be left. */
  onStart(url: string): void;
  /** The window open handler; its answer is always to deny, since the stand-in has no child windows. */
  onOpen(details: OpenDetails): void;
}

export interface OpenDetails {
  readonly url: string;
  readonly frameName: string;
  readonly features: string;
  readonly disposition: 'new-window' | 'foreground-tab';
}

const pausedSchema = z.object({
  requestId: z.string(),
  frameId: z.string(),
  request: z.object({ url: z.string(), urlFragment: z.optional(z.string()) }),
});
const requestedSchema = z.object({ frameId: z.string(), url: z.string() });
const windowSchema = z.object({
  url: z.string(),
  windowName: z.string(),
  windowFeatures: z.array(z.string()),
});

const isWeb = (url: string): boolean => /^https?:/i.test(url);
const withoutFragment = (url: string): string => url.replace(/#.*$/s, '');

export class Navigation {
  readonly #guard: NavigationGuard;
  /** What the app itself loads is not asked about. */
  #own: string | null = null;
  /** Loaded now; loading it again is a reload, which Electron does not ask about either. */
  #current = '';

  constructor(guard: NavigationGuard) {
    this.#guard = guard;
  }

  /** Asks Chromium to stop before each document. */
  async begin(page: ChromiumPage): Promise<void> {
    await page.send('Fetch.enable', { patterns: [{ urlPattern: '*', resourceType: 'Document' }] });
  }

  /** The app loads this next. @param url as Chromium loads it */
  own(url: string): void {
    this.#own = withoutFragment(url);
  }

  onEvent(page: ChromiumPage, method: string, params: unknown): void {
    if (method === 'Fetch.requestPaused') this.#onDocument(page, pausedSchema.parse(params));
    if (method === 'Page.frameRequestedNavigation') {
      const { frameId, url } = requestedSchema.parse(params);
      // Chromium itself goes nowhere for other schemes and stops nowhere: the app is told all the same.
      if (frameId === page.targetId && !isWeb(url)) this.#guard.mayNavigate(url);
    }
    if (method === 'Page.windowOpen') {
      const { url, windowName, windowFeatures } = windowSchema.parse(params);
      const details = { frameName: windowName, features: windowFeatures.join(',') };
      this.#guard.onOpen({ url, ...details, disposition: 'foreground-tab' });
    }
  }

  #onDocument(page: ChromiumPage, { requestId, frameId, request }: z.output<typeof pausedSchema>): void {
    const isTop = frameId === page.targetId;
    const known = request.url === this.#own || request.url === this.#current;
    const allowed = !isTop || known || this.#guard.mayNavigate(request.url + (request.urlFragment ?? ''));
    if (isTop && allowed) {
      this.#current = request.url;
      this.#own = null;
      this.#guard.onStart(request.url + (request.urlFragment ?? ''));
    }
    const answer = allowed
      ? page.send('Fetch.continueRequest', { requestId })
      : page.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    // The page may close meanwhile.
    answer.catch(() => undefined);
  }
}
