/**
 * Ids of calls in a dialect that mostly has none. They are made from the call's place and name, so that the same
 * history has the same ids in every request; results without an id belong to the open calls of their name, in order.
 */

interface Call {
  readonly id: string;
  readonly name: string;
  answered: boolean;
}

export interface CallIds {
  /** @param given empty where the client sent none */
  call(name: string, given: string): string;
  /** Id and name of the call a result belongs to; an id of its own where there is no such call. */
  result(name: string, given: string): { readonly id: string; readonly name: string };
  /** Place of a call among all of them; behind all for a result that belongs to none. */
  place(id: string): number;
}

/** Characters of a name that every dialect allows in an id. */
const safe = (name: string): string => name.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 24);

export function createCallIds(): CallIds {
  const calls: Call[] = [];
  let orphans = 0;

  const taken = (id: string): boolean => calls.some((call) => call.id === id);

  return {
    call(name, given) {
      let id = given === '' ? `call_${calls.length}_${safe(name)}` : given;
      while (given === '' && taken(id)) id += '_';
      calls.push({ id, name, answered: false });
      return id;
    },
    result(name, given) {
      const open = calls.filter(({ answered }) => !answered);
      // Clients that make ids of their own for results of calls that had none are read by name.
      const call =
        open.find(({ id }) => given !== '' && id === given) ??
        open.find((candidate) => candidate.name === name) ??
        (name === '' ? open[0] : undefined);
      if (call === undefined) {
        orphans += 1;
        return { id: given === '' ? `result_${orphans}_${safe(name)}` : given, name };
      }
      call.answered = true;
      return { id: call.id, name: call.name };
    },
    place(id) {
      const index = calls.findLastIndex((call) => call.id === id);
      return index === -1 ? calls.length : index;
    },
  };
}
