/** The words of a notice. Pure. */
import type { OpenedPlace } from '../../../contract/rpc/pages.ts';
import { wordsOfTold } from '../told.ts';
import { createTranslate, type Language } from '../words.ts';
import type { Notice } from './notices.ts';

/** What a notice says, and the page a click on it opens. */
export function noticeText(
  notice: Notice,
  language: Language,
): { readonly title: string; readonly body: string; readonly page: OpenedPlace } {
  const t = createTranslate(language);
  switch (notice.kind) {
    case 'provider-unusable':
      return {
        title: t('desktop.notices.unusable', { name: notice.name }),
        body: t('desktop.notices.unusableBody'),
        page: 'providers',
      };
    case 'provider-recovered':
      return {
        title: t('desktop.notices.recovered', { name: notice.name }),
        body: t('desktop.notices.recoveredBody'),
        page: 'providers',
      };
    case 'secrets-unavailable':
      return {
        title: t('problems.secrets_unavailable'),
        body: wordsOfTold(notice.told, language),
        page: 'providers',
      };
    case 'alert':
      return { title: t('problems.alert'), body: wordsOfTold(notice.told, language), page: 'overview' };
    case 'budget':
      return {
        title: t('desktop.notices.budget'),
        body: wordsOfTold(notice.told, language),
        page: 'routing',
      };
    case 'update-available':
    case 'update-ready': {
      const words = notice.kind === 'update-ready' ? 'updateReady' : 'update';
      return {
        title: t(`desktop.notices.${words}`, { version: notice.version }),
        body: t(`desktop.notices.${words}Body`),
        page: 'settings/about',
      };
    }
    case 'address-taken':
      return {
        title: t('problems.address_taken'),
        body: wordsOfTold(notice.told, language),
        page: 'settings/gateway',
      };
  }
}
