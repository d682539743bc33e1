import { expect, it } from 'vitest'
import type { Strength } from '../../src/journey/password/strength.ts'
import {
  type StrengthAnswer,
  type StrengthQuestion,
  type StrengthWorker,
  startStrengthMeter,
} from '../../src/journey/password/strength-meter.ts'

/** The far end, answering when told to, by the length of what it was asked. */
function openMeter() {
  const events = new EventTarget()
  const asked: string[] = []
  const answers: StrengthAnswer[] = []
  let isRunning = true
  const worker: StrengthWorker = {
    postMessage: ({ password }: StrengthQuestion) => asked.push(password),
    terminate: () => {
      isRunning = false
    },
    addEventListener: events.addEventListener.bind(events),
  }
  const meter = startStrengthMeter(
    () => worker,
    (answer) => answers.push(answer),
  )
  const ask = (password: string) => meter.ask({ password, ownWords: [] })
  const answer = (warning: string) => {
    const data: Strength = { score: 1, warning }
    events.dispatchEvent(new MessageEvent('message', { data }))
  }
  const fail = () => events.dispatchEvent(new Event('error'))
  return { meter, ask, answer, fail, asked, answers, isRunning: () => isRunning }
}

it('is unavailable, once, when no worker can be started', () => {
  const answers: StrengthAnswer[] = []
  const meter = startStrengthMeter(
    () => {
      throw new Error('refused')
    },
    (answer) => answers.push(answer),
  )
  meter.ask({ password: 'a', ownWords: [] })
  meter.stop()
  expect(answers).toEqual(['unavailable'])
})

it('is unavailable once its worker has failed, and tells that one nothing more', () => {
  const { ask, fail, asked, answers, isRunning } = openMeter()
  ask('a')
  fail()
  fail()
  ask('b')
  expect(answers).toEqual(['unavailable'])
  expect(asked).toEqual(['a'])
  expect(isRunning()).toBe(false)
})

it('asks one thing at a time, then only the newest, and tells the newest answer', () => {
  const { ask, answer, asked, answers } = openMeter()
  for (const password of ['a', 'ab', 'abc', 'abcd']) ask(password)
  expect(asked).toEqual(['a'])
  answer('to a')
  expect(asked).toEqual(['a', 'abcd'])
  expect(answers).toEqual([])
  answer('to abcd')
  expect(answers).toEqual([{ score: 1, warning: 'to abcd' }])
})

it('tells nothing about a password that was wiped out meanwhile', () => {
  const { meter, ask, answer, asked, answers } = openMeter()
  ask('a')
  ask('ab')
  meter.forget()
  answer('to a')
  expect(asked).toEqual(['a'])
  expect(answers).toEqual([])
})

it('stopped: the worker ends, and neither asks nor answers count', () => {
  const { meter, ask, answer, asked, answers, isRunning } = openMeter()
  ask('a')
  ask('ab')
  meter.stop()
  answer('to a')
  ask('abc')
  expect(isRunning()).toBe(false)
  expect(asked).toEqual(['a'])
  expect(answers).toEqual([])
})
