/** Links wait here for the user: one is asked about at a time, few may wait, and none acts by itself. */
import type { LinkContent, LinkOffer } from '../../../contract/rpc/links.ts';
import type { Call } from '../../../contract/rpc/define.ts';
import type { Clock } from '../../../gateway/index.ts';
import { createOneListener } from '../rpc/one-listener.ts';
import type { Link } from './read-link.ts';

/** Behind the one that is shown; whoever sends more wants to wear the user out. */
const MOST_WAITING = 3;
/** The same link again so soon after it was decided is the same press, or a page that repeats itself, ms. */
const REPEATED = 2_000;

type Asking = Exclude<Link, { readonly kind: 'open' }>;
type Listener = Pick<Call<{ readonly offer: LinkOffer | null }>, 'tell' | 'onCancel'>;

export interface LinkDesk {
  /** @returns false when it is dropped */
  offer(link: Asking): boolean;
  /** A page listens until it goes, or until another one listens. */
  follow(page: Listener): Promise<null>;
  /** The link that is asked about, while it is this one. */
  asked(id: number): Asking | null;
  /** It was done or declined: the next one is asked about. */
  decided(id: number): void;
}

/** @param fingerprint shows of a key what may be seen */
export function createLinkDesk(
  clock: Pick<Clock, 'monotonic'>,
  fingerprint: (key: string) => string,
): LinkDesk {
  const queue: { readonly id: number; readonly link: Asking; readonly text: string }[] = [];
  let lastId = 0;
  let decidedLast: { readonly text: string; readonly at: number } | null = null;
  const listener = createOneListener<{ readonly offer: LinkOffer | null }>();

  const current = (): LinkOffer | null => {
    const [first] = queue;
    if (first === undefined) return null;
    return { id: first.id, link: contentOf(first.link, fingerprint), waiting: queue.length - 1 };
  };
  const tell = (): void => listener.tell({ offer: current() });

  return {
    offer(link) {
      const text = JSON.stringify(link);
      const again = decidedLast?.text === text && clock.monotonic() - decidedLast.at < REPEATED;
      const known = queue.some((other) => other.text === text);
      if (again || known || queue.length > MOST_WAITING) return false;
      lastId += 1;
      queue.push({ id: lastId, link, text });
      tell();
      return true;
    },
    follow(page) {
      const end = listener.follow(page);
      tell();
      return end;
    },
    asked: (id) => (queue[0]?.id === id ? queue[0].link : null),
    decided(id) {
      const [first] = queue;
      if (first?.id !== id) return;
      queue.shift();
      decidedLast = { text: first.text, at: clock.monotonic() };
      tell();
    },
  };
}

/** The key stays here. */
function contentOf(link: Asking, fingerprint: (key: string) => string): LinkContent {
  if (link.kind !== 'add-provider') return link;
  const { key, ...shown } = link;
  return { ...shown, keyFingerprint: key === null ? null : fingerprint(key) };
}
