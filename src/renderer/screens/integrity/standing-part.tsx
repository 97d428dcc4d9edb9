import { CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import { counted } from '../../../model/counted.ts'
import type { IntegrityCheck, VerifyProgress } from '../../../model/integrity.ts'
import { useLooking } from '../../state/looking.ts'
import { ProgressBar } from '../../widgets/progress/progress-bar.tsx'
import type { Look } from '../../widgets/status/look.ts'
import { StatusBadge } from '../../widgets/status/status-badge.tsx'
import { Age } from '../../widgets/time/times.tsx'
import { EncryptionLine } from './encryption-line.tsx'
import { useVerifying } from './verifying.ts'
import { outcome, partWords } from './words.ts'
import './standing-part.css'

interface StandingPartProps {
  /** Null where nothing was looked at yet, or it is not known. */
  readonly check: IntegrityCheck | null
}

const byItself = 'The store is gone around a part at a time, the newest changes first, for as long as the host runs. To verify now looks at everything at once; runs go on meanwhile.'
const onlyHere = 'As this console only shows it, nothing of the store is looked at by itself here. To verify now looks at everything at once; what is found is shown, and written nowhere.'

/** How it stands with the store, and how far a walk through all of it has come. */
export function StandingPart({ check }: StandingPartProps) {
  const { progress, result } = useVerifying()
  const looks = useLooking(({ looks }) => looks)
  return (
    <section className="standing-part" aria-label="How it stands">
      <p className="verdict">
        <StatusBadge look={lookOf(check)} />
        <span className="quiet">
          {check === null ? (
            'Nothing was looked at yet'
          ) : (
            <>
              {counted(check.checkpoints, 'checkpoint')}; a part was looked at <Age at={check.checkedAt} />, all of
              it {check.wholeAt === null ? 'not yet' : <Age at={check.wholeAt} />}
            </>
          )}
        </span>
      </p>
      <p className="quiet">{looks ? onlyHere : byItself}</p>
      <EncryptionLine />
      {progress !== null && <Progress progress={progress} />}
      {progress === null && result !== null && <p role="status">{outcome(result)}</p>}
    </section>
  )
}

function Progress({ progress: { part, done, findings } }: { readonly progress: VerifyProgress }) {
  return (
    <ProgressBar label="Verifying the store" done={done}>
      {Math.round(done * 100)} %, {partWords(part)}
      {findings > 0 && `, ${findings} found`}
    </ProgressBar>
  )
}

function lookOf(check: IntegrityCheck | null): Look {
  if (check === null) return { tone: 'inactive', icon: CircleDashed, word: 'Not known yet' }
  return check.findings === 0
    ? { tone: 'success', icon: CircleCheck, word: 'Whole' }
    : { tone: 'failure', icon: CircleX, word: `${check.findings.toLocaleString('en')} damaged` }
}
