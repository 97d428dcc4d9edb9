import { useNavigate } from '@tanstack/react-router'
import { Ban, Link2, Pause, Play, RotateCw } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { type Command, useCommands } from '../../../state/commands.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { IconButton } from '../../../widgets/button/icon-button.tsx'
import { tell } from '../../../widgets/feedback/toasts.tsx'
import { useCalmly } from '../state/calm.ts'
import { unavailableOf } from './available.ts'
import { CancelDialog } from './cancel-dialog.tsx'
import { useActing } from './use-acting.ts'

const section = 'Run'

/** What can be done to the run; what cannot stays and says why. */
export function RunActions() {
  const { id, workflow, status, paused, closing } = useCalmly(({ run }) => run.detail.record)
  const acting = useActing()
  const navigate = useNavigate()
  const [cancels, setCancels] = useState(false)
  const { act } = acting
  const { pause, resume, cancel } = useMemo(() => unavailableOf({ status, paused, closing }), [status, paused, closing])

  const startAgain = useCallback(
    () => void navigate({ to: '/workflows/$workflow/start', params: { workflow }, search: { from: id } }),
    [navigate, workflow, id],
  )
  const commands = useMemo((): readonly Command[] => {
    const turn = paused ? 'resume' : 'pause'
    return [
      {
        id: 'run-turn',
        title: paused ? 'Resume the run' : 'Pause the run',
        section,
        icon: paused ? Play : Pause,
        keys: 'p',
        unavailable: paused ? resume : pause,
        asksHost: true,
        run: () => void act(turn),
      },
      {
        id: 'run-cancel',
        title: 'Cancel the run…',
        section,
        icon: Ban,
        keys: 'c',
        also: 'stop abort',
        unavailable: cancel,
        asksHost: true,
        run: () => setCancels(true),
      },
      {
        id: 'run-again',
        title: 'Start again with this input…',
        section,
        icon: RotateCw,
        keys: 'a',
        also: 'rerun repeat',
        run: startAgain,
      },
      { id: 'run-link', title: 'Copy a link to what is shown', section, icon: Link2, keys: 'y', run: copyLink },
    ]
  }, [paused, pause, resume, cancel, act, startAgain])
  useCommands(commands)

  return (
    <>
      <Button
        icon={paused ? Play : Pause}
        keys="p"
        busy={acting.busy === 'pause' || acting.busy === 'resume'}
        unavailable={paused ? resume : pause}
        asksHost
        onPress={() => void act(paused ? 'resume' : 'pause')}
      >
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <Button icon={Ban} keys="c" unavailable={cancel} asksHost onPress={() => setCancels(true)}>
        Cancel…
      </Button>
      <Button icon={RotateCw} keys="a" onPress={startAgain}>
        Start again…
      </Button>
      <IconButton icon={Link2} label="Copy a link to what is shown" keys="y" onPress={copyLink} />
      {cancels && <CancelDialog acting={acting} onClose={() => setCancels(false)} />}
    </>
  )
}

function copyLink(): void {
  void navigator.clipboard.writeText(location.href).then(() => tell.done('The link is copied'))
}
