import { type ChildAhead, wantsAttention } from '../../model/child-ahead.ts'
import { type Paint, plain } from '../paint.ts'
import { beforeLines } from './outside-lines.ts'

/** What becomes of child runs, and of the children of those. */
export function childrenLines(paint: Paint, children: readonly ChildAhead[]): string[] {
  return children.flatMap((child) => childLines(paint, child))
}

function childLines(paint: Paint, child: ChildAhead): string[] {
  const { path, workflow, run, why, runs, outside, compensates, inDoubt, unknown } = child
  const certain = runs.flatMap((next) => (next.certain ? [next.step] : []))
  const perhaps = runs.flatMap((next) => (next.certain ? [] : [next.step]))
  const told = [
    ...(why === null ? [] : [plain(why)]),
    ...(certain.length === 0 ? [] : [`runs ${certain.join(', ')}`]),
    ...(perhaps.length === 0 ? [] : [`may run ${perhaps.join(', ')}`]),
    ...(compensates.length === 0 ? [] : [`undoes ${compensates.map((each) => `${each.step}${each.certain ? '' : ' if it completes'}`).join(', then ')}`]),
    ...(unknown === null ? [] : [`what it does cannot be told: ${plain(unknown)}`]),
  ]
  const head = `${path.join(' > ')}: ${run === null ? `a run of ${workflow}` : `${workflow} ${run}`} ${verb(child)}${told.length === 0 ? '' : `; ${told.join('; ')}`}`
  return [
    wantsAttention(child) ? paint('attention', head) : head,
    ...outside.flatMap(({ step, phase, key, certain: isCertain, before }) => {
      const what = phase === 'compensate' ? `undoing ${step}` : step
      const head = paint('attention', `  ${what} ${isCertain ? 'touches' : 'may touch'} the outside world${key === null ? '' : `, under ${key}`}`)
      return [head, ...beforeLines(paint, before, run ?? undefined).map((line) => `  ${line}`)]
    }),
    ...inDoubt.map(({ step }) => paint('attention', `  ${step} is in doubt: it is settled by a person before the run ends`)),
  ]
}

function verb({ becomes, certain }: ChildAhead): string {
  const verbs = { begins: certain ? 'begins' : 'may begin', goes_on: 'goes on', ends: 'is brought to its end', undone: 'is undone', gone: 'cannot be undone' } as const
  return verbs[becomes]
}
