/** The updates of this build, where it was published with a source of them. */
import { app, session } from 'electron';
import type { UpdateWish } from '../../../../contract/rpc/updates.ts';
import { systemClock, type Gateway, type Logger } from '../../../../gateway/index.ts';
import { installWay } from './install-way.ts';
import { proxyRules } from './proxy-rules.ts';
import { createUpdateDesk, type UpdateDesk } from './update-desk.ts';
import { readUpdateSource } from './update-source.ts';

/** Nothing of the pages' cookies and caches is sent along. */
const PARTITION = 'updates';

export async function openUpdates(ports: {
  readonly wish: () => UpdateWish;
  readonly notify: (what: 'available' | 'ready', version: string) => void;
  /** Its proxy is used here too. */
  readonly network: () => ReturnType<Gateway['config']>['network'];
  readonly logger: Logger;
}): Promise<UpdateDesk> {
  const resources = process.resourcesPath;
  // A build that runs from its sources is brought up to date by whoever builds it.
  const source = app.isPackaged ? await readUpdateSource(resources) : null;
  const way = await installWay({ platform: process.platform, appImage: process.env['APPIMAGE'], resources });

  return createUpdateDesk({
    ...ports,
    clock: systemClock,
    quit: () => setImmediate(() => app.quit()),
    source: source === null ? null : { host: source.base.host, way, load },
  });

  /** Most starts of the app never need the code. */
  async function load() {
    if (source === null) throw new Error('There is no source.');
    const [{ createUpdater }, { appAdapter }] = await Promise.all([
      import('./updater.ts'),
      import('./app-adapter.ts'),
    ]);
    return createUpdater({
      app: appAdapter(app, resources),
      source,
      way,
      platform: process.platform,
      processor: process.arch,
      async fetch(url, init) {
        const own = session.fromPartition(PARTITION, { cache: false });
        await own.setProxy(proxyRules(ports.network()));
        return own.fetch(url, init);
      },
      clock: systemClock,
      logger: ports.logger,
      relaunch: (program) => app.relaunch({ execPath: program, args: process.argv.slice(1) }),
    });
  }
}
