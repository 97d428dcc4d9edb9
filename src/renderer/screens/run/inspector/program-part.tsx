import { CircleCheck, CircleX, LoaderCircle } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { programLog, type ProgramLog } from '../../../widgets/terminal/program-log.ts'
import { Terminal } from '../../../widgets/terminal/terminal.tsx'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { lengthOfTime } from '../../../widgets/time/format.ts'
import { useSelection } from '../state/selection.ts'
import { Facts } from './facts.tsx'
import { Part } from './part.tsx'
import { useLogs } from './use-logs.ts'
import type { Pass } from './use-pass.ts'

/** The program that a shell step runs: what was started and where, what it prints, and how it ended. */
export function ProgramPart({ pass: { step, record, attempts } }: { readonly pass: Pass }) {
  const { attempt: chosen } = useSelection()
  const newest = attempts.at(-1)
  const attempt = attempts.find((each) => each.attempt === chosen) ?? newest
  const { logs, reachesBack, reachBack } = useLogs(step.id)
  const log = useMemo(
    () => programLog(logs.filter((line) => line.iteration === record?.iteration && line.attempt === attempt?.attempt)),
    [logs, record?.iteration, attempt?.attempt],
  )
  const isCut = attempt !== undefined && log.command === undefined && !reachesBack
  useEffect(() => {
    if (isCut) reachBack()
  })
  if (attempt === undefined) return null
  const of = attempts.length === 1 ? '' : ` of attempt ${attempt.attempt}`
  const what = attempt.phase === 'run' ? 'Program' : 'Program that undoes it'
  return (
    <Part title={`${what}${of}`}>
      {log.command !== undefined && (
        <pre className="command-line">
          <span className="prompt" aria-hidden>
            ${' '}
          </span>
          <ShownText text={log.command} />
        </pre>
      )}
      <Facts
        of={{
          'working folder': log.folder === undefined ? null : <code>{log.folder}</code>,
          ended: <End log={log} isOver={attempt.status !== 'running'} />,
          ran: log.end?.duration === undefined ? null : lengthOfTime(log.end.duration),
        }}
      />
      <Terminal log={log} of={step.id} />
    </Part>
  )
}

function End({ log: { command, end }, isOver }: { readonly log: ProgramLog; readonly isOver: boolean }) {
  const [Icon, words, tone] = wordsOf(command, end, isOver)
  return (
    <span className="program-end" data-tone={tone}>
      <Icon size={12} aria-hidden /> {words}
    </span>
  )
}

function wordsOf(command: ProgramLog['command'], end: ProgramLog['end'], isOver: boolean) {
  if (end !== undefined) return [end.isWell ? CircleCheck : CircleX, end.words, end.isWell ? 'success' : 'failure'] as const
  if (isOver) return [CircleX, command === undefined ? 'it is not known that it began' : 'it was stopped, or cut off', 'inactive'] as const
  return [LoaderCircle, command === undefined ? 'not yet begun' : 'not yet: it runs', 'running'] as const
}
