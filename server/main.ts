#!/usr/bin/env node
/** Entry of the command line `switchyard`: asks for the right Node before anything is loaded that an older one cannot link. */
import { nodeProblem } from './node-version.ts';

const problem = nodeProblem(process.versions.node);
if (problem !== null) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}

/** Runs one command. @param argv what stands behind the program's name */
export async function main(argv: readonly string[]): Promise<void> {
  const program = await import('./program.ts');
  await program.main(argv);
}

if (import.meta.main) await main(process.argv.slice(2));
