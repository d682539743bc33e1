import { accessSync, constants, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { explainCheckpointError } from '../../audit/explain-checkpoint-error.ts'
import type { ConfigFile } from '../../config/schema.ts'
import { type Finding, failed, fine, warning } from './finding.ts'

const check = 'checkpoints'

/** Whether the checkpoint file can be written. Creates nothing. */
export function checkCheckpoints({ audit }: ConfigFile): Finding[] {
  const { checkpointFile: file } = audit
  if (file === undefined) {
    const fix = 'Set audit.checkpointFile: without it, a log that was cut off looks whole.'
    return [warning(check, 'none are written', fix)]
  }
  try {
    probe(file)
    return [fine(check, file)]
  } catch (error) {
    const explained = explainCheckpointError(error, file)
    if (explained === null) throw error
    return [failed(check, explained.what, explained.wayOut)]
  }
}

function probe(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) accessSync(dirname(file), constants.W_OK | constants.X_OK)
  else if (found.isDirectory()) {
    throw Object.assign(new Error('a folder'), { code: 'EISDIR', syscall: 'open' })
  } else accessSync(file, constants.W_OK | constants.R_OK)
}
