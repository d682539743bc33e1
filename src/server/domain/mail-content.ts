import type { MethodKind } from '../../contract/method-kinds.ts'

/** A code on its way, by mail or by text message. */
export type CodeContent = {
  readonly template: 'recovery_code' | 'confirm_address_code' | 'step_up_code' | 'temporary_pass'
  readonly code: string
  readonly validMinutes: number
}

/** Everything that Latchkey ever mails, as data. The words are in `notify/`. */
export type MailContent =
  | CodeContent
  | {
      readonly template: 'password_reset' | 'account_unlocked' | 'start_again' | 'replaced_by_other'
      readonly accountName: string
      readonly at: number
    }
  | { readonly template: 'push_denied'; readonly accountName: string; readonly at: number }
  | {
      readonly template: 'method_added' | 'method_removed' | 'method_suspended'
      readonly accountName: string
      readonly kind: MethodKind
      readonly at: number
    }
  | {
      readonly template: 'methods_lost'
      readonly accountName: string
      readonly kinds: readonly MethodKind[]
      readonly at: number
    }
  | {
      readonly template: 'recovery_codes_low'
      readonly accountName: string
      readonly left: number
      readonly at: number
    }
  | {
      /** To every address on file: the owner learns of it, whoever asked. */
      readonly template: 'pass_issued'
      readonly accountName: string
      readonly until: number
      readonly at: number
    }
