import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import type { Input } from '../input.ts'
import type { Route } from '../route.ts'
import {
  bodyLayout,
  closings,
  farewells,
  greetings,
  lines,
  openings,
  requests,
  signOffLayout,
} from './phrases.ts'
import { tied } from './points.ts'
import { render } from './render.ts'

export interface Assignment {
  readonly input: Input
  readonly context: Context
  readonly route: Route
}

/** How a letter is to be written; its points are whole sentences. */
export interface Plan extends Pick<Draft, 'tone' | 'wording' | 'linked'> {
  readonly points: readonly string[]
  readonly shorter: boolean
  readonly changes: readonly string[]
  readonly open: readonly string[]
}

/** Fills the templates. */
export function compose({ input, context, route }: Assignment, plan: Plan): Draft {
  const { tone, wording, linked } = plan
  const { recipient, sender } = input
  const words = { subject: input.subject, brand: context.brand.name, request: input.request ?? '' }
  const points = plan.linked ? tied(plan.points) : plan.points.map((text) => ({ tie: '', text }))
  const body = render(bodyLayout, {
    points,
    opening: render(openings[route.template][wording], words),
    request: input.request === undefined ? '' : render(requests[tone][linked ? 'linked' : 'loose'], words),
    about: input.length === 'long' && !plan.shorter ? context.brand.about : '',
    closing: render(closings[route.template][linked ? 'linked' : wording], words),
  })
  const { name, role = '' } = sender
  return {
    subject: render(lines[route.template], words),
    greeting: render(greetings[tone], { name: recipient.name }),
    body,
    signOff: render(signOffLayout, { farewell: farewells[tone], name, role, brandLine: context.brand.signOff }),
    source: 'template',
    tone,
    wording,
    linked,
    points: places(body, points.map(({ text }) => text)),
    changes: [...plan.changes],
    open: [...plan.open],
  }
}

/** Where each point stands, found in their order behind the opening. */
function places(body: string, points: readonly string[]): Draft['points'] {
  let from = body.indexOf('\n\n')
  return points.map((text) => {
    const start = body.indexOf(text, from)
    from = start + text.length
    return { text, start, end: from }
  })
}
