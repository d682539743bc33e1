import { readFileSync } from 'node:fs'
import { createEnvelope, type Envelope } from '../sealing/envelope.ts'
import { createActiveDirectory } from './active-directory/index.ts'
import { baseDnOf } from './active-directory/options.ts'
import type { AuditReader } from './audit/reader.ts'
import { createBreachedList } from './breached/index.ts'
import { acceptMasterKeys, missingKeysSentence } from './check-master-keys.ts'
import { directoryAccessFrom } from './config/directory.ts'
import type { ServerConfig } from './config/load.ts'
import { currentMasterKey } from './config/secrets.ts'
import { settingsFrom } from './config/settings.ts'
import { phoneCountriesFrom, smsAccessFrom } from './config/sms.ts'
import { storeConfigFrom } from './config/store.ts'
import type { ServerDependencies } from './domain/dependencies.ts'
import { createPolicies } from './domain/policy/current.ts'
import { defaultDocument } from './domain/policy/default-document.ts'
import type { Directory } from './domain/ports/directory.ts'
import type { Log } from './domain/ports/log.ts'
import { createOutbox } from './notify/outbox.ts'
import { createSmsTransport } from './notify/sms/create.ts'
import type { SmsDelivery } from './notify/sms/deliver.ts'
import { createLane } from './notify/sms/lane.ts'
import { createPhoneNumbers } from './notify/sms/phone-numbers.ts'
import type { SmsTransport } from './notify/sms/transport.ts'
import { createMailTransport, type MailTransport } from './notify/smtp.ts'
import { createPushSender, type PushOptions } from './push/index.ts'
import { createSecrets } from './secrets/index.ts'
import { createTotp } from './secrets/totp.ts'
import { type OpenStore, openStore } from './store/open-store.ts'
import { createWebAuthn } from './web-authn/index.ts'

/** The running parts of a server, and how to close them. */
export type OpenParts = {
  readonly config: ServerConfig
  readonly dependencies: ServerDependencies
  readonly envelope: Envelope
  readonly transport: MailTransport
  readonly sms: SmsDelivery
  readonly auditLog: AuditReader
  /** Calls back when something was put into the outbox. */
  readonly onOutbox: (listener: () => void) => void
  readonly close: () => Promise<void>
}

/**
 * Opens everything that a server needs. The directory and the mail server are not asked for anything
 * yet: they may be away now and come back.
 *
 * @throws StoreUnavailableError, MasterKeyError
 */
export async function openParts(
  config: ServerConfig,
  log: Log,
  now: () => number = Date.now,
): Promise<OpenParts> {
  const { file, secrets: known } = config
  const envelope = createEnvelope(known.masterKeys)
  const secrets = await createSecrets(currentMasterKey(known), envelope)
  const store = await openStore(storeConfigFrom(config))
  await checkKeys(store, config, log)
  const settings = settingsFrom(file)
  const policies = createPolicies(store, defaultDocument(settings.policy), now)
  const directory = directoryFrom(config, now)
  const transport = transportFrom(config)
  const breachedList = createBreachedList({ path: file.passwords.breachedIndex ?? null, now })
  const push = createPushSender({ store, envelope, secrets, log, now }, pushFrom(config))
  let wake = () => {}
  return {
    ...{ config, envelope, transport, auditLog: store.log },
    sms: smsDeliveryFrom(config, transport, now),
    dependencies: {
      ...{ settings, store, policies, directory, secrets, push, now, log },
      totp: createTotp(file.organisation),
      webAuthn: createWebAuthn(file.server.origin, file.organisation),
      breachedList,
      phoneNumbers: createPhoneNumbers(phoneCountriesFrom(file)),
      agent: { name: file.directory.agentAccount.name, password: known.agentPassword },
      outbox: createOutbox(envelope, secrets, () => wake()),
    },
    onOutbox(listener) {
      wake = listener
    },
    async close() {
      transport.close()
      push.close()
      await Promise.allSettled([directory.close(), store.close(), breachedList.close()])
    },
  }
}

async function checkKeys(store: OpenStore, { secrets }: ServerConfig, log: Log): Promise<void> {
  try {
    const missing = await acceptMasterKeys(store.keyChecks, secrets.masterKeys)
    if (missing.length === 0) return
    const detail = `${missingKeysSentence(missing)}. Put it back into masterKeys.`
    log.warn({ event: 'master_key_missing', detail }, 'a master key is not configured any more')
  } catch (error) {
    await store.close()
    throw error
  }
}

function directoryFrom(config: ServerConfig, now: () => number): Directory {
  const { domain, netbiosName, enabledOus, baseDn, controllers } = config.file.directory
  return createActiveDirectory({
    ...directoryAccessFrom(config),
    ...{ domain, netbiosName, enabledOus, now },
    baseDn: baseDn ?? baseDnOf(domain),
    controllers: controllers ?? null,
  })
}

function pushFrom({ file: { mail, push } }: ServerConfig): PushOptions {
  const { services, caFile } = push
  const [, address = mail.from] = /<([^>]+)>/.exec(mail.from) ?? []
  const caPem = caFile === undefined ? null : readFileSync(caFile, 'utf8')
  return { services, caPem, contact: `mailto:${address.trim()}` }
}

/** The way to the mail server that the configuration names. Connects to nothing yet. */
export function transportFrom({ file, secrets }: ServerConfig): MailTransport {
  const { mail, organisation, helpdesk } = file
  const { host, port, security, from, caFile, language } = mail
  return createMailTransport(
    {
      ...{ host, port, security, from },
      user: mail.user ?? null,
      password: secrets.mailPassword,
      caPem: caFile === undefined ? null : readFileSync(caFile, 'utf8'),
    },
    { language, organisation, helpdesk },
  )
}

/** So many text messages may be on their way to the provider at once. */
const smsAtOnce = 20

function smsDeliveryFrom(
  config: ServerConfig,
  mail: MailTransport,
  now: () => number,
): SmsDelivery {
  const { organisation, server } = config.file
  const sender = { organisation, host: new URL(server.origin).hostname }
  return {
    transport: smsTransportFrom(config, mail, now),
    sender: { ...sender, language: config.file.mail.language },
    lane: createLane(smsAtOnce),
  }
}

/** The way to send text messages that the configuration names, or null. Connects to nothing yet. */
export function smsTransportFrom(
  config: ServerConfig,
  mail: MailTransport,
  now: () => number,
): SmsTransport | null {
  const access = smsAccessFrom(config)
  if (access === null) return null
  return createSmsTransport(access.adapter === 'webhook' ? { ...access, now } : access, mail)
}
