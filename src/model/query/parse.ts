import { fieldNames, type FieldName, fields, isFieldName } from './fields.ts'
import { nearest } from './nearest.ts'
import { type Problem, Wrong } from './problem.ts'
import type { Term } from './terms.ts'
import { type Piece, type Token, tokensOf, written } from './tokens.ts'
import { listed, readCount, readLength, readStatus, readText, readTime, readWord } from './values.ts'

/** Terms that could be read, and what is wrong with the others: a query stands only where nothing is. */
export interface Parsed {
  readonly terms: readonly Term[]
  readonly problems: readonly Problem[]
}

/** Characters of a query. */
export const longestQuery = 2_000
/** Alternatives of all its terms: each is a condition of its own on every run. */
const mostAlternatives = 100

/** Reads a query. An empty one has no terms: every run matches. */
export function parse(text: string): Parsed {
  if (text.length > longestQuery) return { terms: [], problems: [tooLong(text)] }
  const tokens = tokensOf(text)
  const beyond = tokens.flatMap(({ values }) => values)[mostAlternatives]
  if (beyond !== undefined) return { terms: [], problems: [tooMany(beyond, text)] }
  const problems: Problem[] = []
  const terms = tokens.flatMap((token) => {
    const found: Problem[] = []
    const term = termOf(token, (problem) => found.push(problem))
    problems.push(...found)
    return term === undefined || found.length > 0 ? [] : [term]
  })
  return { terms, problems }
}

type Tell = (problem: Problem) => void

function termOf(token: Token, tell: Tell): Term | undefined {
  const { name, not } = token
  if (name === null) {
    const joint = jointIn(token)
    if (joint === undefined) return { field: 'text', not, any: readEach(token, readText, tell) }
    tell({ span: token.span, ...joint })
    return undefined
  }
  if (isFieldName(name.text)) return named(name.text, token, tell)
  tell(unknownField(token, name.text))
  return undefined
}

function named(field: FieldName, token: Token, tell: Tell): Term {
  const { not } = token
  switch (field) {
    case 'status':
      return { field, not, any: readEach(token, readStatus, tell) }
    case 'version':
    case 'attempts':
      return { field, not, any: readEach(token, readCount, tell) }
    case 'duration':
      return { field, not, any: readEach(token, readLength, tell) }
    case 'started':
    case 'ended':
      return { field, not, any: readEach(token, readTime, tell) }
    case 'workflow':
    case 'step':
    case 'error':
    case 'id':
    case 'replay':
    case 'parent':
    case 'correlation':
      return { field, not, any: readEach(token, readWord, tell) }
  }
}

/** What each alternative says; those that are wrong are told and left out. */
function readEach<V>({ name, values }: Token, read: (text: string) => V | Wrong, tell: Tell): V[] {
  return values.flatMap((piece): V[] => {
    const value = isMissing(piece) ? missing(name?.text) : piece.closed ? read(piece.text) : unclosed(piece)
    if (!(value instanceof Wrong)) return [value]
    const { message, wayOut, instead } = value
    tell({ span: piece.span, message, wayOut, instead })
    return []
  })
}

function isMissing({ text, closed }: Piece): boolean {
  return text === '' && closed
}

function missing(name: string | undefined): Wrong {
  const example = name !== undefined && isFieldName(name) ? fields[name].example : 'draft,"two words"'
  return new Wrong('a value is missing here', `write it, as in ${example}`)
}

function unclosed({ text }: Piece): Wrong {
  return new Wrong('the quotation mark is not closed', 'put another one behind the text', written(text, /^$/))
}

function unknownField({ span, name, values, not }: Token, text: string): Problem {
  const meant = nearest(text, fieldNames)
  if (meant !== undefined && name !== null) {
    return { span: name.span, message: `there is no field ${text}`, wayOut: `did you mean ${meant}?`, instead: meant }
  }
  const plain = `${text}:${values.map((piece) => piece.text).join(',')}`
  return {
    span,
    message: `there is no field ${text}`,
    wayOut: `a field is ${listed(fieldNames)}; text with a colon goes in quotation marks`,
    instead: `${not ? '-' : ''}${written(plain, /^$/)}`,
  }
}

/** What other languages join terms with; here it would be searched for as text. */
function jointIn({ values, not }: Token): Omit<Problem, 'span'> | undefined {
  const [first, ...more] = values
  if (not || first === undefined || first.quoted || more.length > 0) return undefined
  switch (first.text) {
    case 'AND':
      return { message: 'AND is not needed', wayOut: 'all terms must hold as it is: leave it out', instead: '' }
    case 'OR':
      return { message: 'there is no OR between terms', wayOut: 'alternatives of one field stand behind it: status:failed,paused', instead: null }
    case 'NOT':
      return { message: 'there is no NOT', wayOut: 'put a - before the term: -status:failed', instead: '' }
    default:
      return undefined
  }
}

function tooMany({ span }: Piece, { length }: string): Problem {
  return {
    span: { from: span.from, to: length },
    message: `the query asks for more than ${mostAlternatives} things`,
    wayOut: 'ask for less, or in several queries',
    instead: null,
  }
}

function tooLong({ length }: string): Problem {
  return {
    span: { from: longestQuery, to: length },
    message: `the query has ${length} characters`,
    wayOut: `use ${longestQuery} at most`,
    instead: null,
  }
}
