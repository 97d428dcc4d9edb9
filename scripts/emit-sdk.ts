/** Writes what workflows import as `cairn`, as one module without imports. `node scripts/emit-sdk.ts out/main/sdk.js` */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { makeSdk } from '../src/effects/loader/child/sdk-module.ts'

const [file] = process.argv.slice(2)
if (file === undefined) throw new Error('name the file to write')
await mkdir(dirname(resolve(file)), { recursive: true })
await writeFile(file, await makeSdk(join(import.meta.dirname, '..', 'src', 'sdk', 'index.ts')))
