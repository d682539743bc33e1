import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEventParser } from '../../src/contract/server-events.ts'

it('passes over what is no event, and does not take a half for a whole', () => {
  const parse = createEventParser()
  expect(parse(':\n\nretry: 5\n\ndata: {"a"')).toEqual([])
  expect(parse(':1}\n')).toEqual([])
  expect(parse('\n: still here\n\ndata:2\n\n')).toEqual(['{"a":1}', '2'])
})

it('joins the lines of one event', () => {
  expect(createEventParser()('data: one\r\ndata: two\r\n\r\n')).toEqual(['one\ntwo'])
})

it('hears the same in whatever pieces it comes', () => {
  const events = ['{"state":"waiting"}', '', '{"state":"approved"}']
  const text = events.map((event) => `data: ${event}\n\n`).join(':\n\n')
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 8 }), (cuts) => {
      const parse = createEventParser()
      const places = [0, ...cuts.sort((a, b) => a - b), text.length]
      const heard = places.slice(1).flatMap((end, index) => parse(text.slice(places[index], end)))
      expect(heard).toEqual(events)
    }),
  )
})
