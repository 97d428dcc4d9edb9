import { getRouteApi, Link } from '@tanstack/react-router'
import { Play, RotateCcw } from 'lucide-react'
import { useCallback, useId, useMemo } from 'react'
import type { Manifest } from '../../../model/manifest.ts'
import { type Command, useCommands } from '../../state/commands.ts'
import { Button } from '../../widgets/button/button.tsx'
import { Callout } from '../../widgets/feedback/callout.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { TabPanels } from '../../widgets/tabs/tab-panels.tsx'
import { JsonWay } from '../../widgets/schema-form/json-way.tsx'
import { ProblemSummary } from '../../widgets/schema-form/problem-summary.tsx'
import { idIn, SchemaForm } from '../../widgets/schema-form/schema-form.tsx'
import { ContextPart, takesContext } from './context-part.tsx'
import { CorrelationPart } from './correlation-part.tsx'
import { EarlierWay } from './earlier-way.tsx'
import { OriginPart } from './origin-part.tsx'
import { QueueFull } from './queue-full.tsx'
import { useDraft } from './use-draft.ts'
import { problemsId, useStarting } from './use-starting.ts'
import { useTakeOver } from './use-take-over.ts'
import './start-page.css'

const route = getRouteApi('/workflows/$workflow/start')

export function StartPage({ manifest }: { readonly manifest: Manifest }) {
  const { way = 'form', from } = route.useSearch()
  const navigate = route.useNavigate()
  const heading = useId()
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

  const form = (
    <SchemaForm
      schema={manifest.input}
      value={draft.input}
      problems={starting.input}
      saysAll={starting.saysAll}
      label="Input"
      prefix="input"
      onChange={drafting.setInput}
    />
  )
  const json = (
    <JsonWay
      id="input-json"
      label="Input as JSON"
      of={{ value: draft.input, written: draft.written }}
      problems={starting.input}
      title="It does not fit the input yet"
      onWrite={drafting.setWritten}
    />
  )
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
        <div id={problemsId} className="problems" tabIndex={-1}>
          {starting.saysAll && <ProblemSummary problems={starting.input} idOf={(path) => (way === 'form' ? idIn('input', path) : 'input-json')} />}
          {starting.saysAll && <ProblemSummary problems={starting.context} idOf={(path) => idIn('context', path)} />}
          {starting.others.length > 0 && (
            <Callout tone="failure" title="The workflow refuses to start with this" urgent>
              {starting.others.map((other) => (
                <p key={other}>{other}</p>
              ))}
            </Callout>
          )}
          {starting.full !== null && <QueueFull full={starting.full} />}
        </div>
        {draft.origin !== null && <OriginPart origin={draft.origin} input={draft.input} />}
        <section className="card" aria-labelledby={heading}>
          <h2 id={heading} className="unseen">
            Input
          </h2>
          <TabPanels
            label="Where the input comes from"
            chosen={way}
            onChoose={(chosen) => void navigate({ search: (before) => ({ ...before, way: chosen === 'form' ? undefined : chosen }), replace: true })}
            panels={[
              { name: 'form', title: 'Form', content: <div className="way">{form}</div> },
              { name: 'json', title: 'JSON', content: <div className="way">{json}</div> },
              { name: 'earlier', title: 'Earlier run', content: <EarlierWay manifest={manifest} drafting={drafting} /> },
            ]}
          />
        </section>
        {takesContext(manifest) && (
          <ContextPart manifest={manifest} context={draft.context} problems={starting.context} saysAll={starting.saysAll} onChange={drafting.setContext} />
        )}
        <CorrelationPart value={draft.correlation} onChange={drafting.setCorrelation} />
      </div>
    </Screen>
  )
}
