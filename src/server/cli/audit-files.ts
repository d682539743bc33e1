import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { type AuditVerifier, auditVerifier } from '../../sealing/audit-signature.ts'

/** What is wrong with a file that was named on the command line, in a sentence. */
export class FileSentence extends Error {}

/** Reads a public key of the checkpoints. @throws FileSentence */
export function readAuditKey(path: string): AuditVerifier {
  checkFile('key', path)
  try {
    return auditVerifier(readFileSync(path, 'utf8'))
  } catch {
    const wayOut = 'give what "latchkey-server audit key" printed, in a file'
    throw new FileSentence(`${path} is not the public key of checkpoints: ${wayOut}.`)
  }
}

/** Before the log is walked through, along which the checkpoints are read. @throws FileSentence */
export function checkFile(what: 'key' | 'checkpoint', path: string): void {
  try {
    accessSync(path, constants.R_OK)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new FileSentence(`There is no ${what} file ${path}.`)
    }
    throw new FileSentence(`The ${what} file ${path} cannot be read by this user.`)
  }
  if (!statSync(path).isFile()) throw new FileSentence(`${path} is not a ${what} file.`)
}
