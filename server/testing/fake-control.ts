/** A control plane whose procedures and events a test decides. */
import { RpcError } from '../../contract/rpc/errors.ts';
import type { EventMessage, EventTopic } from '../../contract/rpc/events.ts';
import type { Handlers } from '../../contract/rpc/procedures.ts';
import type { ControlPlane } from '../../gateway/index.ts';

export interface FakeControl extends ControlPlane {
  /** What was called, in order. */
  readonly calls: { readonly name: string; readonly input: unknown }[];
  readonly subscriptions: FakeSubscription[];
}

export interface FakeSubscription {
  readonly topics: readonly EventTopic[];
  readonly deliver: (message: EventMessage) => boolean;
  resumed: number;
  closed: boolean;
}

const refuse = (): Promise<never> => Promise.reject(new RpcError('not_found', 'not part of this test'));

/** @param handlers those the test needs; every other one answers `not_found` */
export function createFakeControl(handlers: Partial<Handlers> = {}): FakeControl {
  const calls: { name: string; input: unknown }[] = [];
  const subscriptions: FakeSubscription[] = [];
  return {
    calls,
    subscriptions,
    handlers: {
      'aliases.list': refuse,
      'aliases.put': refuse,
      'alerts.list': refuse,
      'aliases.remove': refuse,
      'aliases.restore': refuse,
      'backup.state': refuse,
      'backup.create': refuse,
      'backup.remove': refuse,
      'backup.restore': refuse,
      'backup.keepCurrent': refuse,
      'budgets.list': refuse,
      'budgets.put': refuse,
      'budgets.remove': refuse,
      'budgets.reset': refuse,
      'cache.state': refuse,
      'cache.clear': refuse,
      'chatFiles.put': refuse,
      'chatFiles.get': refuse,
      'clients.list': refuse,
      'clients.update': refuse,
      'complexity.show': refuse,
      'complexity.set': refuse,
      'complexity.score': refuse,
      'complexity.recent': refuse,
      'connect.list': refuse,
      'connect.plan': refuse,
      'connect.test': refuse,
      'connect.apply': refuse,
      'conversations.list': refuse,
      'chatFiles.hold': refuse,
      'conversations.get': refuse,
      'conversations.put': refuse,
      'conversations.remove': refuse,
      'gateway.status': refuse,
      'gateway.pause': refuse,
      'diagnostics.make': refuse,
      'clients.activity': refuse,
      'clients.add': refuse,
      'clients.rotate': refuse,
      'clients.remove': refuse,
      'clients.restore': refuse,
      'models.favourite': refuse,
      'models.correct': refuse,
      'models.list': refuse,
      'models.measured': refuse,
      'models.refresh': refuse,
      'playground.chat': refuse,
      'playground.preview': refuse,
      'playground.read': refuse,
      'presets.list': refuse,
      'presets.save': refuse,
      'presets.remove': refuse,
      'presets.export': refuse,
      'presets.import': refuse,
      'prices.status': refuse,
      'prices.refresh': refuse,
      'prices.reset': refuse,
      'prices.of': refuse,
      'providers.list': refuse,
      'providers.templates': refuse,
      'providers.add': refuse,
      'providers.update': refuse,
      'providers.remove': refuse,
      'providers.restore': refuse,
      'providers.arrange': refuse,
      'providers.duplicate': refuse,
      'providers.test': refuse,
      'keys.add': refuse,
      'keys.update': refuse,
      'keys.check': refuse,
      'keys.remove': refuse,
      'keys.removeSeveral': refuse,
      'keys.enableSeveral': refuse,
      'keys.clear': refuse,
      'requests.list': refuse,
      'requests.get': refuse,
      'requests.export': refuse,
      'requests.import': refuse,
      'requests.code': refuse,
      'requests.replay': refuse,
      'requests.body': refuse,
      'requests.answer': refuse,
      'requests.events': refuse,
      'requests.statistics': refuse,
      'requests.histogram': refuse,
      'requests.values': refuse,
      'requests.delete': refuse,
      'requests.clear': refuse,
      'routing.explain': refuse,
      'routing.rules': refuse,
      'routing.setRules': refuse,
      'views.list': refuse,
      'views.save': refuse,
      'views.remove': refuse,
      'settings.list': refuse,
      'statistics.read': refuse,
      'settings.set': refuse,
      'settings.reset': refuse,
      'settings.undo': refuse,
      'config.export': refuse,
      'config.plan': refuse,
      'config.import': refuse,
      'config.undoImport': refuse,
      'settings.freePort': refuse,
      ...handlers,
    },
    call(name, input, caller) {
      calls.push({ name, input });
      caller?.tell('half way');
      return Promise.resolve(
        name === 'locked.thing'
          ? { ok: false, error: { code: 'locked', message: 'It is locked.', field: 'x' } }
          : { ok: true, data: { name, input } },
      );
    },
    subscribe(topics, deliver) {
      const subscription: FakeSubscription = { topics, deliver, resumed: 0, closed: false };
      subscriptions.push(subscription);
      return {
        resume: () => {
          subscription.resumed += 1;
        },
        close: () => {
          subscription.closed = true;
        },
      };
    },
  };
}
