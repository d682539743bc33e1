import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'

/**
 * Reads the fuses back from a packaged executable (or a macOS bundle).
 *
 * @param wanted by the names of electron-builder's `electronFuses`
 * @returns the names of those that are not as they were wanted
 */
export async function findWrongFuses(
  executable: string,
  wanted: Readonly<Record<string, unknown>>,
): Promise<string[]> {
  const wire = await getCurrentFuseWire(executable)
  return Object.entries(wanted)
    .filter(([name, value]) => {
      const fuse = FuseV1Options[fuseName(name)]
      return fuse === undefined || wire[fuse] !== (value ? FuseState.ENABLE : FuseState.DISABLE)
    })
    .map(([name]) => name)
}

function fuseName(name: string): keyof typeof FuseV1Options {
  return `${name[0]?.toUpperCase()}${name.slice(1)}` as keyof typeof FuseV1Options
}
