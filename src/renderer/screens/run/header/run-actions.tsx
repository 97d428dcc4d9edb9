import { useNavigate } from '@tanstack/react-router'
import { Ban, BookmarkPlus, HeartPulse, Link2, Pause, Pin, PinOff, Play, RotateCw } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { isSetAside } from '../../../../model/run.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { IconButton } from '../../../widgets/button/icon-button.tsx'
import { copyText } from '../../../widgets/feedback/copy-text.ts'
import { tell } from '../../../widgets/feedback/toasts.tsx'
import { useCalmly } from '../state/calm.ts'
import { isRecoverable, unavailableOf } from './available.ts'
import { type Asked, RunDialogs } from './run-dialogs.tsx'
import { useActing } from './use-acting.ts'
import { useMarking } from './use-marking.ts'
import { useRunCommands } from './use-run-commands.ts'

/** What can be done to the run; what cannot stays and says why. */
export function RunActions() {
  const { id, workflow, status, paused, closing, failure, kept, parent, updatedAt } = useCalmly(({ run }) => run.detail.record)
  const underWay = useCalmly(({ run }) => run.detail.attempts.some((attempt) => attempt.status === 'running'))
  const acting = useActing()
  const navigate = useNavigate()
  const marking = useMarking()
  const { letGo } = marking
  const [asks, setAsks] = useState<Asked>()
  const isKept = kept !== null
  const turnKept = useCallback(() => (isKept ? void letGo() : setAsks('keep')), [isKept, letGo])
  const { act } = acting
  const unavailable = useMemo(() => unavailableOf({ status, paused, closing, failure, parent, updatedAt, underWay }), [status, paused, closing, failure, parent, updatedAt, underWay])
  const stands = paused || isSetAside({ status, failure })
  const turn = stands ? 'resume' : 'pause'

  const startAgain = useCallback(
    () => void navigate({ to: '/workflows/$workflow/start', params: { workflow }, search: { from: id } }),
    [navigate, workflow, id],
  )
  useRunCommands({ stands, isKept, unavailable, act, ask: setAsks, startAgain, turnKept, copyLink })

  return (
    <>
      <Button
        icon={stands ? Play : Pause}
        keys="p"
        busy={acting.busy === 'pause' || acting.busy === 'resume'}
        unavailable={unavailable[turn]}
        asksHost
        onPress={() => void act(turn)}
      >
        {stands ? 'Resume' : 'Pause'}
      </Button>
      <Button icon={Ban} keys="c" unavailable={unavailable.cancel} asksHost onPress={() => setAsks('cancel')}>
        Cancel…
      </Button>
      {isRecoverable({ status, failure }) && (
        <Button icon={HeartPulse} tone="primary" asksHost onPress={() => setAsks('recover')}>
          Recover…
        </Button>
      )}
      <Button icon={RotateCw} keys="a" onPress={startAgain}>
        Start again…
      </Button>
      <IconButton
        icon={BookmarkPlus}
        label="Take a checkpoint…"
        keys="m"
        unavailable={unavailable.mark}
        onPress={() => setAsks('mark')}
      />
      <IconButton
        icon={isKept ? PinOff : Pin}
        label={isKept ? 'Kept: let retention remove it' : 'Keep the run…'}
        onPress={turnKept}
      />
      <IconButton icon={Link2} label="Copy a link to what is shown" keys="y" onPress={copyLink} />
      <RunDialogs asks={asks} acting={acting} marking={marking} onClose={() => setAsks(undefined)} />
    </>
  )
}

function copyLink(): void {
  void copyText(location.href).then((isCopied) => isCopied && tell.done('The link is copied'))
}
