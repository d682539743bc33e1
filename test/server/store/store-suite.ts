import { describe } from 'vitest'
import { openForTests, type TestEngine } from './suite/engine.ts'
import { agreesWithModel } from './suite/model.ts'
import { phones } from './suite/phones.ts'
import { policies } from './suite/policies.ts'
import { records } from './suite/records.ts'
import { refusals } from './suite/refusals.ts'
import { spends } from './suite/spends.ts'
import { transactions } from './suite/transactions.ts'

const modelRuns = 100

/** What the store promises, whichever engine keeps it. */
export function storeSuite(engine: TestEngine): void {
  describe(`the store on ${engine.name}`, () => {
    const store = openForTests(engine)
    describe('refuses:', () => refusals(store))
    describe('spends once:', () => spends(store))
    describe('keeps:', () => records(store))
    policies(store)
    describe('phones:', () => phones(store))
    describe('transactions:', () => transactions(store))
    agreesWithModel(store, modelRuns)
  })
}
