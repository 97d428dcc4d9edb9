/**
 * What a letter says around its key points, as liquid templates. They see `subject`, `brand`, `about` and `request`.
 * `request` follows on a verb in its plain form: “tell me which day suits you”.
 */
import type { Wording } from '../draft.ts'
import type { Task, Tone } from '../input.ts'

/** The subject line of a letter. */
export const lines: Readonly<Record<Task, string>> = {
  introduction: '{{ brand }}: {{ subject }}',
  'follow-up': 'Following up: {{ subject }}',
  renewal: 'Your renewal: {{ subject }}',
  apology: 'Our apology: {{ subject }}',
}

export const openings: Readonly<Record<Task, Readonly<Record<Wording, string>>>> = {
  introduction: {
    full: 'We have not met, so I will be brief. I work for {{ brand }} and would like to tell you about {{ subject }}.',
    plain: 'I write to you for {{ brand }} about {{ subject }}.',
  },
  'follow-up': {
    full: 'Thank you for our last talk. As we agreed, I would like to come back to {{ subject }}.',
    plain: 'Here is what we said about {{ subject }} when we last talked.',
  },
  renewal: {
    full: 'Thank you for the past year with {{ brand }}. It is time to talk about {{ subject }}.',
    plain: 'Your year with {{ brand }} comes to an end, so I write to you about {{ subject }}.',
  },
  apology: {
    full: 'We made a mistake, and we are sorry. You have a right to know what happened with {{ subject }}.',
    plain: 'We are sorry about what happened with {{ subject }}.',
  },
}

/** The end of a letter; `linked` takes up the subject. */
export const closings: Readonly<Record<Task, Readonly<Record<Wording | 'linked', string>>>> = {
  introduction: {
    full: 'Thank you for reading this far. I look forward to your answer.',
    plain: 'Thank you for your time.',
    linked: 'Then we can talk in detail about {{ subject }}.',
  },
  'follow-up': {
    full: 'I am glad to answer any question you have. I look forward to our next talk.',
    plain: 'I am glad to answer your questions.',
    linked: 'Then we both know how to go on with {{ subject }}.',
  },
  renewal: {
    full: 'We have enjoyed this year with you, and we hope to keep your trust.',
    plain: 'We would be happy to go on working with you.',
    linked: 'Then we can settle {{ subject }} in good time.',
  },
  apology: {
    full: 'I know that words do not repair this. We will do better, and you may hold us to it.',
    plain: 'We will do better.',
    linked: 'So we promise you to do better than with {{ subject }}.',
  },
}

export const requests: Readonly<Record<Tone, Readonly<Record<'loose' | 'linked', string>>>> = {
  plain: { loose: 'Please {{ request }}.', linked: 'So please {{ request }}.' },
  warm: { loose: 'Could you {{ request }}?', linked: 'So could you {{ request }}?' },
  formal: { loose: 'May I ask you to {{ request }}?', linked: 'That is why I ask you to {{ request }}.' },
}

export const greetings: Readonly<Record<Tone, string>> = {
  plain: 'Hello {{ name }},',
  warm: 'Hi {{ name | split: " " | first }},',
  formal: 'Dear {{ name }},',
}

export const farewells: Readonly<Record<Tone, string>> = {
  plain: 'Best regards,',
  warm: 'Warm regards,',
  formal: 'Yours sincerely,',
}

/** What ties the points together; the last of them has its own. */
export const pointTies = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh'] as const
export const lastTie = 'Last'

export const bodyLayout = `{{ opening }}

{% for point in points %}{{ point.tie }}{{ point.text }}{% unless forloop.last %} {% endunless %}{% endfor %}
{%- if request != "" %}

{{ request }}{% endif %}
{%- if about != "" %}

{{ about }}{% endif %}

{{ closing }}`

export const signOffLayout = `{{ farewell }}
{{ name }}
{% if role != "" %}{{ role }}
{% endif %}{{ brandLine }}`
