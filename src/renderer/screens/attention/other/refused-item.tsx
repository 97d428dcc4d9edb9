import { Link } from '@tanstack/react-router'
import { Workflow } from 'lucide-react'
import type { AttentionItem } from '../../../../model/attention.ts'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { SidePart } from '../../../widgets/side-part/side-part.tsx'
import { ItemPage } from '../item-page.tsx'
import { counted } from '../../../../model/counted.ts'
import { Over } from './over.tsx'

type Refused = Extract<AttentionItem, { kind: 'workflow_refused' }>

/** A file of the workspace that is no workflow as it stands: why, where, and the way out. */
export function RefusedItem({ refused: { file, name, failures }, isOver }: { readonly refused: Refused; readonly isOver: boolean }) {
  return (
    <ItemPage
      title={`${name ?? file} cannot be loaded`}
      line={
        <>
          <code>{file}</code>
          <span>{counted(failures.length, 'problem')}</span>
        </>
      }
      actions={
        <div className="links">
          <Link className="button" to="/workflows">
            <Workflow size={14} aria-hidden /> All workflows
          </Link>
        </div>
      }
      asideLabel="What this stops"
      aside={
        <>
          <SidePart title="What this stops">
            <p>No new run can be started of it. Runs under way go on with the revision that they began with.</p>
          </SidePart>
          <SidePart title="What ends this">
            <p>The file is looked at again whenever it is saved; once it loads, this leaves the list by itself.</p>
          </SidePart>
        </>
      }
    >
      <Over isOver={isOver}>The file was mended, or it is gone.</Over>
      {failures.map((failure, index) => (
        <FailureView key={index} failure={failure} />
      ))}
    </ItemPage>
  )
}
