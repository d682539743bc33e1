/**
 * The line that shows the authenticator's code. On a terminal it is written over itself each second;
 * into a file or a pipe it goes only when the code is another one.
 *
 * @param write - to standard output
 */
export function codeLine(isTerminal: boolean, write: (text: string) => void) {
  let last = ''
  return (code: string, secondsLeft: number): void => {
    if (isTerminal) write(`\r  Authenticator: ${code} (${secondsLeft} s) `)
    else if (code !== last) write(`  Authenticator: ${code} (${secondsLeft} s)\n`)
    last = code
  }
}
