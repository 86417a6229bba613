/** Opens an address in the user's browser, where there is one. */
import { spawn } from 'node:child_process';

/** The program that opens addresses, by platform. */
export function openerFor(
  platform: NodeJS.Platform,
  address: string,
): { readonly program: string; readonly args: readonly string[] } {
  if (platform === 'darwin') return { program: 'open', args: [address] };
  if (platform === 'win32') return { program: 'rundll32', args: ['url.dll,FileProtocolHandler', address] };
  return { program: 'xdg-open', args: [address] };
}

/** @param failed told when no browser could be started; the gateway runs on without */
export function openPage(platform: NodeJS.Platform, address: string, failed: (reason: string) => void): void {
  const { program, args } = openerFor(platform, address);
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', (error) => failed(error.message));
  child.on('exit', (code) => {
    if (code !== 0 && code !== null) failed(`${program} ended with code ${code}`);
  });
  child.unref();
}
