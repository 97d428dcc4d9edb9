/** Writes docs/CONFIGURATION.md anew. */
import { writeFileSync } from 'node:fs'
import { reference } from '../src/host/config/reference.ts'

writeFileSync(new URL('../docs/CONFIGURATION.md', import.meta.url), reference())
