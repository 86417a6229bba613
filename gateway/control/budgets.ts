/** Procedures on budgets. */
import { RpcError } from '../../contract/rpc/errors.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { ControlPorts } from './ports.ts';

export function budgetHandlers({
  budgets,
}: Pick<ControlPorts, 'budgets'>): Pick<Handlers, 'budgets.list' | 'budgets.reset'> {
  return {
    'budgets.list': () => Promise.resolve(budgets.view()),
    'budgets.reset'({ id }) {
      if (budgets.reset(id) === 0 && id !== undefined) {
        return Promise.reject(new RpcError('not_found', `There is no budget ${id}.`, 'id'));
      }
      return Promise.resolve(budgets.view());
    },
  };
}
