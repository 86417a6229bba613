/** Tools of this computer that can be connected at once, and connecting one of them. */
import { ref, shallowRef, type Ref } from 'vue';
import type { ConnectPlan, ToolView } from '../../../contract/rpc/procedures/connect.ts';
import { useRpc } from '../../shared/rpc/rpc.ts';
import { NO_DRAFT, orderOf } from '../../shared/utils/tool-wiring.ts';

export interface FoundTools {
  /** Empty until they are known, and where there are none. */
  readonly tools: Readonly<Ref<readonly ToolView[]>>;
  readonly known: Readonly<Ref<boolean>>;
  readonly read: () => Promise<void>;
  /** @param model that a tool is told which needs one */
  readonly plan: (tool: ToolView, model: string) => Promise<ConnectPlan>;
  /** @returns how to take it back */
  readonly write: (tool: ToolView, model: string, plan: ConnectPlan) => Promise<() => Promise<void>>;
}

export function useFoundTools(): FoundTools {
  const rpc = useRpc();
  const tools = shallowRef<readonly ToolView[]>([]);
  const known = ref(false);

  const orderFor = (tool: ToolView, model: string) => orderOf(tool, NO_DRAFT, model, { does: 'connect' });
  const place = (after: ToolView): void => {
    tools.value = tools.value.map((one) => (one.id === after.id ? after : one));
  };

  return {
    tools,
    known,
    async read() {
      try {
        const { tools: all, local } = await rpc.call('connect.list', {});
        const fit = ({ state, files }: ToolView): boolean =>
          files.length > 0 && ['not-connected', 'elsewhere', 'connected'].includes(state);
        tools.value = local ? all.filter(fit) : [];
      } catch {
        // What is copied by hand works as well.
      }
      known.value = true;
    },
    plan: (tool, model) => rpc.call('connect.plan', { tool: tool.id, order: orderFor(tool, model) }),
    async write(tool, model, { version }) {
      const after = await rpc.call('connect.apply', {
        tool: tool.id,
        order: orderFor(tool, model),
        version,
      });
      place(after);
      const before = new Set(tool.backups.map(({ name }) => name));
      const copies = after.backups.filter(({ name }) => !before.has(name));
      return async () => {
        for (const { name } of copies) {
          const order = { does: 'restore', backup: name } as const;
          const plan = await rpc.call('connect.plan', { tool: tool.id, order });
          place(await rpc.call('connect.apply', { tool: tool.id, order, version: plan.version }));
        }
      };
    },
  };
}
