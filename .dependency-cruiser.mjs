// The import table of docs/architecture.md, as a check that fails. Each folder names what it may
// import; everything else is refused.

const npm = 'node_modules/'

/** @type {Record<string, { folders?: string[], packages?: string[], node?: boolean }>} */
const table = {
  contract: { packages: ['zod'] },
  directory: { folders: ['contract'], packages: ['ldapts'], node: true },
  sealing: { folders: ['contract'], packages: ['jose', 'hpke'], node: true },
  ui: {
    folders: ['contract'],
    packages: [
      ...['react', 'react-aria-components', 'i18next', 'react-i18next'],
      '@simplewebauthn/browser',
    ],
  },
  journey: {
    folders: ['ui', 'contract'],
    packages: ['react', 'react-aria-components', 'i18next', 'react-i18next', '@zxcvbn-ts/[^/]+'],
  },
  renderer: { folders: ['journey', 'ui', 'contract', 'preload'], packages: ['react', 'react-dom'] },
  portal: {
    folders: ['journey', 'ui', 'contract', 'sealing'],
    packages: ['react', 'react-dom', 'react-aria-components', 'i18next', 'react-i18next', 'qrcode'],
  },
  preload: { folders: ['contract'], packages: ['electron'] },
  main: {
    folders: ['contract', 'directory', 'sealing'],
    packages: ['electron', 'zod'],
    node: true,
  },
  'server/domain': { folders: ['contract'], packages: [] },
  'server/features': {
    folders: ['server/domain', 'contract'],
    packages: [],
  },
  'server/store': {
    folders: ['server/domain', 'contract', 'server/audit'],
    packages: ['kysely', 'pg'],
    node: true,
  },
  'server/audit': {
    folders: ['server/domain', 'contract', 'sealing'],
    packages: ['canonicalize'],
    node: true,
  },
  'server/active-directory': {
    folders: ['server/domain', 'contract', 'directory'],
    node: true,
  },
  'server/breached': {
    folders: ['server/domain', 'contract'],
    packages: ['@zxcvbn-ts/language-common'],
    node: true,
  },
  'server/config': {
    folders: ['server/domain', 'contract', 'directory', 'sealing', 'server/store'],
    packages: ['zod', 'libphonenumber-js'],
    node: true,
  },
  'server/notify': {
    folders: ['server/domain', 'contract', 'sealing'],
    packages: ['nodemailer', 'zod', 'libphonenumber-js'],
    node: true,
  },
  'server/web-authn': {
    folders: ['server/domain', 'contract', 'sealing'],
    packages: ['@simplewebauthn/server'],
    node: true,
  },
  'server/push': {
    folders: ['server/domain', 'contract', 'sealing'],
    packages: ['web-push'],
    node: true,
  },
  'server/secrets': {
    folders: ['server/domain', 'contract', 'sealing'],
    packages: ['otplib'],
    node: true,
  },
}

const exact = (name) => `^src/${name}/`
const rules = Object.entries(table).flatMap(([name, allowed]) => {
  const folders = [name, ...(allowed.folders ?? [])].map(exact)
  const packages = (allowed.packages ?? []).map((one) => `${npm}(@types/)?${one}/`)
  return [
    {
      name: `${name}-folders`,
      comment: `src/${name} may import only ${allowed.folders?.join(', ') || 'itself'}.`,
      severity: 'error',
      from: { path: exact(name) },
      to: { path: '^(src|scripts|test)/', pathNot: folders },
    },
    {
      name: `${name}-packages`,
      comment: `src/${name} may use only ${allowed.packages?.join(', ') || 'no package'}.`,
      severity: 'error',
      from: { path: exact(name) },
      to: { path: npm, pathNot: packages },
    },
    ...(allowed.node
      ? []
      : [
          {
            name: `${name}-no-node`,
            comment: `src/${name} does no I/O and knows no Node modules.`,
            severity: 'error',
            from: { path: exact(name) },
            to: { dependencyTypes: ['core'] },
          },
        ]),
  ]
})

export default {
  forbidden: [
    ...rules,
    {
      name: 'features-stay-apart',
      comment: 'Features never import one another.',
      severity: 'error',
      from: { path: '^src/server/features/([^/]+)/' },
      to: { path: '^src/server/features/[^/]+/', pathNot: '^src/server/features/$1/' },
    },
    {
      name: 'main-and-server-stay-apart',
      comment: 'They meet only in contract, directory and sealing.',
      severity: 'error',
      from: { path: '^src/server/' },
      to: { path: '^src/(main|preload|renderer|journey|ui|portal)/' },
    },
    {
      name: 'preload-types-only',
      comment: 'The renderer takes the window type from preload, never code.',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: '^src/preload/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'one-importer',
      comment: 'ldapts belongs to directory; crypto libraries belong to sealing.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(directory|sealing)/' },
      to: { path: `${npm}(ldapts|jose|hpke)/` },
    },
    { name: 'no-circles', severity: 'error', from: { path: '^src' }, to: { circular: true } },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: '^src' },
      to: { couldNotResolve: true },
    },
    {
      name: 'product-knows-no-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts)/' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
      conditionNames: ['import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
}
