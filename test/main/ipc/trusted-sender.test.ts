import { describe, expect, test } from 'vitest'
import { isTrustedSender } from '../../../src/main/ipc/trusted-sender.ts'

const origin = 'https://reset.example.com'
const contents = { name: 'our window' }
const mainFrame = { url: `${origin}/app/` }
const window = { contents, mainFrame }

describe('a message is refused', () => {
  test('from another window', () => {
    expect(isTrustedSender({ sender: {}, senderFrame: mainFrame }, window, origin)).toBe(false)
  })

  test('from a frame inside ours, even one that shows our page', () => {
    const senderFrame = { url: mainFrame.url }
    expect(isTrustedSender({ sender: contents, senderFrame }, window, origin)).toBe(false)
  })

  test('from a frame that is gone', () => {
    expect(isTrustedSender({ sender: contents, senderFrame: null }, window, origin)).toBe(false)
  })

  test.each([
    'https://attacker.example/app/',
    'https://reset.example.com.attacker.example/app/',
    'https://reset.example.com@attacker.example/app/',
    'http://reset.example.com/app/',
    'https://reset.example.com:8443/app/',
    'https://reset.example.com/portal/',
    'https://reset.example.com/app/../portal/',
    'data:text/html,x',
    'about:blank',
    '',
  ])('while our window shows %s', (url) => {
    const frame = { url }
    const elsewhere = { contents, mainFrame: frame }
    expect(isTrustedSender({ sender: contents, senderFrame: frame }, elsewhere, origin)).toBe(false)
  })
})

test('a message from the main frame of our window is accepted', () => {
  expect(isTrustedSender({ sender: contents, senderFrame: mainFrame }, window, origin)).toBe(true)
})
