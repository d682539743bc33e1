import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { ReceivedMail } from './mail-sink.ts'

/**
 * Serves what arrived: `GET /` for people, `GET /messages` as JSON, `DELETE /messages` to start anew.
 */
export function inboxHandler(mails: () => ReceivedMail[], clear: () => void): RequestListener {
  return (request: IncomingMessage, response: ServerResponse) => {
    const route = `${request.method} ${request.url}`
    if (route === 'GET /') send(response, 200, 'text/html', page(mails()))
    else if (route === 'GET /messages') {
      send(response, 200, 'application/json', JSON.stringify(mails()))
    } else if (route === 'DELETE /messages') {
      clear()
      send(response, 204, 'text/plain', '')
    } else send(response, 404, 'text/plain', 'Nothing here.')
  }
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  })
  response.end(body)
}

function page(mails: ReceivedMail[]): string {
  const newestFirst = mails.toReversed().map(article).join('')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Inbox (${mails.length})</title>
<meta http-equiv="refresh" content="2">
<style>body{font:16px/1.5 system-ui;max-width:46rem;margin:2rem auto;padding:0 1rem}
article{border:1px solid #8886;border-radius:.5rem;padding:.5rem 1rem;margin:1rem 0}
pre{white-space:pre-wrap;font:inherit}</style></head>
<body><h1>Inbox</h1><p>Everything that Latchkey sent. Newest first; the page refreshes itself.</p>
${newestFirst || '<p>Nothing yet.</p>'}</body></html>`
}

function article(mail: ReceivedMail): string {
  const time = new Date(mail.receivedAt).toISOString().slice(11, 19)
  return `<article><h2>${escaped(mail.subject)}</h2>
<p>${time} UTC · from ${escaped(mail.from)} · to ${escaped(mail.to.join(', '))}</p>
<pre>${escaped(mail.text)}</pre></article>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
