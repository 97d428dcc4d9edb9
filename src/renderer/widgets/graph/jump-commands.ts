import { CircleX, LocateFixed } from 'lucide-react'
import { useMemo } from 'react'
import { type Command, useCommands } from '../../state/commands.ts'
import type { CanvasProps } from './graph-props.ts'
import { useGraph } from './graph-store.ts'
import type { Overlay, StepOverlay } from './overlay.ts'
import { following } from './search.ts'
import type { Camera } from './use-camera.ts'

export interface Jumps {
  readonly failed: Command
  readonly now: Command
}

const hasFailed = ({ status }: StepOverlay): boolean => status === 'failed' || status === 'in_doubt'
const isUnderWay = ({ status }: StepOverlay): boolean => status === 'running' || status === 'waiting'

/** Ways to what somebody looks for in a run, offered to the palette and the keyboard too. */
export function useJumps(
  { manifest, onSelect, store }: Pick<CanvasProps, 'manifest' | 'onSelect' | 'store'>,
  camera: Camera,
): Jumps {
  const noneFailed = useGraph(({ overlay }) => !some(overlay, hasFailed))
  const noneUnderWay = useGraph(({ overlay }) => !some(overlay, isUnderWay))
  const jumps = useMemo((): Jumps => {
    const jump = (fits: (shown: StepOverlay) => boolean) => (): void => {
      const { overlay, current } = store.getState()
      const fitting = manifest.steps.filter(({ id }) => {
        const shown = overlay.get(id)
        return shown !== undefined && fits(shown)
      })
      const next = following(fitting, fitting.find(({ id }) => id === current) ?? null)
      if (next === undefined) return
      camera.approach()
      if (next.id === current) camera.reveal(current)
      else onSelect(next.id)
    }
    return {
      failed: {
        id: 'graph/failed',
        title: 'Next failed step',
        section: 'Graph',
        icon: CircleX,
        keys: 'f',
        unavailable: noneFailed ? 'no step failed' : undefined,
        run: jump(hasFailed),
      },
      now: {
        id: 'graph/now',
        title: 'Next step that runs or waits',
        section: 'Graph',
        icon: LocateFixed,
        keys: 'n',
        unavailable: noneUnderWay ? 'nothing runs or waits' : undefined,
        run: jump(isUnderWay),
      },
    }
  }, [manifest, onSelect, store, camera, noneFailed, noneUnderWay])
  useCommands(useMemo(() => [jumps.failed, jumps.now], [jumps]))
  return jumps
}

function some(overlay: Overlay, fits: (shown: StepOverlay) => boolean): boolean {
  return [...overlay.values()].some(fits)
}
