/** Settings that a test reads and writes, with the answers of a gateway that keeps them. */
import type {
  SettingPath,
  SettingsView,
  SettingValue,
} from '../../../../contract/rpc/procedures/settings.ts';
import type { Answers } from '../../../testing/fake-rpc.ts';

const DEFAULTS: Readonly<Record<SettingPath, SettingValue>> = {
  'server.host': 'localhost',
  'server.port': 8_000,
  'server.api_key': '',
  'server.max_in_flight': 1_000,
  'server.allowed_origins': [],
  'network.proxy': 'system',
  'network.no_proxy': [],
  'routing.default_model': '',
  'routing.retries': 3,
  'routing.deadline': 3_600_000,
  'routing.cooldown.base': 30_000,
  'routing.cooldown.ceiling': 1_800_000,
  'routing.max_consecutive_failures': 3,
  'routing.health_check_interval': 300_000,
  'routing.timeout.connect': 10_000,
  'routing.timeout.first_content': 300_000,
  'routing.timeout.idle': 300_000,
  'routing.timeout.total': 1_800_000,
  'guards.max_query_length': 0,
  'cache.enabled': false,
  'cache.ttl': 3_600_000,
  'cache.max_size': 1_000,
  'monitoring.enabled': true,
  'requests.bodies': 'full',
  'requests.keep.days': 30,
  'requests.keep.rows': 100_000,
  'requests.keep.size': 1_000_000_000,
  'logging.level': 'info',
  'logging.destination': 'console',
  'logging.file': 'logs/switchyard.log',
  'logging.max_size': 10_000_000,
  'logging.max_files': 5,
  'backup.every': 604_800_000,
  'backup.keep': 7,
  'backup.history': false,
};

const isPath = (name: string): name is SettingPath => name in DEFAULTS;

/** What only the file can set. */
const IN_FILE: SettingsView['inFile'] = [
  { path: 'guards.sensitive_patterns', value: 3 },
  { path: 'monitoring.alerts', value: 0 },
  { path: 'monitoring.webhook.url', value: 'hooks.example' },
];

export interface FakeSettings {
  /** What is set; all others have their defaults. */
  values: Partial<Record<SettingPath, SettingValue>>;
  /** The variables that decide settings. */
  readonly locked: Partial<Record<SettingPath, string>>;
  /** What each setting was before its last change; undefined for its default. */
  readonly before: Map<SettingPath, SettingValue | undefined>;
  readonly view: () => SettingsView;
  readonly answers: Answers;
}

export function createFakeSettings(): FakeSettings {
  const settings: FakeSettings = {
    values: {},
    locked: {},
    before: new Map(),
    view: () => ({
      settings: Object.keys(DEFAULTS).filter(isPath).map(viewOf),
      inFile: IN_FILE,
      configFile: '/home/me/config.yaml',
      dataFolder: '/home/me/.local/share/switchyard',
      logBytes: 61_200,
    }),
    answers: {
      'settings.list': () => settings.view(),
      'settings.set': ({ path, value }) => {
        settings.before.set(path, settings.values[path]);
        settings.values[path] = value;
        return settings.view();
      },
      'settings.undo': ({ path }) => {
        const was = settings.before.get(path);
        unset(path);
        if (was !== undefined) settings.values[path] = was;
        settings.before.delete(path);
        return settings.view();
      },
      'settings.reset': ({ path }) => {
        settings.before.set(path, settings.values[path]);
        unset(path);
        return settings.view();
      },
    },
  };

  function viewOf(path: SettingPath): SettingsView['settings'][number] {
    const value = settings.values[path];
    const secret = path === 'server.api_key';
    return {
      path,
      value: secret && value !== undefined ? `…${String(value).slice(-4)}` : (value ?? DEFAULTS[path]),
      default: DEFAULTS[path],
      changed: value !== undefined,
      undoable: settings.before.has(path),
      secret,
      lockedBy: settings.locked[path] ?? null,
    };
  }

  function unset(path: SettingPath): void {
    settings.values = Object.fromEntries(Object.entries(settings.values).filter(([name]) => name !== path));
  }

  return settings;
}
