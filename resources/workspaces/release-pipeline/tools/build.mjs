/** Makes one module of a project's sources: build.mjs FOLDER [TROUBLE…]. The same sources make the same build. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder = '', ...trouble] = process.argv.slice(2)

const names = ['money', 'cart', 'till']
const missing = names.find((name) => !existsSync(join(folder, 'src', `${name}.mjs`)))
if (missing !== undefined) {
  console.error(`src/${missing}.mjs is not there: what was generated is torn`)
  process.exit(1)
}
const sources = names.map((name) => {
  console.log(`reading src/${name}.mjs`)
  return readFileSync(join(folder, 'src', `${name}.mjs`), 'utf8')
})

if (trouble.includes('hanging-build') && process.env.CAIRN_ATTEMPT === '1') {
  console.error('waiting for a lock of the build cache that somebody else holds')
  setInterval(() => console.error('still waiting'), 1_000)
} else {
  if (trouble.includes('slow-build')) await optimise()
  const text = sources.map((source) => source.replace(/^import .*\n\n?/gm, '')).join('\n')
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 12)
  mkdirSync(join(folder, 'dist'), { recursive: true })
  writeFileSync(join(folder, 'dist', 'till.mjs'), text)
  if (trouble.includes('stale-cache')) useCache()
  console.log(`${text.length} bytes in dist/till.mjs`)
  console.log(`built ${digest}`)
}

/** Takes longer than the step gives it at first. */
async function optimise() {
  for (let pass = 1; pass <= 7; pass += 1) {
    console.log(`optimising, pass ${pass} of 7`)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
  }
}

/** A part of the build comes from a cache that is old, until somebody throws that away. */
function useCache() {
  if (existsSync(join(folder, 'cache', 'thrown-away'))) return
  mkdirSync(join(folder, 'cache'), { recursive: true })
  writeFileSync(join(folder, 'cache', 'old'), 'of last week\n')
  console.log('took src/money.mjs from the cache')
}
