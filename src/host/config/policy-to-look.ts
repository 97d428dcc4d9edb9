import type { Instant } from '../../model/ids.ts'
import type { PolicyView } from '../../model/policy/policy-view.ts'
import { textOf } from './config.ts'
import { parseConfig, usualConfig } from './parse-config.ts'
import { rowsOf, sectionsOf, settingsIn } from './settings-of.ts'

/** What the file says, for a host that only looks: nothing is in force there. @throws StartRefused where it cannot be read */
export function policyToLook(file: string, at: Instant): PolicyView {
  const parsed = parseConfig(textOf(file))
  const rows = rowsOf('faults' in parsed ? usualConfig() : parsed.read)
  const refused = 'faults' in parsed ? { at, faults: [...parsed.faults] } : null
  return { file, since: at, settings: settingsIn(rows, rows), sections: sectionsOf(), refused, strangers: null }
}
