// Plain JavaScript without dependencies: runs on any Node >= 18.

/**
 * The lowest version that "engines" of package.json allows.
 *
 * @param {string} range such as ">=24.7"
 * @returns {string} such as "24.7"
 * @throws when it is written otherwise
 */
export function lowestOf(range) {
  const [, lowest] = /^>= ?(\d+(?:\.\d+){0,2})$/.exec(range) ?? []
  if (!lowest)
    throw new Error(`engines.node of package.json must read like ">=24.7", not "${range}"`)
  return lowest
}

/**
 * Whether a version is `lowest` or later.
 *
 * @param {string | undefined} version such as "24.21.0"; `undefined` is no version
 * @param {string} lowest
 */
export function isAtLeast(version, lowest) {
  if (version === undefined) return false
  const have = partsOf(version)
  const want = partsOf(lowest)
  const differing = want.findIndex((part, index) => part !== (have[index] ?? 0))
  return differing === -1 || (have[differing] ?? 0) > want[differing]
}

/** @param {string} version */
function partsOf(version) {
  return version.split('.').map((part) => Number.parseInt(part, 10))
}
