import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { FilePen, SlidersHorizontal } from 'lucide-react'
import { useMemo } from 'react'
import { useApi } from '../../state/client.ts'
import { type Command, useCommands } from '../../state/commands.ts'
import { Button } from '../../widgets/button/button.tsx'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { NotTold } from '../../widgets/feedback/not-told.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { FilePart } from './file-part.tsx'
import { SectionPanel } from './section-panel.tsx'
import { sectionsIn } from './words.ts'
import './policy-screen.css'

const route = getRouteApi('/policy')

/** What the workspace wants of its runs and of its host: what is in force, and where each setting comes from. */
export function PolicyScreen() {
  const api = useApi()
  const navigate = useNavigate()
  const { only } = route.useSearch()
  const { data: policy, error } = useQuery({
    queryKey: ['policy'],
    queryFn: () => api.policy.get(),
    meta: { follows: ['host', 'workflows'] },
    placeholderData: keepPreviousData,
  })
  const isNarrowed = only === 'written'
  const title = isNarrowed ? 'Every setting' : 'Only what the file says'
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: 'policy/only',
        title,
        section: 'Policy',
        icon: FilePen,
        keys: 'f',
        also: 'filter written default',
        run: () => void navigate({ to: '/policy', search: isNarrowed ? {} : { only: 'written' } }),
      },
    ],
    [isNarrowed, navigate, title],
  )
  useCommands(commands)
  const sections = policy === undefined ? [] : sectionsIn(policy, isNarrowed)

  return (
    <Screen
      title="Policy"
      actions={
        <Button icon={FilePen} keys="f" onPress={() => void navigate({ to: '/policy', search: isNarrowed ? {} : { only: 'written' } })}>
          {title}
        </Button>
      }
    >
      <div className="policy-screen">
        {error !== null && <NotTold title="What is in force cannot be told" error={error} />}
        {policy === undefined ? error === null && <Skeleton lines={8} /> : <FilePart policy={policy} />}
        {sections.map((section) => (
          <SectionPanel key={section.name} section={section} />
        ))}
        {policy !== undefined && sections.length === 0 && (
          <Empty icon={SlidersHorizontal} title="The file says nothing">
            Every setting is what goes without saying.
          </Empty>
        )}
      </div>
    </Screen>
  )
}
