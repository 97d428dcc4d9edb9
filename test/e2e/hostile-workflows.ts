/** Workflows whose every word is an attack on whoever reads it. */

/** Markup that would say so if it ran, controls that turn what is read, and no place to break a line. */
export const nasty =
  `"'><img src=x onerror="window.owned=1"><svg onload="window.owned=1"></svg><script>window.owned=1</script>` +
  `\u202Egnp.exe\u200B\u0007{{7*7}}\${7*7}javascript:window.owned=1//` +
  'W'.repeat(2_000)

const written = JSON.stringify(nasty)

/** Keys that every object has by birth. */
const keys = `JSON.parse('{"constructor": "c", "toString": "t", "hasOwnProperty": 1, "…": 2, "": 3, "a/b": {"~": 4}}')`

const mail = `
<html><head><meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/refresh"><base href="http://127.0.0.1:9/"><style>@import "http://127.0.0.1:9/sheet.css"; p { background: url(http://127.0.0.1:9/sheet.png) }</style></head>
<body onload="top.owned=1"><script>top.owned=1</script><p style="background: u\\72l(http://127.0.0.1:9/style.png)">Hello</p>
<img src="http://127.0.0.1:9/image.png" srcset="http://127.0.0.1:9/set.png 2x" onerror="top.owned=1"><img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='top.owned=1'><image href='http://127.0.0.1:9/inner.png'/></svg>">
<iframe src="javascript:top.owned=1"></iframe><iframe srcdoc="<script>top.owned=1</script>"></iframe>
<form action="http://127.0.0.1:9/form"><input name="q" autofocus onfocus="top.owned=1"><button>Send</button></form>
<svg><image href="http://127.0.0.1:9/svg.png"/><use href="http://127.0.0.1:9/use.svg#a"/><a href="javascript:top.owned=1"><text y="20">svg link</text></a><animate onbegin="top.owned=1"/><script>top.owned=1</script></svg>
<math><mtext><table><mglyph><style><img src=x onerror="top.owned=1"></style></mglyph></table></mtext></math>
<a href="http://127.0.0.1:9/link" target="_top" ping="http://127.0.0.1:9/ping">a link</a><video poster="http://127.0.0.1:9/poster.png"></video><link rel="preconnect" href="http://127.0.0.1:9"><object data="http://127.0.0.1:9/object"></object>
<table background="http://127.0.0.1:9/table.png"><tr><td>cell</td></tr></table></body></html>`

/** Asks, with what it shows; then sends a mail. */
export const asking = `
import { workflow, z } from 'cairn'
const nasty = ${written}
export default workflow('asking', { version: 1, title: nasty.slice(0, 200), input: z.object({ text: z.string() }) })
  .step('write', { title: nasty.slice(0, 200) }, ({ log, progress }) => {
    log.info(nasty, { nasty })
    log.error(nasty + '\\n'.repeat(50) + nasty)
    return { text: nasty, keys: ${keys}, list: [{ toString: 'x' }, { other: nasty }], long: 'x'.repeat(100000) }
  })
  .approval('ask', {
    title: nasty.slice(0, 200), needs: ['write'], edits: 'write.keys',
    shows: ({ outputs }) => ({ title: nasty, text: nasty, ...outputs.write, records: [{ constructor: 1 }, { name: 2 }], keys: ${keys} }),
    actions: { primary: 'constructor', secondary: ['toString', '<b>bold</b>'] },
  })
  .email('send', { title: nasty.slice(0, 200), needs: ['ask'] }, () => ({
    from: '"<script>owned=1</script>" <a@example.com>', to: 'b@example.com', subject: nasty, text: nasty, html: ${JSON.stringify(mail)},
  }))
`

/** Fails with words of its own, by a class of its own. */
export const failing = `
import { workflow, z } from 'cairn'
const nasty = ${written}
export default workflow('failing', { version: 1, title: nasty.slice(0, 200), input: z.object({}) })
  .step('break', { title: nasty.slice(0, 200), retry: { attempts: 1 } }, () => {
    const error = new Error(nasty)
    error.name = '<b>' + nasty
    error.code = nasty
    error.stack = nasty + '\\n    at <script>window.owned=1</script> (javascript:window.owned=1:1:1)\\n' + ('x'.repeat(2000) + '\\n').repeat(20)
    throw error
  })
`

/** An input whose every word is hostile, as the form shows it. */
export const formed = `
import { workflow, z } from 'cairn'
const nasty = ${written}
export default workflow('formed', { version: 1, title: nasty.slice(0, 200), input: z.object({
  plain: z.string().default(nasty).describe(nasty),
  constructor: z.string(), toString: z.number().optional(), hasOwnProperty: z.object({ valueOf: z.string() }),
  choice: z.enum([nasty, 'toString', '__proto__']).describe(nasty),
  either: z.union([z.object({ kind: z.literal('constructor'), a: z.string() }), z.object({ kind: z.literal(nasty), b: z.number() })]),
  many: z.record(z.string(), z.string()).optional(),
}).describe(nasty) })
  .step('one', { title: nasty.slice(0, 200) }, ({ input }) => input)
`

/** Named as what every object has by birth. */
export const inherited = `
import { workflow, z } from 'cairn'
export default workflow('constructor', { version: 1, input: z.object({ valueOf: z.string() }) })
  .step('valueof', {}, () => ({ constructor: 1, toString: 'x' }))
  .step('proto', { needs: ['valueof'] }, ({ outputs }) => outputs.valueof)
`

/** Asks with words that read otherwise than they are, and with a text as long as it is told to be. */
export const disguised = `
import { workflow, z } from 'cairn'
export default workflow('disguised', { version: 1, input: z.object({ long: z.number().default(0) }) })
  .step('letter', {}, () => ({ body: 'all\\u202E well, and nothing else is to be read in it' }))
  .approval('ask', {
    needs: ['letter'], edits: 'letter.body',
    shows: ({ input }) => ({
      subject: 'pay \\u202Egnp.exe', to: 'billing\\u200B@bank.example', note: 'transfer \\u20660\\u20691000', kind: '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u{1F469}\u200D\u{1F4BB}',
      ...(input.long > 0 && { text: 'word '.repeat(input.long).slice(0, input.long) }),
    }),
    actions: { primary: 'approve', secondary: ['reject'] },
  })
  .email('send', { needs: ['ask'] }, ({ outputs }) => ({
    from: '"Bank\\u200Bing" <a@example.com>', to: 'b@example.com', subject: 'pay \\u202Egnp.exe', text: outputs.letter.body,
  }))
`
