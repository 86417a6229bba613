/** Procedures on the saved views of the request list. What is kept holds no registered secret. */
import { refusal } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { SavedView, SavedViews } from '../../contract/rpc/procedures/views.ts';
import { KeptListError } from '../state/kept-list.ts';
import type { ControlPorts } from './ports.ts';

type Names = 'views.list' | 'views.save' | 'views.remove';

export function savedViewHandlers({
  savedViews,
  playground,
}: Pick<ControlPorts, 'savedViews' | 'playground'>): Pick<Handlers, Names> {
  return {
    'views.list': () => told(savedViews.list()),
    'views.save': (view) => told(savedViews.save(withoutSecrets(view, playground.values))),
    'views.remove': ({ id }) => told(savedViews.remove(id)),
  };
}

function withoutSecrets(view: SavedView, clean: (text: string) => string): SavedView {
  const at = (most: number, text: string): string => clean(text).slice(0, most);
  const { words, where } = view.filter;
  const { time } = view;
  return {
    ...view,
    name: at(80, view.name),
    ...(time === undefined ? {} : { time: at(100, time) }),
    filter: {
      ...view.filter,
      ...(words === undefined ? {} : { words: at(500, words) }),
      ...(where === undefined
        ? {}
        : {
            where: where.map((condition) =>
              condition.kind === 'text'
                ? { ...condition, values: condition.values.map((value) => at(200, value)) }
                : condition,
            ),
          }),
    },
  };
}

async function told(answer: Promise<readonly SavedView[]>): Promise<SavedViews> {
  try {
    return { views: await answer };
  } catch (error) {
    if (!(error instanceof KeptListError)) throw error;
    throw refusal(error.problem === 'unusable' ? 'unavailable' : 'invalid_input', error.told);
  }
}
