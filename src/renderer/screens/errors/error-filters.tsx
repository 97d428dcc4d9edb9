import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { CircleCheck, type LucideIcon, Shapes, Workflow } from 'lucide-react'
import { FailureClass } from '../../../model/failure.ts'
import { useApi } from '../../state/client.ts'
import { PopupMenu } from '../../widgets/menu/popup-menu.tsx'
import { RangeChoice } from '../../widgets/range-choice/range-choice.tsx'
import { outcomes } from './outcomes.ts'
import { type Asked, type ErrorsSearch, ranges, Within } from './search.ts'

const route = getRouteApi('/errors')

/** Which errors: of what class and workflow, how they stand, and of what time. It stands in the address. */
export function ErrorFilters({ asked }: { readonly asked: Asked }) {
  const api = useApi()
  const navigate = route.useNavigate()
  const { data } = useQuery({ queryKey: ['workflows', 'list'], queryFn: () => api.workflows.list(), meta: { follows: ['workflows'] } })
  const names = [...new Set((data?.workflows ?? []).flatMap(({ name }) => name ?? []))]
  const choose = (change: Partial<ErrorsSearch>): void => void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  return (
    <>
      <Choice
        {...{ icon: Shapes, label: 'Class', any: 'Any class', chosen: asked.class }}
        of={FailureClass.options.map((name) => ({ name, word: name.replaceAll('_', ' ') }))}
        onChoose={(name) => choose({ class: name })}
      />
      <Choice
        {...{ icon: Workflow, label: 'Workflow', any: 'All workflows', chosen: asked.workflow }}
        of={names.map((name) => ({ name, word: name }))}
        onChoose={(name) => choose({ workflow: name })}
      />
      <Choice
        {...{ icon: CircleCheck, label: 'Outcome', any: 'Any outcome', chosen: asked.outcome }}
        of={outcomes.map(({ status, word }) => ({ name: status, word }))}
        onChoose={(name) => choose({ outcome: name })}
      />
      <RangeChoice names={Within.options} label={(name) => ranges[name].label} chosen={asked.within} onChoose={(within) => choose({ within })} />
    </>
  )
}

interface ChoiceProps<Name extends string> {
  readonly icon: LucideIcon
  readonly label: string
  /** Where none is chosen. */
  readonly any: string
  readonly chosen: Name | undefined
  readonly of: readonly { readonly name: Name; readonly word: string }[]
  readonly onChoose: (name: Name | undefined) => void
}

function Choice<Name extends string>({ icon: Icon, label, any, chosen, of, onChoose }: ChoiceProps<Name>) {
  return (
    <PopupMenu
      label={label}
      trigger={
        <button type="button" className="button quiet" aria-label={`${label}: ${chosen ?? any}`}>
          <Icon size={14} aria-hidden />
          {of.find(({ name }) => name === chosen)?.word ?? chosen ?? any}
        </button>
      }
      choices={[
        { label: any, chosen: chosen === undefined, onChoose: () => onChoose(undefined) },
        ...of.map(({ name, word }) => ({ label: word, chosen: name === chosen, onChoose: () => onChoose(name) })),
      ]}
    />
  )
}
