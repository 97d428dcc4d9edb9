import { existsSync, readFileSync } from 'node:fs'
import type { Fault } from '../../model/policy/policy-view.ts'
import { StartRefused } from '../start-refused.ts'
import { type Config, type ConfigRead, parseConfig } from './parse-config.ts'

/** The settings of a workspace. @throws StartRefused naming the line of everything that is wrong */
export function readConfig(file: string): Config {
  return readWhole(file).config
}

/** The same, with what is written, and where. @throws StartRefused */
export function readWhole(file: string): ConfigRead {
  const parsed = parseConfig(textOf(file))
  if ('faults' in parsed) throw new StartRefused('config', [`${file} cannot be used as it is:`, ...parsed.faults.map(faultLine)].join('\n'))
  return parsed.read
}

export function faultLine({ line, message }: Fault): string {
  return `  line ${line}: ${message}`
}

/** The text of the file; none where there is no file. @throws StartRefused where it cannot be read */
export function textOf(file: string): string {
  try {
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  } catch (error) {
    throw new StartRefused('config', `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
