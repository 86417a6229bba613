/** What the user decides about a link: the host does it, since the key of a link does not enter the page. */
import { refusal } from '../../../contract/rpc/errors.ts';
import type { DesktopHandlers } from '../../../contract/rpc/procedures/desktop.ts';
import type { ControlPlane } from '../../../gateway/index.ts';
import { say } from '../../../gateway/index.ts';
import type { LinkDesk } from './link-desk.ts';
import { freeId } from './provider-id.ts';

type Control = Pick<
  ControlPlane['handlers'],
  'providers.add' | 'providers.list' | 'providers.remove' | 'providers.templates' | 'keys.add'
>;

export function linkHandlers(
  desk: LinkDesk,
  control: Control,
): Pick<DesktopHandlers, 'desktop.links' | 'desktop.acceptLink' | 'desktop.declineLink'> {
  /** The link whose provider was added while its key was not: agreeing to it again adds the key alone. */
  let half: { readonly id: number; readonly provider: string } | null = null;

  return {
    'desktop.links': (_input, page) => desk.follow(page),
    async 'desktop.acceptLink'({ id, allowPrivateNetwork }) {
      const link = desk.asked(id);
      if (link === null || link.kind === 'refused') {
        throw refusal('not_found', say('link-decided'));
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
      const known = half?.id === id ? present.find((one) => one.id === half?.provider)?.id : undefined;
      const provider = known ?? freeId(name, new Set([...present, ...builtIn].map((one) => one.id)));
      if (known === undefined) {
        await control['providers.add']({ id: provider, name, dialect, baseUrl, allowPrivateNetwork });
      }
      half = { id, provider };
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
      // Only now: until then the link waits here with its key, in this memory alone.
      half = null;
      desk.decided(id);
      return { provider };
    },
    async 'desktop.declineLink'({ id }) {
      const added = half?.id === id ? half.provider : null;
      half = null;
      desk.decided(id);
      // Whoever gives up wants nothing of it, and a provider without its key is of no use.
      if (added !== null) await control['providers.remove']({ id: added });
      return null;
    },
  };
}
