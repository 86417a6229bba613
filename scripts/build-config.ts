/** Vite's configuration of each target. */
import { join } from 'node:path';
import type { InlineConfig } from 'vite';
import type { BuildTarget } from './build-targets.ts';
import { ROOT } from './project.ts';

export async function configOf({ name, config }: BuildTarget): Promise<InlineConfig> {
  const configFile = join(ROOT, config);
  if (name !== 'main' && name !== 'preload') return { configFile, logLevel: 'warn' };
  // Loaded only for the desktop: a server need not even read it.
  const { resolveConfig } = await import('electron-vite');
  const resolved = await resolveConfig({ configFile, logLevel: 'warn' }, 'build', 'production');
  return { ...resolved.config?.[name], configFile: false, logLevel: 'warn' };
}
