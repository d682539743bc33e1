import { z } from 'zod'

/** An identifier of ours: of a recovery, a method, a key. */
export const Identifier = z
  .string()
  .min(8)
  .max(64)
  .regex(/^[\w-]+$/)

/** A moment, ISO 8601 in UTC. */
export const Timestamp = z.iso.datetime()
