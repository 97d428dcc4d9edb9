import { counted } from '../../model/counted.ts'
import { asItIs, type Finding, goBackTo, isOfAnchor, lookedAt, onOtherCode, type Verification } from '../../model/integrity.ts'
import type { Terminal } from '../../host/terminal.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { looking } from '../looking.ts'
import { type Paint, plain } from '../paint.ts'
import { print, table } from '../print.ts'
import { UsageError } from '../trouble.ts'

/** Walks through the whole store of a workspace, in its host where one runs, and says what is not as it was written. */
export function verify(context: Context): Promise<number> {
  return looking(context, async ({ client: { api }, embedded, looks = false }) => {
    const came = byTenths(context.terminal)
    for await (const item of await api.integrity.verify()) {
      if (item.type === 'progress') came(item.done)
      else {
        const { findings, checked } = item
        print(context, { findings, checked }, () => words(context.paint, item))
        if (findings.length === 0) return exitCodes.done
        for (const line of [...waysOn(findings), ...(looks ? [unwritten] : embedded ? [onlyLooked] : [])]) context.terminal.err(line)
        return exitCodes.damaged
      }
    }
    throw new UsageError('the host ended before it had walked through the store: try again')
  })
}

const onlyLooked = 'no host runs, so this only looked, and put nothing on record: cairn serve, or the desktop, looks there first once it starts, and puts on record what it finds'

const unwritten = 'nothing can be written there, so this only looked, and put nothing on record: the host that starts once something can looks by itself'

/** How many runs are named that can go back. */
const mostNamed = 5

function waysOn(findings: readonly Finding[]): string[] {
  const back = goBackTo(findings)
  const named = [...back].slice(0, mostNamed).map(([run, checkpoint]) => `to go on with this run: cairn restore ${run} ${checkpoint}`)
  const recoded = onOtherCode(findings).slice(0, mostNamed)
  const withOther = recoded.map(([run, checkpoint]) => `to go on with this run, where its workflow is another by now: cairn restore ${run} ${checkpoint} --present`)
  const more = back.size > mostNamed ? [`and so with ${back.size - mostNamed} more, each up to where it is whole`] : []
  const past = findings.filter(({ isPast }) => isPast)
  const rest = findings.some(({ run, isPast }) => !isPast && (run === null || !back.has(run)))
  const all = 'cairn restore-backup FILE, for all of the store'
  return [
    ...named,
    ...more,
    ...new Set(past.map(({ run }) => `run ${run} has gone on without what is damaged of it: nothing has to be done`)),
    ...withOther,
    `${rest ? 'to go on with what is damaged' : 'or, to have what is damaged again'}: ${all}`,
    ...(findings.every(({ run }) => run !== null) ? ['runs that are not named go on as they are'] : []),
    ...(findings.some(isOfAnchor) ? [`${asItIs}: cairn backup FILE, and cairn restore-backup FILE`] : []),
  ]
}

/** Says how far it has come, at each tenth of the way. */
function byTenths({ err }: Terminal): (done: number) => void {
  let tenths = 0
  return (done) => {
    const now = Math.floor(10 * done)
    if (now > tenths && now < 10) err(`verified ${10 * now} %`)
    tenths = Math.max(tenths, now)
  }
}

function words(paint: Paint, { findings, checked }: Verification): string[] {
  const all = lookedAt(checked)
  if (findings.length === 0) return [`${paint('success', '✓ whole')}: every byte is what was written, of ${all}`]
  return [
    `${paint('failure', '✗ damaged')}: ${counted(findings.length, 'thing is', 'things are')} not what was written, of ${all}`,
    ...table(paint, ['what', 'key', 'run', 'whole up to', 'detail'], findings, row),
  ]
}

function row({ object, key, run, nearest, detail }: Finding): string[] {
  return [plain(object), plain(key), run ?? '–', nearest === null ? '–' : `checkpoint ${nearest}`, plain(detail)]
}
