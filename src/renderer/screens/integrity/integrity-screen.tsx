import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import { useMemo } from 'react'
import { useApi } from '../../state/client.ts'
import { type Command, useCommands } from '../../state/commands.ts'
import { Button } from '../../widgets/button/button.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { BackupsPanel } from './backups-panel.tsx'
import { FindingsTable } from './findings-table.tsx'
import { StandingPart } from './standing-part.tsx'
import { useVerifying, verify } from './verifying.ts'
import './integrity-screen.css'

/** Whether every byte of the store is what was written: as far as it was looked at, and looked at now. */
export function IntegrityScreen() {
  const api = useApi()
  const isUnderWay = useVerifying(({ progress }) => progress !== null)
  const { data } = useQuery({
    queryKey: ['integrity'],
    queryFn: () => api.integrity.get(),
    meta: { follows: ['host'] },
    placeholderData: keepPreviousData,
  })
  const unavailable = isUnderWay ? 'the store is being verified' : undefined
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: 'integrity/verify',
        title: 'Verify the whole store',
        section: 'Integrity',
        icon: ShieldCheck,
        keys: 'v',
        also: 'check checksum damage corrupt',
        unavailable,
        asksHost: 'reading',
        run: () => void verify(api),
      },
    ],
    [api, unavailable],
  )
  useCommands(commands)

  return (
    <Screen
      title="Integrity"
      actions={
        <Button tone="primary" icon={ShieldCheck} keys="v" asksHost="reading" unavailable={unavailable} onPress={() => void verify(api)}>
          Verify now
        </Button>
      }
    >
      <div className="integrity-screen">
        <StandingPart check={data?.check ?? null} />
        <Panel title="What is damaged" flush>
          <FindingsTable findings={data?.findings} />
        </Panel>
        <BackupsPanel />
      </div>
    </Screen>
  )
}
