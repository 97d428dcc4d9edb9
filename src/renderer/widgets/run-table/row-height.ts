/** Of a row and of the header, in pixels; the style sheet's `--row`. */
export const rowHeight = 32
