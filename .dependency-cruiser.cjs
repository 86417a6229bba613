// Who may import whom (DESIGN section 1). Anything not granted inside our own folders is an error.
const OURS = '^(electron|renderer|gateway|server|contract|e2e|scripts|bench)/';
const TEST = '\\.test\\.ts$';
const grant = (name, from, to) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: TEST },
  to: { path: OURS, pathNot: to },
});
const deny = (name, from, to) => ({ name, severity: 'error', from, to });

module.exports = {
  forbidden: [
    deny('not-unresolvable', {}, { couldNotResolve: true, pathNot: '^electron$' }),
    deny('no-cycle', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    // processes
    grant('contract', '^contract/', ['^contract/']),
    grant('gateway', '^gateway/', ['^gateway/', '^contract/']),
    grant('server', '^server/', ['^server/', '^gateway/index\\.ts$', '^contract/']),
    grant('electron-main', '^electron/main/', [
      '^electron/main/',
      '^gateway/index\\.ts$',
      '^contract/',
      '^resources/',
    ]),
    grant('electron-preload', '^electron/preload/', ['^electron/preload/', '^contract/']),
    grant('renderer', '^renderer/', ['^renderer/', '^contract/', '^resources/']),
    grant('scripts', '^scripts/', ['^scripts/']),
    grant('bench', '^bench/', [
      '^bench/',
      '^scripts/',
      '^gateway/(storage|core|state|testing)/',
      '^server/testing/',
      '^contract/',
    ]),
    deny(
      'contract-is-a-leaf',
      { path: '^contract/', pathNot: TEST },
      { dependencyTypes: ['core', 'npm'], pathNot: 'node_modules/zod/' },
    ),
    deny(
      'engine-has-no-host',
      { path: '^(gateway|server|contract)/' },
      { path: '(^electron$|node_modules/(electron|electron-updater|vue|pinia)/)' },
    ),
    deny('preload-has-no-node', { path: '^electron/preload/', pathNot: TEST }, { dependencyTypes: ['core'] }),
    deny('renderer-has-no-node', { path: '^renderer/', pathNot: TEST }, { dependencyTypes: ['core'] }),
    deny(
      'renderer-types-only-from-schemas',
      { path: '^renderer/', pathNot: TEST },
      { path: '^contract/(log|rpc/procedures)', dependencyTypesNot: ['type-only'] },
    ),
    // inside the engine, downward only
    grant('core', '^gateway/core/', ['^gateway/core/', '^contract/']),
    grant('routing', '^gateway/routing/', ['^gateway/(routing|core)/', '^contract/']),
    grant('guards', '^gateway/guards/', ['^gateway/(guards|core)/', '^contract/']),
    grant('catalogue', '^gateway/catalogue/', ['^gateway/(catalogue|routing|core)/', '^contract/']),
    grant('transport', '^gateway/transport/', ['^gateway/(transport|core)/', '^contract/']),
    grant('storage', '^gateway/storage/', ['^gateway/(storage|core)/', '^contract/']),
    grant('estimates', '^gateway/estimates/', ['^gateway/(estimates|core)/', '^contract/']),
    deny(
      'one-tokenizer-in-one-worker',
      { path: '^(gateway|server|electron|contract)/', pathNot: '^gateway/estimates/worker\\.ts$' },
      { path: 'node_modules/gpt-tokenizer/' },
    ),
    grant('secrets-and-state', '^gateway/state/', ['^gateway/(state|core|routing)/', '^contract/']),
    grant('config', '^gateway/config/', ['^gateway/(config|core)/', '^contract/']),
    grant('backup', '^gateway/backup/', ['^gateway/(backup|core|state)/', '^contract/']),
    grant('connect', '^gateway/connect/', ['^gateway/connect/', '^contract/']),
    grant('hosting', '^gateway/hosting/', [
      '^gateway/(hosting|core)/',
      '^gateway/state/replace-file\\.ts$',
      '^gateway/config/(key-list|overrides)\\.ts$',
      '^contract/',
    ]),
    grant('dialect', '^gateway/dialects/([^/]+)/', ['^gateway/dialects/$1/', '^gateway/core/', '^contract/']),
    // What a provider makes of a request is told in words of the contract.
    grant('provider', '^gateway/providers/([^/]+)/', [
      '^gateway/providers/$1/',
      '^gateway/core/',
      '^contract/rpc/remarks/',
    ]),
    grant('pipeline', '^gateway/pipeline/', [
      '^gateway/(pipeline|routing|transport|core|catalogue|guards)/',
      '^gateway/dialects/index\\.ts$',
      '^gateway/providers/registry\\.ts$',
      '^contract/',
    ]),
    grant('http', '^gateway/http/', [
      '^gateway/(http|pipeline|core|catalogue)/',
      '^gateway/dialects/index\\.ts$',
      '^contract/',
    ]),
    grant('upkeep', '^gateway/upkeep/', [
      '^gateway/(upkeep|routing|catalogue|transport|core)/',
      '^gateway/dialects/index\\.ts$',
      '^gateway/providers/registry\\.ts$',
      '^contract/',
    ]),
    deny(
      'control-knows-no-http',
      { path: '^gateway/control/', pathNot: TEST },
      { path: '^gateway/(http|index\\.ts)' },
    ),
    deny('demo-stands-alone', { path: '^gateway/demo/', pathNot: TEST }, { path: '^gateway/(?!demo/)' }),
    deny(
      'demo-is-loaded-on-request',
      { path: '^gateway/(?!demo/)', pathNot: TEST },
      { path: '^gateway/demo/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    ),
    // inside the renderer
    deny(
      'feature-isolated',
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/features/([^/]+)/', pathNot: '^renderer/features/$1/' },
    ),
    deny(
      'feature-front-door',
      { path: '^renderer/app/' },
      { path: '^renderer/features/', pathNot: '^renderer/features/[^/]+/index\\.ts$' },
    ),
    deny('shared-is-below', { path: '^renderer/shared/' }, { path: '^renderer/(features|app)/' }),
    deny(
      'test-kit-stays-in-tests',
      {
        pathNot: [
          TEST,
          '^gateway/testing/',
          '^renderer/testing/',
          '^renderer/features/[^/]+/testing/',
          '^e2e/',
          '^bench/',
        ],
      },
      { path: ['^gateway/testing/', '^renderer/testing/', '^renderer/features/[^/]+/testing/'] },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.node.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^out/' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.vue', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
