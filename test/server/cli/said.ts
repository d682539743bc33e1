import { onTestFinished, vi } from 'vitest'
import type { Command } from '../../../src/server/cli/terminal.ts'

/** What a command says, whether it is asked for or a complaint. */
export async function said(command: Command, ...args: string[]) {
  const lines: string[] = []
  const listen = (stream: NodeJS.WriteStream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => lines.push(String(text).trimEnd()) > 0)
  const spies = [listen(process.stdout), listen(process.stderr)]
  onTestFinished(() => spies.forEach((spy) => void spy.mockRestore()))
  const code = await command.run(args)
  spies.forEach((spy) => void spy.mockRestore())
  return { code, text: lines.join('\n') }
}
