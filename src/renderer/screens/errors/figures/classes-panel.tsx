import { Link } from '@tanstack/react-router'
import type { ErrorFigures } from '../../../../model/error-query.ts'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { Panel } from '../../../widgets/panel/panel.tsx'
import { OutcomeShares } from '../outcome-shares.tsx'
import type { Asked } from '../search.ts'
import './classes-panel.css'

/** How often each class came, and how that ended; a class leads to its errors. */
export function ClassesPanel({ figures, asked }: { readonly figures: ErrorFigures | undefined; readonly asked: Asked }) {
  return (
    <Panel title="By class, and how they ended" flush>
      {figures === undefined && <Skeleton lines={6} />}
      {figures !== undefined && (
        <ul className="error-classes" tabIndex={0} aria-label="Errors by class, the most frequent first">
          {figures.classes.map(({ class: name, count, outcomes }) => (
            <li key={name}>
              <p>
                <Link to="/errors" search={{ ...asked, class: name }} className="link">
                  {name.replaceAll('_', ' ')}
                </Link>
                <b>{count.toLocaleString('en')}</b>
              </p>
              <OutcomeShares of={outcomes} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
