/** What the settings say of newer versions. Pure. */
import type { Told } from '../../../contract/rpc/connect-sayings.ts';
import type { UpdateView, UpdateWish } from '../../../contract/rpc/updates.ts';

export interface UpdateWords {
  /** Name of the message beside `settings.items.about.updates`. */
  readonly key: string;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * @param own version that runs
 * @param wish what the app does by itself
 * @param show moments, days, shares and reasons in the user's language
 */
export function updateWords(
  { source, checkedAt, state }: UpdateView,
  own: string,
  wish: UpdateWish,
  show: {
    readonly moment: (moment: number) => string;
    readonly day: (moment: number) => string;
    readonly share: (share: number) => string;
    readonly told: (told: Told) => string;
  },
): UpdateWords {
  if (source === null) return { key: 'none', values: {} };
  switch (state.kind) {
    case 'idle':
      return { key: wish === 'off' ? 'off' : 'daily', values: { host: source } };
    case 'checking':
      return { key: 'checking', values: { host: source } };
    case 'current': {
      const when = checkedAt === null ? '' : show.moment(checkedAt);
      return { key: 'current', values: { version: own, host: source, when } };
    }
    case 'available': {
      const { version, date } = state.update;
      if (date === null) return { key: 'available', values: { version } };
      return { key: 'availableOf', values: { version, date: show.day(date) } };
    }
    case 'downloading':
      return {
        key: 'downloading',
        values: { version: state.update.version, share: show.share(state.share) },
      };
    case 'ready':
      return { key: state.onQuit ? 'readyOnQuit' : 'ready', values: { version: state.update.version } };
    case 'failed':
      return state.update === null
        ? { key: 'failed', values: { reason: show.told(state.reason) } }
        : {
            key: 'notDownloaded',
            values: { reason: show.told(state.reason), version: state.update.version },
          };
  }
}
