/** Pages as the router sees them, for tests. */
import type { BridgeMessage } from '../../contract/rpc/bridge.ts';
import type { Sender } from '../main/rpc/sender.ts';
import { PAGE_ORIGIN } from '../main/window/origin.ts';

export interface TestPage {
  readonly sender: Sender;
  /** Everything that was sent to it, by the name of what it follows. */
  readonly heard: { readonly id: string; readonly message: BridgeMessage }[];
}

/** The top frame of a window of ours, with what is given in place of its own. */
export function testPage(change: Partial<Sender> = {}): TestPage {
  const heard: TestPage['heard'] = [];
  const sender: Sender = {
    contents: 1,
    ours: true,
    frame: { origin: PAGE_ORIGIN, top: true },
    send: (message) => heard.push(message),
    ...change,
  };
  return { sender, heard };
}
