/**
 * What the console's page may do, whichever host gives it to a window. Code comes from where the page came from alone
 * and is never made from text. Styles of elements may be set, since a mail's own are shown, in a frame that runs nothing.
 */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')
