import { Link } from '@tanstack/react-router'
import { SlidersHorizontal } from 'lucide-react'
import type { AttentionItem } from '../../../../model/attention.ts'
import { SidePart } from '../../../widgets/side-part/side-part.tsx'
import { FaultList } from '../../../widgets/failure/fault-list.tsx'
import { Age } from '../../../widgets/time/times.tsx'
import { ItemPage } from '../item-page.tsx'
import { counted } from '../../../../model/counted.ts'
import { Over } from './over.tsx'

type Refused = Extract<AttentionItem, { kind: 'policy_refused' }>

/** The file of the settings is wrong as it stands: where, and what would do. */
export function PolicyItem({ refused: { file, at, faults }, isOver }: { readonly refused: Refused; readonly isOver: boolean }) {
  return (
    <ItemPage
      title="The settings cannot be used as they are written"
      line={
        <>
          <code>{file}</code>
          <span>
            {counted(faults.length, 'fault')}, since <Age at={at} />
          </span>
        </>
      }
      actions={
        <div className="links">
          <Link className="button" to="/policy">
            <SlidersHorizontal size={14} aria-hidden /> What is in force
          </Link>
        </div>
      }
      asideLabel="What this stops"
      aside={
        <>
          <SidePart title="What this stops">
            <p>Nothing that runs: what was in force before the file was changed stays. A host that is started now would refuse to.</p>
          </SidePart>
          <SidePart title="What ends this">
            <p>The file is looked at again whenever it is saved; once it is right, it comes into force, and this leaves the list by itself.</p>
          </SidePart>
        </>
      }
    >
      <Over isOver={isOver}>The file was mended.</Over>
      <FaultList faults={faults} />
    </ItemPage>
  )
}
