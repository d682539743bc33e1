import type {
  JourneyBridge,
  JourneyError,
  JourneyResult,
  JourneySettings,
  Outcome,
  Preparation,
  ProgressStep,
  RecoveryView,
} from '../../src/contract/journey-bridge.ts'
import {
  isAuthenticatorKind,
  isSentKind,
  type MethodKind,
} from '../../src/contract/method-kinds.ts'
import type { Proof } from '../../src/contract/methods.ts'
import type { PasswordRules } from '../../src/contract/password-rules.ts'
import type { PhoneState } from '../../src/contract/push.ts'
import type { ChallengeResponse, Purpose } from '../../src/contract/recovery.ts'

/** What may be scripted; a verb without a script does what a friendly world would do. */
export type Script = {
  settings?: Partial<JourneySettings>
  lifetimeSeconds?: number
  required?: number
  methods?: readonly MethodKind[]
  mode?: 'direct' | 'relay'
  rules?: Partial<PasswordRules>
  /** Errors by verb, one for each call; after them the verb works. `null` lets one call work. */
  errors?: Partial<Record<Verb, readonly (JourneyError | null)[]>>
  /** Verbs that never answer. */
  silent?: readonly Verb[]
  /** What the phone says to each number; after them it says nothing. */
  phone?: readonly PhoneState[]
  /** Passwords on the list of leaked ones. */
  leaked?: readonly string[]
  /** Milliseconds before each answer. */
  delay?: number
}
export type Verb =
  | 'start'
  | 'challenge'
  | 'verify'
  | 'watch'
  | 'prepare'
  | 'checkLeaked'
  | 'setPassword'
  | 'unlock'
export type Call = readonly [verb: Verb | 'abandon' | 'leave', ...args: unknown[]]

/** The code that a scripted world never takes. */
export const wrongCode = '000000'

/**
 * A world in memory behind the walk: for what screens look like and how they behave. What the real
 * bridge does is proven on real parts elsewhere.
 */
export function createScriptedBridge(script: Script = {}, now: () => number = () => Date.now()) {
  const calls: Call[] = []
  const listeners = new Set<(step: ProgressStep) => void>()
  const errors = structuredClone(script.errors ?? {}) as Partial<
    Record<Verb, (JourneyError | null)[]>
  >
  const phone = [...(script.phone ?? [])]
  let recovery: RecoveryView | null = null

  async function answer<T>(verb: Verb, args: unknown[], value: () => T): Promise<JourneyResult<T>> {
    calls.push([verb, ...args])
    if (script.silent?.includes(verb)) return new Promise(() => {})
    if (script.delay) await new Promise((resolve) => setTimeout(resolve, script.delay))
    const error = errors[verb]?.shift()
    return error ? { ok: false, error } : { ok: true, value: value() }
  }
  const report = (...steps: ProgressStep[]) => {
    for (const step of steps) for (const listener of listeners) listener(step)
  }
  const later = (seconds: number) => new Date(now() + seconds * 1000).toISOString()

  const bridge: JourneyBridge = {
    settings: async () => ({ ...settings, ...script.settings }),
    start: (request) =>
      answer('start', [request], () => {
        recovery = newRecovery(script, request.purpose, later(script.lifetimeSeconds ?? 600))
        return recovery
      }),
    challenge: (methodId) =>
      answer('challenge', [methodId], () => challenged(recovery, methodId, later(600))),
    verify: async (methodId, proof) => {
      if (isWrong(proof)) errors.verify = [refusal(recovery), ...(errors.verify ?? [])]
      const result = await answer('verify', [methodId, proof], () => prove(recovery, methodId))
      if (result.ok) recovery = result.value
      return result
    },
    watch: async () => {
      const said = phone.shift()
      if (said === undefined) return new Promise(() => {})
      return answer('watch', [], () => {
        recovery = answered(recovery, said)
        return recovery
      })
    },
    prepare: () => {
      report('finding_controller', 'planning')
      return answer('prepare', [], () => preparation(script, recovery))
    },
    checkLeaked: (password) =>
      answer('checkLeaked', [password], () => ({
        leaked: script.leaked?.includes(password) ?? false,
      })),
    setPassword: (password) => {
      report('preparing_account', 'setting_password')
      return answer('setPassword', [password], () => outcome(script.mode ?? 'direct'))
    },
    unlock: () => {
      report('unlocking')
      return answer('unlock', [], () => outcome('unlock'))
    },
    abandon: async () => {
      calls.push(['abandon'])
      recovery = null
    },
    leave: async () => {
      calls.push(['leave'])
    },
    onProgress(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const fail = (verb: Verb, code: JourneyError['code']) => {
    errors[verb] = [...(errors[verb] ?? []), { code }]
  }
  return { bridge, calls, report, fail, verbs: () => calls.map(([verb]) => verb) }
}

const settings: JourneySettings = {
  organisation: 'Northwind Traders',
  helpdesk: '+49 30 1234 567, every day from 7 to 19',
  language: 'en',
  surface: 'login-screen',
  blockedBy: null,
}

export const rules: PasswordRules = {
  minLength: 12,
  complexity: true,
  historyLength: 24,
  minAgeSeconds: 86_400,
  nameParts: ['amartin', 'alex', 'martin'],
  bannedWords: ['Northwind', 'Traders'],
  breached: 'refuse',
}

function challenged(
  recovery: RecoveryView | null,
  methodId: string,
  expiresAt: string,
): ChallengeResponse {
  const kind = recovery?.methods.find((method) => method.methodId === methodId)?.kind ?? 'email'
  if (isSentKind(kind)) return { kind, expiresAt }
  // A number is good for two minutes, a code for ten.
  const sooner = new Date(Date.parse(expiresAt) - 8 * 60_000).toISOString()
  if (kind === 'push') return { kind, expiresAt: sooner, number: '47' }
  if (!isAuthenticatorKind(kind)) throw new Error(`Nothing is sent for ${kind}.`)
  const options = {
    ...{ rpId: 'localhost', challenge: 'A'.repeat(43), timeout: 300_000, allowCredentials: [] },
    userVerification: 'required' as const,
    hints: [kind === 'passkey' ? ('client-device' as const) : ('security-key' as const)],
  }
  return { kind, expiresAt, options }
}

function newRecovery(script: Script, purpose: Purpose, expiresAt: string): RecoveryView {
  const kinds = script.methods ?? ['totp', 'email']
  const required = script.required ?? 2
  return {
    purpose,
    state: 'proving',
    expiresAt,
    required,
    remaining: required,
    attemptsLeft: 5,
    methods: kinds.map((kind, index) => ({ methodId: `method-${index}`, kind, proven: false })),
  }
}

function prove(recovery: RecoveryView | null, methodId: string): RecoveryView {
  if (!recovery) throw new Error('Nothing was started.')
  const methods = recovery.methods.map((method) =>
    method.methodId === methodId ? { ...method, proven: true } : method,
  )
  const proven = methods.filter((method) => method.proven).length
  const remaining = Math.max(0, recovery.required - proven)
  return { ...recovery, methods, remaining, state: remaining === 0 ? 'proven' : 'proving' }
}

const isWrong = (proof: Proof) => 'code' in proof && proof.code === wrongCode

/** What is left of a recovery after its owner's phone has said something. */
function answered(recovery: RecoveryView | null, phone: PhoneState): RecoveryView {
  if (!recovery) throw new Error('Nothing was started.')
  const push = recovery.methods.find(({ kind }) => kind === 'push')
  const after = phone === 'approved' && push ? prove(recovery, push.methodId) : recovery
  const attemptsLeft = recovery.attemptsLeft - (phone === 'wrong' ? 1 : 0)
  const state = phone === 'denied' ? 'abandoned' : after.state
  return { ...after, phone, attemptsLeft, state }
}

function refusal(recovery: RecoveryView | null): JourneyError {
  if (!recovery) return { code: 'no_recovery' }
  Object.assign(recovery, { attemptsLeft: recovery.attemptsLeft - 1 })
  if (recovery.attemptsLeft === 0) return { code: 'recovery_locked', requestId: 'req-7Q2F9' }
  return { code: 'proof_refused', attemptsLeft: recovery.attemptsLeft }
}

function preparation(script: Script, recovery: RecoveryView | null): Preparation {
  if (recovery?.purpose === 'unlock') return { mode: 'unlock', accountName: 'amartin' }
  return {
    mode: script.mode ?? 'direct',
    accountName: 'amartin',
    rules: { ...rules, ...script.rules },
  }
}

function outcome(mode: Outcome['mode']): Outcome {
  return { accountName: 'amartin', mode }
}
