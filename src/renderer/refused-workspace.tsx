import { DatabaseBackup, Eye, FolderOpen, KeyRound, Lock, RotateCcw, TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Choice, Refusal, WayOn } from '../contract/desktop/refusal.ts'
import { choose } from './state/desktop.ts'
import { useZone } from './state/preferences.ts'
import { bytes as inBytes } from '../model/bytes.ts'
import { fullTime } from './widgets/time/format.ts'
import './refused-workspace.css'

/** How many backups are offered by themselves; older ones are found as files. */
const most = 5

/** Shown where the workspace cannot be opened: why, and all that can be done about it. */
export function RefusedWorkspace({ refusal }: { readonly refusal: Refusal }) {
  const { workspace, message, ways, backups } = refusal
  const offers: Readonly<Record<WayOn, ReactNode>> = {
    look: (
      <Offer icon={<Eye size={16} aria-hidden />} says="Everything can be read. Nothing runs, and nothing is changed.">
        <Choose choice={{ way: 'look' }}>Only look at it</Choose>
      </Offer>
    ),
    bring_back: (
      <Offer icon={<DatabaseBackup size={16} aria-hidden />} says="It takes the place of the store. What is there now is kept beside it.">
        {backups.slice(0, most).map((backup) => (
          <BackupChoice key={backup.file} {...backup} />
        ))}
        <Choose choice={{ way: 'bring_back', file: null }}>Bring back another…</Choose>
      </Offer>
    ),
    key_file: (
      <Offer icon={<KeyRound size={16} aria-hidden />} says="For as long as it is open here. store.key_file of its settings names it for good.">
        <Choose choice={{ way: 'key_file' }}>Choose the file of its key…</Choose>
      </Offer>
    ),
    encrypt: (
      <Offer icon={<Lock size={16} aria-hidden />} says="An encrypted copy is made, verified, and takes its place.">
        <Choose choice={{ way: 'encrypt' }}>Encrypt it now</Choose>
      </Offer>
    ),
    elsewhere: (
      <Offer icon={<FolderOpen size={16} aria-hidden />} says="This one stays as it is.">
        <Choose choice={{ way: 'elsewhere' }}>Open another workspace…</Choose>
      </Offer>
    ),
    again: (
      <Offer icon={<RotateCcw size={16} aria-hidden />} says="Once what stands in the way is mended.">
        <Choose choice={{ way: 'again' }}>Try again</Choose>
      </Offer>
    ),
  }
  return (
    <main className="refused-workspace" aria-labelledby="refused-workspace-title">
      <section>
        <h1 id="refused-workspace-title">
          <TriangleAlert size={20} aria-hidden />
          This workspace is not open
        </h1>
        <p className="place">{workspace}</p>
        <p className="why" role="alert">
          {message}
        </p>
        <ul aria-label="What can be done">
          {ways.map((way) => (
            <li key={way}>{offers[way]}</li>
          ))}
        </ul>
      </section>
    </main>
  )
}

interface OfferProps {
  readonly icon: ReactNode
  readonly says: string
  readonly children: ReactNode
}

function Offer({ icon, says, children }: OfferProps) {
  return (
    <>
      {icon}
      <div className="offer">
        {children}
        <p>{says}</p>
      </div>
    </>
  )
}

function BackupChoice({ file, at, bytes }: Refusal['backups'][number]) {
  const zone = useZone()
  return (
    <Choose choice={{ way: 'bring_back', file }} title={file}>
      Bring back that of {fullTime(at, zone)}, {inBytes(bytes)}
    </Choose>
  )
}

interface ChooseProps {
  readonly choice: Choice
  readonly title?: string
  readonly children: ReactNode
}

/** What it leads to may take a while; until then it can be chosen again, or another way. */
function Choose({ choice, title, children }: ChooseProps) {
  const [isChosen, setChosen] = useState(false)
  const press = (): void => {
    setChosen(true)
    choose(choice)
  }
  return (
    <button type="button" className="button plain" title={title} aria-busy={isChosen} onClick={press}>
      {children}
    </button>
  )
}
