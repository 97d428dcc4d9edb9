/** Writes what a project's sources say of themselves: manual.mjs FOLDER [TROUBLE…]. It ends with 73 where no licence is free. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder = '', ...trouble] = process.argv.slice(2)

if (trouble.includes('no-licence') && Number(process.env.CAIRN_ATTEMPT ?? 1) < 2) {
  console.error('all licences of the type setter are in use')
  process.exit(73)
}
if (trouble.includes('broken-manual')) {
  console.error('src/till.mjs: receipt has no description')
  process.exit(1)
}
const pages = readdirSync(join(folder, 'src')).map((name) => {
  const exported = [...readFileSync(join(folder, 'src', name), 'utf8').matchAll(/^export const (\w+)/gm)]
  return `## ${name}\n\n${exported.map(([, what = '']) => `- ${what}`).join('\n')}\n`
})
writeFileSync(join(folder, 'MANUAL.md'), `# The till\n\n${pages.join('\n')}`)
console.log(`wrote MANUAL.md, ${pages.length} parts`)
