import { useNavigate } from '@tanstack/react-router'
import { Ban, BookmarkPlus, HeartPulse, Link2, Pause, Pin, PinOff, Play, RotateCw } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { isSetAside } from '../../../../model/run.ts'
import { type Command, useCommands } from '../../../state/commands.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { IconButton } from '../../../widgets/button/icon-button.tsx'
import { TextDialog } from '../../../widgets/dialog/text-dialog.tsx'
import { copyText } from '../../../widgets/feedback/copy-text.ts'
import { tell } from '../../../widgets/feedback/toasts.tsx'
import { shortId } from '../../../widgets/identity/short-id.tsx'
import { useCalmly } from '../state/calm.ts'
import { isRecoverable, unavailableOf } from './available.ts'
import { CancelDialog } from './cancel-dialog.tsx'
import { RecoverDialog } from './recover-dialog.tsx'
import { useActing } from './use-acting.ts'
import { useMarking } from './use-marking.ts'

const section = 'Run'

/** What can be done to the run; what cannot stays and says why. */
export function RunActions() {
  const { id, workflow, status, paused, closing, failure, kept, parent } = useCalmly(({ run }) => run.detail.record)
  const acting = useActing()
  const navigate = useNavigate()
  const { takeCheckpoint, keep, letGo } = useMarking()
  const [asks, setAsks] = useState<'cancel' | 'recover' | 'mark' | 'keep'>()
  const isKept = kept !== null
  const turnKept = useCallback(() => (isKept ? void letGo() : setAsks('keep')), [isKept, letGo])
  const { act } = acting
  const { pause, resume, cancel, recover, mark } = useMemo(() => unavailableOf({ status, paused, closing, failure, parent }), [status, paused, closing, failure, parent])
  const stands = paused || isSetAside({ status, failure })

  const startAgain = useCallback(
    () => void navigate({ to: '/workflows/$workflow/start', params: { workflow }, search: { from: id } }),
    [navigate, workflow, id],
  )
  const commands = useMemo((): readonly Command[] => {
    const turn = stands ? 'resume' : 'pause'
    return [
      {
        id: 'run-turn',
        title: stands ? 'Resume the run' : 'Pause the run',
        section,
        icon: stands ? Play : Pause,
        keys: 'p',
        unavailable: stands ? resume : pause,
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
        run: () => setAsks('cancel'),
      },
      {
        id: 'run-recover',
        title: 'Recover the run…',
        section,
        icon: HeartPulse,
        also: 'repair retry failed heal',
        unavailable: recover,
        asksHost: true,
        run: () => setAsks('recover'),
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
      {
        id: 'run-mark',
        title: 'Take a checkpoint…',
        section,
        icon: BookmarkPlus,
        keys: 'm',
        also: 'save mark bookmark note',
        unavailable: mark,
        asksHost: true,
        run: () => setAsks('mark'),
      },
      {
        id: 'run-keep',
        title: isKept ? 'Let retention remove the run' : 'Keep the run…',
        section,
        icon: isKept ? PinOff : Pin,
        also: 'retention hold pin protect',
        asksHost: true,
        run: turnKept,
      },
      { id: 'run-link', title: 'Copy a link to what is shown', section, icon: Link2, keys: 'y', run: copyLink },
    ]
  }, [stands, pause, resume, cancel, recover, mark, act, startAgain, isKept, turnKept])
  useCommands(commands)
  const close = (): void => setAsks(undefined)

  return (
    <>
      <Button
        icon={stands ? Play : Pause}
        keys="p"
        busy={acting.busy === 'pause' || acting.busy === 'resume'}
        unavailable={stands ? resume : pause}
        asksHost
        onPress={() => void act(stands ? 'resume' : 'pause')}
      >
        {stands ? 'Resume' : 'Pause'}
      </Button>
      <Button icon={Ban} keys="c" unavailable={cancel} asksHost onPress={() => setAsks('cancel')}>
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
        unavailable={mark}
        onPress={() => setAsks('mark')}
      />
      <IconButton
        icon={isKept ? PinOff : Pin}
        label={isKept ? 'Kept: let retention remove it' : 'Keep the run…'}
        onPress={turnKept}
      />
      <IconButton icon={Link2} label="Copy a link to what is shown" keys="y" onPress={copyLink} />
      {asks === 'cancel' && <CancelDialog acting={acting} onClose={close} />}
      {asks === 'recover' && <RecoverDialog onClose={close} />}
      {asks === 'mark' && (
        <TextDialog
          title={`Take a checkpoint of ${workflow} ${shortId(id)}`}
          label="Note"
          text=""
          most={10_000}
          verb="Take the checkpoint"
          asksHost
          onDone={takeCheckpoint}
          onClose={close}
        >
          It marks this moment, so that it can be found and gone back to. The run goes on.
        </TextDialog>
      )}
      {asks === 'keep' && (
        <TextDialog
          title={`Keep ${workflow} ${shortId(id)}`}
          label="Why"
          text=""
          most={10_000}
          verb="Keep the run"
          asksHost
          onDone={keep}
          onClose={close}
        >
          Retention removes nothing of it, whatever the settings say, until somebody lets it go.
        </TextDialog>
      )}
    </>
  )
}

function copyLink(): void {
  void copyText(location.href).then((isCopied) => isCopied && tell.done('The link is copied'))
}
