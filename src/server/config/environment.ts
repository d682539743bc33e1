/** Secrets that may come from the environment instead of a file. */
export const secretVariables = {
  masterKey: 'LATCHKEY_MASTER_KEY',
  servicePassword: 'LATCHKEY_SERVICE_PASSWORD',
  agentPassword: 'LATCHKEY_AGENT_PASSWORD',
  mailPassword: 'LATCHKEY_MAIL_PASSWORD',
  storePassword: 'LATCHKEY_STORE_PASSWORD',
  smsSecret: 'LATCHKEY_SMS_SECRET',
} as const

const reserved: ReadonlySet<string> = new Set([
  ...Object.values(secretVariables),
  'LATCHKEY_CONFIG',
])

type Tree = { [key: string]: unknown }

/**
 * Lays `LATCHKEY_…` variables over what the file says: `LATCHKEY_SERVER__LISTEN__PORT=443` sets
 * `server.listen.port`. Values are JSON where they can be read as such, text otherwise. A name that
 * means nothing ends up as an unknown key, and is refused like any other.
 *
 * @returns the settings, and which variable has set which path
 */
export function applyEnvironment(
  file: unknown,
  environment: NodeJS.ProcessEnv,
): { tree: unknown; variables: ReadonlyMap<string, string> } {
  const tree = structuredClone(file)
  const variables = new Map<string, string>()
  if (!isTree(tree)) return { tree, variables }
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith('LATCHKEY_') || reserved.has(name) || value === undefined) continue
    const path = name.slice('LATCHKEY_'.length).split('__').map(camelCase)
    setAt(tree, path, readValue(value))
    variables.set(path.join('.'), name)
  }
  return { tree, variables }
}

function setAt(tree: Tree, path: string[], value: unknown): void {
  const [head, ...rest] = path
  if (head === undefined || head === '' || head === '__proto__') return
  if (rest.length === 0) {
    tree[head] = value
    return
  }
  const next = tree[head]
  const branch: Tree = isTree(next) ? next : {}
  tree[head] = branch
  setAt(branch, rest, value)
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function camelCase(segment: string): string {
  return segment.toLowerCase().replaceAll(/_+([a-z0-9])/g, (_, letter) => letter.toUpperCase())
}

function readValue(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
