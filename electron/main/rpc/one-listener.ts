/** The one page that listens to something: the last that asked to, until it goes or another one takes its place. */
import type { Call } from '../../../contract/rpc/define.ts';

type Page<Item> = Pick<Call<Item>, 'tell' | 'onCancel'>;

export interface OneListener<Item> {
  readonly present: boolean;
  /** Heard by nobody while no page listens. */
  tell(item: Item): void;
  /** Resolves when this page no longer listens. */
  follow(page: Page<Item>): Promise<null>;
}

export function createOneListener<Item>(): OneListener<Item> {
  let listening: { readonly page: Page<Item>; readonly end: () => void } | null = null;
  return {
    get present() {
      return listening !== null;
    },
    tell: (item) => listening?.page.tell(item),
    follow(page) {
      listening?.end();
      return new Promise((resolve) => {
        const end = (): void => {
          if (listening?.page === page) listening = null;
          resolve(null);
        };
        listening = { page, end };
        page.onCancel(end);
      });
    },
  };
}
