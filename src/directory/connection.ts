import { type Change, Client, type Control, type Filter } from 'ldapts'
import { err, ok, type Result } from '../contract/result.ts'
import { binaryAttributes, type Entry, toEntry } from './entry.ts'
import { explainAnswer, explainFailure, isAnswer } from './error-meanings.ts'
import { type DirectoryError, directoryError } from './errors.ts'
import { connectTls, type DomainController } from './tls.ts'

export type BindIdentity = {
  /** A user principal name, `DOMAIN\user` or a distinguished name. */
  readonly name: string
  readonly password: string
}

export type ConnectOptions = {
  readonly controller: DomainController
  /** The only authorities to trust, in PEM. Left out: those that Node.js brings along. */
  readonly caPem?: readonly string[] | undefined
  readonly connectTimeoutMs: number
  readonly operationTimeoutMs: number
  readonly bind: BindIdentity
}

export type SearchRequest = {
  readonly base: string
  /** `base` reads one entry, `sub` searches below it. Default `base`. */
  readonly scope?: 'base' | 'one' | 'sub'
  readonly filter?: Filter
  readonly attributes: readonly string[]
  readonly sizeLimit?: number
  /** All of many: asked for in pages, since a domain controller answers at most 1,000 at once (RFC 2696). */
  readonly paged?: boolean
  readonly control?: Control
}

/** MaxPageSize of Active Directory ([MS-ADTS] 3.1.1.3.4.6) is 1,000 unless it was lowered. */
const pageSize = 500

/** A signed-in connection to one domain controller. It never reconnects: once lost, it stays lost. */
export type DirectoryConnection = {
  readonly controller: DomainController
  readonly isOpen: () => boolean
  readonly search: (request: SearchRequest) => Promise<Result<Entry[], DirectoryError>>
  /** All changes in one modify: the domain controller makes all of them or none. */
  readonly modify: (dn: string, changes: Change[]) => Promise<Result<void, DirectoryError>>
  /** Signs off and closes. Never fails, and may be called twice. */
  readonly close: () => Promise<void>
}

/**
 * Opens an LDAPS connection and signs in on it.
 *
 * @returns `invalid_credentials` (with the restriction, if Active Directory named one),
 *   `empty_password`, or why the controller could not be reached or trusted
 */
export async function openDirectory(
  options: ConnectOptions,
): Promise<Result<DirectoryConnection, DirectoryError>> {
  const { controller, bind } = options
  const refused = refuseIdentity(bind)
  if (refused) return err(refused)
  const connected = await connectTls(controller, {
    caPem: options.caPem,
    timeoutMs: options.connectTimeoutMs,
  })
  if (!connected.ok) return connected
  const socket = connected.value.setKeepAlive(true, 30_000).setNoDelay(true)
  let handedOver = false
  const client = new Client({
    url: 'ldaps://connected.already',
    timeout: options.operationTimeoutMs,
    createSecureConnection: () => {
      // SECURITY: the library reconnects by itself, and would go on without having signed in.
      if (handedOver) throw new Error('the connection was lost')
      handedOver = true
      return socket
    },
  })
  try {
    await client.bind(bind.name, bind.password)
  } catch (error) {
    await close(client)
    return err(explainFailure(error))
  }
  return ok(connectionOn(client, controller))
}

/**
 * SECURITY: what must never be sent as a bind. An empty password makes it an *unauthenticated* bind,
 * which succeeds for every name (RFC 4513 §5.1.2); a name without any of these characters could be
 * taken for a SASL mechanism by the library.
 */
function refuseIdentity({ name, password }: BindIdentity): DirectoryError | undefined {
  if (password === '') return directoryError('empty_password', 'refused before the bind')
  if (!/[@\\=]/.test(name)) {
    return directoryError('invalid_credentials', 'not a user principal name, DOMAIN\\user or DN')
  }
  return undefined
}

function connectionOn(client: Client, controller: DomainController): DirectoryConnection {
  const lost = () => err(directoryError('unreachable', `no connection to ${controller.host}`))
  return {
    controller,
    isOpen: () => client.isBound,
    search: async (request) => {
      if (!client.isBound) return lost()
      try {
        const found = await client.search(
          request.base,
          {
            scope: request.scope ?? 'base',
            attributes: [...request.attributes],
            explicitBufferAttributes: binaryAttributes,
            ...(request.filter ? { filter: request.filter } : {}),
            ...(request.paged ? { paged: { pageSize } } : {}),
            ...(request.sizeLimit ? { sizeLimit: request.sizeLimit } : {}),
          },
          request.control,
        )
        return ok(found.searchEntries.map(toEntry))
      } catch (error) {
        return err(explainFailure(error))
      }
    },
    modify: async (dn, changes) => {
      if (!client.isBound) return lost()
      try {
        await client.modify(dn, changes)
        return ok(undefined)
      } catch (error) {
        if (isAnswer(error)) return err(explainAnswer(error))
        // Without an answer the change may have been made, or not: only reading it back can tell.
        return err(directoryError('outcome_unknown', explainFailure(error).detail))
      }
    },
    close: () => close(client),
  }
}

async function close(client: Client): Promise<void> {
  try {
    await client.unbind()
  } catch {
    // Already gone: that is all we wanted.
  }
}
