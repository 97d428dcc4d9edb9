import { ChevronsDownUp, ChevronsUpDown, Maximize, ZoomIn, ZoomOut } from 'lucide-react'
import type { RefObject } from 'react'
import type { Command } from '../../state/commands.ts'
import { IconButton } from '../button/icon-button.tsx'
import type { FoldingControl } from './folding.ts'
import type { CanvasProps } from './graph-props.ts'
import { useJumps } from './jump-commands.ts'
import { SearchBox } from './search-box.tsx'
import type { Camera } from './use-camera.ts'
import './graph-tools.css'

interface GraphToolsProps extends CanvasProps {
  readonly camera: Camera
  readonly search: RefObject<HTMLInputElement | null>
  readonly onLeaveSearch: () => void
}

/** Graphs of more steps than this have folds. */
const largeAbove = 15

/** What stands over the canvas: the search, the ways to what matters, and the viewport. */
export function GraphTools(props: GraphToolsProps) {
  const { manifest, hasRun, camera, folding, search, onLeaveSearch } = props
  return (
    <div className="graph-tools">
      <SearchBox {...props} at={search} onFind={camera.approach} onLeave={onLeaveSearch} />
      <div className="buttons" role="group" aria-label="Graph">
        {hasRun && <JumpButtons {...props} />}
        {manifest.steps.length > largeAbove && <FoldButton folding={folding} />}
        <IconButton icon={ZoomOut} label="Zoom out" keys="-" onPress={() => camera.zoom('out')} />
        <IconButton icon={ZoomIn} label="Zoom in" keys="+" onPress={() => camera.zoom('in')} />
        <IconButton icon={Maximize} label="Show the whole graph" keys="0" onPress={camera.fit} />
      </div>
    </div>
  )
}

function JumpButtons(props: GraphToolsProps) {
  const { failed, now } = useJumps(props, props.camera)
  return [failed, now].map((command) => <CommandButton key={command.id} command={command} />)
}

function CommandButton({ command: { title, icon, keys, unavailable, run } }: { readonly command: Command }) {
  if (icon === undefined || keys === undefined) return null
  return <IconButton icon={icon} label={title} keys={keys} unavailable={unavailable} onPress={run} />
}

function FoldButton({ folding: { folds, foldAll } }: { readonly folding: FoldingControl }) {
  return (
    <IconButton
      icon={folds ? ChevronsUpDown : ChevronsDownUp}
      label={folds ? 'Unfold all steps' : 'Fold the steps that are quiet'}
      onPress={() => foldAll(!folds)}
    />
  )
}
