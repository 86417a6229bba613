/** Which Node runs this. Pure, and of nothing that an old one lacks. */

/** An older one does not know `import.meta.main` and would end without a word. */
const NEEDED = [24, 2] as const;

/** @param version as `process.versions.node` has it @returns a sentence, or null where it is new enough */
export function nodeProblem(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return null;
  return `Switchyard needs Node ${NEEDED.join('.')} or later; this is ${version}. Install it from https://nodejs.org.`;
}
