import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { FilePen, Search, SlidersHorizontal } from 'lucide-react'
import { useCallback, useMemo, useRef } from 'react'
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
  const { only, find = '' } = route.useSearch()
  const isNarrowed = only === 'written'
  const input = useRef<HTMLInputElement>(null)
  const { data: policy, error } = useQuery({
    queryKey: ['policy'],
    queryFn: () => api.policy.get(),
    meta: { follows: ['host', 'workflows'] },
    placeholderData: keepPreviousData,
  })
  const narrow = useCallback(
    () => void navigate({ to: '/policy', search: { ...(!isNarrowed && { only: 'written' }), ...(find !== '' && { find }) } }),
    [find, isNarrowed, navigate],
  )
  const seek = (text: string): void =>
    void navigate({ to: '/policy', search: { ...(isNarrowed && { only: 'written' }), ...(text !== '' && { find: text }) }, replace: true })
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
        run: narrow,
      },
      { id: 'policy/find', title: 'Find a setting', section: 'Policy', icon: Search, keys: '/', run: () => input.current?.focus() },
    ],
    [narrow, title],
  )
  useCommands(commands)
  const sections = policy === undefined ? [] : sectionsIn(policy, find, isNarrowed)

  return (
    <Screen
      title="Policy"
      actions={
        <>
          <input
            ref={input}
            className="policy-find"
            type="search"
            value={find}
            placeholder="Find a setting"
            aria-label="Find a setting"
            onChange={({ target }) => seek(target.value)}
          />
          <Button icon={FilePen} keys="f" onPress={narrow}>
            {title}
          </Button>
        </>
      }
    >
      <div className="policy-screen">
        {error !== null && <NotTold title="What is in force cannot be told" error={error} />}
        {policy === undefined ? error === null && <Skeleton lines={8} /> : <FilePart policy={policy} />}
        {sections.map((section) => (
          <SectionPanel key={section.name} section={section} />
        ))}
        {policy !== undefined && sections.length === 0 && <NoSetting sought={find} />}
      </div>
    </Screen>
  )
}

function NoSetting({ sought }: { readonly sought: string }) {
  if (sought.trim() === '') {
    return (
      <Empty icon={SlidersHorizontal} title="The file says nothing">
        Every setting is what goes without saying.
      </Empty>
    )
  }
  return (
    <Empty icon={SlidersHorizontal} title="No setting has these words">
      Its key and what it means are looked through.
    </Empty>
  )
}
