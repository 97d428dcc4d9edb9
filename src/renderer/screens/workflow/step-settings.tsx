import type { StepManifest } from '../../../model/manifest.ts'
import { settingsOf } from './settings.ts'

export function StepSettings({ step }: { readonly step: StepManifest }) {
  return (
    <>
      <h2>{step.title ?? step.id}</h2>
      <p className="quiet">
        <code>{step.id}</code> {step.kind}
      </p>
      <dl>
        {settingsOf(step).map(({ name, says }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
