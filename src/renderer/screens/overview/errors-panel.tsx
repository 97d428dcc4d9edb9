import { CircleCheck } from 'lucide-react'
import type { ErrorEnding, Metrics } from '../../../model/metrics.ts'
import { ErrorEnding as Ending } from '../../../model/metrics.ts'
import { Swatch } from '../../widgets/charts/chart-key.tsx'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import { BarList, BarRow } from './bar-list.tsx'
import './errors-panel.css'

interface EndingLook {
  readonly word: string
  readonly colour: string
}

const endings: Readonly<Record<ErrorEnding, EndingLook>> = {
  retried: { word: 'retried', colour: 'var(--success)' },
  fallback: { word: 'by the fallback', colour: 'var(--running)' },
  skipped: { word: 'skipped', colour: 'var(--inactive)' },
  person: { word: 'by a person', colour: 'var(--attention)' },
  failed: { word: 'failed', colour: 'var(--failure)' },
  open: { word: 'open', colour: 'var(--mark)' },
}

/** What went wrong, and what became of it. */
export function ErrorsPanel({ metrics }: { readonly metrics: Metrics | undefined }) {
  const errors = metrics?.errors
  return (
    <Panel title="Errors by class, and what ended them" flush>
      {errors === undefined && <Skeleton lines={6} />}
      {errors?.length === 0 && <Empty icon={CircleCheck} title="No errors in this range" />}
      {errors !== undefined && errors.length > 0 && (
        <BarList className="error-bars" label="Errors by class">
          {errors.map((error) => (
            <ErrorClass key={error.class} error={error} />
          ))}
        </BarList>
      )}
    </Panel>
  )
}

function ErrorClass({ error: { class: kind, count, ended } }: { readonly error: Metrics['errors'][number] }) {
  const some = Ending.options.filter((name) => ended[name] > 0)
  return (
    <BarRow
      name={kind.replaceAll('_', ' ')}
      query={`error:${kind}`}
      figure={<b>{count.toLocaleString('en')}</b>}
      bar={some.map((name) => (
        <span key={name} style={{ flexGrow: ended[name], background: endings[name].colour }} />
      ))}
    >
      <span className="endings">
        {some.map((name) => (
          <span key={name}>
            <Swatch colour={endings[name].colour} />
            {ended[name].toLocaleString('en')} {endings[name].word}
          </span>
        ))}
      </span>
    </BarRow>
  )
}
