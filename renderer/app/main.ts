/** Starts the interface where it finds itself: in the desktop app, or in a browser. */
import { BRIDGE } from '../../contract/rpc/bridge.ts';
import type { PageBridge } from '../shared/rpc/ipc-rpc.ts';

declare global {
  interface Window {
    /** Made by the preload script of the desktop app. */
    readonly [BRIDGE]?: PageBridge;
  }
}

// Still there where first-paint.js did not come.
document.querySelector('#no-script')?.remove();

const bridge = window[BRIDGE];
if (bridge === undefined) {
  const { startBrowser } = await import('./start-browser.ts');
  await startBrowser();
} else {
  const { startDesktop } = await import('./start-desktop.ts');
  await startDesktop(bridge);
}
