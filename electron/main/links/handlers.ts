/** What the user decides about a link: the host does it, since the key of a link does not enter the page. */
import { RpcError } from '../../../contract/rpc/errors.ts';
import type { DesktopHandlers } from '../../../contract/rpc/procedures/desktop.ts';
import type { ControlPlane } from '../../../gateway/index.ts';
import type { LinkDesk } from './link-desk.ts';
import { freeId } from './provider-id.ts';

type Control = Pick<
  ControlPlane['handlers'],
  'providers.add' | 'providers.list' | 'providers.templates' | 'keys.add'
>;

export function linkHandlers(
  desk: LinkDesk,
  control: Control,
): Pick<DesktopHandlers, 'desktop.links' | 'desktop.acceptLink' | 'desktop.declineLink'> {
  return {
    'desktop.links': (_input, page) => desk.follow(page),
    async 'desktop.acceptLink'({ id, allowPrivateNetwork }) {
      const link = desk.asked(id);
      if (link === null || link.kind === 'refused') {
        throw new RpcError('not_found', 'That link was decided already.');
      }
      if (link.kind === 'connect-tool') {
        desk.decided(id);
        return { provider: null };
      }
      const { name, dialect, baseUrl, key } = link;
      const [present, builtIn] = await Promise.all([
        control['providers.list']({}),
        control['providers.templates']({}),
      ]);
      // A stranger's address never becomes one of the built-in providers.
      const provider = freeId(name, new Set([...present, ...builtIn].map((one) => one.id)));
      await control['providers.add']({ id: provider, name, dialect, baseUrl, allowPrivateNetwork });
      desk.decided(id);
      if (key !== null) {
        await control['keys.add']({
          provider,
          value: key,
          label: '',
          weight: 1,
          rpm: 0,
          tpm: 0,
          maxConcurrency: 0,
        });
      }
      return { provider };
    },
    'desktop.declineLink'({ id }) {
      desk.decided(id);
      return Promise.resolve(null);
    },
  };
}
