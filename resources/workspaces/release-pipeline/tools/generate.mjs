/** Writes a small project, a till, into a folder of its run's own: generate.mjs VERSION [TROUBLE…]. Run again, it writes the same. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const [version = '', ...trouble] = process.argv.slice(2)
const [run = 'by-hand'] = (process.env.CAIRN_IDEMPOTENCY_KEY ?? '').split('/').filter(Boolean)
const folder = join('projects', run)

const files = {
  'package.json': `${JSON.stringify({ name: 'till', version, type: 'module', private: true }, null, 2)}\n`,
  'src/money.mjs': `/** Whole cents, so that sums come out. */
export const inWords = (cents) => (cents / 100).toFixed(2) + ' EUR'
export const withTax = (cents, percent) => Math.round(cents * (1 + percent / 100))
`,
  'src/cart.mjs': `import { withTax } from './money.mjs'

export const total = (lines, tax) => withTax(lines.reduce((sum, { cents, amount }) => sum + cents * amount, 0), tax)
`,
  'src/till.mjs': `import { total } from './cart.mjs'
import { inWords } from './money.mjs'

export const version = '${version}'
export const receipt = (lines, tax = 19) => 'To pay: ' + inWords(total(lines, tax))
`,
  'test/money.test.mjs': `import { inWords, withTax } from '../src/money.mjs'

export const cases = [
  ['writes cents as an amount', inWords(1999), '19.99 EUR'],
  ['rounds tax to whole cents', withTax(999, 19), 1189],
]
`,
  'test/till.test.mjs': `import { receipt } from '../src/till.mjs'

export const cases = [
  ['sums what is in the cart', receipt([{ cents: 250, amount: 2 }, { cents: 499, amount: 1 }]), 'To pay: 11.89 EUR'],
  ['an empty cart costs nothing', receipt([]), 'To pay: 0.00 EUR'],
]
`,
}

const isTorn = trouble.includes('torn-project') && !existsSync(folder)
for (const [name, text] of Object.entries(files)) {
  if (isTorn && name === 'src/till.mjs') continue
  const file = join(folder, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  console.log(`wrote ${name}, ${text.length} bytes`)
}
console.log(`the project is in ${folder.replaceAll('\\', '/')}`)
