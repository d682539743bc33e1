import { discoverControllers, findUser, openDirectory } from '../../directory/index.ts'
import { baseDnOf } from '../active-directory/options.ts'
import { directoryAccessFrom } from '../config/directory.ts'
import type { ServerConfig } from '../config/load.ts'

/**
 * Why a name means no account. Callers from outside are never told; whoever may run commands here may
 * read the directory anyway.
 */
export async function whyNoAccount(config: ServerConfig, name: string): Promise<string> {
  const { directory } = config.file
  const found = directory.controllers ?? (await discoverControllers(directory.domain))
  const controllers = Array.isArray(found) ? found : found.ok ? found.value : []
  for (const controller of controllers) {
    const { serviceAccount, agentAccount: _, ...access } = directoryAccessFrom(config)
    const opened = await openDirectory({ controller, bind: serviceAccount, ...access })
    if (!opened.ok) continue
    try {
      const { domain, netbiosName, baseDn = baseDnOf(domain) } = directory
      const user = await findUser(opened.value, name, { baseDn, domains: [netbiosName, domain] })
      if (!user.ok && user.error.code === 'not_found') return `No account has the name ${name}.`
      if (!user.ok && user.error.code === 'ambiguous') {
        return `More than one account has the name ${name}: write it as name@domain or DOMAIN\\name.`
      }
    } finally {
      await opened.value.close()
    }
  }
  return `No account, or more than one, has the name ${name}.`
}
