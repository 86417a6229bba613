/** Start at log-in on Linux: a desktop entry in the user's autostart folder, as the XDG specification has it. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

/** The user's autostart entry of this app. */
export function autostartPath(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  // The specification wants relative values ignored.
  const configured = environment['XDG_CONFIG_HOME'] ?? '';
  return join(isAbsolute(configured) ? configured : join(home, '.config'), 'autostart', 'switchyard.desktop');
}

/** @param command program and arguments */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Switchyard',
    'Comment=One local port for every AI model',
    `Exec=${command.map(quoted).join(' ')}`,
    'Icon=switchyard',
    'Terminal=false',
    'StartupNotify=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** As the specification quotes an argument; a percent sign would be a field code, a backslash is escaped twice. */
function quoted(argument: string): string {
  const escaped = argument.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('\\', String.raw`\\`);
  return `"${escaped.replaceAll('%', '%%')}"`;
}

/** How desktops note that the user turned an entry off. */
const TURNED_OFF = /^(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$/m;

/** True where an entry is there that a desktop would start. */
export function isAutostarted(path: string): boolean {
  try {
    return !TURNED_OFF.test(readFileSync(path, 'utf8'));
  } catch {
    return false;
  }
}

/** @throws Error of node:fs */
export async function setAutostart(path: string, command: readonly string[] | null): Promise<void> {
  if (command === null) return rm(path, { force: true });
  const text = autostartEntry(command);
  if ((await readFile(path, 'utf8').catch(() => '')) === text) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { mode: 0o644 });
}
