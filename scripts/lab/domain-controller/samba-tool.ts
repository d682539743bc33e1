import { spawn } from 'node:child_process'

const TIMEOUT_MS = 60_000

/** Runs one command to its end and answers what it printed; throws with its own words if it fails. */
export async function runCommand(command: string, args: string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], timeout: TIMEOUT_MS })
    const output: Buffer[] = []
    const complaint: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => complaint.push(chunk))
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new Error(`${command} is not installed`) : error),
    )
    child.once('close', (code) => {
      const printed = Buffer.concat(output).toString()
      if (code === 0) {
        resolve(printed)
      } else {
        const said = `${printed}${Buffer.concat(complaint).toString()}`.trim()
        reject(new Error(`${command} ${args[0] ?? ''} ${args[1] ?? ''} failed: ${said}`))
      }
    })
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

/** The commands that work on a domain controller's own database file, with the server up or down. */
export type SambaTools = {
  /** `samba-tool …` on this database; answers what it printed. */
  samba: (args: string[]) => Promise<string>
  /** Applies LDIF change records (`changetype: add` may be left out). */
  applyLdif: (ldif: string, options?: string[]) => Promise<void>
  /** Reads one attribute of one entry, by distinguished name. */
  readAttribute: (dn: string, attribute: string) => Promise<string>
}

export function sambaTools(database: string, configFile: string): SambaTools {
  const on = ['-H', database, `--configfile=${configFile}`]
  return {
    samba: (args) => runCommand('samba-tool', [...args, ...on]),
    applyLdif: async (ldif, options = []) => {
      await runCommand('ldbmodify', [...on, ...options], ldif)
    },
    readAttribute: async (dn, attribute) => {
      const found = await runCommand('ldbsearch', [...on, '-s', 'base', '-b', dn, attribute])
      // Unfold long lines first (RFC 2849); a second colon announces base64.
      const line = found
        .replaceAll('\n ', '')
        .split('\n')
        .find((text) => text.startsWith(`${attribute}:`))
      if (!line) {
        throw new Error(`${dn} has no ${attribute}`)
      }
      const value = line.slice(attribute.length + 1)
      return value.startsWith(':') ? Buffer.from(value, 'base64').toString() : value.trim()
    },
  }
}
