/**
 * How a value of any workflow is read by a person: figures as cards, short facts as lines, long texts as they were
 * written, alike records as a table. What fits none of these stays JSON.
 */
import type { Json } from '../../../../model/json.ts'
import { hiddenText, hiddenWords, isHidden } from '../../../../model/sensitive/hidden.ts'
import { same } from '../../../widgets/diff/json-lines.ts'

export type Scalar = null | boolean | number | string

export interface Named<T> {
  readonly name: string
  readonly value: T
}

export type Piece =
  /** Figures that stand together; `name` is null for those of the value itself. */
  | { readonly as: 'cards'; readonly name: string | null; readonly cards: readonly Named<Scalar>[] }
  | { readonly as: 'facts'; readonly facts: readonly Named<Scalar>[] }
  | { readonly as: 'text'; readonly name: string; readonly text: string }
  | { readonly as: 'list'; readonly name: string; readonly items: readonly Scalar[] }
  | { readonly as: 'table'; readonly name: string; readonly columns: readonly string[]; readonly rows: readonly (readonly Scalar[])[] }
  | { readonly as: 'json'; readonly name: string; readonly value: Json }
  /** What is there and empty: that there is none is worth knowing. */
  | { readonly as: 'nothing'; readonly names: readonly string[] }

type JsonObject = { readonly [key: string]: Json }

/** A longer string, or one of several lines, is a text. */
const longestFact = 120
/** A string on a card is a word or two. */
const longestOnCard = 24
const mostCards = 12
const mostColumns = 6
/** What has more items, members or characters stays JSON, which is drawn a page at a time. */
const mostItems = 200
const mostCharacters = 20_000

/** The pieces of a value, in the order in which they are read. What equals `besides` is left out: it is shown elsewhere. */
export function piecesOf(value: Json, besides?: Json): readonly Piece[] {
  if (!isObject(value) || isHidden(value)) return value === null || isShownElsewhere(value, besides) ? [] : [pieceOf('value', inWords(value))]
  if (Object.keys(value).length > mostItems) return [{ as: 'json', name: 'value', value }]
  const members = membersOf(value).filter(([name]) => !isShownElsewhere(value[name] ?? null, besides))
  const figures = members.flatMap(([name, member]) => (isFigure(member) ? [{ name, value: member }] : []))
  const facts = members.flatMap(([name, member]) => (isFact(member) ? [{ name, value: member }] : []))
  const names = members.flatMap(([name, member]) => (isEmpty(member) ? [name] : []))
  const others = members.filter(([, member]) => !isFigure(member) && !isFact(member) && !isEmpty(member))
  const pieces: readonly Piece[] = [
    ...(facts.length > 0 ? [{ as: 'facts' as const, facts }] : []),
    ...(figures.length > 0 ? [{ as: 'cards' as const, name: null, cards: figures }] : []),
    ...others.map(([name, member]) => pieceOf(name, member)),
    ...(names.length > 0 ? [{ as: 'nothing' as const, names }] : []),
  ]
  return pieces.toSorted((a, b) => rank[a.as] - rank[b.as])
}

const rank: Readonly<Record<Piece['as'], number>> = { facts: 0, cards: 1, text: 2, table: 3, list: 4, json: 5, nothing: 6 }

/** Pieces that are taken in at a glance; the others are read. */
export function isBrief({ as }: Piece): boolean {
  return rank[as] <= rank.cards
}

const telling = ['title', 'subject', 'name', 'summary']

/** What tells a value from others of its kind: a short string that it holds, by preference one that is called so. */
export function headlineOf(value: Json): string | undefined {
  if (isFact(value)) return value === hiddenText ? undefined : value
  if (!isObject(value) || isHidden(value)) return undefined
  const facts = Object.entries(value).flatMap(([name, member]) => (isFact(member) && member !== hiddenText ? [{ name, text: member }] : []))
  const named = telling.flatMap((word) => facts.filter(({ name }) => name.toLowerCase() === word))
  return (named[0] ?? facts[0])?.text
}

/** The first number that a value holds. */
export function figureOf(value: Json): Named<number> | undefined {
  const members = isObject(value) ? Object.entries(value) : []
  return members.flatMap(([name, member]) => (typeof member === 'number' ? [{ name, value: member }] : []))[0]
}

/** A single short string says the same as a fact of that name; only what is longer is worth leaving out. */
function isShownElsewhere(value: Json, besides: Json | undefined): boolean {
  return besides !== undefined && !(isScalar(value) && !isText(value)) && same(value, besides)
}

function pieceOf(name: string, value: Json): Piece {
  if (isText(value)) return { as: 'text', name, text: value }
  if (isList(value)) return ofList(name, value)
  if (!isObject(value)) return { as: 'facts', facts: [{ name, value }] }
  const cards = membersOf(value).flatMap(([each, member]) => (isOnCard(member) ? [{ name: each, value: member }] : []))
  const isFlat = cards.length === Object.keys(value).length && cards.length <= mostCards
  return isFlat ? { as: 'cards', name, cards } : { as: 'json', name, value }
}

function ofList(name: string, list: readonly Json[]): Piece {
  const items = list.map(inWords)
  if (items.length > mostItems || charactersIn(items) > mostCharacters) return { as: 'json', name, value: list }
  if (items.every(isScalar)) return { as: 'list', name, items }
  const records = items.filter(isObject)
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))]
  const rows = records.map((record) => columns.map((column) => (Object.hasOwn(record, column) ? inWords(record[column] ?? null) : null)))
  const flat = rows.map((row) => row.filter(isScalar))
  const isTable = records.length === items.length && columns.length <= mostColumns && flat.every((row) => row.length === columns.length)
  return isTable ? { as: 'table', name, columns, rows: flat } : { as: 'json', name, value: list }
}

/** A mark is read as what it is called; one within what stays JSON is drawn there. */
function inWords(value: Json): Json {
  return isHidden(value) ? hiddenWords(value) : value
}

function membersOf(value: JsonObject): (readonly [name: string, member: Json])[] {
  return Object.entries(value).map(([name, member]) => [name, inWords(member)])
}

/** Of the texts in a list, and in the records of one. */
function charactersIn(items: readonly Json[]): number {
  const texts = items.flatMap((item) => (isObject(item) ? Object.values(item) : item)).filter((text) => typeof text === 'string')
  return texts.reduce((sum, text) => sum + text.length, 0)
}

function isFact(value: Json): value is string {
  return typeof value === 'string' && value !== '' && !isText(value)
}

function isFigure(value: Json): value is number | boolean {
  return typeof value === 'number' || typeof value === 'boolean'
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0)
}

function isOnCard(value: Json): value is Scalar {
  return isScalar(value) && (typeof value !== 'string' || value.length <= longestOnCard)
}

export function isText(value: Json): value is string {
  return typeof value === 'string' && (value.length > longestFact || value.includes('\n'))
}

function isScalar(value: Json): value is Scalar {
  return value === null || typeof value !== 'object'
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value)
}
