/** The passphrase of a back-up: a variable, or typed at the terminal without being shown. Never an argument. */
import { StartProblem, type Environment } from '../../gateway/index.ts';

const VARIABLE = 'SWITCHYARD_PASSPHRASE';

/** @param twice asks again, for a passphrase that nobody knows yet @throws StartProblem */
export async function askPassphrase(environment: Environment, twice: boolean): Promise<string> {
  const given = environment[VARIABLE] ?? '';
  if (given !== '') return given;
  if (!process.stdin.isTTY) {
    throw new StartProblem(`A passphrase is needed. Set ${VARIABLE}, or run this at a terminal.`);
  }
  const typed = await typeUnseen('Passphrase: ');
  if (twice && (await typeUnseen('The same again: ')) !== typed) {
    throw new StartProblem('The two are not the same.');
  }
  return typed;
}

/** @returns true for y or yes */
export async function confirm(question: string): Promise<boolean> {
  process.stderr.write(`${question} [y/N] `);
  for await (const chunk of process.stdin) {
    process.stdin.pause();
    return /^y(?:es)?\s*$/i.test(String(chunk));
  }
  return false;
}

const ENTER = /[\r\n\u0004]/;
const CONTROL_C = '\u0003';
const BACKSPACE = /[\b\u007f]/;

function typeUnseen(question: string): Promise<string> {
  const { stdin } = process;
  process.stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.resume();
  return new Promise((resolve, reject) => {
    const typed: string[] = [];
    const end = (): void => {
      stdin.setRawMode(false);
      stdin.pause();
      stdin.off('data', take);
      process.stderr.write('\n');
    };
    const take = (chunk: unknown): void => {
      for (const character of String(chunk)) {
        if (character === CONTROL_C) {
          end();
          reject(new StartProblem('Stopped.'));
          return;
        }
        if (ENTER.test(character)) {
          end();
          resolve(typed.join(''));
          return;
        }
        if (BACKSPACE.test(character)) typed.pop();
        else typed.push(character);
      }
    };
    stdin.on('data', take);
  });
}
