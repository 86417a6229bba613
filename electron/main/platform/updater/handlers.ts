/** The procedures about newer versions of the app. */
import type { DesktopHandlers } from '../../../../contract/rpc/procedures/desktop.ts';
import type { UpdateDesk } from './update-desk.ts';

type Own = 'updates.follow' | 'updates.check' | 'updates.download' | 'updates.cancel' | 'updates.install';

export function updateHandlers(desk: UpdateDesk): Pick<DesktopHandlers, Own> {
  const done = async (act: () => void): Promise<null> => {
    act();
    return Promise.resolve(null);
  };
  return {
    'updates.follow': (_input, page) => desk.follow(page),
    'updates.check': () => done(() => desk.check()),
    'updates.download': () => done(() => desk.download()),
    'updates.cancel': () => done(() => desk.cancel()),
    // The answer leaves first: the app may end.
    'updates.install': ({ when }) => done(() => desk.install(when)),
  };
}
