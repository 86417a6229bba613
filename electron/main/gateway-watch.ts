/** Follows the gateway for tray, menu and notifications, as any other user interface does. */
import type { GatewayStatus } from '../../contract/rpc/procedures/gateway.ts';
import type { ProviderView } from '../../contract/rpc/procedures/providers.ts';
import type { Clock, ControlPlane, Logger } from '../../gateway/index.ts';
import type { Today, TrayFacts } from './tray/model.ts';

/** Requests are counted anew this often while there are any, ms. */
const COUNT_AGAIN = 60_000;

export interface GatewayWatch {
  facts(): TrayFacts;
  /** Reads and counts everything anew: the machine may have slept into another day. */
  look(): void;
  stop(): void;
}

/** The part of the control plane that is followed. */
export interface WatchedControl {
  status(): Promise<GatewayStatus>;
  providers(): Promise<readonly ProviderView[]>;
  /** Requests and their cost since a moment, Unix ms. */
  figuresSince(since: number): Promise<Today>;
  subscribe: ControlPlane['subscribe'];
}

export interface WatchPorts {
  readonly control: WatchedControl;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Something the tray shows may be different now. */
  readonly changed: () => void;
  readonly statusSeen: (status: GatewayStatus) => void;
  readonly providersSeen: (providers: readonly ProviderView[]) => void;
}

export function watchGateway(ports: WatchPorts): GatewayWatch {
  const { control, clock, logger, changed } = ports;
  let facts: TrayFacts = { status: null, providers: [], today: null };
  let countedAt = -Infinity;

  function learn(news: Partial<TrayFacts>): void {
    facts = { ...facts, ...news };
    changed();
  }

  function sawStatus(status: GatewayStatus): void {
    learn({ status });
    ports.statusSeen(status);
    const due = clock.monotonic() - countedAt >= COUNT_AGAIN;
    if (due && (status.requestsPerMinute > 0 || facts.today === null)) void count();
  }

  function sawProviders(providers: readonly ProviderView[]): void {
    learn({ providers });
    ports.providersSeen(providers);
  }

  async function count(): Promise<void> {
    countedAt = clock.monotonic();
    const since = new Date(clock.wall()).setHours(0, 0, 0, 0);
    try {
      learn({ today: await control.figuresSince(since) });
    } catch (error) {
      logger.debug('The requests of today could not be counted', { error });
    }
  }

  async function read(): Promise<void> {
    try {
      const [status, providers] = await Promise.all([control.status(), control.providers()]);
      sawProviders(providers);
      sawStatus(status);
    } catch (error) {
      logger.warn('The tray could not read the state of the gateway', { error });
    }
  }

  const subscription = control.subscribe(
    ['gateway.changed', 'providers.changed', 'requests.cleared'],
    (event) => {
      if (event.topic === 'gateway.changed') sawStatus(event.data);
      else if (event.topic === 'providers.changed') sawProviders(event.data);
      else if (event.topic === 'requests.cleared') void count();
      else void read();
      return true;
    },
  );
  void read();

  return {
    facts: () => facts,
    look() {
      void read();
      void count();
    },
    stop: () => subscription.close(),
  };
}
