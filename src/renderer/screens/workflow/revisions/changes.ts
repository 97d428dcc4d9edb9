/** What is different between two revisions of a workflow, in words. */
import type { Json } from '../../../../model/json.ts'
import type { Manifest, StepManifest } from '../../../../model/manifest.ts'
import { same } from '../../../widgets/diff/json-lines.ts'
import { lengthOfTime } from '../../../widgets/time/format.ts'
import { settingsOf } from '../settings.ts'

/** One sentence for each difference; none where only code within the steps changed. */
export function changesBetween(before: Manifest, after: Manifest): readonly string[] {
  const old = new Map(before.steps.map((step) => [step.id, step]))
  const now = new Set(after.steps.map(({ id }) => id))
  const timeout = (millis: number | null): string => (millis === null ? 'none' : lengthOfTime(millis))
  return [
    ...changed('The version', String(before.version), String(after.version)),
    ...changed('The file', before.file, after.file),
    ...changed('The timeout of the run', timeout(before.timeout), timeout(after.timeout)),
    ...schemaChange('The input', before.input, after.input),
    ...schemaChange('The context', before.context, after.context),
    ...before.steps.flatMap(({ id }) => (now.has(id) ? [] : [`Step ${id} was taken away`])),
    ...after.steps.flatMap((step) => {
      const earlier = old.get(step.id)
      return earlier === undefined ? [`Step ${step.id} was added`] : stepChanges(earlier, step)
    }),
  ]
}

function stepChanges(before: StepManifest, after: StepManifest): readonly string[] {
  const [old, now] = [settingsOf(before), settingsOf(after)]
  const names = [...new Set([...old, ...now].map(({ name }) => name))]
  const says = (settings: typeof old, name: string): string => settings.find((each) => each.name === name)?.says ?? 'none'
  return [
    ...changed(`Step ${after.id}, kind`, before.kind, after.kind),
    ...names.flatMap((name) => changed(`Step ${after.id}, ${name.toLowerCase()}`, says(old, name), says(now, name))),
    ...schemaChange(`Step ${after.id}, output`, before.output, after.output),
  ]
}

function changed(what: string, before: string, after: string): readonly string[] {
  return before === after ? [] : [`${what}: ${before} → ${after}`]
}

function schemaChange(what: string, before: Json, after: Json): readonly string[] {
  return same(before, after) ? [] : [`${what}: its schema changed`]
}
