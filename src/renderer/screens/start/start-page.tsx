import { getRouteApi, Link } from '@tanstack/react-router'
import { Play, RotateCcw } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import type { Manifest } from '../../../model/manifest.ts'
import { type Command, useCommands } from '../../state/commands.ts'
import { Button } from '../../widgets/button/button.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { ContextPart, takesContext } from './context-part.tsx'
import { CorrelationPart } from './correlation-part.tsx'
import { InputPart } from './input-part.tsx'
import { OriginPart } from './origin-part.tsx'
import { ProblemsPart } from './problems-part.tsx'
import { useDraft } from './use-draft.ts'
import { useStarting } from './use-starting.ts'
import { useTakeOver } from './use-take-over.ts'
import './start-page.css'

const route = getRouteApi('/workflows/$workflow/start')

export function StartPage({ manifest }: { readonly manifest: Manifest }) {
  const { way = 'form', from } = route.useSearch()
  const navigate = route.useNavigate()
  const drafting = useDraft(manifest)
  const starting = useStarting(manifest, drafting)
  const { draft, isTouched } = drafting
  useTakeOver(from, drafting)

  const { start, forget } = starting
  const reset = useCallback((): void => {
    drafting.reset()
    forget()
    void navigate({ search: (before) => ({ ...before, from: undefined }), replace: true })
  }, [drafting, forget, navigate])
  const untouched = isTouched ? undefined : 'Nothing was filled in yet'
  const commands = useMemo(
    (): readonly Command[] => [
      { id: 'start-run', title: `Start the run of ${manifest.name}`, section: 'Start', icon: Play, keys: '$mod+Enter', asksHost: true, run: start },
      { id: 'reset-input', title: 'Reset to the defaults', section: 'Start', icon: RotateCcw, unavailable: untouched, run: reset },
    ],
    [manifest.name, untouched, start, reset],
  )
  useCommands(commands)

  const title = `Start ${manifest.title ?? manifest.name}`
  return (
    <Screen
      title={title}
      heading={
        <>
          <h1>{title}</h1>
          <p className="start-heading quiet clipped">
            <Link to="/workflows/$workflow" params={{ workflow: manifest.name }} className="link">
              {manifest.name}
            </Link>{' '}
            version {manifest.version} · {manifest.file}
          </p>
        </>
      }
      actions={
        <>
          <Button icon={RotateCcw} tone="quiet" unavailable={untouched} onPress={reset}>
            Reset to the defaults
          </Button>
          <Button icon={Play} tone="primary" keys="$mod+Enter" asksHost busy={starting.isBusy} onPress={start}>
            Start the run
          </Button>
        </>
      }
    >
      <div className="start-page">
        <ProblemsPart starting={starting} way={way} />
        {draft.origin !== null && <OriginPart origin={draft.origin} input={draft.input} />}
        <InputPart
          manifest={manifest}
          drafting={drafting}
          starting={starting}
          way={way}
          onWay={(chosen) => void navigate({ search: (before) => ({ ...before, way: chosen === 'form' ? undefined : chosen }), replace: true })}
        />
        {takesContext(manifest) && (
          <ContextPart manifest={manifest} context={draft.context} problems={starting.context} saysAll={starting.saysAll} onChange={drafting.setContext} />
        )}
        <CorrelationPart value={draft.correlation} onChange={drafting.setCorrelation} />
      </div>
    </Screen>
  )
}
