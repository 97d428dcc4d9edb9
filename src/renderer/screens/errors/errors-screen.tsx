import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useMemo } from 'react'
import { type Command, useCommands } from '../../state/commands.ts'
import { DamagedRunsLink } from '../../widgets/feedback/damaged-runs.tsx'
import { NotTold } from '../../widgets/feedback/not-told.tsx'
import { ListAndPage } from '../../widgets/list-and-page/list-and-page.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { counted } from '../../../model/counted.ts'
import { ErrorFilters } from './error-filters.tsx'
import { FiguresPage } from './figures/figures-page.tsx'
import { GroupPage } from './group/group-page.tsx'
import { ErrorList, groupPlace, rowPlace } from './list/error-list.tsx'
import { useErrorGroups } from './list/use-error-groups.ts'
import { askedOf } from './search.ts'

const route = getRouteApi('/errors')

/** Everything that went wrong, the same thing once; beside it how that goes over time, or one thing whole. */
export function ErrorsScreen() {
  const search = route.useSearch()
  const asked = askedOf(search)
  const { group } = search
  const listing = useErrorGroups(asked)
  const navigate = useNavigate({ from: '/errors' })
  const { groups, total, damaged, error } = listing

  const commands = useMemo((): readonly Command[] => {
    const none = groups === undefined || groups.length === 0 ? 'no error is listed' : undefined
    const show = (to: string | undefined): void => {
      void navigate({ search: (before) => ({ ...before, group: to }), replace: true }).then(() => document.getElementById(rowPlace(to ?? group ?? ''))?.focus())
    }
    const move = (step: 1 | -1) => (): void => {
      if (groups === undefined || groups.length === 0) return
      const place = groups.findIndex(({ fingerprint }) => fingerprint === group)
      show(groups[place < 0 ? 0 : Math.min(groups.length - 1, Math.max(0, place + step))]?.fingerprint)
    }
    return [
      { id: 'errors/next', title: 'Next error', section: 'Errors', icon: ArrowDown, keys: 'j', unavailable: none, run: move(1) },
      { id: 'errors/previous', title: 'Previous error', section: 'Errors', icon: ArrowUp, keys: 'k', unavailable: none, run: move(-1) },
      { id: 'errors/close', title: 'Close the error, and show the figures', section: 'Errors', icon: X, keys: 'Escape', run: () => show(undefined) },
    ]
  }, [groups, group, navigate])
  useCommands(commands)

  return (
    <Screen
      title="Errors"
      full
      heading={
        <h1>
          Errors{' '}
          {total !== undefined && total.errors > 0 && (
            <span className="quiet">
              {counted(total.errors, 'error')} of {counted(total.groups, 'kind')}
            </span>
          )}
        </h1>
      }
      actions={<ErrorFilters asked={asked} />}
    >
      <DamagedRunsLink damaged={damaged} />
      {error !== null && <NotTold title="What went wrong cannot be told" error={error} />}
      <ListAndPage
        isOpened={group !== undefined}
        list={{ label: 'Errors, like ones together', content: <ErrorList listing={listing} asked={asked} chosen={group} /> }}
        page={{
          id: groupPlace,
          label: group === undefined ? 'Errors over time' : 'The chosen errors',
          content: group === undefined ? <FiguresPage asked={asked} /> : <GroupPage key={group} fingerprint={group} asked={asked} />,
        }}
      />
    </Screen>
  )
}
