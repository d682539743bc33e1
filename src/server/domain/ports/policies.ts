import type { PolicyDocument } from '../../../contract/policy.ts'

/** One version of the policy. Never changed: what holds next is another one. */
export type PolicyVersion = {
  /** 1, 2, 3, … */
  readonly version: number
  readonly document: PolicyDocument
  /** Who applied it, as their machine knows them. */
  readonly author: string
  readonly reason: string
  readonly createdAt: number
}

export interface PolicyStore {
  /** What holds now; null: none was ever applied. */
  newest(): Promise<PolicyVersion | null>
  /** Its number alone; 0: none was ever applied. */
  newestVersion(): Promise<number>
  find(version: number): Promise<PolicyVersion | null>
  /** The newest first. */
  list(limit: number): Promise<PolicyVersion[]>
  /** False when that version is there already: somebody else has applied one meanwhile. */
  append(version: PolicyVersion): Promise<boolean>
}
