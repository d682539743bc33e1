/**
 * Reads server-sent events (HTML §9.2.6) as far as our backend writes them: `data` lines, ended by an
 * empty one. Everything else, such as comments that keep the line alive, is passed over.
 *
 * @returns takes text as it comes, in whatever pieces, and answers the events that are complete by it
 */
export function createEventParser(): (text: string) => string[] {
  let rest = ''
  let data: string[] = []
  return (text) => {
    const lines = (rest + text).split(/\r\n|\n|\r/)
    rest = lines.pop() ?? ''
    const events: string[] = []
    for (const line of lines) {
      if (line.startsWith('data:')) data.push(line.slice(5).replace(/^ /, ''))
      if (line !== '' || data.length === 0) continue
      events.push(data.join('\n'))
      data = []
    }
    return events
  }
}
