import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { programFolder } from './program.ts'

/** The version of this program, as its package says. */
export const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(programFolder, 'package.json'), 'utf8')))
