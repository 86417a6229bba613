/** The routes of the user interface's own files. */
import type { Context } from 'koa';
import { PAGE_NAMES } from '../../contract/rpc/pages.ts';
import { createPageFiles } from '../../gateway/index.ts';
import type { PageFile, Route } from '../../gateway/index.ts';
import { answer, failure } from './answer.ts';

/** Pages by the names of the source documents, and where the one page of the interface shows them. */
const PAGES: Readonly<Record<string, string>> = {
  '/admin/login': '/#/login',
  '/admin/dashboard': '/#/providers',
};

/** Pages that have no place in the navigation. */
const MORE_PAGES = ['login', 'welcome'];

/** @param root folder of the built renderer; it may be missing */
export function pageRoutes(root: string): readonly Route[] {
  const files = createPageFiles(root);
  const send = (ctx: Context, { headers, content }: PageFile): void => {
    ctx.set(headers);
    ctx.body = content;
  };
  const serveFile = async (ctx: Context): Promise<void> => {
    const file = await files.file(ctx.path);
    if (file === undefined) return answer(ctx, failure('not_found', 'There is no such file.'));
    send(ctx, file);
  };
  /** The pages stand behind `#`; whoever typed an address without it meant the page. Programs get what they always got. */
  const toPage =
    (name: string) =>
    async (ctx: Context): Promise<void> => {
      if (ctx.accepts('json', 'html') !== 'html') return serveFile(ctx);
      const place = name === 'overview' ? '/' : ctx.path;
      ctx.redirect(`/#${place}${ctx.search}`);
    };
  const route = (path: string, handle: Route['handle']): Route => ({
    method: 'GET',
    path,
    access: 'page',
    body: 'none',
    errors: 'control',
    handle,
  });

  return [
    route('/', async (ctx) => send(ctx, await files.page())),
    ...Object.entries(PAGES).map(([path, place]) => route(path, (ctx) => ctx.redirect(place))),
    ...[...PAGE_NAMES, ...MORE_PAGES].map((name) => route(`/${name}{/:id}`, toPage(name))),
    route('/assets/{*path}', serveFile),
    route('/:file', serveFile),
  ];
}
