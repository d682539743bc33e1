import { hash, randomBytes } from 'node:crypto'
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bucketAt, recordBytes, recordsAt } from '../../src/server/breached/format.ts'
import { createBreachedList } from '../../src/server/breached/index.ts'
import { createIndexWriter } from '../../src/server/breached/index-writer.ts'
import { loadList } from '../../src/server/breached/load-list.ts'
import { type Detail, type Findings, figure } from './figures.ts'
import { interleave, percentile } from './statistics.ts'

const ENTRIES = 1_000_000
/** As many as there are in a bucket of the whole list of haveibeenpwned.com. */
const FULL_BUCKET = 1_000
const PAIRS = 3_000
const WARM_UPS = 300
const PASSWORDS = 200
const AIM_MICROSECONDS = 1_000

/** Whether a password has leaked, beside one read of the same bytes from the same file. */
export async function measureBreached(): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-bench-'))
  try {
    const loading = await loadEntries(folder)
    const full = join(folder, 'full')
    writeFullBuckets(full)
    const spread = await measureLookups(join(folder, 'spread'), 1, 'evenly spread')
    const dense = await measureLookups(full, FULL_BUCKET, `${FULL_BUCKET} to a bucket`)
    return {
      figures: [...spread.figures, ...dense.figures],
      details: [...spread.details, ...dense.details, loading],
      notes: [
        `Leaked passwords: ${ENTRIES.toLocaleString('en')} entries, once evenly spread and once as ` +
          'close together as in the whole list of haveibeenpwned.com. "Is it on the list" is what the ' +
          'backend asks of a relayed password; "bucket" is what a helper is answered, with padding. ' +
          'The floor is one read of the same bytes from the same file. All is in the page cache.',
      ],
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function loadEntries(folder: string): Promise<Detail> {
  const from = join(folder, 'hashes.txt')
  const hashes = Array.from({ length: ENTRIES }, () => randomBytes(recordBytes).toString('hex'))
  writeFileSync(
    from,
    hashes
      .sort()
      .map((one) => `${one.toUpperCase()}:1\r\n`)
      .join(''),
  )
  const startedAt = performance.now()
  const to = join(folder, 'spread')
  await loadList({ from, to, format: 'hibp', now: Date.now, onProgress() {} })
  const elapsed = performance.now() - startedAt
  return {
    name: `loading ${ENTRIES.toLocaleString('en')} hashes`,
    unit: '/s',
    values: { hashes: (ENTRIES / elapsed) * 1000, MB: statSync(from).size / 1000 / elapsed },
  }
}

function writeFullBuckets(path: string): void {
  const file = openSync(path, 'w')
  const writer = createIndexWriter(file)
  for (let bucket = 0; bucket < ENTRIES / FULL_BUCKET; bucket += 1) {
    const records = Array.from({ length: FULL_BUCKET }, () => {
      const record = randomBytes(recordBytes)
      record.writeUIntBE((bucket << 4) | (record.readUInt8(2) & 0x0f), 0, 3)
      return record
    })
    for (const record of records.sort(Buffer.compare)) writer.add(record, 0)
  }
  writer.finish('hibp', Date.now())
  closeSync(file)
}

async function measureLookups(path: string, inBucket: number, name: string) {
  const list = createBreachedList({ path, now: Date.now })
  const file = await open(path, 'r')
  const bytes = Buffer.alloc(inBucket * recordBytes)
  const buckets = ENTRIES / inBucket
  const floor = () =>
    timed(async () => {
      const at = Math.floor(Math.random() * buckets) * bytes.length
      await file.read(bytes, 0, bytes.length, recordsAt + at)
    })
  const passwords = Array.from({ length: PASSWORDS }, () =>
    passwordIn(inBucket === 1 ? 2 ** 20 : buckets),
  )
  const includes = () => {
    const password = passwords[Math.floor(Math.random() * PASSWORDS)] ?? ''
    return timed(() => list.includes(password))
  }
  const bucket = () => {
    const prefix = Math.floor(Math.random() * (inBucket === 1 ? 2 ** 20 : buckets))
    const digits = prefix.toString(16).padStart(5, '0')
    return timed(() => list.bucket(digits))
  }
  try {
    await interleave(WARM_UPS, includes, floor)
    await interleave(WARM_UPS, bucket, floor)
    const asked = await interleave(PAIRS, includes, floor)
    const answered = await interleave(PAIRS, bucket, floor)
    const target = { bound: 'at most', value: 2 } as const
    return {
      figures: [
        figure(`leaked? ${name}`, 'µs', asked, target),
        figure(`leaked, a bucket, ${name}`, 'µs', answered),
      ],
      details: [
        detail(
          `leaked? ${name}`,
          asked.map(({ ours }) => ours),
        ),
        detail(
          `leaked, a bucket, ${name}`,
          answered.map(({ ours }) => ours),
        ),
      ],
    }
  } finally {
    await file.close()
    await list.close()
  }
}

/** One whose hash falls into the buckets that are full, so that there is something to search. */
function passwordIn(buckets: number): string {
  for (;;) {
    const password = randomBytes(12).toString('base64url')
    if (bucketAt(hash('sha1', password, 'buffer'), 0) < buckets) return password
  }
}

function detail(name: string, samples: readonly number[]): Detail {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(samples, share))
  return {
    ...{ name, unit: 'µs', values: { p50: p50 ?? 0, p95: p95 ?? 0, p99: p99 ?? 0 } },
    aim: { text: 'p99 within 1 ms', met: (p99 ?? Number.POSITIVE_INFINITY) <= AIM_MICROSECONDS },
  }
}

/** @returns microseconds */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return (performance.now() - startedAt) * 1000
}
