/** Where the pages of the desktop app live. */

export const PAGE_SCHEME = 'app';
const PAGE_HOST = 'switchyard';
/** Origin of every page of ours, as Chromium writes it. */
export const PAGE_ORIGIN = `${PAGE_SCHEME}://${PAGE_HOST}`;
