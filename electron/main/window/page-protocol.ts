/** Answers `app://switchyard/...` with the files of the user interface and nothing else. */
import type { PageFiles } from '../../../gateway/index.ts';
import { PAGE_ORIGIN } from './origin.ts';

/** The handler for `protocol.handle`; never rejects. @param failed hears of files that could not be read */
export function createPageHandler(
  files: PageFiles,
  failed: (error: unknown) => void,
): (request: { readonly url: string; readonly method: string }) => Promise<Response> {
  return async ({ url, method }) => {
    if (method !== 'GET' && method !== 'HEAD') return plain(405, 'Only GET is answered here.');
    // Chromium has resolved `..` by now; an encoded one is judged where the file is looked for.
    const path = url.startsWith(`${PAGE_ORIGIN}/`)
      ? (url.slice(PAGE_ORIGIN.length).split(/[?#]/)[0] ?? '')
      : null;
    if (path === null) return plain(404, 'There is no such host.');
    try {
      const file = path === '/' ? await files.page() : await files.file(path);
      if (file === undefined) return plain(404, 'There is no such file.');
      const content = typeof file.content === 'string' ? file.content : new Uint8Array(file.content);
      return new Response(method === 'HEAD' ? null : content, { headers: file.headers });
    } catch (error) {
      failed(error);
      return plain(500, 'The file could not be read.');
    }
  };
}

const plain = (status: number, text: string): Response =>
  new Response(text, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'content-security-policy': "default-src 'none'" },
  });
