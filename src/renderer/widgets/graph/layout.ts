/**
 * Where everything stands. ELK places the items in layers from left to right and leads needs around them; a fallback
 * stands below the step that it stands in for, and loops are led back by `loop-route.ts`. Sizes are in CSS pixels.
 */
import type { ELK, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js'
import type { ItemEdge, View } from './collapse.ts'
import { routeLoops } from './loop-route.ts'
import { boundsOf, type Box, type Point, smoothPath } from './geometry.ts'

export const itemSize = { width: 164, height: 54 } as const
const stackGap = 34

export interface PlacedEdge extends ItemEdge {
  /** The `d` of an SVG path. */
  readonly path: string
  /** Where its label stands, centred; loops have one. */
  readonly label: Point | null
  /** It lies within; null where that is not known. */
  readonly bounds: Box | null
}

export interface Layout {
  readonly boxes: ReadonlyMap<string, Box>
  readonly edges: readonly PlacedEdge[]
  /** Of all that is drawn, loops included. */
  readonly bounds: Box
}

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'POLYLINE',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.spacing.nodeNode': '26',
  'elk.spacing.edgeNode': '18',
  'elk.spacing.componentComponent': '44',
  'elk.layered.spacing.nodeNodeBetweenLayers': '28',
  'elk.layered.spacing.edgeNodeBetweenLayers': '12',
} as const

type Elk = Pick<ELK, 'layout'>

/** @throws whatever ELK throws */
export async function layOut(view: View, elk: Elk): Promise<Layout> {
  const stacks = stacksOf(view)
  const needs = view.edges.filter(({ kind }) => kind === 'need')
  const placed = await elk.layout({ id: 'graph', layoutOptions: options, children: stacks.map(asNode), edges: needs.map(asEdge) })
  const places = new Map(placed.children?.map((child) => [child.id, child]))
  const boxes = new Map(stacks.flatMap((stack) => boxesOf(stack, places.get(stack[0] ?? ''))))
  const led = new Map(placed.edges?.map((edge) => [edge.id, pointsOf(edge)]))
  const loops = routeLoops(
    view.edges.filter(({ kind }) => kind === 'loop'),
    boxes,
  )
  const edges = view.edges.flatMap((edge): readonly PlacedEdge[] => {
    const loop = loops.get(edge.id)
    if (loop !== undefined) return [{ ...edge, path: loop.path, label: loop.label, bounds: null }]
    const points = edge.kind === 'need' ? led.get(edge.id) : downwards(boxes.get(edge.from), boxes.get(edge.to))
    if (points === undefined) return []
    const path = edge.kind === 'need' ? smoothPath(points) : straight(points)
    return [{ ...edge, path, label: null, bounds: boundsOf(points.map((point) => ({ ...point, width: 0, height: 0 }))) }]
  })
  const loopPoints = [...loops.values()].map(({ label: { x, y } }) => ({ x: x - 60, y: y - 14, width: 120, height: 28 }))
  return { boxes, edges, bounds: boundsOf([...boxes.values(), ...loopPoints]) }
}

type Stack = readonly string[]

/** Each item with the fallbacks that stand below it. */
function stacksOf({ items, edges }: View): readonly Stack[] {
  const fallbackOf = new Map(edges.filter(({ kind }) => kind === 'fallback').map(({ from, to }) => [from, to]))
  const below = new Set(fallbackOf.values())
  return items
    .filter(({ id }) => !below.has(id))
    .map(({ id }) => {
      const stack = [id]
      for (const above of stack) {
        const fallback = fallbackOf.get(above)
        if (fallback !== undefined) stack.push(fallback)
      }
      return stack
    })
}

const topOf = (place: number): number => place * (itemSize.height + stackGap)

/** One box for ELK, with a place to enter and one to leave for each item of the stack. */
function asNode(stack: Stack): ElkNode {
  return {
    id: stack[0] ?? '',
    width: itemSize.width,
    height: topOf(stack.length - 1) + itemSize.height,
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
    ports: stack.flatMap((item, place) => {
      const y = topOf(place) + itemSize.height / 2
      return [
        { id: `${item} in`, x: 0, y, width: 0, height: 0, layoutOptions: { 'elk.port.side': 'WEST' } },
        { id: `${item} out`, x: itemSize.width, y, width: 0, height: 0, layoutOptions: { 'elk.port.side': 'EAST' } },
      ]
    }),
  }
}

const asEdge = ({ id, from, to }: ItemEdge): ElkExtendedEdge => ({ id, sources: [`${from} out`], targets: [`${to} in`] })

function boxesOf(stack: Stack, { x = 0, y = 0 }: Pick<ElkNode, 'x' | 'y'> = {}): readonly (readonly [string, Box])[] {
  return stack.map((item, place) => [item, { x, y: y + topOf(place), ...itemSize }])
}

function pointsOf({ sections = [] }: ElkExtendedEdge): readonly Point[] {
  return sections.flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint])
}

function downwards(above: Box | undefined, below: Box | undefined): readonly Point[] | undefined {
  if (above === undefined || below === undefined) return undefined
  const x = above.x + 28
  return [
    { x, y: above.y + above.height },
    { x, y: below.y },
  ]
}

const straight = (points: readonly Point[]): string => `M${points.map(({ x, y }) => `${x},${y}`).join('L')}`
