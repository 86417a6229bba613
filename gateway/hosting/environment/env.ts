/** What environment variables decide over the configuration file. Pure. */
import { EnvironmentFault, type Reading } from './env-readers.ts';
import { ENVIRONMENT_VARIABLES, type EnvironmentVariable } from './env-table.ts';
import type { Overrides } from '../../config/overrides.ts';
import { StartProblem } from '../start-problem.ts';
import type { Environment } from './load-environment.ts';

/**
 * Reads every variable of the table; an empty one counts as not set.
 * @throws StartProblem naming every variable whose value is not allowed, never the value
 */
export function readEnvironment(environment: Environment): Overrides {
  const faults: string[] = [];
  const readings = ENVIRONMENT_VARIABLES.flatMap((variable) => {
    try {
      return readOne(variable, environment);
    } catch (error) {
      if (!(error instanceof EnvironmentFault)) throw error;
      faults.push(`${variable.name} ${error.message}.`);
      return [];
    }
  });
  if (faults.length > 0) throw new StartProblem(faults.join(' '));
  return {
    settings: readings.flatMap(({ settings }) => settings ?? []),
    keys: readings.flatMap(({ keys }) => keys ?? []),
    providers: readings.flatMap(({ providers }) => providers ?? []),
    notices: readings.flatMap(({ notices }) => notices ?? []),
  };
}

function readOne(
  { name, read, yieldsTo }: EnvironmentVariable,
  environment: Environment,
): readonly Reading[] {
  const text = valueOf(name, environment);
  if (text === '' || read === undefined) return [];
  const reading = read(text, name);
  const winner = yieldsTo === undefined ? '' : valueOf(yieldsTo, environment);
  if (yieldsTo === undefined || winner === '') return [reading];
  return winner === text ? [] : [{ notices: [`${name} is ignored, because ${yieldsTo} is set too.`] }];
}

const valueOf = (name: string, environment: Environment): string => environment[name]?.trim() ?? '';
