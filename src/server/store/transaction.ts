import { encodeEvent } from '../audit/encode.ts'
import type { StoreTransaction } from '../domain/ports/store.ts'
import type { Outcome } from './engine/engine.ts'
import { openGate } from './gate.ts'
import type { Database } from './schema.ts'
import { challengeStore } from './tables/challenges.ts'
import { credentialStore } from './tables/credentials.ts'
import { limitStore } from './tables/limits.ts'
import { methodStore } from './tables/methods.ts'
import { offerStore } from './tables/offers.ts'
import { outboxStore } from './tables/outbox.ts'
import { passStore } from './tables/passes.ts'
import { policyStore } from './tables/policies.ts'
import { purge } from './tables/purge.ts'
import { pushDeviceStore } from './tables/push-devices.ts'
import { pushRequestStore } from './tables/push-requests.ts'
import { recoveryStore } from './tables/recoveries.ts'
import { relayKeyStore } from './tables/relay-keys.ts'
import { sessionStore } from './tables/sessions.ts'
import { spentIdentifiers } from './tables/spent.ts'
import { vapidKeyStore } from './tables/vapid-keys.ts'
import { writeStore } from './tables/writes.ts'
import { writtenCodeStore } from './tables/written-codes.ts'

/** Builds the tables' methods once for each connection. */
export function createTransactions(rowLocks: boolean) {
  const known = new WeakMap<Database, Tables>()

  /** Runs `work` on a connection, and gives its value with the audit entries that belong to it. */
  return async <T>(
    db: Database,
    work: (tx: StoreTransaction) => Promise<T>,
  ): Promise<Outcome<T>> => {
    const tables = known.get(db) ?? tablesOn(db, rowLocks)
    known.set(db, tables)
    const gate = openGate()
    const audit: string[] = []
    const { spend, purge } = gate.guard(tables.own)
    const log = gate.guard({
      async audit(event: Parameters<StoreTransaction['audit']>[0]) {
        audit.push(encodeEvent(event))
      },
    })
    const tx: StoreTransaction = {
      recoveries: gate.guard(tables.recoveries),
      offers: gate.guard(tables.offers),
      challenges: gate.guard(tables.challenges),
      methods: gate.guard(tables.methods),
      credentials: gate.guard(tables.credentials),
      writtenCodes: gate.guard(tables.writtenCodes),
      passes: gate.guard(tables.passes),
      limits: gate.guard(tables.limits),
      writes: gate.guard(tables.writes),
      sessions: gate.guard(tables.sessions),
      outbox: gate.guard(tables.outbox),
      relayKeys: gate.guard(tables.relayKeys),
      pushDevices: gate.guard(tables.pushDevices),
      pushRequests: gate.guard(tables.pushRequests),
      vapidKeys: gate.guard(tables.vapidKeys),
      policies: gate.guard(tables.policies),
      spend,
      purge,
      audit: log.audit,
    }
    const value = await gate.run(() => work(tx))
    return { value, audit }
  }
}

type Tables = ReturnType<typeof tablesOn>

function tablesOn(db: Database, rowLocks: boolean) {
  return {
    recoveries: recoveryStore(db),
    offers: offerStore(db),
    challenges: challengeStore(db),
    methods: methodStore(db),
    credentials: credentialStore(db),
    writtenCodes: writtenCodeStore(db),
    passes: passStore(db),
    limits: limitStore(db, rowLocks),
    writes: writeStore(db),
    sessions: sessionStore(db),
    outbox: outboxStore(db, rowLocks),
    relayKeys: relayKeyStore(db),
    pushDevices: pushDeviceStore(db),
    pushRequests: pushRequestStore(db),
    vapidKeys: vapidKeyStore(db),
    policies: policyStore(db),
    own: {
      ...spentIdentifiers(db),
      purge: (now: number) => purge(db, rowLocks, now),
    },
  }
}
