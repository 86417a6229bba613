/** What a budget is about, read off its scope. */

export interface BudgetSubject {
  /** Part of its message, in `budgets.names`, `budgets.scopes` and `problems.budgetScopes`. */
  readonly kind: 'all' | 'client' | 'provider' | 'alias';
  /** Empty for `all`. */
  readonly id: string;
}

/** @param scope `all`, `client:ID`, `provider:ID`, `alias:ID` */
export function subjectOf(scope: string): BudgetSubject {
  const [kind = '', ...rest] = scope.split(':');
  const id = rest.join(':');
  return kind === 'client' || kind === 'provider' || kind === 'alias'
    ? { kind, id }
    : { kind: 'all', id: '' };
}
