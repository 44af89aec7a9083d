/// Runs in the page: notes in window.errors what a browser would tell its developer.
export function watchErrors() {
  window.errors = []
  const note = text => window.errors.push(String(text))
  const fileOf = element => `cannot load ${element.src ?? element.href}`
  addEventListener('error', event => note(event.message ?? fileOf(event.target)), true)
  addEventListener('unhandledrejection', event => note(event.reason))
  addEventListener('securitypolicyviolation', event => note(`${event.violatedDirective} forbids ${event.blockedURI}`))
  for (const name of ['error', 'warn']) console[name] = (...what) => note(what.join(' '))
}
