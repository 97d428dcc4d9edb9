import type { Instant } from '../../model/ids.ts'
import type { PolicyView } from '../../model/policy/policy-view.ts'
import { usualConfig } from './parse-config.ts'
import { rowsOf, sectionsOf, settingsIn } from './settings-of.ts'
import { parseSource, sourceOf } from './source.ts'

/** What the file says, for a host that only looks: nothing is in force there. */
export function policyToLook(file: string, at: Instant): PolicyView {
  const parsed = parseSource(sourceOf(file))
  const rows = rowsOf('faults' in parsed ? usualConfig() : parsed.read)
  const refused = 'faults' in parsed ? { at, faults: [...parsed.faults] } : null
  return { file, since: at, settings: settingsIn(rows, rows), sections: sectionsOf(), refused, strangers: null }
}
