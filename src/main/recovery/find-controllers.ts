import type { ControllerAddress, DirectoryAddress } from '../../contract/recovery.ts'
import type { RecoveryPorts } from './recovery.ts'

const probeTimeoutMs = 2_500

/** The authorities that a domain controller's certificate may come from. */
export function directoryAuthorities(
  ports: RecoveryPorts,
  address: DirectoryAddress | undefined,
): string[] | undefined {
  const pem = address?.caPem ?? ports.fallbackCaPem
  return pem ? [pem] : undefined
}

/**
 * Finds out which domain controllers answer from here with a certificate that is trusted. All are
 * asked at once, so that it takes no longer than the slowest one may.
 *
 * @returns their host names in the order in which the backend named them: best first
 */
export async function findReachableControllers(
  ports: RecoveryPorts,
  address: DirectoryAddress | undefined,
): Promise<string[]> {
  if (address === undefined || address.controllers.length === 0) return []
  const { probeController } = await ports.directory()
  const options = { caPem: directoryAuthorities(ports, address), timeoutMs: probeTimeoutMs }
  const probe = async (controller: ControllerAddress) => {
    const probed = await probeController(controller, options)
    if (!probed.ok) ports.log('controller-not-reachable', probed.error.code)
    return probed.ok ? [controller.host] : []
  }
  return (await Promise.all(address.controllers.map(probe))).flat()
}
