/**
 * Who may import whom. The table is the architecture's: what is not allowed here is forbidden, and a new package stands
 * in it before anybody imports it. infra/ and test/ may import everything.
 */
const PACKAGES = {
  contracts: [],
  audit: [],
  artifacts: [],
  service: [],
  secrets: [],
  'plugin-sdk': [],
  bundle: ['contracts'],
  queue: ['contracts'],
  sandbox: ['contracts'],
  client: ['contracts'],
  verification: ['contracts', 'bundle'],
  db: ['contracts', 'audit'],
};

const APPS = {
  api: ['contracts', 'db', 'queue', 'artifacts', 'audit', 'service', 'bundle', 'secrets'],
  verifier: ['contracts', 'db', 'queue', 'artifacts', 'verification', 'sandbox', 'service', 'bundle'],
  executor: ['contracts', 'db', 'queue', 'artifacts', 'sandbox', 'service', 'bundle', 'secrets'],
  controller: ['contracts', 'db', 'queue', 'artifacts', 'audit', 'service', 'verification'],
  console: ['contracts', 'client', 'bundle'],
  cli: ['contracts', 'client', 'audit', 'bundle', 'sandbox'],
};

/** Libraries that have one home, and who else may touch them directly. */
const LIBRARIES = [
  { library: '(@prisma/(client|adapter-pg)|pg)', home: 'packages/db', why: 'The database stands behind two doors.' },
  { library: '(bullmq|ioredis)', home: 'packages/queue', why: 'BullMQ stands behind enqueue and consume.' },
  { library: 'dockerode', home: 'packages/sandbox', why: 'Only the sandbox package knows Docker.' },
  { library: 'express', home: 'apps/api', why: 'Only the API listens to the world.' },
];

const mayImport = (folder, name, allowed) => ({
  name: `${name}-imports`,
  comment: `${folder}/${name} may import ${allowed.length === 0 ? 'no other package' : allowed.join(', ')}.`,
  severity: 'error',
  from: { path: `^${folder}/${name}/src/` },
  to: {
    path: '^(packages|apps|infra|test)/',
    pathNot: [`^${folder}/${name}/`, ...allowed.map((other) => `^packages/${other}/`)],
  },
});

module.exports = {
  forbidden: [
    ...Object.entries(PACKAGES).map(([name, allowed]) => mayImport('packages', name, allowed)),
    ...Object.entries(APPS).map(([name, allowed]) => mayImport('apps', name, allowed)),
    {
      name: 'stands-in-the-table',
      comment: 'A new package or app needs a line in the table above.',
      severity: 'error',
      from: {
        path: '^(packages|apps)/',
        pathNot: [`^packages/(${Object.keys(PACKAGES).join('|')})/`, `^apps/(${Object.keys(APPS).join('|')})/`],
      },
      to: {},
    },
    ...LIBRARIES.map(({ library, home, why }) => ({
      name: `${library.replace(/\W+/g, '-')}-has-one-home`,
      comment: why,
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: [`^${home}/`, '[.]test[.]tsx?$'] },
      to: { path: `(^|/)node_modules/${library}/` },
    })),
    {
      name: 'no-circular',
      comment: 'Modules that import each other can be understood only together.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolves',
      comment: 'An import that leads nowhere hides from every rule above. Was everything built?',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'is-declared',
      comment: 'What a workspace imports stands in its own package.json.',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: '[.](test|testing)[.]tsx?$' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-test-from-product',
      comment: 'Product code imports no test.',
      severity: 'error',
      from: { pathNot: '([.]test[.]tsx?$|^test/)' },
      to: { path: '[.]test[.]tsx?$' },
    },
  ],
  options: {
    // Type-only imports are imports too: the table is about knowledge, not about what is left after compiling.
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    exclude: { path: ['/dist-types/', '/generated/', '^test/fixtures/', '[.]vite/'] },
    doNotFollow: { path: ['node_modules', '/dist/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};
