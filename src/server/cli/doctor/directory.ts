import {
  type DirectoryError,
  type DomainController,
  discoverControllers,
  openDirectory,
  probeController,
} from '../../../directory/index.ts'
import { directoryAccessFrom } from '../../config/directory.ts'
import type { ServerConfig } from '../../config/load.ts'
import { checkClock } from './clock.ts'
import { checkDomain } from './domain.ts'
import { type Finding, failed, fine } from './finding.ts'
import { checkAgentRights, checkServiceRights } from './rights.ts'

/** Looks at every domain controller, and at what both accounts may do. */
export async function checkDirectory(config: ServerConfig): Promise<Finding[]> {
  const { directory } = config.file
  const found = directory.controllers ?? (await discover(directory.domain))
  if (!Array.isArray(found)) return [found]
  const perController = await Promise.all(found.map((one) => checkController(config, one)))
  const answering = found.find((_, index) => perController[index]?.every(isGood))
  const findings = perController.flat()
  if (answering === undefined) return findings
  return [...findings, ...(await checkAccounts(config, answering))]
}

function isGood({ verdict }: Finding): boolean {
  return verdict !== 'failed'
}

async function discover(domain: string): Promise<DomainController[] | Finding> {
  const found = await discoverControllers(domain)
  if (found.ok) return found.value
  const fix = 'Name them in directory.controllers, or let this machine ask the domain’s DNS.'
  return failed('domain controllers', `DNS does not name any (${found.error.detail})`, fix)
}

async function checkController(
  config: ServerConfig,
  controller: DomainController,
): Promise<Finding[]> {
  const check = `controller ${controller.host}`
  const { caPem, connectTimeoutMs: timeoutMs } = directoryAccessFrom(config)
  const probed = await probeController(controller, { caPem, timeoutMs })
  if (!probed.ok) return [explain(check, probed.error)]
  const tls = fine(check, `TLS with a trusted certificate in ${Math.round(probed.value.tlsMs)} ms`)
  const opened = await openAs(config, controller, 'service')
  if (!opened.ok) return [tls, explain(`${check}: service account`, opened.error)]
  try {
    const names = await checkDomain(opened.value, check, config.file.directory)
    return [tls, await checkClock(opened.value, check), names]
  } finally {
    await opened.value.close()
  }
}

async function checkAccounts(
  config: ServerConfig,
  controller: DomainController,
): Promise<Finding[]> {
  const { directory } = config.file
  const findings: Finding[] = []
  for (const role of ['service', 'agent'] as const) {
    const opened = await openAs(config, controller, role)
    if (!opened.ok) {
      findings.push(explain(`${role} account`, opened.error))
      continue
    }
    findings.push(fine(`${role} account`, 'signs in'))
    const checkRights = role === 'service' ? checkServiceRights : checkAgentRights
    const { name } = directory[`${role}Account`]
    try {
      findings.push(...(await checkRights(opened.value, directory, name, directory.enabledOus)))
    } finally {
      await opened.value.close()
    }
  }
  return findings
}

function openAs(config: ServerConfig, controller: DomainController, role: 'service' | 'agent') {
  const { caPem, connectTimeoutMs, operationTimeoutMs, ...accounts } = directoryAccessFrom(config)
  const bind = accounts[`${role}Account`]
  return openDirectory({ controller, bind, caPem, connectTimeoutMs, operationTimeoutMs })
}

const fixes: Partial<Record<DirectoryError['code'], string>> = {
  certificate_untrusted: 'Give the authority of its certificate in directory.caFile (PEM).',
  certificate_name_mismatch: 'Use the name that its certificate is for in directory.controllers.',
  certificate_expired: 'Renew the certificate of the controller, or check this machine’s clock.',
  unreachable: 'Check that it runs, and that port 636 is open from here.',
  timeout: 'Check that it runs, and that port 636 is open from here.',
  invalid_credentials: 'Check the name and the password file; the account must not be locked.',
  plaintext_refused: 'Use port 636: only LDAPS is spoken.',
}

function explain(check: string, { code, message, detail }: DirectoryError): Finding {
  return failed(check, `${message} (${detail})`, fixes[code] ?? 'See the detail.')
}
