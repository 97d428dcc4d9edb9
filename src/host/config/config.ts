import type { Fault } from '../../model/policy/policy-view.ts'
import { StartRefused } from '../start-refused.ts'
import type { Config, ConfigRead } from './parse-config.ts'
import { parseSource, sourceOf } from './source.ts'

/** The settings of a workspace. @throws StartRefused naming the line of everything that is wrong */
export function readConfig(file: string): Config {
  return readWhole(file).config
}

/** The same, with what is written, and where. @throws StartRefused */
export function readWhole(file: string): ConfigRead {
  const parsed = parseSource(sourceOf(file))
  if ('faults' in parsed) throw new StartRefused('config', [`${file} cannot be used as it is:`, ...parsed.faults.map(faultLine)].join('\n'))
  return parsed.read
}

export function faultLine({ line, message }: Fault): string {
  return `  line ${line}: ${message}`
}
